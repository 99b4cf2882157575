"""Figures of one sentence that do not add up: parts and whole, what came in and what was settled, counts and a rate."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from rag.text.clauses import CLAUSE_MARK, CLAUSE_MARKS
from rag.text.figures import LINK, Figure
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN
from rag.text.parsed_text import ParsedText
from rag.text.units import are_interchangeable

LONGEST_BETWEEN = 10  # characters between what came in and what was settled of it
_CASES = table("case_count")
_CAME_IN = _CASES["received"] | _CASES["due"]
_SETTLED = _CASES["settled"] | _CASES["actual"]
_AMONG = re.compile(rf"{concept('among').any}[:,]?")
_BREAK = re.compile(rf"{concept('among').any}|。")
_REST = _CASES["remainder"].pattern
_TASK = re.compile(rf"{_CASES['task'].any}[^{CLAUSE_MARKS}]{{0,6}}$")
_UNFINISHED = _CASES["unfinished"] | _CASES["remainder"]
_STATUS = _CASES["settled"] | _CASES["passed"] | _UNFINISHED
_RATE = re.compile(rf"(?P<stem>[{HAN}]{{2}})率{LINK}$")
_OVERLAPPING = _CASES["overlapping_groups"]  # kinds of people, each counted for itself
_ALMOST = Decimal("0.01")  # of the whole: a list that falls short by less was meant to be complete


@dataclass(frozen=True, slots=True)
class PartBeyondWhole:
    """A part that is larger than its whole; `words` are those before the two figures."""

    whole: Figure
    part: Figure
    words: str


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Figures that do not add up, at [start, end) of the text, with what is wrong in Chinese."""

    start: int
    end: int
    said: str


def parts_beyond_whole(said: ParsedText) -> Iterator[PartBeyondWhole]:
    """收集102条，解决119例: more solved than there were."""
    text = said.text
    for whole, part in pairwise(_quantities(said)):
        before, between = text[max(0, whole.start - 12) : whole.start], text[whole.end : part.start]
        is_pair = _CAME_IN.search(before) and _SETTLED.search(between) and len(between) < LONGEST_BETWEEN
        if is_pair and part.value > whole.value and _is_countable(whole, part):
            yield PartBeyondWhole(whole, part, before + between)


def mismatches(sentence: ParsedText) -> Iterator[Mismatch]:
    """All that does not add up in one folded sentence.

    Example: "有企业30家,其中规上12家、规下19家" gives "12家、19家合计31家，与“30家”不符"
    """
    for each in parts_beyond_whole(sentence):
        said = f"“{each.part.text}”多于“{each.whole.text}”"
        yield Mismatch(each.whole.start, each.part.end, said)
    yield from _among(sentence)
    yield from _by_status(sentence)
    yield from _rates(sentence)


def _is_countable(whole: Figure, part: Figure) -> bool:
    """Whether two figures count things of one kind: 条 and 例 may, 人 and 元 may not."""
    return are_interchangeable(whole.measure, part.measure)


def _quantities(said: ParsedText) -> list[Figure]:
    return [each for each in said.quantities if each.measure]


def _among(said: ParsedText) -> Iterator[Mismatch]:
    """Parts named after 其中: none larger than the whole, and a list joined by 、 no longer than it."""
    text, figures = said.text, _quantities(said)
    for match in _AMONG.finditer(text):
        stop = _AMONG.search(text, match.end())
        end = stop.start() if stop else len(text)
        # 其中总投资20亿元的项目: a figure with 的 describes an item and is no part
        after = [each for each in figures if match.end() <= each.start < end and not text.startswith("的", each.end)]
        before = [each for each in figures if each.end <= match.start()]
        for measure in dict.fromkeys(each.measure for each in after):
            whole = next((each for each in reversed(before) if each.measure == measure), None)
            if whole is not None and measure not in ("%", "年", "天"):
                parts = _listed(text, match.end(), [each for each in after if each.measure == measure])
                yield from _compared(text, whole, parts)


def _listed(text: str, start: int, figures: Sequence[Figure]) -> list[Figure]:
    """The figures of one list joined by 、: those of the first clause, and one of 其余 right after it."""
    clause = CLAUSE_MARK.search(text, start)
    end = clause.start() if clause else len(text)
    if clause and _REST.match(text, clause.end()):
        following = CLAUSE_MARK.search(text, clause.end())
        end = following.start() if following else len(text)
    return [each for each in figures if each.start < end]


def _compared(text: str, whole: Figure, parts: Sequence[Figure]) -> Iterator[Mismatch]:
    if not parts or any(each.approximation for each in (whole, *parts)):
        return
    total = sum((each.value for each in parts), Decimal(0))
    stretch = text[whole.end : parts[-1].end]
    is_whole_list = bool(_REST.search(stretch)) or (len(parts) > 1 and whole.value - total <= _ALMOST * whole.value)
    joined = text[parts[0].end : parts[-1].start].count("、") >= len(parts) - 1
    is_list = len(parts) == 1 or (joined and not _OVERLAPPING.search(stretch))
    if is_list and (total > whole.value or (is_whole_list and total != whole.value and "等" not in stretch)):
        yield _mismatch(whole, parts, total)


def _by_status(said: ParsedText) -> Iterator[Mismatch]:
    """任务318亩,通过85亩,待审核40亩,正在整改21亩: when the unfinished are listed too, nothing may be missing."""
    text, figures = said.text, _quantities(said)
    for index, whole in enumerate(figures):
        if not _TASK.search(text[: whole.start]):
            continue
        parts: list[Figure] = []
        words: list[str] = []
        for previous, part in pairwise(figures[index:]):
            between = text[previous.end : part.start]
            if part.measure != whole.measure or not _STATUS.search(between) or _BREAK.search(between):
                break
            parts.append(part)
            words.append(between)
        is_complete = len(parts) > 1 and _UNFINISHED.search(words[-1]) and not any(f.approximation for f in parts)
        total = sum((each.value for each in parts), Decimal(0))
        if is_complete and not whole.approximation and total != whole.value:
            yield _mismatch(whole, parts, total)


def _mismatch(whole: Figure, parts: Sequence[Figure], total: Decimal) -> Mismatch:
    listed = "、".join(each.text for each in parts)
    number = re.match(r"[\d.]+", whole.text)
    if len(parts) > 1 and number:
        scale = whole.value / Decimal(number[0])
        listed += f"合计{(total / scale).normalize():f}{whole.text[number.end() :]}，"
    return Mismatch(whole.start, parts[-1].end, f"{listed}与“{whole.text}”不符")


def _rates(sentence: ParsedText) -> Iterator[Mismatch]:
    """排查427处,整改400处,整改率98.6%: the rate that the two counts give is another."""
    text, figures = sentence.text, _quantities(sentence)
    for whole, part, rate in zip(figures, figures[1:], figures[2:], strict=False):
        stem = _RATE.search(text[part.end : rate.start])
        is_rate = stem is not None and rate.measure == "%" and stem["stem"] in text[whole.end : part.start]
        is_pair = whole.measure == part.measure != "%" and 0 < part.value <= whole.value
        exact = not any(each.approximation for each in (whole, part, rate))
        if is_rate and is_pair and exact and CLAUSE_MARK.search(text[whole.end : part.start]):
            real = part.value / whole.value * 100
            step = Decimal(1).scaleb(int(rate.value.as_tuple().exponent))
            if abs(real - rate.value) > min(step, Decimal(1)):
                said = f"“{part.text}”占“{whole.text}”的{real:.1f}%，与“{rate.text}”不符"
                yield Mismatch(whole.start, rate.end, said)
