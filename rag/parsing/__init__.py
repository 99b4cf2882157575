"""Plain text to a report, and all that is read off it without a question: behind `rag.formats`, before `rag.library`.
The doors are `parse` and, for what is wrong with a file, `defects.find`."""
