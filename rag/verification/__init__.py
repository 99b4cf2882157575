"""Is a claim carried by its sentences, and the quotations that show it: behind `rag.library`, before `rag.answering`. Pure.
The door is `verify`."""
