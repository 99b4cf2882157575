"""Plain text to a report, and all that is read off it without a question: after `rag.formats`, before `rag.library`.

The doors are `parse`; `defects.find` for what is wrong with a file; `figures.indicators` for its figures.
"""
