"""Is a claim carried by its sentences, and the quotations that show it. Pure. Behind `rag.parsing`, before `rag.answering.answer`.

The door is `verify`.
"""
