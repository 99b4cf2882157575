"""What can be typed after `python -m eval`, and which options go together."""

import argparse
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import get_args

from eval.items import Half
from rag.errors import InputError
from rag.errors.messages import both
from rag.types import Notice

HERE = Path(__file__).parent
SMALL_SAMPLE = 80  # a sample of this size serves daily work


class WrongUsage(InputError):
    """Options that do not go together, or with this set."""


def check_usage(given: argparse.Namespace, defaults: Mapping[str, object]) -> None:
    """Raises WrongUsage where an option would have no effect beside another, or show what is not to be seen."""
    named = {name for name, value in vars(given).items() if value != defaults[name]}
    for alone, own in (("compare", {"compare"}), ("check", {"check", "set", "split"})):
        if alone in named and named - own:
            raise WrongUsage("not_used_together", option=f"--{alone}", others=_options(named - own))
    asking = named & {"live", "fresh", "record", "with_summaries"}
    if given.answers and asking:
        raise WrongUsage("answers_ask_nothing", others=_options(asking))
    telling = named & {"baseline", "update_baseline", "with_summaries", "summaries", "indicators"}
    if given.split == "check" and telling:
        raise WrongUsage("check_half_gives_totals", others=_options(telling))


def _options(names: Collection[str]) -> tuple[str, ...]:
    return tuple(f"--{name.replace('_', '-')}" for name in sorted(names))


def _count(text: str) -> int:
    """A whole number from 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(both(Notice("must_be_whole_number", value=text)))
    return int(text)


def make_parser() -> argparse.ArgumentParser:
    """Every option with its default; paths that hang on the set's name are None until it is known."""
    parser = argparse.ArgumentParser(prog="python -m eval", description="测评 the evaluation")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--set", type=Path, metavar="DIR", help="测评集文件夹 the eval set")
    what.add_argument("--compare", nargs=2, type=Path, metavar=("A", "B"), help="比较两次结果 two results side by side")
    parser.add_argument("--check", action="store_true", help="只查测评集 check the set and its reference answers only")
    parser.add_argument(
        "--split", choices=get_args(Half), help="按 split.json 只用一半 one half of the set; of `check` totals only"
    )
    ask = parser.add_argument_group("提问 asking")
    ask.add_argument(
        "--answers", type=Path, metavar="FILE", help="只评已有答案 score the output of zhenbao ask --batch"
    )
    ask.add_argument("--live", action="store_true", help="未录制的现场提问 ask the model what is not recorded")
    ask.add_argument("--fresh", action="store_true", help="不用录制 ask the model everything, pass recordings over")
    ask.add_argument("--record", action="store_true", help="现场提问并写入录制 like --live, and keep the replies")
    ask.add_argument("--recordings", type=Path, metavar="FILE", help="录制文件 default eval/recorded/SET.jsonl")
    ask.add_argument("--allow-unrecorded", action="store_true", help="未录制不算失败 unrecorded questions are no fault")
    ask.add_argument(
        "--most-unrecorded",
        type=_count,
        metavar="N",
        help="未录制的回复最多几条 more replies asked of the model than this are a fault",
    )
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
