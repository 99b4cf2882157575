"""Question to answer: understand, search, choose evidence, draft, verify, assemble.

After `rag.verification`, before `rag.service`. The door is `answer`.
"""
