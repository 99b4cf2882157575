"""Questions and places over a few reports, which stand in a library of memory."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from rag.answering import decomposition, questions
from rag.answering.decomposition import Part
from rag.answering.questions import Question
from rag.library.in_memory import places_of
from rag.library.library import Library
from rag.library.readable_reports import ReadableReports
from rag.library.results import Scope
from rag.library.sentence_index import SentenceIndex
from rag.models.conversation import Turn
from rag.parsing.report import Report


def sentences_of(library: Library) -> SentenceIndex:
    """The index of all sentences of a library."""
    sentences = SentenceIndex(Path(":memory:"))
    sentences.upsert_many(list(library.every_report()))
    return sentences


def understand(text: str, reports: Iterable[Report], history: Sequence[Turn] = ()) -> Question:
    """The question, read against these reports."""
    return questions.understand(text, places_of(reports), history)


def parts_of(asked: Question, scope: Scope, reports: Iterable[Report]) -> tuple[Part, ...]:
    """The parts of a question about these reports."""
    return decomposition.parts_of(asked, scope, ReadableReports(places_of(reports).library))
