"""Engines for words at 10,000, 100,000 and a million passages: SQLite's FTS5, tantivy, bm25s, and what is in force.

    nice python -m benchmarks.search_engines [--sizes 10000,100000] [--engines fts5,zhenbao] [--save]
    python -m benchmarks.search_engines --kills 20   # kills a writer at random moments

The passages are made (see `benchmarks.many_passages`), tokens and questions as the program's own. FTS5 is asked as
earlier releases did: the tokens OR-ed, ranked by its bm25; `fts5_rare` leaves out of a question what stands in more
than 5 % of the passages. `tantivy` is that library by itself; `zhenbao` the index in force, which has tantivy nominate
and scores again from the text. `kept` is the share of FTS5's first ten that another engine has among its first ten.
bm25s is not needed by Zhenbao and left out where it is not installed. A million takes an hour and 10 GB of disk.
"""

import argparse
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time, sleep
from typing import Any, Protocol

import numpy as np

from benchmarks.many_passages import PASSAGES_OF_A_REPORT, passages, questions
from benchmarks.vectors_at_size import disk_mb, peak_mb, resident_mb
from rag.library.lexical import LexicalIndex
from rag.library.tokens import document_tokens, query_tokens
from rag.parsing.report import Chunk, Metadata, Report

RESULTS = Path(__file__).parent / "results" / "search_engines.json"
REPORTS_OF_A_BATCH = 100
QUESTIONS, SLOW_QUESTIONS, NEAREST, WANTED = 200, 40, 10, 50
_SECONDS_ENOUGH = 120.0  # for the questions of one kind

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
                for index, text in enumerate(_texts(report)):
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
            for number, text in enumerate(_texts(report)):
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
        return list(zip(ids, numbers, strict=True))


class Bm25s:
    """Scores of all pairs of token and passage in memory; one change makes all of them anew."""

    def __init__(self, folder: Path) -> None:
        import bm25s

        self._bm25s = bm25s
        self._texts: list[list[str]] = []
        self._names: Found = []
        self._index: Any = None

    def write(self, reports: Sequence[Report]) -> None:
        self._index = None
        for report in reports:
            self._texts += [document_tokens(text) for text in _texts(report)]
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


def main() -> None:
    """Prints a row for each engine and size; times in milliseconds by the clock, and of the processor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--folder", type=Path, help="where to build; a temporary folder by default")
    parser.add_argument("--save", action="store_true", help=f"write {RESULTS.name}")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--step", choices=("measure", "write"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step == "measure":
        print(json.dumps(measure(options.engines, int(options.sizes), options.folder)))
    elif options.step == "write":
        write_on(options.folder)
    elif options.kills:
        kill(options.kills)
    else:
        compare(options)


def compare(options: argparse.Namespace) -> None:
    """Each engine at each size in a process of its own."""
    for size in options.sizes.split(","):
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            for engine in options.engines.split(","):
                arguments = ["--engines", engine, "--sizes", size, "--folder", folder, "--step", "measure"]
                command = [sys.executable, "-m", "benchmarks.search_engines", *arguments]
                done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
                row = json.loads(done.stdout.splitlines()[-1])
                print(json.dumps(row, indent=1), flush=True)
                if options.save:
                    save(row)


def save(row: dict[str, Any]) -> None:
    """Writes a row in place of the one of the same engine and size."""
    old = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []
    rows = [each for each in old if (each["engine"], each["passages"]) != (row["engine"], row["passages"])] + [row]
    rows.sort(key=lambda each: (each["passages"], each["engine"]))
    RESULTS.write_text(f"{json.dumps(rows, indent=1)}\n", encoding="utf-8")


def measure(name: str, size: int, place: Path) -> dict[str, Any]:
    """Builds, asks of everything and of some reports, changes a report."""
    folder = place / name
    folder.mkdir()
    before = resident_mb()
    engine = ENGINES[name](folder)
    count = size // PASSAGES_OF_A_REPORT
    began = perf_counter()
    for done, batch in enumerate(_batches(size)):
        engine.write(batch)
        if done % 50 == 0:
            print(
                f"{name} {done * REPORTS_OF_A_BATCH} of {count} after {perf_counter() - began:.0f} s", file=sys.stderr
            )
    engine.ask("发展", None)
    row: dict[str, Any] = {"engine": name, "passages": size, "build_processor_seconds": round(process_time())}
    row |= {"build_peak_mb": peak_mb(), "disk_mb": disk_mb(folder)}
    asked = list(questions(QUESTIONS, count))
    open_times, found = _times(engine, [(text, None) for _, text in asked])
    row["open_ms"] = open_times
    row["kept"] = _kept(place / "fts5.json", name, found)
    for label, step in (("one_report", count), ("30_reports", count // 30), ("fifteenth", PASSAGES_OF_A_REPORT)):
        chosen = [(text, [_id(each) for each in range(report % step, count, step)]) for report, text in asked]
        row[f"{label}_ms"] = _times(engine, chosen)[0]
    row["resident_mb"] = resident_mb() - before
    return row | _changes(engine, size)


def _changes(engine: Engine, size: int) -> dict[str, float]:
    times = []
    for report in islice(_reports(300, seed=7), 20):
        began = process_time()
        engine.write([report])
        if isinstance(engine, Bm25s):
            engine.ask("发展", None)
        times.append(process_time() - began)
        if isinstance(engine, Bm25s):
            break
    began = process_time()
    engine.remove(_id(3))
    return {
        "replace_processor_ms": round(float(np.median(times)) * 1000, 1),
        "longest_replace_processor_ms": round(max(times) * 1000, 1),
        "remove_processor_ms": round((process_time() - began) * 1000, 1),
    }


def _times(engine: Engine, asked: Sequence[tuple[str, list[str] | None]]) -> tuple[dict[str, float], list[Found]]:
    """Times of questions, each asked once before; fewer of them where they take long."""
    began = perf_counter()
    for text, ids in asked[:SLOW_QUESTIONS]:
        engine.ask(text, ids)
    if perf_counter() - began > _SECONDS_ENOUGH * SLOW_QUESTIONS / len(asked):
        asked = asked[:SLOW_QUESTIONS]
    by_the_clock, of_processor, found = [], [], []
    for text, ids in asked:
        began, busy = perf_counter(), process_time()
        found.append(engine.ask(text, ids))
        by_the_clock.append((perf_counter() - began) * 1000)
        of_processor.append((process_time() - busy) * 1000)
    row = {f"p{share}": round(float(np.percentile(by_the_clock, share)), 1) for share in (50, 95)}
    return row | {
        f"processor_p{share}": round(float(np.percentile(of_processor, share)), 1) for share in (50, 95)
    }, found


def _kept(file: Path, name: str, found: list[Found]) -> float | None:
    """The share of FTS5's first ten among the first ten; None where FTS5 was not asked before."""
    if name == "fts5":
        file.write_text(json.dumps([each[:NEAREST] for each in found]), encoding="utf-8")
    if not file.exists():
        return None
    right = [{(each[0], each[1]) for each in row} for row in json.loads(file.read_text(encoding="utf-8"))]
    shares = [len(one & set(other[:NEAREST])) / len(one) for one, other in zip(right, found, strict=False) if one]
    return round(float(np.mean(shares)), 4)


def kill(times: int) -> None:
    """Kills a process that replaces reports, and looks whether the index in force is whole or can be made so."""
    moments = random.Random(1)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        Zhenbao(folder).write(list(_reports(300)))
        astray = 0
        for _ in range(times):
            command = [sys.executable, "-m", "benchmarks.search_engines", "--step", "write", "--folder", place]
            with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
                assert process.stdout is not None
                process.stdout.readline()
                sleep(moments.uniform(0.0, 0.5))
                process.kill()
            index = LexicalIndex(folder / "lexical.sqlite3")
            astray += index.count() != 300
            for report in _reports(300):  # what the outbox has the next writer do
                index.upsert(report)
            assert index.count() == len(index.passages()) == 300
            index.close()
        print(f"{times} kills: usable after each, {astray} times a report was to be written again")


def write_on(folder: Path) -> None:
    """Replaces and removes reports until killed."""
    index = LexicalIndex(folder / "lexical.sqlite3")
    print("begun", flush=True)
    while True:
        for report in _reports(300):
            index.upsert(report)
            index.remove(report.id)
            index.upsert(report)


def _batches(size: int) -> Iterator[list[Report]]:
    reports = _reports(size)
    while batch := list(islice(reports, REPORTS_OF_A_BATCH)):
        yield batch


def _reports(size: int, seed: int = 1) -> Iterator[Report]:
    """Reports of 15 made passages each."""
    made = passages(size, seed)
    while some := list(islice(made, PASSAGES_OF_A_REPORT)):
        chunks, start = [], 0
        for _, text in some:
            chunks.append(Chunk(start, start + len(text), "", "result"))
            start += len(text)
        yield Report(_id(some[0][0]), Metadata(), "".join(text for _, text in some), (), (), tuple(chunks))


def _texts(report: Report) -> list[str]:
    return [report.text[chunk.start : chunk.end] for chunk in report.chunks]


def _id(report: int) -> str:
    return f"{report * 0x9E3779B97F4B % (1 << 48):012x}"


if __name__ == "__main__":
    main()
