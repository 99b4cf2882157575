"""A whole run: questions asked or answers read, scored, judged, and written to the output folder."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.golden import EvalSet
from eval.items import GoldenItem
from eval.options import Options
from eval.reporting.gates import (
    Baseline,
    Fault,
    Limits,
    baseline_of,
    gone_from,
    judge,
    read_baseline,
    read_limits,
    stale,
)
from eval.reporting.history import add_to_history
from eval.reporting.junit import write_junit
from eval.reporting.page import results_page
from eval.reporting.results import Results, make_results, write_json
from eval.running.asking import Asked, OnCase, ask_everything
from eval.running.runner import commit
from eval.running.summaries import average
from eval.scoring.indicator_scores import GivenIndicator, score_indicators
from rag import __version__
from rag.errors import InputError
from rag.settings import Settings
from rag.types import Notice


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A finished run with its verdict."""

    results: Results
    baseline: Baseline | None
    limits: Limits
    faults: tuple[Fault, ...]
    seconds: float
    unrecorded: int
    failed_summaries: tuple[Notice, ...]
    ids: frozenset[str] | None
    """Every question of the set where the whole set was asked, None otherwise."""


def evaluate(
    eval_set: EvalSet, items: Sequence[GoldenItem], options: Options, settings: Settings, on_case: OnCase
) -> Evaluated:
    """Runs the items, writes results, timings, JUnit XML and the page to `options.out`, and judges.

    Where only totals may be seen, the cases end here: nothing that is judged, written or returned has one.
    """
    asked = ask_everything(eval_set, items, options, settings, on_case)
    marks = {"model": asked.model, "version": __version__, "commit": commit()}
    summaries = average(asked.summaries, eval_set)
    results = make_results(options.name, asked.cases, marks, summaries, _indicators(eval_set, options))
    timings = asked.timings
    if options.totals_only:
        results, timings = results.model_copy(update={"cases": ()}), _summed(timings)
    baseline = read_baseline(options.baseline) if options.case_by_case else None
    limits = read_limits(options.limits, options.name)
    ids = frozenset(item.id for item in eval_set.items) if options.whole_set else None
    gone = stale(baseline, ids) if ids is not None else ()
    faults = (*judge(results, baseline, limits), *gone, *_unrecorded(asked, options))
    _write(options.out, results, faults, baseline, timings)
    seconds = sum(row["seconds"] for row in asked.timings.values())
    failed = tuple(made.error.concerning(made.golden.doc) for made in asked.summaries if made.error)
    return Evaluated(results, baseline, limits, faults, seconds, len(asked.missed), failed, ids)


def accept(evaluated: Evaluated, path: Path) -> tuple[str, ...]:
    """Makes a run the baseline of its set, whether or not it was held against the one that is there.

    Returns the cases that leave the baseline with it, since the set has them no longer.
    """
    before = read_baseline(path)
    gone = gone_from(before, evaluated.ids) if evaluated.ids is not None else ()
    write_json(path, baseline_of(evaluated.results, before, gone))
    return gone


def _indicators(eval_set: EvalSet, options: Options) -> Mapping[str, float]:
    if not options.indicators:
        return {}
    try:
        given = TypeAdapter(list[GivenIndicator]).validate_json(options.indicators.read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        raise InputError("no_indicators_file", path=options.indicators, reason=str(error).splitlines()[0]) from error
    documents = {golden.doc for golden in eval_set.indicators}
    return score_indicators(eval_set.indicators, [indicator for indicator in given if indicator.file in documents])


def _unrecorded(asked: Asked, options: Options) -> list[Fault]:
    if len(asked.missed) <= (options.most_unrecorded or 0) or options.allow_unrecorded:
        return []
    detail = f"{len(asked.missed)} 条回复没有录制，可以录制 (replies not recorded): {options.recording_command}"
    return [Fault(gate="unrecorded", name=str(options.recordings.name), detail=detail)]


def _summed(timings: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """What all questions took together."""
    names = ("prompt", "completion", "seconds")
    return {"all": {name: round(sum(row[name] for row in timings.values()), 3) for name in names}}


def _write(
    out: Path,
    results: Results,
    faults: Sequence[Fault],
    baseline: Baseline | None,
    timings: Mapping[str, Mapping[str, float]],
) -> None:
    write_json(out / "results.json", results)
    times = json.dumps(timings, ensure_ascii=False, indent=1)
    (out / "timings.json").write_text(times + "\n", encoding="utf-8", newline="\n")
    write_junit(out / "junit.xml", results, faults)
    history = add_to_history(out / "history.jsonl", results)
    (out / "index.html").write_text(results_page(results, faults, baseline, history), encoding="utf-8", newline="\n")
