"""Any file to plain text, before `rag.parsing.parse` sees it. The door is `read`."""
