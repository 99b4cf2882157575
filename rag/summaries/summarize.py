"""Summarising a whole report: what matters is chosen by code, told by the model where that can be verified."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from rag.errors import ModelMissing, ModelUnavailable
from rag.library.figure_store import figures_of, heads_of
from rag.library.library import Library
from rag.models.cache import Cache
from rag.models.conversation import ChatModel
from rag.parsing.figures.topics import TOPICS, topic_of
from rag.parsing.orders import without_orders
from rag.summaries.key_figures import Row, key_figures
from rag.summaries.overview import Weighed, overview
from rag.summaries.phrasing import Telling, Told, lent_citations, tell, verified
from rag.summaries.schema import FileWarning, KeyFigure, Point, Summary, TopicPoints
from rag.summaries.selection import Strand, budget, choose, key_figure_budget, overview_budget
from rag.summaries.statements import statements_of
from rag.summaries.summary_cache import keep_summary, kept_summary, summary_key
from rag.types import Length, SectionKind, SummaryLanguage

Progress = Callable[[int, int], None]


class Summarizer:
    """Writes summaries: Chinese ones in the report's own clauses, English ones in the model's words.

    `shortens` has the model shorten wordy Chinese points, too: the embedded one only copies them
    (`benchmarks/summaries.py --live`). `cache` keeps finished summaries; `parallel` is how many requests run at once.
    """

    def __init__(
        self,
        *,
        library: Library,
        model: ChatModel | None,
        shortens: bool = False,
        cache: Cache | None = None,
        parallel: int = 1,
    ) -> None:
        self._library = library
        self._model = model
        self._shortens = shortens
        self._cache = cache
        self._parallel = parallel

    def summarize(
        self,
        report_id: str,
        *,
        length: Length = "full",
        language: SummaryLanguage = "zh",
        on_progress: Progress | None = None,
    ) -> Summary:
        """The summary of one report; `on_progress` is told points done and in all.

        In Chinese, a model that is missing or does not answer is done without; in English that raises ModelError.
        """
        report, source = self._library.report(report_id), self._library.sources(report_id)[0]
        if language == "en" and self._model is None:
            raise ModelMissing("english_summary_needs_model")
        model = self._model if language == "en" or self._shortens else None
        key = summary_key(report, source, _identity(model), length, language)
        kept = kept_summary(self._cache, key) if self._cache else None
        if kept is not None:
            return kept
        figures, heads = figures_of(self._library, report), heads_of(self._library, report)
        telling = Telling(without_orders(report), source, model, language, figures, heads)
        summary = self._made(telling, length, on_progress)
        if self._cache and (summary.model or model is None):
            keep_summary(self._cache, key, summary)
        return summary

    def _made(self, telling: Telling, length: Length, on_progress: Progress | None) -> Summary:
        room = budget(length, len(telling.report.text))
        strands = choose(statements_of(telling.report, telling.heads), room).strands
        try:
            told = self._told(strands, telling, on_progress)
        except (ModelMissing, ModelUnavailable):
            if telling.language == "en":
                raise
            telling = replace(telling, model=None)
            told = self._told(strands, telling, on_progress)
        return _assembled(told, telling, length, room)

    def _told(self, strands: Sequence[Strand], telling: Telling, on_progress: Progress | None) -> list[Told]:
        told: list[Told] = []
        pool = ThreadPoolExecutor(self._parallel)
        try:
            for one in pool.map(lambda strand: tell(strand, telling), strands):
                if on_progress:
                    on_progress(len(told), len(strands))
                told.append(one)
        finally:
            pool.shutdown(cancel_futures=True)
        if on_progress:
            on_progress(len(strands), len(strands))
        return told


def _identity(model: ChatModel | None) -> str | None:
    """Tells one model and version from another, where the model knows."""
    return None if model is None else str(getattr(model, "identity", model.name))


def _assembled(told: Sequence[Told], telling: Telling, length: Length, room: int) -> Summary:
    metadata = telling.report.metadata
    points = [_weighed(one, one.point, telling.language) for one in told if one.point]
    statements = [statement for one in told if one.point for statement in one.strand.statements]
    rows = key_figures(telling.figures, telling.report, statements, key_figure_budget(room))
    figures = [figure for row in rows if (figure := _key_figure(row, telling))]
    is_whole = length != "paragraph"
    return Summary(
        town=metadata.town,
        level=metadata.level,
        county=metadata.county,
        report_year=metadata.year,
        plan_year=metadata.plan_year,
        issuer=metadata.issuer,
        publish_date=metadata.publish_date,
        overview=overview(points, overview_budget(length, room), telling.language),
        topics=_by_topic(points) if is_whole else [],
        key_figures=figures if is_whole else [],
        problems=_of_kind(points, "problem") if is_whole else [],
        plans=_of_kind(points, "plan") if is_whole else [],
        warnings=[
            FileWarning(kind=d.kind, detail=d.detail, quote=d.quote, start=d.start, end=d.end)
            for d in telling.source.defects
        ],
        dropped=sum(one.is_dropped or one.point is None for one in told),
        model=telling.model.name if telling.model else None,
        length=length,
        language=telling.language,
        left_in_chinese=sum(one.is_in_chinese for one in told) if telling.language == "en" else 0,
    )


def _weighed(one: Told, point: Point, language: SummaryLanguage) -> Weighed:
    """In an English overview a point that stayed Chinese comes last."""
    first = one.strand.statements[0]
    topic = topic_of(one.strand.text, f"{first.sentence.section} / {first.item}")
    is_foreign = language == "en" and one.is_in_chinese
    return Weighed(point, one.strand.kind, topic, 0.0 if is_foreign else one.strand.weight)


def _of_kind(points: Sequence[Weighed], kind: SectionKind) -> list[Point]:
    return [weighed.point for weighed in points if weighed.kind == kind]


def _by_topic(points: Sequence[Weighed]) -> list[TopicPoints]:
    results = [weighed for weighed in points if weighed.kind in ("result", "other")]
    sorted_out = {topic: [w.point for w in results if w.topic == topic] for topic in TOPICS}
    return [TopicPoints(topic=topic, points=points) for topic, points in sorted_out.items() if points]


def _key_figure(row: Row, telling: Telling) -> KeyFigure | None:
    """The row if it is verified like a point, else None: its figure is told by a point in any case."""
    point = verified(row.text, [row.statement], telling)
    if point is None:
        return None
    indicator = row.indicator
    lent = lent_citations(row.statement, indicator.lent, telling)
    return KeyFigure(
        text=row.told,
        citations=[*point.citations, *lent],
        subject=indicator.subject,
        value=indicator.value,
        unit=indicator.unit,
        approx=indicator.approx,
    )
