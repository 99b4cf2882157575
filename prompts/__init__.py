"""Prompt texts, one file each; `rag.models.prompts` loads and fills them."""
