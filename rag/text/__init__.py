"""The language of the reports, which every step reads: script, clauses, numerals, units, figures, word lists, and
orders to a model. Imports nothing of ours but the words of `rag.types`.
"""
