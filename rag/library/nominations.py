"""Which passages may be the best for some words: an inverted index of tokens, kept by tantivy in a folder.

Its scores are nearly those of `rag.library.word_scores` (lengths of passages are rounded down, so that none is too
low). What it nominates is scored again from the passages' text.
"""

import logging
import shutil
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import IndexDamaged

if TYPE_CHECKING:
    from tantivy import Index, Query, Schema, Searcher

_log = logging.getLogger(__name__)
_HEAP = 32_000_000  # bytes that a writer keeps before it writes


@dataclass(frozen=True, slots=True)
class Nominee:
    """A passage by its place, with a score that is hardly too low."""

    place: int
    score: float


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept of a passage."""

    place: int
    position: int  # of its report
    kind: str
    tokens: Sequence[str]


class Nominations:
    """The inverted index. May be shared by threads; one process writes at a time. Raises IndexDamaged."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.RLock()
        self._opened: Index | None = None
        self._state: tuple[int, int] | None = None  # of the list of segments, when last looked

    def replace(self, positions: Collection[int], entries: Sequence[Entry]) -> None:
        """Takes in entries in place of all that stood for the reports at these positions, in one step."""
        with self._using() as index:
            from tantivy import Document

            writer = index.writer(heap_size=_HEAP, num_threads=1)
            try:
                for position in positions:
                    writer.delete_documents_by_term("position", position)
                for entry in entries:
                    document = Document()
                    document.add_integer("place", entry.place)
                    document.add_integer("position", entry.position)
                    document.add_text("kind", entry.kind)
                    document.add_text("tokens", " ".join(entry.tokens))
                    writer.add_document(document)
                writer.commit()
            finally:
                writer.wait_merging_threads()  # lets go of the writer, too
                self._state = None

    def nominate(
        self, weights: Mapping[str, float], *, positions: Collection[int] | None, kinds: Collection[str] | None, k: int
    ) -> list[Nominee]:
        """The k passages that score highest by weighted tokens, among the given reports and kinds (None: all)."""
        with self._using() as index:
            searcher = self._searcher(index)
            query = _query(index.schema, searcher, weights, positions, kinds)
            if query is None:
                return []
            hits = searcher.search(query, limit=k, count=False).hits
            places = searcher.fast_field_values("place", [address for _, address in hits])
            return [Nominee(int(place or 0), score) for (score, _), place in zip(hits, places, strict=True)]

    def count(self) -> int:
        """How many passages there are."""
        with self._using() as index:
            return int(self._searcher(index).num_docs)

    def places(self) -> set[int]:
        """The places of all passages."""
        with self._using() as index:
            from tantivy import Query

            searcher = self._searcher(index)
            hits = searcher.search(Query.all_query(), limit=max(1, searcher.num_docs), count=False).hits
            return {int(place or 0) for place in searcher.fast_field_values("place", [address for _, address in hits])}

    def reset(self) -> None:
        """Begins with an empty folder."""
        with self._lock:
            self.close()
            shutil.rmtree(self._folder, ignore_errors=True)
            if self.count():  # Windows keeps the files that a process has open
                self._empty()

    def _empty(self) -> None:
        with self._using() as index:
            writer = index.writer(heap_size=_HEAP, num_threads=1)
            try:
                writer.delete_all_documents()
                writer.commit()
            finally:
                writer.wait_merging_threads()
                self._state = None

    def close(self) -> None:
        """Lets go of the folder."""
        with self._lock:
            self._opened = self._state = None

    def _searcher(self, index: "Index") -> "Searcher":
        """A view of what was written last, also by another process."""
        found = (self._folder / "meta.json").stat()
        state = found.st_mtime_ns, found.st_size
        if state != self._state:
            index.reload()
            self._state = state
        return index.searcher()

    @contextmanager
    def _using(self) -> "Iterator[Index]":
        with self._lock:
            try:
                if self._opened is None:
                    self._opened = self._open()
                yield self._opened
            except (OSError, ValueError) as error:
                raise self._failed(error) from error
            except BaseException as error:
                # tantivy's Rust side panics with a class of its own that is no Exception
                if type(error).__name__ != "PanicException":
                    raise
                raise self._failed(error) from error

    def _open(self) -> "Index":
        from tantivy import Index, TextAnalyzerBuilder, Tokenizer

        self._folder.mkdir(parents=True, exist_ok=True)
        index = Index(_schema(), path=str(self._folder))
        index.register_tokenizer("blanks", TextAnalyzerBuilder(Tokenizer.whitespace()).build())
        index.config_reader("manual")
        return index

    def _failed(self, error: BaseException) -> IndexDamaged:
        _log.warning("the inverted index fails: %s", type(error).__name__)
        self.close()
        return IndexDamaged("lexical_index_damaged", reason=f"{type(error).__name__}: {str(error)[:200]}")


def _schema() -> "Schema":
    from tantivy import SchemaBuilder

    builder = SchemaBuilder()
    builder.add_integer_field("place", fast=True)
    builder.add_integer_field("position", indexed=True)
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("tokens", tokenizer_name="blanks", index_option="freq")
    return builder.build()


def _query(
    schema: "Schema",
    searcher: "Searcher",
    weights: Mapping[str, float],
    positions: Collection[int] | None,
    kinds: Collection[str] | None,
) -> "Query | None":
    """None where no passage has any of the tokens."""
    from tantivy import Occur, Query

    total = searcher.num_docs
    clauses = []
    for token, weight in weights.items():
        having = searcher.doc_freq("tokens", token)
        if having:
            its_own = log(1 + max(0.0, total - having + 0.5) / (having + 0.5))  # what tantivy weighs a token by
            term = Query.term_query(schema, "tokens", token, index_option="freq")
            clauses.append((Occur.Should, Query.boost_query(term, weight / max(its_own, 1e-9))))
    if not clauses:
        return None
    parts = [(Occur.Must, Query.boolean_query(clauses))]
    for field, allowed in (("position", positions), ("kind", kinds)):
        if allowed is not None:
            chosen = Query.term_set_query(schema, field, list(allowed))
            parts.append((Occur.Must, Query.const_score_query(chosen, 0.0)))
    return parts[0][1] if len(parts) == 1 else Query.boolean_query(parts)
