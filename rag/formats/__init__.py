"""One file per format: from the bytes of a file to its text. `rag.reading` chooses among them."""
