"""Scores of answers, quotations, retrieval and summaries, computed without the system's own parsers. Pure."""
