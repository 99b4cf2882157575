"""A library of small reports with their places given, and an answerer whose search finds every passage there is.

Whatever then stands in an answer is what the library lets a question be answered from.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from rag.answering.answer import Answerer
from rag.answering.answers import Answer
from rag.library.library import Library
from rag.library.results import Hit, Scope
from rag.library.search import Searcher, SearchResult
from rag.models.conversation import ChatModel, Turn
from rag.parsing.report import Chunk, Metadata, Report, Sentence
from tests.support.generated_reports import CharacterEmbedder
from tests.support.held import sentences_of
from tests.support.told_reports import library_of

_EVERYWHERE = Scope()


def of_place(
    town: str | None,
    *lines: str,
    county: str | None = None,
    city: str | None = None,
    province: str | None = None,
    year: int = 2021,
) -> Report:
    """A report of a title and lines of one sentence each, every line a passage."""
    title = f"{county or ''}{town or ''}{year}年工作报告"
    text = "\n".join((title, *lines))
    sentences, start = [Sentence(0, len(title), "", "other", "metadata")], len(title) + 1
    for line in lines:
        sentences.append(Sentence(start, start + len(line), "", "result", "body"))
        start += len(line) + 1
    return Report(
        id=hashlib.sha256(text.encode()).hexdigest()[:12],
        metadata=Metadata(
            title=title, town=town, county=county, city=city, province=province, year=year, plan_year=year + 1
        ),
        text=text,
        headings=(),
        sentences=tuple(sentences),
        chunks=tuple(Chunk(s.start, s.end, "", "result") for s in sentences[1:]),
    )


class EveryPassage:
    """A searcher that finds all passages, whatever is asked and wherever."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def search(self, query: str, *, scope: Scope = _EVERYWHERE, k: int = 8) -> SearchResult:
        return SearchResult(
            [
                Hit(report.id, chunk, report.text[chunk.start : chunk.end], 0.5)
                for report in self._library.every_report()
                for chunk in report.chunks
            ]
        )


def answerer_over(home: Path, reports: Sequence[Report], model: ChatModel | None = None) -> Answerer:
    """An answerer over a new library of these reports."""
    library = library_of(home, *reports)
    return Answerer(
        library=library,
        sentences=sentences_of(library),
        searcher=cast(Searcher, EveryPassage(library)),
        embedder=CharacterEmbedder(),
        model=model,
    )


def sources(answer: Answer) -> set[str]:
    """The sentences that an answer shows or rests on, those that only give a year apart."""
    cited = [each for claim in answer.claims for each in claim.citations if each.role == "evidence"]
    return {item.text for item in answer.evidence} | {each.quote for each in (*answer.evidence_citations, *cited)}


def history(*questions: str) -> list[Turn]:
    """Earlier questions, each answered with nothing."""
    return [turn for text in questions for turn in (Turn("user", text), Turn("assistant", "——"))]
