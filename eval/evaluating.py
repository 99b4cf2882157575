"""A whole run: questions asked or answers read, scored, judged, and written to the output folder."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.golden import EvalSet
from eval.items import GoldenItem
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
from eval.running.recordings import RecordedModel, Recordings
from eval.running.runner import Ask, System, answering, commit, from_answers, open_system, read_answers
from eval.running.summaries import Made, average, given_summary, own_summary
from eval.scoring.cases import Case, score_case
from eval.scoring.indicator_scores import GivenIndicator, score_indicators
from eval.scoring.replies import GivenAnswer
from rag import __version__
from rag.errors import InputError
from rag.models.cache import Cache
from rag.models.factory import ChatModel, cached_chat_model, make_chat_model
from rag.settings import Settings

OnCase = Callable[[int, int, Case], None]
_UNRECORDED_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Options:
    """What a run was asked to do; paths are decided by the door."""

    out: Path
    baseline: Path
    limits: Path
    recordings: Path
    answers: Path | None = None
    summaries: Path | None = None
    """Answers of `zhenbao summarize --format json`, by file name, to score instead of asking."""
    indicators: Path | None = None
    live: bool = False
    fresh: bool = False
    record: bool = False
    allow_unrecorded: bool = False
    with_summaries: bool = False
    case_by_case: bool = True
    whole_set: bool = True


@dataclass(slots=True)
class _Run:
    cases: list[Case] = field(default_factory=list)
    timings: dict[str, dict[str, float]] = field(default_factory=dict)
    summaries: list[Made] = field(default_factory=list)
    model: str = ""
    missed: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A finished run with its verdict."""

    results: Results
    baseline: Baseline | None
    limits: Limits
    faults: tuple[Fault, ...]
    seconds: float
    unrecorded: int
    failed_summaries: tuple[str, ...]
    """Report and reason of each."""
    ids: frozenset[str] | None
    """Every question of the set where the whole set was asked, None otherwise."""


def evaluate(
    eval_set: EvalSet, items: Sequence[GoldenItem], options: Options, settings: Settings, on_case: OnCase
) -> Evaluated:
    """Runs the items, writes results, timings, JUnit XML and the page to `options.out`, and judges."""
    run = _Run()
    with ExitStack() as stack:
        if options.answers:
            _ask_all(eval_set, items, from_answers(read_answers(options.answers)), run, on_case)
        else:
            _ask_system(eval_set, items, options, settings, run, on_case, stack)
    if options.summaries:
        run.summaries = [given_summary(golden, options.summaries) for golden in eval_set.summaries]
    marks = {"model": run.model, "version": __version__, "commit": commit()}
    summaries = average(run.summaries, eval_set)
    results = make_results(eval_set.name, run.cases, marks, summaries, _indicators(eval_set, options))
    baseline = read_baseline(options.baseline) if options.case_by_case else None
    limits = read_limits(options.limits, eval_set.name)
    ids = frozenset(item.id for item in eval_set.items) if options.whole_set else None
    gone = stale(baseline, ids) if ids is not None else ()
    faults = (*judge(results, baseline, limits), *gone, *_unrecorded(run, options))
    _write(options.out, results, faults, baseline, run)
    seconds = sum(row["seconds"] for row in run.timings.values())
    failed = tuple(f"{made.golden.doc}: {made.error}" for made in run.summaries if made.error)
    return Evaluated(results, baseline, limits, faults, seconds, len(run.missed), failed, ids)


def accept(evaluated: Evaluated, path: Path) -> tuple[str, ...]:
    """Makes a run the baseline of its set, whether or not it was held against the one that is there.

    Returns the cases that leave the baseline with it, since the set has them no longer.
    """
    before = read_baseline(path)
    gone = gone_from(before, evaluated.ids) if evaluated.ids is not None else ()
    write_json(path, baseline_of(evaluated.results, before, gone))
    return gone


def _ask_system(
    eval_set: EvalSet,
    items: Sequence[GoldenItem],
    options: Options,
    settings: Settings,
    run: _Run,
    on_case: OnCase,
    stack: ExitStack,
) -> None:
    live = options.live or options.fresh or options.record
    behind = _model_at_hand(options, settings, stack) if live else None
    known = Recordings(options.recordings, answering(settings) if live else None, writes=options.record)
    model = RecordedModel(known, behind, looks_up=not options.fresh)
    system = stack.enter_context(open_system(eval_set, settings, model))
    run.model = model.name
    leaves_out = options.allow_unrecorded and not live
    try:
        ask = _leaving_out_unrecorded(system, known) if leaves_out else system.ask
        _ask_all(eval_set, items, ask, run, on_case)
        if options.with_summaries:
            run.summaries = _summarize_all(eval_set, system, known, leaves_out=leaves_out)
    finally:
        if options.record:
            known.save(only_used=_asked_everything(eval_set, options, run))
    run.missed = [] if live else known.missed


def _asked_everything(eval_set: EvalSet, options: Options, run: _Run) -> bool:
    """Whether a reply that was not asked for is of no use any more.

    A question that failed may have had another reply asked for after the one that did not come.
    """
    asked = options.whole_set and len(run.cases) == len(eval_set.items)
    summarized = options.with_summaries or not eval_set.summaries
    failed = any(case.status == "failed" for case in run.cases) or any(made.error for made in run.summaries)
    return asked and summarized and not failed


def _model_at_hand(options: Options, settings: Settings, stack: ExitStack) -> ChatModel:
    """The settings' chat model; what it said before it is not asked again, unless everything is to be fresh."""
    if options.fresh:
        fresh = make_chat_model(settings, None)
        stack.callback(fresh.close)
        return fresh
    cache = Cache(settings.cache_path)
    stack.callback(cache.close)
    model = cached_chat_model(settings, cache)
    stack.callback(model.close)
    return model


def _ask_all(eval_set: EvalSet, items: Sequence[GoldenItem], ask: Ask, run: _Run, on_case: OnCase) -> None:
    for number, item in enumerate(items, 1):
        answer = ask(item)
        if answer is None:
            continue
        case = score_case(item, answer, eval_set.texts, eval_set.towns)
        run.cases.append(case)
        run.timings[item.id] = _timing(answer)
        run.model = run.model or answer.model or ""
        on_case(number, len(items), case)


def _leaving_out_unrecorded(system: System, known: Recordings) -> Ask:
    def ask(item: GoldenItem) -> GivenAnswer | None:
        before = len(known.missed)
        answer = system.ask(item)
        return answer if len(known.missed) == before else None

    return ask


def _timing(answer: GivenAnswer) -> dict[str, float]:
    tokens = answer.tokens
    return {"prompt": tokens.prompt, "completion": tokens.completion, "seconds": round(answer.seconds.total, 3)}


def _summarize_all(eval_set: EvalSet, system: System, known: Recordings, *, leaves_out: bool) -> list[Made]:
    """Every summary of the set; `leaves_out` passes over those that are not recorded."""
    made: list[Made] = []
    for golden in eval_set.summaries:
        before = len(known.missed)
        one = own_summary(golden, system)
        if not leaves_out or len(known.missed) == before:
            made.append(one)
    return made


def _indicators(eval_set: EvalSet, options: Options) -> Mapping[str, float]:
    if not options.indicators:
        return {}
    try:
        given = TypeAdapter(list[GivenIndicator]).validate_json(options.indicators.read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"{options.indicators} 不是指标文件 (not a file of figures): {reason}") from error
    documents = {golden.doc for golden in eval_set.indicators}
    return score_indicators(eval_set.indicators, [indicator for indicator in given if indicator.file in documents])


def _unrecorded(run: _Run, options: Options) -> list[Fault]:
    if not run.missed or options.allow_unrecorded:
        return []
    shown = " ".join(run.missed[:_UNRECORDED_SHOWN])
    detail = f"{len(run.missed)} 条回复没有录制，请用 --record 重录 (replies not recorded: use --record): {shown}"
    return [Fault(gate="unrecorded", name=str(options.recordings.name), detail=detail)]


def _write(out: Path, results: Results, faults: Sequence[Fault], baseline: Baseline | None, run: _Run) -> None:
    write_json(out / "results.json", results)
    timings = json.dumps(run.timings, ensure_ascii=False, indent=1)
    (out / "timings.json").write_text(timings + "\n", encoding="utf-8", newline="\n")
    write_junit(out / "junit.xml", results, faults)
    history = add_to_history(out / "history.jsonl", results)
    (out / "index.html").write_text(results_page(results, faults, baseline, history), encoding="utf-8", newline="\n")
