"""How much of a good summary a summary holds: key points covered, and figures that its quotations carry."""

from collections.abc import Mapping, Sequence

from eval.items import GoldenSummary, KeyPoint
from eval.scoring.citations import occurrences
from eval.scoring.grounding import uncarried_figures
from eval.scoring.numbers import figures_of, whole_figure
from eval.scoring.replies import GivenCitation, GivenClaim, Lenient
from eval.scoring.wording import holds

_TOP = 10
_ALIKE = 0.5  # of the shorter of two quotations that must overlap
_LONGEST = 2  # times as long as the golden quotation a point's may be


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
    """Shares from 0 to 1.

    Key points (all, top 10), problems and plans covered; points whose quotations carry their figures; points with
    quotations that stand in the file; and `length`, the characters of all points against those of the file.
    """
    text = texts.get(golden.doc, "")
    ranked = sorted(golden.key_points, key=lambda point: point.rank)
    covered = [any(_covers(given, point, text) for given in summary.results) for point in ranked]
    points = [KeyPoint(topic="", point=p.point, quote=p.quote) for p in golden.problems]
    plans = [KeyPoint(topic="", point=p.point, quote=p.quote, figures=p.figures) for p in golden.plans]
    given = [*summary.results, *summary.problems, *summary.plans]
    return {
        "key_points": _share(covered),
        "key_points_top10": _share(covered[:_TOP]),
        "problems": _share([any(_covers(g, point, text) for g in summary.problems) for point in points]),
        "plans": _share([any(_covers(g, plan, text) for g in summary.plans) for plan in plans]),
        "figure_accuracy": _figure_accuracy(given),
        "quoted": _share([_is_quoted(point, texts) for point in given]),
        "length": round(sum(len(point.text) for point in given) / max(1, len(text)), 4),
    }


def _covers(given: GivenPoint, point: KeyPoint, text: str) -> bool:
    """Whether a summary point says all figures of a key point, or quotes about the same stretch of the report."""
    places = [place for quote in (point.quote, *point.more_quotes) for place in occurrences(quote, text)]
    if point.figures and all(_states(given.text, figure) for figure in point.figures):
        return any(min(b, c.end) > max(a, c.start) for c in given.citations for a, b in places)
    return any(_is_alike(c.start, c.end, a, b) for c in given.citations if c.role == "evidence" for a, b in places)


def _is_alike(start: int, end: int, wanted_start: int, wanted_end: int) -> bool:
    """Whether half of the shorter stretch overlaps, and the given one is at most twice as long as the wanted one."""
    shared = min(end, wanted_end) - max(start, wanted_start)
    given, wanted = end - start, wanted_end - wanted_start
    return shared > 0 and shared >= _ALIKE * min(given, wanted) and given <= _LONGEST * wanted


def _states(text: str, figure: str) -> bool:
    wanted = whole_figure(figure)
    if wanted is None:
        return holds(text, figure)
    return holds(text, figure) or any(f.same_value(wanted) and f.says_unit_of(wanted) for f in figures_of(text))


def _is_quoted(point: GivenPoint, texts: Mapping[str, str]) -> bool:
    """Whether a point has quotations, and all stand at their offsets."""
    return bool(point.citations) and all(
        c.quote and texts.get(c.file, "")[c.start : c.end] == c.quote for c in point.citations
    )


def _figure_accuracy(points: Sequence[GivenPoint]) -> float:
    """Share of the points with figures whose quotations carry all of them."""
    claims = [GivenClaim(text=p.text, supported=True, citations=p.citations) for p in points if figures_of(p.text)]
    return _share([not uncarried_figures(claim) for claim in claims])


def _share(flags: Sequence[bool]) -> float:
    return round(sum(flags) / len(flags), 4) if flags else 1.0
