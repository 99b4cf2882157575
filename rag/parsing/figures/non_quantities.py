"""Figures that state no quantity: parts of names, serial numbers, the bounds of a group, points in time."""

import re

from rag.parsing.figures.amount import Amount, in_slogan

_LETTER = re.compile(r"[A-Za-z][-–]?$")  # G240
_SERIAL = re.compile(r"\s?(?:号|楼|栋楼|路|线|国道|省道|县道|乡道|热线|工作法|条例|文件|次会议|届|次全会|款|年级|班$)")
_FORMULA = re.compile(r"\s?(?:[+＋×*/xX:：]|N\b)")
_AGE = re.compile(r"(?:年龄|岁数|寿命)[^。；;]{0,20}$")
_HELD = re.compile(r"(?:举办|开办|开展|组织|培训班?|编印|印发|刊发|推出)[^，,。；;]{0,8}$")
_LISTED_BELOW = re.compile(r"(?:(?<![岁元亩人])以下|下列|如下)$")
_ALL_OF_A_NAME = re.compile(r"一(?=[，,。；;、“”’]|$)|[“\"”]|方面")  # 三个一, 三个“100%”, 五个方面
_SET_PHRASE = re.compile(
    "个(?:意识|自信|维护|确立|全面|不摘|代表|服从|看齐|毫不动摇|责任)|项(?:规定|纪律)|类(?:人员|对象|人群|群体|重点|监测)|位一体"
)
_PARTED = re.compile(r"(?:分成|分为|成立|组建|设立|下设|编为|共|设)[^，,。；;]{0,4}$")
_BOUND = re.compile(r"(?:及|周)?(?:以上|以下|以内)")
_PURE_SCALE = re.compile("[过超](?:百|千|万|十万|百万|千万)元$")
_BOUNDED_GROUP = re.compile(
    r"\s?(?:、[^，,。；;]{0,12}?)?的?[\u4e00-\u9fff]{0,6}?"
    r"(?:大户|老人|老年人|人群|人口|企业|党员|儿童|妇女|居民|群众|项目|干部|村|合作社|家庭农场)|、|的"
)


def is_no_statement(amount: Amount, text: str) -> bool:
    """Whether a figure of a levelled text is there for something else than to say how much.

    Example: 60岁 in "60岁以上老人", 二期 in "二期工程", 12345 in "12345热线", 19届 in "十九届"
    """
    before, after = text[: amount.start], text[amount.end :]
    if _LETTER.search(before) or in_slogan(text, amount.start) or _SERIAL.match(after):
        return True
    if _LISTED_BELOW.search(before) or (_FORMULA.match(after) and not amount.unit.endswith("%")):
        return True
    return _is_no_count(amount, text[amount.start].isdigit(), before, after) or _is_bound(amount, text)


def _is_no_count(amount: Amount, is_in_digits: bool, before: str, after: str) -> bool:
    """Whether the unit only seems to be one: 二期 numbers a stage, 十九届 a congress, 5日 is a date."""
    unit = amount.unit.split("/")[0]
    if not is_in_digits and _SET_PHRASE.match(amount.unit + after):
        return True
    if unit == "组":
        return not _PARTED.search(before)  # 周家村5组 is a place
    if unit == "分":
        return bool(re.search(r"\d[时点:：]$", before))
    if unit == "期":
        return not is_in_digits and not _HELD.search(before)
    if unit == "个":
        return bool(_ALL_OF_A_NAME.match(after) or re.match("月(?!亮)", after))
    if unit in ("天", "小时"):
        return bool(re.match("[内前后之]", after))
    return unit in ("届", "日", "号") or (unit == "本" and not is_in_digits)


def _is_bound(amount: Amount, text: str) -> bool:
    """Whether the figure only says which ones are meant: 100亩以上的大户, 税收过百万元的企业, 35岁以下."""
    before, after, unit = text[: amount.start], text[amount.end :], amount.unit.split("/")[0]
    if unit == "岁":
        return not _AGE.search(before)
    if unit != "%" and amount.approx and _BOUND.fullmatch(amount.approx):
        return bool(_BOUNDED_GROUP.match(after))
    return after.startswith("的") and bool(_PURE_SCALE.search(text[: amount.end]))
