"""The results of a run: its cases, and the metrics over all of them and by kind."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.items import Kind
from eval.reporting.intervals import Interval, bootstrap
from eval.scoring.cases import Case
from eval.scoring.retrieval_scores import DEPTHS
from rag.errors import InputError


class Frozen(BaseModel):
    """Written and read by the evaluation itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Mean(Frozen):
    """A mean with its 95 % interval, over `count` questions."""

    mean: float
    low: float
    high: float
    count: int


class Metrics(Frozen):
    """What a group of questions came to."""

    total: int
    right: int
    """Right answers and right refusals."""
    wrong: int
    refused_rightly: int
    refused_wrongly: int
    failed: int
    """Model or infrastructure; in no mean."""
    premises_corrected: int
    premises_refused: int
    supported_but_wrong: int
    altered_quotations: int
    means: Mapping[str, Mean]
    """accuracy, citation_precision, citation_recall, recall@k, mrr, ndcg; absent where nothing was measured."""


class Results(Frozen):
    """A run; `results.json` is this, the same bytes for the same answers."""

    set: str
    settings: Mapping[str, str]
    """Model, commit and whatever else tells runs apart; no times, no machine."""
    overall: Metrics
    by_kind: Mapping[Kind, Metrics]
    cases: tuple[Case, ...]
    summaries: Mapping[str, float] = {}
    indicators: Mapping[str, float] = {}


def make_results(
    name: str,
    cases: Sequence[Case],
    settings: Mapping[str, str],
    summaries: Mapping[str, float] | None = None,
    indicators: Mapping[str, float] | None = None,
) -> Results:
    """The results of a run from its scored cases, in the order of the set."""
    kinds: dict[Kind, list[Case]] = defaultdict(list)
    for case in cases:
        kinds[case.kind].append(case)
    return Results(
        set=name,
        settings=dict(sorted(settings.items())),
        overall=measure(cases),
        by_kind={kind: measure(kinds[kind]) for kind in sorted(kinds)},
        cases=tuple(cases),
        summaries=summaries or {},
        indicators=indicators or {},
    )


def measure(cases: Sequence[Case]) -> Metrics:
    """Counts and means of some cases."""
    statuses = [case.status for case in cases]
    return Metrics(
        total=len(cases),
        right=sum(case.passed for case in cases),
        wrong=statuses.count("wrong"),
        refused_rightly=statuses.count("refused_rightly"),
        refused_wrongly=statuses.count("refused_wrongly"),
        failed=statuses.count("failed"),
        premises_corrected=sum(case.premise == "corrected" for case in cases),
        premises_refused=sum(case.premise == "refused" for case in cases),
        supported_but_wrong=sum(len(case.supported_but_wrong) for case in cases),
        altered_quotations=sum(len(case.altered_quotations) for case in cases),
        means={name: mean for name, of in _MEASURES.items() if (mean := _mean(cases, of))},
    )


def _accuracy(case: Case) -> float | None:
    return None if case.status == "failed" else float(case.passed)


def _recall(depth: int) -> Callable[[Case], float | None]:
    return lambda case: case.recall[str(depth)] if case.recall else None


_MEASURES: Mapping[str, Callable[[Case], float | None]] = {
    "accuracy": _accuracy,
    "citation_precision": lambda case: case.citation_precision,
    "citation_recall": lambda case: case.citation_recall,
    **{f"recall@{depth}": _recall(depth) for depth in DEPTHS},
    "mrr": lambda case: case.reciprocal_rank,
    "ndcg": lambda case: case.ndcg,
}


def _mean(cases: Sequence[Case], of: Callable[[Case], float | None]) -> Mean | None:
    interval: Interval | None = bootstrap([value for case in cases if (value := of(case)) is not None])
    return Mean(mean=interval.mean, low=interval.low, high=interval.high, count=interval.count) if interval else None


def write_json(path: Path, model: BaseModel) -> None:
    """A model as JSON: keys sorted, a line end at the end, the same bytes for the same content."""
    content = json.dumps(model.model_dump(mode="json"), ensure_ascii=False, indent=1, sort_keys=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content + "\n", encoding="utf-8", newline="\n")


def read_results(path: Path) -> Results:
    """The results of an earlier run, from its folder or its `results.json`.

    Raises InputError where there are none.
    """
    file = path / "results.json" if path.is_dir() else path
    try:
        return Results.model_validate_json(file.read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        raise InputError("no_results", path=file, reason=str(error).splitlines()[0]) from error
