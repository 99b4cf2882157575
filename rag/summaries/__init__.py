"""Report to summary, as Markdown, Word or a workbook. The door is `summarize`."""
