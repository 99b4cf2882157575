"""The reports kept: SQLite as the truth, two indexes beside it, taking in and finding.

After `rag.parsing` and `rag.models`, before `rag.answering`. The doors are `ingest` and `search`.
"""
