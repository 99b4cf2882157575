"""The embedder and the chat model, here or behind an OpenAI-compatible endpoint, with prompts, files, caches.

After `rag.text`, before `rag.library` (which embeds) and `rag.answering` (which asks). The door is `factory`.
"""
