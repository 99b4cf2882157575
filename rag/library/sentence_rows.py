"""The tables of the sentence index, and what is written to them."""

import sqlite3
from collections.abc import Sequence

from rag.library.sentence_places import Role, place_of, span_of
from rag.library.sentence_words import index_tokens, spelled
from rag.parsing.orders import without_orders
from rag.parsing.report import Report
from rag.types import SectionKind

FORM = 1
"""To be raised where the tables or `index_tokens` change: an older file is made again."""

SCHEMA = (
    "CREATE TABLE reports (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sentences INTEGER NOT NULL)",
    "CREATE TABLE sentences (place INTEGER PRIMARY KEY, text TEXT NOT NULL, other TEXT)",
    # without positions and contents: pairs say where to look, the kept text says the rest
    """CREATE VIRTUAL TABLE words USING fts5(
        tokens, content = '', detail = none, columnsize = 0, tokenize = "ascii tokenchars '_'")""",
)

Row = tuple[int, SectionKind, Role, str]
"""Number, kind, role and text of a sentence."""


def indexed(report: Report) -> list[Row]:
    """The sentences of a report that give no orders."""
    kept = {sentence.start for sentence in without_orders(report).sentences}
    return [
        (number, sentence.kind, sentence.role, report.text[sentence.start : sentence.end])
        for number, sentence in enumerate(report.sentences)
        if sentence.start in kept
    ]


def insert(connection: sqlite3.Connection, report_id: str, sentences: Sequence[Row]) -> None:
    position = delete(connection, report_id)
    sql = "INSERT INTO reports (position, id, sentences) VALUES (?, ?, ?)"
    position = connection.execute(sql, (position, report_id, len(sentences))).lastrowid or 0
    forms = [(place_of(position, number, kind, role), spelled(text)) for number, kind, role, text in sentences]
    connection.executemany("INSERT INTO sentences VALUES (?, ?, ?)", [(p, form.text, form.other) for p, form in forms])
    connection.executemany("INSERT INTO words (rowid, tokens) VALUES (?, ?)", [(p, form.tokens) for p, form in forms])


def delete(connection: sqlite3.Connection, report_id: str) -> int | None:
    """Takes a report out. Returns its position, None where it had none."""
    row = connection.execute("SELECT position FROM reports WHERE id = ?", (report_id,)).fetchone()
    if row is None:
        return None
    span = span_of(row[0])
    sql = "SELECT place, text, other FROM sentences WHERE place BETWEEN ? AND ?"
    stored = connection.execute(sql, (span.first, span.last))
    kept = [(place, index_tokens(text, other)) for place, text, other in stored]
    # an index without contents has to be told what it held
    connection.executemany("INSERT INTO words (words, rowid, tokens) VALUES ('delete', ?, ?)", kept)
    connection.execute("DELETE FROM sentences WHERE place BETWEEN ? AND ?", (span.first, span.last))
    connection.execute("DELETE FROM reports WHERE position = ?", row)
    return int(row[0])
