"""Small reports, answers and parts made by hand, for tests of the doors."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from rag.answering.answer import Answerer
from rag.answering.answers import Answer
from rag.errors import ModelMissing
from rag.library.library import Library
from rag.library.results import Hit, Scope
from rag.library.search import Searcher, SearchResult
from rag.models.conversation import Turn
from rag.parsing.figures.indicators import read_indicators
from rag.parsing.report import Chunk, Defect, Heading, Metadata, Report, ReportSource, Sentence
from rag.settings import Settings
from rag.summaries.schema import KeyFigure, Point, Summary, TopicPoints
from rag.summaries.summarize import Summarizer
from rag.types import Length, Notice, OffsetMap, Run, SourceFile, SummaryLanguage
from rag.verification.claims import Citation, Claim, Evidence
from rag.workspace import Workspace
from tests.support.generated_reports import CharacterEmbedder

_OPEN = Scope()
LEAD = "首页 > 政务公开\r\n"
BODY = "一、农业\n种植水稻1200亩。新修水渠3公里。"


def made_report(
    town: str | None = "石矶镇",
    county: str | None = "衡州县",
    year: int | None = 2020,
    *,
    body: str = BODY,
    publish_date: str | None = None,
    is_sample: bool = False,
) -> Report:
    """A report of one heading and two sentences; another town, county or year is another report."""
    text = f"{county or ''}{town or ''}{year or ''}年工作总结\n{body}"
    head, heading = text.index("\n"), text.index("\n") + 1 + body.index("\n")
    stop = text.index("。", heading) + 1
    return Report(
        id=hashlib.sha256(text.encode()).hexdigest()[:12],
        metadata=Metadata(town=town, county=county, year=year, plan_year=year and year + 1, publish_date=publish_date),
        text=text,
        headings=(Heading(head + 1, heading, 1, text[head + 1 : heading]),),
        sentences=(
            Sentence(0, head, "", "other", "metadata"),
            Sentence(head + 1, heading, "一、农业", "result", "heading"),
            Sentence(heading + 1, stop, "一、农业", "result", "body"),
            Sentence(stop, len(text), "一、农业", "result", "body"),
        ),
        chunks=(Chunk(heading + 1, len(text), "一、农业", "result"),),
        is_sample=is_sample,
    )


def made_source(report: Report, name: str = "石矶2020.txt") -> ReportSource:
    """A source with a line before the report that cleaning dropped."""
    text = LEAD + report.text
    defect = Defect("boilerplate", "网页导航", LEAD.strip(), 0, len(LEAD.strip()))
    file = SourceFile(name, hashlib.sha256((name + text).encode()).hexdigest(), "utf-8", text)
    return ReportSource(report.id, file, OffsetMap((Run(0, len(LEAD), len(report.text)),)), (defect,))


def made_citation(quote: str = "种植水稻1200亩。", *, start: int = 30, file: str = "石矶2020.txt") -> Citation:
    return Citation(
        report="0123456789ab",
        file=file,
        page=None,
        town="石矶镇",
        year=2020,
        report_year=2020,
        section="一、农业",
        role="evidence",
        quote=quote,
        start=start,
        end=start + len(quote),
    )


def made_answer(question: str = "石矶镇种了多少水稻？", *claims: Claim) -> Answer:
    """An answer of one supported sentence, or of the given ones."""
    claims = claims or (Claim("种植水稻1200亩。", "stated", None, "quoted", None, (made_citation(),)),)
    sentence = Sentence(10, 19, "一、农业", "result", "body")
    evidence = Evidence(1, "0123456789ab", sentence, "种植水稻1200亩。", "石矶镇", "衡州县", 2020, 2020)
    return Answer(
        question=question,
        outcome="answered",
        reason=None,
        language="zh-Hans",
        answer="".join(claim.text for claim in claims if claim.supported),
        claims=claims,
        evidence=(evidence,),
        evidence_citations=(made_citation(),),
        model="scripted",
    )


def made_summary(town: str = "石矶镇") -> Summary:
    quotation = replace(made_citation(), town=town)
    point = Point(text="种植水稻1200亩。", citations=[quotation])
    figure = KeyFigure(
        text="种植水稻1200亩", citations=[quotation], subject="种植水稻", value="1200", unit="亩", approx=None
    )
    return Summary(
        town=town, county="衡州县", report_year=2020, plan_year=2021, issuer=None, publish_date=None, overview=[point],
        topics=[TopicPoints(topic="农业农村", points=[point])], key_figures=[figure], problems=[], plans=[],
        warnings=[], dropped=1, model="scripted",
    )  # fmt: skip


class ScriptedAnswerer:
    """Answers by a function, and remembers what it was asked."""

    def __init__(self, reply: Callable[[str], Answer]) -> None:
        self._reply = reply
        self.asked: list[tuple[str, tuple[Turn, ...], Scope]] = []

    def ask(self, question: str, *, history: Sequence[Turn] = (), scope: Scope = _OPEN) -> Answer:
        self.asked.append((question, tuple(history), scope))
        return self._reply(question)

    def stream(self, question: str, *, history: Sequence[Turn] = (), scope: Scope = _OPEN) -> Iterator[Answer]:
        yield self.ask(question, history=history, scope=scope)


class ScriptedSearcher:
    """Finds the first passage of every report in the library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def search(self, query: str, *, scope: Scope = _OPEN, k: int = 8) -> SearchResult:
        hits = [
            Hit(report.id, chunk, report.text[chunk.start : chunk.end], 0.5)
            for report in self._library.every_report()
            for chunk in report.chunks[:1]
        ]
        return SearchResult(hits[:k], (Notice("searched_by_words_only"),))


class ScriptedSummarizer:
    """The same summary for every report, but an error for the reports named."""

    def __init__(self, failing: Sequence[str] = ()) -> None:
        self._failing = failing
        self.asked: list[str] = []
        self.wanted: list[tuple[Length, SummaryLanguage]] = []

    def summarize(
        self,
        report_id: str,
        *,
        length: Length = "full",
        language: SummaryLanguage = "zh",
        on_progress: Callable[[int, int], None] | None = None,
    ) -> Summary:
        self.asked.append(report_id)
        self.wanted.append((length, language))
        if report_id in self._failing:
            raise ModelMissing("english_summary_needs_model")
        if on_progress is not None:
            on_progress(1, 1)
        return made_summary()


class PlainWorkspace(Workspace):
    """A workspace that takes in real files, with an embedder that needs no model."""

    @property
    def embedder(self) -> CharacterEmbedder:
        return CharacterEmbedder()


class ScriptedWorkspace(Workspace):
    """A real library in a folder of the test, with scripted search, answers and summaries."""

    def __init__(self, home: Path, *reports: Report, reply: Callable[[str], Answer] = made_answer) -> None:
        super().__init__(Settings(home=home))
        self.scripted_answerer = ScriptedAnswerer(reply)
        self.scripted_summarizer = ScriptedSummarizer()
        for report in reports:
            self.library.add(report, made_source(report, f"{report.label}.txt"), figures=read_indicators(report))

    @property
    def answerer(self) -> Answerer:
        return cast(Answerer, self.scripted_answerer)

    @property
    def summarizer(self) -> Summarizer:
        return cast(Summarizer, self.scripted_summarizer)

    @property
    def searcher(self) -> Searcher:
        return cast(Searcher, ScriptedSearcher(self.library))
