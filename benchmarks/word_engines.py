"""The engines that `benchmarks.search_engines` compares, behind one door, and the made reports that they are given."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from benchmarks.many_passages import PASSAGES_OF_A_REPORT, passages
from rag.library.lexical import LexicalIndex
from rag.library.tokens import document_tokens, query_tokens
from rag.parsing.report import Chunk, Metadata, Report

WANTED = 50

Found = list[tuple[str, int]]
"""Report ids and numbers of passages, best first."""


class Engine(Protocol):
    """What is compared."""

    def write(self, reports: Sequence[Report]) -> None:
        """Takes in reports in one step, in place of what stood for them before."""

    def remove(self, report_id: str) -> None:
        """Forgets a report."""

    def ask(self, question: str, report_ids: Sequence[str] | None) -> Found:
        """The 50 best passages."""


class Zhenbao:
    """The index in force."""

    def __init__(self, folder: Path) -> None:
        self._index = LexicalIndex(folder / "lexical.sqlite3")
        self.write, self.remove = self._index.upsert_many, self._index.remove

    def ask(self, question: str, report_ids: Sequence[str] | None) -> Found:
        found = self._index.query(question, report_ids=report_ids, kinds=None, k=WANTED)
        return [(match.report_id, match.chunk_index) for match in found]


class Fts5:
    """As releases up to 0.3 had it."""

    ignored_share = 1.0  # of the passages; what stands in more of them is not asked for

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "fts5.sqlite3")
        self._connection.executescript(
            """PRAGMA journal_mode = WAL;
            CREATE TABLE IF NOT EXISTS passages (
                id INTEGER PRIMARY KEY, report_id TEXT NOT NULL, chunk_index INTEGER NOT NULL, kind TEXT NOT NULL);
            CREATE INDEX IF NOT EXISTS passages_by_report ON passages(report_id);
            CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(
                tokens, tokenize = "unicode61 remove_diacritics 0 tokenchars '.%'");
            CREATE VIRTUAL TABLE IF NOT EXISTS terms USING fts5vocab(words, row);"""
        )
        self._having: dict[str, int] = {}

    def write(self, reports: Sequence[Report]) -> None:
        with self._connection as connection:
            for report in reports:
                self._take_out(report.id)
                for index, text in enumerate(texts(report)):
                    sql = "INSERT INTO passages (report_id, chunk_index, kind) VALUES (?, ?, 'result')"
                    row = connection.execute(sql, (report.id, index)).lastrowid
                    tokens = " ".join(document_tokens(text))
                    connection.execute("INSERT INTO words (rowid, tokens) VALUES (?, ?)", (row, tokens))

    def remove(self, report_id: str) -> None:
        with self._connection:
            self._take_out(report_id)

    def ask(self, question: str, report_ids: Sequence[str] | None) -> Found:
        tokens = self._asked_for(query_tokens(question))
        if not tokens:
            return []
        values, condition = [" OR ".join(f'"{token}"' for token in tokens)], ""
        if report_ids is not None:
            condition = "AND report_id IN (SELECT value FROM json_each(?))"
            values.append(json.dumps(list(report_ids)))
        sql = f"""SELECT report_id, chunk_index, -bm25(words) AS score FROM words JOIN passages ON id = words.rowid
            WHERE words MATCH ? {condition} ORDER BY score DESC, report_id, chunk_index LIMIT {WANTED}"""
        return [(row[0], row[1]) for row in self._connection.execute(sql, values)]

    def _asked_for(self, tokens: list[str]) -> list[str]:
        if self.ignored_share == 1.0:
            return tokens
        most = self.ignored_share * self._connection.execute("SELECT max(id) FROM passages").fetchone()[0]
        for token in tokens:
            if token not in self._having:
                row = self._connection.execute("SELECT doc FROM terms WHERE term = ?", (token,)).fetchone()
                self._having[token] = row[0] if row else 0
        return [token for token in tokens if self._having[token] <= most] or tokens

    def _take_out(self, report_id: str) -> None:
        sql = "DELETE FROM words WHERE rowid IN (SELECT id FROM passages WHERE report_id = ?)"
        self._connection.execute(sql, (report_id,))
        self._connection.execute("DELETE FROM passages WHERE report_id = ?", (report_id,))


class Fts5Rare(Fts5):
    """Without the commonest pairs; how common is looked up once and kept."""

    ignored_share = 0.05


class Tantivy:
    """The library by itself, with its own BM25."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("number", fast=True)
        builder.add_text_field("report", tokenizer_name="raw", index_option="basic", stored=True)
        builder.add_text_field("tokens", tokenizer_name="blanks", index_option="freq")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("blanks", blanks)

    def write(self, reports: Sequence[Report]) -> None:
        writer = self._index.writer(heap_size=32_000_000, num_threads=1)
        for report in reports:
            writer.delete_documents_by_term("report", report.id)
            for number, text in enumerate(texts(report)):
                document = self._tantivy.Document()
                document.add_integer("number", number)
                document.add_text("report", report.id)
                document.add_text("tokens", " ".join(document_tokens(text)))
                writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def remove(self, report_id: str) -> None:
        writer = self._index.writer(heap_size=32_000_000, num_threads=1)
        writer.delete_documents_by_term("report", report_id)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def ask(self, question: str, report_ids: Sequence[str] | None) -> Found:
        query, occur = self._tantivy.Query, self._tantivy.Occur
        terms = [query.term_query(self._schema, "tokens", token, "freq") for token in query_tokens(question)]
        asked = query.boolean_query([(occur.Should, term) for term in terms])
        if report_ids is not None:
            chosen = query.const_score_query(query.term_set_query(self._schema, "report", list(report_ids)), 0.0)
            asked = query.boolean_query([(occur.Must, asked), (occur.Must, chosen)])
        searcher = self._index.searcher()
        addresses = [address for _, address in searcher.search(asked, WANTED, count=False).hits]
        numbers = searcher.fast_field_values("number", addresses)
        ids = [searcher.doc(address)["report"][0] for address in addresses]
        return [(report_id, int(number or 0)) for report_id, number in zip(ids, numbers, strict=True)]


class Bm25s:
    """Scores of all pairs of token and passage in memory; one change makes all of them anew."""

    def __init__(self, folder: Path) -> None:
        import bm25s  # type: ignore[import-not-found]

        self._bm25s = bm25s
        self._texts: list[list[str]] = []
        self._names: Found = []
        self._index: Any = None

    def write(self, reports: Sequence[Report]) -> None:
        self._index = None
        for report in reports:
            self._texts += [document_tokens(text) for text in texts(report)]
            self._names += [(report.id, number) for number in range(len(report.chunks))]

    def remove(self, report_id: str) -> None:
        kept = [place for place, name in enumerate(self._names) if name[0] != report_id]
        self._texts, self._names = [self._texts[i] for i in kept], [self._names[i] for i in kept]
        self._index = None

    def ask(self, question: str, report_ids: Sequence[str] | None) -> Found:
        if self._index is None:
            self._index = self._bm25s.BM25(k1=1.2, b=0.75)
            self._index.index(self._texts, show_progress=False)
        mask = None
        if report_ids is not None:
            wanted = set(report_ids)
            mask = np.array([name[0] in wanted for name in self._names])
        tokens = [token for token in query_tokens(question) if token in self._index.vocab_dict]
        if not tokens:
            return []
        found, _ = self._index.retrieve([tokens], k=WANTED, show_progress=False, weight_mask=mask)
        return [self._names[place] for place in found[0]]


ENGINES: dict[str, Callable[[Path], Engine]] = {
    "fts5": Fts5, "fts5_rare": Fts5Rare, "tantivy": Tantivy, "bm25s": Bm25s, "zhenbao": Zhenbao,
}  # fmt: skip


def made_reports(size: int, seed: int = 1) -> Iterator[Report]:
    """Reports of 15 made passages each."""
    made = passages(size, seed)
    while some := list(islice(made, PASSAGES_OF_A_REPORT)):
        chunks, start = [], 0
        for _, text in some:
            chunks.append(Chunk(start, start + len(text), "", "result"))
            start += len(text)
        yield Report(made_id(some[0][0]), Metadata(), "".join(text for _, text in some), (), (), tuple(chunks))


def texts(report: Report) -> list[str]:
    """Its passages."""
    return [report.text[chunk.start : chunk.end] for chunk in report.chunks]


def made_id(report: int) -> str:
    """Twelve hexadecimal digits, in no order."""
    return f"{report * 0x9E3779B97F4B % (1 << 48):012x}"
