"""`python -m eval`: runs an eval set, shows how it went, and exits with 1 where a gate is red."""

import argparse
import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from eval.evaluating import Evaluated, accept, evaluate
from eval.golden import EvalSet, InvalidSet, load_set, reference_faults
from eval.options import Options
from eval.reporting.comparing import compare
from eval.reporting.gates import changes, describe
from eval.reporting.results import read_results
from eval.reporting.tables import comparison_table, faults_text, kinds_table, scores_table
from eval.sampling import choose_items
from eval.scoring.cases import Case
from eval.usage import HERE, WrongUsage, check_usage, make_parser
from rag.cli.logs import set_up_logging
from rag.cli.terminal import prepare_streams
from rag.errors import InputError, ZhenbaoError
from rag.errors.messages import both
from rag.settings import read_settings
from rag.types import Notice

_SHOWN = 20  # faults of a set; a broken file has hundreds of the same


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 green, 1 red or an error; SystemExit with 2 for wrong usage."""
    prepare_streams()  # tables and marks that no Chinese code page of Windows has
    parser = make_parser()
    given = parser.parse_args(arguments)
    try:
        check_usage(given, {name: parser.get_default(name) for name in vars(given)})
        if given.compare:
            return _compare(*given.compare)
        eval_set = _loaded(given)
        return _check(eval_set, given) if given.check else _evaluate(eval_set, given)
    except WrongUsage as error:
        parser.error(both(error))
    except ZhenbaoError as error:
        print(both(error), file=sys.stderr)
        if isinstance(error, InvalidSet):
            print(_told(error.faults), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已中断 (interrupted)", file=sys.stderr)
        return 1


def _told(faults: Sequence[Notice]) -> str:
    more = [f"… 另有 {len(faults) - _SHOWN} 处 (and more)"] if len(faults) > _SHOWN else []
    return "\n".join([*map(both, faults[:_SHOWN]), *more])


def _loaded(given: argparse.Namespace) -> EvalSet:
    """The set; where only totals may be seen, its faults are counted and not named."""
    try:
        return load_set(given.set)
    except InvalidSet as error:
        if given.split != "check":
            raise
        raise InputError("faults_not_shown", count=len(error.faults)) from None


def _check(eval_set: EvalSet, given: argparse.Namespace) -> int:
    """Scores the reference answers of a set."""
    items = eval_set.items_of(given.split)
    faults = reference_faults(eval_set, items)
    for fault in faults if given.split != "check" else ():
        print(f"✗ {fault}")
    total = sum(not item.refuse for item in items)
    print(f"标准答案 {total} 条，不符合自己要求的 {len(faults)} 条 (reference answers that fail their own demands)")
    return 1 if faults else 0


def _evaluate(eval_set: EvalSet, given: argparse.Namespace) -> int:
    offered = eval_set.items_of(given.split)
    kinds = [kind for kind in given.only.split(",") if kind]
    unknown = sorted(set(kinds) - {item.kind for item in offered})
    if unknown:
        raise WrongUsage("no_such_kinds", kinds=tuple(unknown))
    items = choose_items(offered, kinds=kinds, sample=given.sample)
    name = f"{eval_set.name}-{given.split}" if given.split else eval_set.name
    options = Options(
        name=name,
        out=given.out or Path("eval-results") / name,
        baseline=given.baseline or HERE / "baselines" / f"{eval_set.name}.json",
        limits=given.floors,
        recordings=given.recordings or HERE / "recorded" / f"{eval_set.name}.jsonl",
        recording_command=_recording_command(given),
        answers=given.answers,
        summaries=given.summaries,
        indicators=given.indicators,
        live=given.live,
        fresh=given.fresh,
        record=given.record,
        allow_unrecorded=given.allow_unrecorded,
        most_unrecorded=given.most_unrecorded,
        with_summaries=given.with_summaries,
        case_by_case=not given.no_baseline and given.split != "check",
        whole_set=len(items) == len(offered),
        totals_only=given.split == "check",
    )
    settings = read_settings(os.environ)
    set_up_logging(settings.log)
    try:
        evaluated = evaluate(eval_set, items, options, settings, _count if options.totals_only else _tell)
    except Exception as error:
        if not options.totals_only or isinstance(error, ZhenbaoError):
            raise
        kind = type(error).__name__  # what it says may quote a question
        raise InputError("run_broke_off", kind=kind) from None
    _show(evaluated, options)
    if given.update_baseline:
        return _update(evaluated, options)
    return 1 if evaluated.faults else 0


def _recording_command(given: argparse.Namespace) -> str:
    """The command that records what a replay of the same questions misses."""
    words = ["python", "-m", "eval", "--set", str(given.set), "--record"]
    words += ["--split", given.split] if given.split else []
    words += ["--recordings", str(given.recordings)] if given.recordings else []
    words += ["--with-summaries"] if given.with_summaries else []
    return shlex.join(words)


def _tell(number: int, total: int, case: Case) -> None:
    mark = {"right": "✓", "refused_rightly": "✓", "failed": "!"}.get(case.status, "✗")
    _progress(number, total, f"{mark} {case.kind} {case.id}")


def _count(number: int, total: int, case: Case) -> None:
    """Progress of a run of which only totals may be seen."""
    _progress(number, total, "")


def _progress(number: int, total: int, what: str) -> None:
    line = f"[{number}/{total}] {what}"
    if sys.stderr.isatty():
        print(f"\r\x1b[2K{line}", end="\n" if number == total else "", file=sys.stderr, flush=True)
    elif number % 20 == 0 or number == total:
        print(line, file=sys.stderr, flush=True)


def _show(evaluated: Evaluated, options: Options) -> None:
    console = Console(width=None if sys.stdout.isatty() else 160)
    results = evaluated.results
    console.print(kinds_table(results))
    if results.summaries:
        console.print(scores_table("摘要 summaries", dict(results.summaries)))
    if results.indicators:
        console.print(scores_table("指标 indicators", dict(results.indicators)))
    overall = results.overall
    corrected, refused = overall.premises_corrected, overall.premises_refused
    premises = f"前提有误：纠正 {corrected}，拒答 {refused} (false premises: corrected, refused)"
    print(f"{premises} · {evaluated.seconds:.1f} s · {options.out / 'index.html'}")
    for why in evaluated.failed_summaries:
        print(f"摘要失败 (summary failed): {both(why)}")
    if evaluated.unrecorded:
        print(f"未录制 {evaluated.unrecorded} 条 (not recorded)")
    print(faults_text(evaluated.faults))


def _update(evaluated: Evaluated, options: Options) -> int:
    """Shows what gets better and worse, writes the baseline, and keeps red what the baseline does not decide."""
    better, worse = changes(evaluated.results, evaluated.baseline) if evaluated.baseline else ([], [])
    for title, cases in (("变好 better", better), ("变差 worse", worse)):
        print(f"{title}: {len(cases)}")
        for case in cases:
            print(describe(case) if title.startswith("变差") else f"  {case.id} {case.question}")
    gone = accept(evaluated, options.baseline)
    if gone:
        print(f"题已删去 (no longer in the set): {' '.join(gone)}")
    print(f"基线已更新 (baseline written): {options.baseline}")
    return 1 if any(fault.gate not in ("regression", "stale") for fault in evaluated.faults) else 0


def _compare(first: Path, second: Path) -> int:
    comparison = compare(read_results(first), read_results(second))
    Console(width=None if sys.stdout.isatty() else 160).print(comparison_table(comparison))
    print(f"仅 B 对 (only B right): {' '.join(comparison.better) or '–'}")
    print(f"仅 A 对 (only A right): {' '.join(comparison.worse) or '–'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
