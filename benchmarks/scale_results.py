"""What the benchmark of size found: one size a column, the bars, and how each measure grows. Tables as Markdown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pydantic import BaseModel, ConfigDict

GROWTH = 2.0  # from one size to the next that is ten times as large
_LEAST = 0.010  # seconds; what takes less is not told apart from it where growth is judged


class Kind(BaseModel):
    """First evidence for one kind of question."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    median: float
    p95: float
    steps: float
    """Of SQLite's machine, median."""


class Measured(BaseModel):
    """One library. Seconds on the wall and megabytes, where no other unit is named."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reports: int
    ingest: float
    ingest_processor: float
    ingest_peak: float
    disc: float
    fresh: float
    """First evidence in a fresh process, median."""
    fresh_more: float
    """The same less that of the seven sample reports, asked in turn."""
    first_median: float
    first_p95: float
    kinds: tuple[Kind, ...]
    surveys_median: float
    surveys_longest: float
    compare_first: float
    compare_later: float
    """The longest of the later ones."""
    figures_median: float
    figures_longest: float
    tab: float
    """Median."""
    peak: float
    """After 50 mixed questions."""
    peak_of_all: float
    """After every measure of the running process."""
    faults: tuple[str, ...]
    """What answers got wrong; where there are any, their times do not count."""


class Scale(BaseModel):
    """The results file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    release: str
    processors: int
    sizes: tuple[Measured, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table; without a bar the measure is only told."""

    name: str
    value: Callable[[Measured], float]
    unit: str = "s"
    bar: float | None = None
    grows: bool = True
    """Whether its growth is judged."""


ROWS = (
    Row("ingestion", lambda m: m.ingest, grows=False),
    Row("ingestion, processor", lambda m: m.ingest_processor, grows=False),
    Row("ingestion, processor a report", lambda m: m.ingest_processor / m.reports),
    Row("ingestion, peak memory", lambda m: m.ingest_peak, "MB"),
    Row("size on disc", lambda m: m.disc, "MB", grows=False),
    Row("first evidence, fresh process", lambda m: m.fresh),
    Row("the same, more than with seven reports", lambda m: m.fresh_more, bar=0.5, grows=False),
    Row("first evidence, running, median", lambda m: m.first_median, bar=0.15),
    Row("first evidence, running, p95", lambda m: m.first_p95, bar=0.3),
    Row("all towns, median", lambda m: m.surveys_median),
    Row("all towns, longest", lambda m: m.surveys_longest, bar=2.0),
    Row("compare, first", lambda m: m.compare_first, bar=1.0),
    Row("compare, later, longest", lambda m: m.compare_later, bar=1.0),
    Row("figures of one town, median", lambda m: m.figures_median, bar=0.3),
    Row("figures of one town, longest", lambda m: m.figures_longest),
    Row("library tab", lambda m: m.tab, bar=1.0),
    Row("peak memory, 50 mixed questions", lambda m: m.peak, "MB", bar=900.0),
    Row("peak memory after all of these", lambda m: m.peak_of_all, "MB"),
)


def growth(row: Row, smaller: Measured, larger: Measured) -> float:
    """How many times as much the larger library takes; what is too short to be told apart counts as equal."""
    least = _LEAST if row.unit == "s" else 1.0
    return max(row.value(larger), least) / max(row.value(smaller), least)


def table(scale: Scale) -> list[str]:
    """The measures as Markdown, a column for each size, then the bars and how each grows."""
    sizes = scale.sizes
    heads = [*(f"{each.reports:,}" for each in sizes), "bar", *(_step(*pair) for pair in pairwise(sizes)), ""]
    lines = ["| " + " | ".join(["measure", *heads]) + " |", "|---" * (len(heads) + 1) + "|"]
    for row in ROWS:
        values = [_shown(row.value(each), row.unit) for each in sizes]
        bar = "" if row.bar is None else _shown(row.bar, row.unit)
        ratios = [f"{growth(row, *pair):.2f}" if row.grows else "" for pair in pairwise(sizes)]
        lines.append("| " + " | ".join([row.name, *values, bar, *ratios, _judgement(row, sizes)]) + " |")
    return lines


def kinds_table(scale: Scale) -> list[str]:
    """First evidence by kind of question: milliseconds (median), and thousands of steps of SQLite."""
    heads = [head for each in scale.sizes for head in (f"{each.reports:,}: ms", "p95", "steps")]
    lines = ["| " + " | ".join(["question", *heads]) + " |", "|---" * (len(heads) + 1) + "|"]
    for kinds in zip(*(each.kinds for each in scale.sizes), strict=True):
        cells = [f"{k.median * 1000:.0f} | {k.p95 * 1000:.0f} | {k.steps / 1000:.1f} k" for k in kinds]
        lines.append("| " + " | ".join([kinds[0].kind, *cells]) + " |")
    return lines


def missed(scale: Scale) -> list[str]:
    """The bars that are missed at some size, what grows too fast, and wrong answers."""
    found = []
    for row in ROWS:
        over = [each.reports for each in scale.sizes if row.bar is not None and row.value(each) > row.bar]
        found += [f"{row.name}: over the bar at {reports:,}" for reports in over]
        found += [
            f"{row.name}: {growth(row, *pair):.1f} times as much at {pair[1].reports:,}"
            for pair in judged_pairs(scale.sizes)
            if row.grows and growth(row, *pair) > GROWTH
        ]
    return found + [f"{each.reports:,} reports: {fault}" for each in scale.sizes for fault in each.faults]


def judged_pairs(sizes: Sequence[Measured]) -> list[tuple[Measured, Measured]]:
    """Sizes that follow each other, from 1,000 reports on: below, what is the same for every size weighs most."""
    return [pair for pair in pairwise(sizes) if pair[0].reports >= 1000]


def _judgement(row: Row, sizes: Sequence[Measured]) -> str:
    is_over = row.bar is not None and any(row.value(each) > row.bar for each in sizes)
    is_growing = row.grows and any(growth(row, *pair) > GROWTH for pair in judged_pairs(sizes))
    if row.bar is None and not (row.grows and judged_pairs(sizes)):
        return ""
    return "over" if is_over else "grows" if is_growing else "OK"


def _step(smaller: Measured, larger: Measured) -> str:
    return f"{larger.reports:,} / {smaller.reports:,}"


def _shown(value: float, unit: str) -> str:
    return (
        f"{value:,.0f} {unit}" if abs(value) >= 100 else f"{value:.3f} {unit}" if unit == "s" else f"{value:.1f} {unit}"
    )
