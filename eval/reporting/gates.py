"""The verdict over a run: no case that passed before fails now, and no metric crosses its floor or ceiling."""

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Literal, get_args

from pydantic import ValidationError

from eval.items import Kind
from eval.reporting.results import Frozen, Metrics, Results
from eval.scoring.cases import Case, Status
from rag.errors import InputError

_PASSED: frozenset[Status] = frozenset({"right", "refused_rightly"})
_OF_ANSWERS = {"accuracy", "citation_precision", "citation_recall", "recall@1", "recall@5", "recall@10", "mrr", "ndcg"}
_OF_SUMMARIES = {"key_points", "key_points_top10", "problems", "plans", "figure_accuracy", "quoted"}
_OF_INDICATORS = {"precision", "recall", "f1", "approximation", "status", "recall_with_all"}
_SCORES: frozenset[str] = frozenset(
    {
        *_OF_ANSWERS,
        *(f"{kind}.{name}" for kind in get_args(Kind) for name in _OF_ANSWERS),
        *(f"summaries.{name}" for name in _OF_SUMMARIES),
        *(f"indicators.{name}" for name in _OF_INDICATORS),
    }
)
_COUNTS: frozenset[str] = frozenset({*Metrics.model_fields, "summaries.failed"} - {"means"})


class Baseline(Frozen):
    """What a set came to when it was last accepted: verdicts only, no text of any report."""

    set: str
    settings: Mapping[str, str]
    cases: Mapping[str, Status]


class Limits(Frozen):
    """Bounds of the metrics: `floors` for means and scores, `ceilings` for counts."""

    floors: Mapping[str, float] = {}
    ceilings: Mapping[str, float] = {}


class _LimitFile(Limits):
    sets: Mapping[str, Limits] = {}
    """Bounds of single sets, over the common ones."""


class Fault(Frozen):
    """One reason for a red verdict."""

    gate: Literal["regression", "stale", "floor", "ceiling", "unrecorded"]
    name: str
    """Case id or metric."""
    detail: str


def read_baseline(path: Path) -> Baseline | None:
    """The committed baseline, None where there is none yet. Raises InputError where it is something else."""
    if not path.is_file():
        return None
    try:
        return Baseline.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        raise InputError("no_baseline", path=path, reason=str(error).splitlines()[0]) from error


def read_limits(path: Path, set_name: str) -> Limits:
    """The bounds of a set from the TOML file; its own over the common ones.

    Raises InputError where there is no such file, or where a bound of any set has a name that nothing is called.
    """
    if not path.is_file():
        raise InputError("no_bounds_file", path=path)
    try:
        file = _LimitFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise InputError("bounds_not_valid", path=path, reason=str(error).splitlines()[0]) from error
    for limits in (file, *file.sets.values()):
        _check_names(limits, path)
    own = file.sets.get(set_name, Limits())
    return Limits(floors={**file.floors, **own.floors}, ceilings={**file.ceilings, **own.ceilings})


def _check_names(limits: Limits, path: Path) -> None:
    unknown = sorted(set(limits.floors) - _SCORES)
    if unknown:
        raise InputError("no_such_metric", path=path, names=tuple(unknown))
    unknown = sorted(set(limits.ceilings) - _COUNTS)
    if unknown:
        raise InputError("no_such_count", path=path, names=tuple(unknown))


def baseline_of(results: Results, before: Baseline | None, gone: Collection[str] = ()) -> Baseline:
    """The baseline after a run; cases that the run did not ask keep their old verdict, but those that are `gone`."""
    kept = {name: status for name, status in before.cases.items() if name not in gone} if before else {}
    cases: dict[str, Status] = {**kept, **{case.id: case.status for case in results.cases}}
    settings = {name: value for name, value in results.settings.items() if name != "commit"}  # it is not made yet
    name = before.set if before else results.set  # of the set, also where a half of it was run
    return Baseline(set=name, settings=settings, cases=dict(sorted(cases.items())))


def gone_from(baseline: Baseline | None, ids: Collection[str]) -> tuple[str, ...]:
    """The cases of a baseline that are none of a set's questions any more."""
    return tuple(name for name in baseline.cases if name not in ids) if baseline else ()


def judge(results: Results, baseline: Baseline | None, limits: Limits) -> tuple[Fault, ...]:
    """Every reason why a run may not pass; empty for a green verdict."""
    return (*_regressions(results, baseline), *_below(results, limits), *_above(results, limits))


def stale(baseline: Baseline | None, ids: Collection[str]) -> tuple[Fault, ...]:
    """Verdicts of the baseline that guard nothing any more, as after a question was renamed."""
    detail = "测评集里已没有这一题，请用 --update-baseline 更新基线 (no longer in the set: use --update-baseline)"
    return tuple(Fault(gate="stale", name=name, detail=detail) for name in gone_from(baseline, ids))


def changes(results: Results, baseline: Baseline) -> tuple[list[Case], list[Case]]:
    """The cases that got better and those that got worse against the baseline."""
    known = [case for case in results.cases if case.id in baseline.cases]
    better = [case for case in known if case.passed and baseline.cases[case.id] not in _PASSED]
    worse = [case for case in known if not case.passed and baseline.cases[case.id] in _PASSED]
    return better, worse


def _regressions(results: Results, baseline: Baseline | None) -> list[Fault]:
    if baseline is None:
        return []
    _, worse = changes(results, baseline)
    return [Fault(gate="regression", name=case.id, detail=describe(case)) for case in worse]


def describe(case: Case) -> str:
    """Question, answer, evidence and reason of a case, on one line each."""
    evidence = " | ".join(quoted.quote for quoted in case.evidence)
    return "\n".join(
        [
            f"[{case.kind}] {case.question}",
            f"  答 (answer, {case.outcome}): {case.answer}",
            f"  应 (expected): {case.expected}",
            f"  据 (evidence): {evidence}",
            f"  因 (because, {case.status}): {'; '.join(case.reasons)}",
        ]
    )


def _below(results: Results, limits: Limits) -> list[Fault]:
    scores = scores_of(results)
    return [
        Fault(gate="floor", name=name, detail=f"{scores.get(name, 0.0):.4f} < {floor}")
        for name, floor in limits.floors.items()
        if name in scores and scores[name] < floor
    ]


def _above(results: Results, limits: Limits) -> list[Fault]:
    counts = results.overall.model_dump(exclude={"means"}) | {
        "summaries.failed": int(results.summaries.get("failed", 0))
    }
    return [
        Fault(gate="ceiling", name=name, detail=f"{counts[name]} > {ceiling:g}{_named(results, name)}")
        for name, ceiling in limits.ceilings.items()
        if counts[name] > ceiling
    ]


def _named(results: Results, metric: str) -> str:
    """The cases behind a count that is too high."""
    if metric == "failed":
        guilty = [f"{case.id}: {'; '.join(case.reasons)}" for case in results.cases if case.status == "failed"]
    elif metric in ("supported_but_wrong", "altered_quotations"):
        guilty = [f"{case.id}: {'; '.join(getattr(case, metric))}" for case in results.cases if getattr(case, metric)]
    else:
        guilty = []
    return "".join(f"\n  {line}" for line in guilty)


def scores_of(results: Results) -> dict[str, float]:
    """Every mean and score of a run by name, such as accuracy, number.accuracy, summaries.key_points."""
    scores = {name: mean.mean for name, mean in results.overall.means.items()}
    for kind, metrics in results.by_kind.items():
        scores |= {f"{kind}.{name}": mean.mean for name, mean in metrics.means.items()}
    scores |= {f"summaries.{name}": value for name, value in results.summaries.items()}
    return scores | {f"indicators.{name}": value for name, value in results.indicators.items()}
