"""Two runs over the same questions side by side, with a paired test."""

from collections import defaultdict
from dataclasses import dataclass

from eval.reporting.intervals import PairedTest, paired_test
from eval.reporting.results import Results
from eval.scoring.cases import Case
from rag.errors import InputError


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of question in both runs."""

    kind: str
    total: int
    first: int
    second: int
    only_first: int
    only_second: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two runs have in common and where they differ; `rows` end with all kinds together."""

    first: str
    second: str
    rows: tuple[Row, ...]
    test: PairedTest
    better: tuple[str, ...]
    """Ids that only the second run has right."""
    worse: tuple[str, ...]


def compare(first: Results, second: Results) -> Comparison:
    """Compares the questions that both runs asked, those left out where the model failed in either.

    Raises InputError where they share none.
    """
    others = {case.id: case for case in second.cases}
    pairs = [(case, others[case.id]) for case in first.cases if case.id in others]
    pairs = [(a, b) for a, b in pairs if "failed" not in (a.status, b.status)]
    if not pairs:
        raise InputError("runs_share_no_question")
    kinds: dict[str, list[tuple[Case, Case]]] = defaultdict(list)
    for pair in pairs:
        kinds[pair[0].kind].append(pair)
    rows = [_row(kind, kinds[kind]) for kind in sorted(kinds)]
    return Comparison(
        first=_label(first),
        second=_label(second),
        rows=(*rows, _row("全部 all", pairs)),
        test=paired_test([a.passed for a, _ in pairs], [b.passed for _, b in pairs]),
        better=tuple(a.id for a, b in pairs if b.passed and not a.passed),
        worse=tuple(a.id for a, b in pairs if a.passed and not b.passed),
    )


def _row(kind: str, pairs: list[tuple[Case, Case]]) -> Row:
    return Row(
        kind=kind,
        total=len(pairs),
        first=sum(a.passed for a, _ in pairs),
        second=sum(b.passed for _, b in pairs),
        only_first=sum(a.passed and not b.passed for a, b in pairs),
        only_second=sum(b.passed and not a.passed for a, b in pairs),
    )


def _label(results: Results) -> str:
    return " · ".join(value for value in results.settings.values() if value) or results.set
