"""How much of a good summary a summary holds: key points covered, and figures that its quotations carry."""

from collections.abc import Mapping, Sequence

from eval.citations import occurrences
from eval.grounding import uncarried_figures
from eval.items import GoldenSummary, KeyPoint
from eval.numbers import figures_of, whole_figure
from eval.replies import GivenCitation, GivenClaim, Lenient
from eval.wording import bigrams, holds

_TOP = 10
_ALIKE = 0.5  # share of a figureless point's letter pairs that a summary point must hold


class GivenPoint(Lenient):
    """One statement of a summary."""

    text: str
    citations: tuple[GivenCitation, ...] = ()


class GivenTopic(Lenient):
    """Statements under one topic."""

    points: tuple[GivenPoint, ...] = ()


class GivenSummary(Lenient):
    """A summary as `zhenbao summarize --format json` writes it."""

    town: str | None = None
    report_year: int | None = None
    overview: tuple[GivenPoint, ...] = ()
    topics: tuple[GivenTopic, ...] = ()
    key_figures: tuple[GivenPoint, ...] = ()
    problems: tuple[GivenPoint, ...] = ()
    plans: tuple[GivenPoint, ...] = ()

    @property
    def results(self) -> tuple[GivenPoint, ...]:
        """Every point about what was done."""
        return (*self.overview, *(p for topic in self.topics for p in topic.points), *self.key_figures)


def score_summary(golden: GoldenSummary, summary: GivenSummary, texts: Mapping[str, str]) -> dict[str, float]:
    """Shares from 0 to 1: key points (all, top 10), problems and plans covered, figures carried by quotations."""
    text = texts.get(golden.doc, "")
    ranked = sorted(golden.key_points, key=lambda point: point.rank)
    covered = [any(_covers(given, point, text) for given in summary.results) for point in ranked]
    points = [KeyPoint(topic="", point=p.point, quote=p.quote) for p in golden.problems]
    plans = [KeyPoint(topic="", point=p.point, quote=p.quote, figures=p.figures) for p in golden.plans]
    return {
        "key_points": _share(covered),
        "key_points_top10": _share(covered[:_TOP]),
        "problems": _share([any(_covers(g, point, text) for g in summary.problems) for point in points]),
        "plans": _share([any(_covers(g, plan, text) for g in summary.plans) for plan in plans]),
        "figure_accuracy": _figure_accuracy([*summary.results, *summary.problems, *summary.plans]),
    }


def _covers(given: GivenPoint, point: KeyPoint, text: str) -> bool:
    """Whether a summary point says a key point: all its figures, or without figures its quotation or its words."""
    if point.figures:
        return all(_states(given.text, figure) for figure in point.figures) and _touches(given, point, text)
    if _touches(given, point, text):
        return True
    wanted = bigrams(point.point)
    return bool(wanted) and len(wanted & bigrams(given.text)) >= _ALIKE * len(wanted)


def _states(text: str, figure: str) -> bool:
    wanted = whole_figure(figure)
    if wanted is None:
        return holds(text, figure)
    return holds(text, figure) or any(f.same_value(wanted) and f.says_unit_of(wanted) for f in figures_of(text))


def _touches(given: GivenPoint, point: KeyPoint, text: str) -> bool:
    places = [place for quote in (point.quote, *point.more_quotes) for place in occurrences(quote, text)]
    return any(min(b, c.end) > max(a, c.start) for c in given.citations for a, b in places)


def _figure_accuracy(points: Sequence[GivenPoint]) -> float:
    """Share of the points with figures whose quotations carry all of them."""
    claims = [GivenClaim(text=p.text, supported=True, citations=p.citations) for p in points if figures_of(p.text)]
    return _share([not uncarried_figures(claim) for claim in claims])


def _share(flags: Sequence[bool]) -> float:
    return round(sum(flags) / len(flags), 4) if flags else 1.0
