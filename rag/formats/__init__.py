"""Any file to plain text, before `rag.parsing` sees it. The door is `read`."""
