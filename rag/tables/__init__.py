"""Figures side by side: one subject across towns and years, as rows, spreadsheets and a chart.

After `rag.library`, before `rag.service`. The door is `compare`.
"""
