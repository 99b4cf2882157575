"""Report to summary, as Markdown, Word or a workbook.

After `rag.tables`, before `rag.service`. The door is `summarize`.
"""
