"""Figures that state no quantity: parts of names, serial numbers, the bounds of a group, points in time."""

import re

from rag.parsing.figures.amount import Amount, in_slogan
from rag.text.clauses import CLAUSE_BREAK, CLAUSE_MARKS, SENTENCE_MARKS
from rag.text.item_numbers import label_length
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN
from rag.text.numerals import COUNTING, MULTIPLES, ONES

_LETTER = re.compile(r"[A-Za-z][-–]?$")  # G240, but GDP20亿元
_NEVER_IN_CODES = concept("measured_units")
_SERIAL = re.compile(rf"\s?{concept('numbered_thing').any}")
_FORMULA = re.compile(rf"\s?(?:[+＋×*xX:：]|/(?!\d|[{HAN}]{{2,8}}\d)|N\b)")
_IN_A_FORMULA = re.compile(r"\d\s?[+＋×*xX]\s?$")  # 7×24小时, 28+10项
_AGE = re.compile(rf"{concept('age').any}[^{SENTENCE_MARKS}]{{0,20}}$")
_ISSUED = re.compile(rf"{concept('issued').any}[^{CLAUSE_MARKS}]{{0,8}}$")
_LISTED_BELOW = re.compile(rf"{concept('listed_below').any}$")
_NAMES = table("names_with_numbers")
_ALL_OF_A_NAME = re.compile(rf"一(?!{_NAMES['ranked'].any})|[“\"”]|方面")  # 三个一, 五个一工程, 三个“100%”, 五个方面
_NAMED_BY_DIGITS = re.compile(rf"一(?=[{CLAUSE_MARKS}、“”’]|$)|[“\"”]\d|方面")  # but 1个“美丽街区”
_SESSION = re.compile(rf"届[^{CLAUSE_MARKS}]{{0,12}}$")  # 十四届人大二次会议
_DUTY = re.compile(rf"\s?{_NAMES['around_the_clock'].any}")
_OF_RAIN = re.compile(rf"\s?(?:内|最大|累计)*{_NAMES['of_rain'].any}")
_ONE_OF = re.compile(rf"[^{CLAUSE_MARKS}]{{0,20}}之一")
_OF_A_LARGER_NUMBER = re.compile(r"个$")  # 两个千亿元台阶, 第二个十万亩基地
_WITHOUT_ONES = re.compile(rf"[{COUNTING}两]?[{MULTIPLES}]+")
_SET_PHRASE = concept("set_phrase").pattern
_DIVIDED = re.compile(rf"{concept('divided_into').any}[^{CLAUSE_MARKS}]{{0,4}}$")
_BOUND = concept("bound")
_ROUND_BOUND = re.compile(rf"[过超][{MULTIPLES}]+元?$")
_ANY_BOUND = re.compile(rf"[过超][\d.{ONES}{MULTIPLES}]+元?$")
_BOUNDED_GROUP = re.compile(
    rf"\s?(?:、[^{CLAUSE_MARKS}]{{0,12}}?)?的?[{HAN}]{{0,6}}?{concept('bounded_group').any}|、|的"
)
_BOUNDED_THING = re.compile(rf"[{HAN}]{{0,4}}?{concept('bounded_group').any}")
_TIME_OF_DAY = re.compile(r"\d[时点:：]$")


def is_no_statement(amount: Amount, text: str) -> bool:
    """Whether a figure of a levelled text is there for something else than to say how much.

    Example: 60岁 in "60岁以上老人", 二期 in "二期工程", 12345 in "12345热线", 19届 in "十九届"
    """
    before, after = text[: amount.start], text[amount.end :]
    is_lettered = _LETTER.search(before) and amount.unit_base not in _NEVER_IN_CODES
    if is_lettered or in_slogan(text, amount.start) or _SERIAL.match(after) or after.strip() == "班":
        return True
    if _LISTED_BELOW.search(before) or (_FORMULA.match(after) and not amount.unit.endswith("%")):
        return True
    if _IN_A_FORMULA.search(before) or _is_label(amount, text) or _is_part_of_a_name(amount, text, before, after):
        return True
    return _is_no_count(amount, text[amount.start].isdigit(), before, after) or _is_bound(amount, text)


def _is_label(amount: Amount, text: str) -> bool:
    """Whether a number is the label of its clause: 3.2 of "3.2 个别项目延期"."""
    begin = max([0, *(mark.end() for mark in CLAUSE_BREAK.finditer(text, 0, amount.start))])
    return text[amount.start].isdigit() and amount.start - begin < label_length(text[begin:])


def _is_part_of_a_name(amount: Amount, text: str, before: str, after: str) -> bool:
    """Whether an amount names a thing: 两个千亿元台阶, 十四届人大二次会议, 全省首批30家基地之一, 一座座."""
    numeral = text[amount.start : amount.end]
    is_in_digits, is_session = numeral[:1].isdigit(), amount.unit == "次" and _SESSION.search(before)
    is_for_each = numeral[:1] == "一" and after.startswith("一")  # 一村一品
    is_doubled = amount.unit and after.startswith(amount.unit[-1])  # 一座座
    if not is_in_digits and (is_session or is_for_each or is_doubled):
        return True
    if amount.unit in _NAMES["class"] and not CLAUSE_BREAK.match(after):
        return True  # 35千伏变电站
    if _OF_A_LARGER_NUMBER.search(before) and _WITHOUT_ONES.match(numeral):
        return True
    return bool(_ONE_OF.match(after)) and amount.unit not in ("%", "元")


def _is_no_count(amount: Amount, is_in_digits: bool, before: str, after: str) -> bool:
    """Whether the unit only seems to be one: 二期 numbers a stage, 十九届 a congress, 5日 is a date."""
    unit = amount.unit.split("/")[0]
    if not is_in_digits and _SET_PHRASE.match(amount.unit + after):
        return True
    if unit == "组":
        return not _DIVIDED.search(before)  # 周家村5组 is a place
    if unit == "分":
        return bool(_TIME_OF_DAY.search(before))
    if unit == "期":
        return not is_in_digits and not _ISSUED.search(before)
    if unit == "个":
        name = _NAMED_BY_DIGITS if is_in_digits else _ALL_OF_A_NAME
        return bool(name.match(after)) or (after.startswith("月") and not after.startswith("月亮"))
    if unit == "小时" and (_OF_RAIN.match(after) or _is_all_day(amount, before, after)):
        return True
    if unit in ("天", "小时"):
        return after.startswith(("内", "前", "后", "之"))
    return unit in ("届", "日", "号") or (unit == "本" and not is_in_digits)


def _is_all_day(amount: Amount, before: str, after: str) -> bool:
    """全天24小时, 24小时值守: a manner."""
    return amount.value == "24" and bool(_DUTY.match(after) or _NAMES["all_day"].pattern.search(before[-2:]))


def _is_bound(amount: Amount, text: str) -> bool:
    """Whether the figure only says which ones are meant: 100亩以上的大户, 税收过百万元的企业, 35岁以下."""
    before, after, unit = text[: amount.start], text[amount.end :], amount.unit.split("/")[0]
    if unit == "岁":
        return not _AGE.search(before)
    if unit != "%" and amount.approx in _BOUND:
        return bool(_BOUNDED_GROUP.match(after))
    if _BOUNDED_THING.match(after):
        return bool(_ANY_BOUND.search(text[: amount.end]))
    return after.startswith("的") and bool(_ROUND_BOUND.search(text[: amount.end]))
