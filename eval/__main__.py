"""`python -m eval`: runs an eval set, shows how it went, and exits with 1 where a gate is red."""

import argparse
import os
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

from rich.console import Console

from eval.evaluating import Evaluated, Options, accept, evaluate
from eval.golden import load_set, reference_faults
from eval.reporting.comparing import compare
from eval.reporting.gates import changes, describe
from eval.reporting.results import read_results
from eval.reporting.tables import comparison_table, faults_text, kinds_table, scores_table
from eval.sampling import choose_items
from eval.scoring.cases import Case
from rag.errors import ZhenbaoError
from rag.settings import read_settings

HERE = Path(__file__).parent
SMALL_SAMPLE = 80  # a sample of this size serves daily work


class WrongUsage(Exception):
    """Options that do not go together, or with this set."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 green, 1 red or an error; SystemExit with 2 for wrong usage."""
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        _check_usage(given, parser)
        if given.compare:
            return _compare(*given.compare)
        if given.check:
            return _check(given.set)
        return _evaluate(given)
    except WrongUsage as error:
        parser.error(str(error))
    except ZhenbaoError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已中断 (interrupted)", file=sys.stderr)
        return 1


def _check_usage(given: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Raises WrongUsage where an option would have no effect beside another."""
    named = {name for name, value in vars(given).items() if value != parser.get_default(name)}
    for alone, own in (("compare", {"compare"}), ("check", {"check", "set"})):
        if alone in named and named - own:
            raise WrongUsage(f"--{alone} 不与其他选项同用 (takes no other option): {_options(named - own)}")
    asking = named & {"live", "fresh", "record", "with_summaries"}
    if given.answers and asking:
        raise WrongUsage(f"--answers 什么也不问，不与它们同用 (asks nothing, so not together with): {_options(asking)}")


def _options(names: Collection[str]) -> str:
    return " ".join(f"--{name.replace('_', '-')}" for name in sorted(names))


def _count(text: str) -> int:
    """A whole number from 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"应是 1 以上的整数 (a whole number from 1): {text}")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description="测评 the evaluation")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--set", type=Path, metavar="DIR", help="测评集文件夹 the eval set")
    what.add_argument("--compare", nargs=2, type=Path, metavar=("A", "B"), help="比较两次结果 two results side by side")
    parser.add_argument("--check", action="store_true", help="只查测评集 check the set and its reference answers only")
    ask = parser.add_argument_group("提问 asking")
    ask.add_argument(
        "--answers", type=Path, metavar="FILE", help="只评已有答案 score the output of zhenbao ask --batch"
    )
    ask.add_argument("--live", action="store_true", help="未录制的现场提问 ask the model what is not recorded")
    ask.add_argument("--fresh", action="store_true", help="不用录制 ask the model everything, pass recordings over")
    ask.add_argument("--record", action="store_true", help="现场提问并写入录制 like --live, and keep the replies")
    ask.add_argument("--recordings", type=Path, metavar="FILE", help="录制文件 default eval/recorded/SET.jsonl")
    ask.add_argument("--allow-unrecorded", action="store_true", help="未录制不算失败 unrecorded questions are no fault")
    ask.add_argument("--only", default="", metavar="KIND,...", help="只问这些类别 these kinds only")
    ask.add_argument(
        "--sample", type=_count, metavar="N", help=f"固定抽样 a fixed sample, {SMALL_SAMPLE} for daily work"
    )
    ask.add_argument("--with-summaries", action="store_true", help="也评摘要 summarize and score too")
    ask.add_argument(
        "--summaries", type=Path, metavar="FILE", help="评已有摘要 score summaries, a JSON object by file name"
    )
    ask.add_argument(
        "--indicators",
        type=Path,
        metavar="FILE",
        help="评指标清单 score a JSON list of figures: file, subject, value, unit, status, quote",
    )
    gates = parser.add_argument_group("判定 gates")
    gates.add_argument("--baseline", type=Path, metavar="FILE", help="基线 default eval/baselines/SET.json")
    gates.add_argument("--no-baseline", action="store_true", help="不逐题比基线 metrics only, not case by case")
    gates.add_argument("--floors", type=Path, metavar="FILE", default=HERE / "floors.toml", help="指标上下限 bounds")
    gates.add_argument(
        "--update-baseline", action="store_true", help="显示变化后更新基线 show what changes, then write"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="结果文件夹 default eval-results/SET")
    return parser


def _check(folder: Path) -> int:
    """Loads a set and scores its own reference answers."""
    eval_set = load_set(folder)
    faults = reference_faults(eval_set)
    for fault in faults:
        print(f"✗ {fault}")
    total = sum(not item.refuse for item in eval_set.items)
    print(f"标准答案 {total} 条，不符合自己要求的 {len(faults)} 条 (reference answers that fail their own demands)")
    return 1 if faults else 0


def _evaluate(given: argparse.Namespace) -> int:
    eval_set = load_set(given.set)
    kinds = [kind for kind in given.only.split(",") if kind]
    unknown = sorted(set(kinds) - {item.kind for item in eval_set.items})
    if unknown:
        raise WrongUsage(f"测评集中没有这些类别 (no such kinds in the set): {'、'.join(unknown)}")
    items = choose_items(eval_set.items, kinds=kinds, sample=given.sample)
    options = Options(
        out=given.out or Path("eval-results") / eval_set.name,
        baseline=given.baseline or HERE / "baselines" / f"{eval_set.name}.json",
        limits=given.floors,
        recordings=given.recordings or HERE / "recorded" / f"{eval_set.name}.jsonl",
        answers=given.answers,
        summaries=given.summaries,
        indicators=given.indicators,
        live=given.live,
        fresh=given.fresh,
        record=given.record,
        allow_unrecorded=given.allow_unrecorded,
        with_summaries=given.with_summaries,
        case_by_case=not given.no_baseline,
        whole_set=len(items) == len(eval_set.items),
    )
    evaluated = evaluate(eval_set, items, options, read_settings(os.environ), _progress)
    _show(evaluated, options)
    if given.update_baseline:
        return _update(evaluated, options)
    return 1 if evaluated.faults else 0


def _progress(number: int, total: int, case: Case) -> None:
    mark = {"right": "✓", "refused_rightly": "✓", "failed": "!"}.get(case.status, "✗")
    line = f"[{number}/{total}] {mark} {case.kind} {case.id}"
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
    for line in evaluated.failed_summaries:
        print(f"摘要失败 (summary failed): {line}")
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
