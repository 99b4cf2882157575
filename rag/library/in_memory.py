"""Reports in a library of memory alone, for questions about reports that no data folder holds."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from rag.library.held_places import HeldPlaces
from rag.library.library import Library
from rag.library.row_writer import Stored
from rag.library.sentence_index import SentenceIndex
from rag.parsing.report import Report, ReportSource
from rag.types import OffsetMap, Run, SourceFile

_MEMORY = Path(":memory:")


def places_of(reports: Iterable[Report]) -> HeldPlaces:
    """The places of some reports."""
    library, sentences = Library.open(_MEMORY), SentenceIndex(_MEMORY)
    held = list(reports)
    library.add_many(Stored(report, _source(report), ()) for report in held)
    sentences.upsert_many(held)
    return HeldPlaces(library, sentences)


def _source(report: Report) -> ReportSource:
    """A file of nothing but the report."""
    sha256 = hashlib.sha256(report.id.encode()).hexdigest()
    file = SourceFile(f"{report.id}.txt", sha256, "utf-8", report.text)
    return ReportSource(report.id, file, OffsetMap((Run(0, 0, len(report.text)),)), ())
