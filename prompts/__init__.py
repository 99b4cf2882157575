"""Prompt texts, one file each; `rag.prompts` loads and fills them."""
