"""Is a claim carried by its sentences, and the quotations that show it. Pure.

After `rag.parsing`, before `rag.answering`. The door is `verify`.
"""
