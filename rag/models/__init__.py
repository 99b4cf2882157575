"""The embedder and the chat model, in this process or behind an OpenAI-compatible endpoint, with their
prompts, files and caches. `factory` puts them together; `rag.library` and `rag.answering.answer` use them."""
