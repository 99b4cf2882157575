"""True claims in other words: what stays true by a rule, so that no verifier is praised for refusing everything. Pure.

- compressed: adverbs of zeal, 我镇 at the begin and labels that only praise are dropped;
- reordered: two neighbouring clauses that stand alone are exchanged;
- unpacked: 甲、乙分别为1、2 is told as 乙为2;
- voice: 拆除违建46处 is told as 违建46处已被拆除, 由甲承建乙 as 乙由甲承建, 对甲进行改造 as 改造甲;
- converted: 21.3公里 is told as 21300米.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from eval.mutants.changed_coordinations import respective
from eval.mutants.clause_links import ACT, RATE, are_unrelated
from eval.mutants.spellings import conversions
from eval.mutants.statements import PLANNED, Statement, clause_spans, told

VariantKind = Literal["compressed", "reordered", "unpacked", "voice", "converted"]

_ZEAL = re.compile(
    r"积极(?!分子|性)|(?<!下)大力(?!度)|扎实|深入(?!人心)|切实|认真|着力|努力(?!下)|全力|强力|精心|严格(?!要求)|不断(?!线)|进一步|"
    r"持续(?=推进|开展|加强|巩固|深化|做好|抓好)|全面(?=完成|推进|推行|开展|落实|加强)"
)
_OURS = re.compile(rf"^(?:我镇|我乡|我县|我区|我街道|今年来|一年来)[，,]?(?={ACT.pattern})")
_PRAISING_LABEL = re.compile(
    r"^[^，；：。\d]{4,14}(?:有成效|有实效|有韧性|有力度|见成效|明显|显著|有力|有序|有效|扎实|良好|平稳|向好|加快|加强|提升|"
    r"夯实|增强|改善|巩固|过硬)"
    r"[：:](?=.{6})"
)
_PASSIVE = {
    "拆除": "已被拆除", "关停": "已被关停", "取缔": "已被取缔", "清理": "已被清理", "完成": "已完成", "发放": "已发放",
    "硬化": "已硬化", "改造": "已改造完成", "化解": "已化解", "修复": "已修复", "安装": "已安装", "维修": "已维修",
}  # fmt: skip
_DEED = re.compile(rf"^(?P<verb>{'|'.join(_PASSIVE)})(?:了)?(?P<object>[^，；、的了“”（）()]*\d[^，；、。“”（）()]*)$")
_SECOND_VERB = re.compile(rf"提升|取缔|整治|{ACT.pattern}")  # 改造提升, 关停取缔
_TREATED = re.compile(
    r"对(?P<object>[^，；。对]{3,24})进行了?(?P<verb>改造|维修|清理|整治|修复|排查|检查|救助|培训|拆除|评定|慰问|表彰)$"
)
_BY = re.compile(r"^由(?P<agent>[^，；。、]{3,16}?)(?P<verb>承建|承办|实施|运营|负责)(?P<object>[^，；。]{2,})$")
_HOW_MANY = re.compile(r"^等?[两二三四五六七八九十\d]*个?")  # 甲、乙等两村: 乙村
_NOT_DONE = re.compile(r"未|没有|无|尚|不|正在|启动|拟|待")


@dataclass(frozen=True, slots=True)
class TrueVariant:
    """A claim that says the same as the original, or a part of it, and the difference."""

    kind: VariantKind
    text: str
    original: str
    change: str


def true_variants(statement: Statement) -> Iterator[TrueVariant]:
    """Every variant of a statement, each text once.

    Example: "积极改造户厕322座" gives "改造户厕322座"
    """
    text = told(statement)
    seen = {text}
    for kind, changed, change in _all(statement, text):
        if changed not in seen:
            seen.add(changed)
            yield TrueVariant(kind, changed, text, change)


def _all(statement: Statement, text: str) -> Iterator[tuple[VariantKind, str, str]]:
    for pattern in (_ZEAL, _OURS, _PRAISING_LABEL):
        for match in pattern.finditer(text):
            yield "compressed", text[: match.start()] + text[match.end() :], f"{match[0]}→"
    yield "compressed", _ZEAL.sub("", text), "all zeal"
    for changed, change in _reordered(text):
        yield "reordered", changed, change
    for begin, end in clause_spans(text):
        if (found := _unpacked(text[begin:end])) is not None:
            yield "unpacked", found, "分别"
    if not statement.is_plan and not PLANNED.search(text):
        for changed, change in _in_other_voice(text):
            yield "voice", changed, change
    for changed, change in conversions(text):
        yield "converted", changed, change


def _reordered(text: str) -> Iterator[tuple[str, str]]:
    """Two clauses of one form exchanged, where no rate hangs on either and no subject is parted from what it leads."""
    spans = clause_spans(text)
    for at, (one, other) in enumerate(pairwise(spans)):
        first, second = text[slice(*one)], text[slice(*other)]
        behind = text[slice(*spans[at + 2])] if at + 2 < len(spans) else ""
        are_deeds = bool(ACT.match(first)) and bool(ACT.match(second))
        is_free = not behind or bool(ACT.match(behind) and not RATE.match(behind))
        if are_deeds and is_free and are_unrelated(first, second):
            yield f"{text[: one[0]]}{second}{text[one[1] : other[0]]}{first}{text[other[1] :]}", f"{first}↔{second}"


def _unpacked(clause: str) -> str | None:
    """The last member of 甲、乙分别为1、2 alone, where it is no shorter than the first, whose head it may share."""
    found = respective(clause)
    if found is None or not found.verb or len(found.names[-1]) < len(found.names[0]):
        return None
    tail = _HOW_MANY.sub("", found.tail)
    return f"{found.names[-1]}{tail}{found.verb}{found.values[-1]}"


def _in_other_voice(text: str) -> Iterator[tuple[str, str]]:
    """Each clause that tells a deed, told of its object instead."""
    for begin, end in clause_spans(text):
        clause, behind = text[begin:end], text[end + 1 :]
        if _NOT_DONE.search(clause) or (behind and not ACT.match(behind)) or RATE.match(behind):
            continue
        if (match := _DEED.match(clause)) and not _SECOND_VERB.match(match["object"]):
            changed = f"{match['object']}{_PASSIVE[match['verb']]}"
        elif match := _BY.match(clause):
            changed = f"{match['object']}由{match['agent']}{match['verb']}"
        elif match := _TREATED.search(clause):
            changed = f"{clause[: match.start()]}{match['verb']}{match['object']}"
        else:
            continue
        yield text[:begin] + changed + text[end:], f"{clause}→{changed}"
