"""Reading amounts: the figures of a sentence that state a quantity, as they are written.

On top of `figures`, which verification reads by, this knows what is no statement and what has no digit, and keeps
value, unit and approximation apart.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from rag.parsing.figures.amount import APPROXIMATORS, SCALES, Amount, at_least, digits, per_period
from rag.parsing.figures.amounts_in_words import worded_amounts
from rag.parsing.figures.non_quantities import is_no_statement
from rag.text.figures import Figure, level, read_figures
from rag.text.numerals import number_value

_PARTS = re.compile(
    rf"(?P<before>{APPROXIMATORS})?\s?第?(?P<half>百分之|千分之)?"
    r"(?P<number>(?:[\d,.零〇一二两三四五六七八九十百万亿余多来几]|千(?![瓦克米]))+)(?P<plus>\+)?\s?(?P<rest>.*)",
    re.DOTALL,
)
_AFTER = re.compile(r"(?:及|或)?(?:以上|以下|以内|有余|左右|上下|余|多|之多)$")
_LATE = re.compile(r"(?:及以上|以上|左右|余|多(?=[，,。；;、\s]|$))")
_EARLY = re.compile(r"(?<=[值入额资积量到达])过$|高达约$|约达$|约有$|可达$|(?<=[达值])上$")
_SOFT = re.compile("[余多来几]")
_MISTYPED = re.compile(r"(?<![\d.])\d{4,}、$")  # 44836、4千瓦

# Units and counting words that `figures` leaves unread, since verification has no measure for them.
_MORE = re.compile(
    r"\s?(?P<unit>剂次|批次|车次|人天|毫升|公顷|立方|余次|趟|艘次|个月|门|副|轮|轴|眼|对|班|色|场次|学时|课时|机位|床"
    r"|张床位|床位|车位|泊位|学位|席|例|级|大|强|星|档|分(?!别|公司|局|散|类)|成(?!立|功|为|效|果|员|本|绩|都)|斤|桌|尊"
    r"|口|缸|吨|兆|垧|站|线|堂)"
)
_PARTS_OF_NAMES = frozenset("大强星线站级")  # behind Chinese numerals: 四大, 百强
_TIMES = re.compile("次(?!数)")
_PER = re.compile(r"(?:/(?:平方米|年|月|周|天|日|时|次|人|户|亩|个|村|吨|斤|家))+")
_LASTING = re.compile(
    r"(?:长达|历时|为期|持续|连续|延长|缩短|使用|寿命|期限|合同期|租期|时隔|[成用行在]已)(?:至|到|了|为|近|约)?$"
)
_YEARS = re.compile(r"\s?(?:个月|周年|年)(?![产均度底初])")
_RANKED = re.compile(r"(?:列|居|位|名|获|得|排|取得|[县市省区国镇]|为|升至|跃居|考核|并列)$")
_PEOPLE = re.compile(r"\s?[\u4e00-\u9fff]{0,4}?(?:人口|群众|居民|游客|村民|农民|学生|党员)")
_MONEY = re.compile(r"资金|贷款|投资|收入|产值|补贴|补助|经费|财政|税|资|款|金额|增收|创收|营收|费|奖")


def read_amounts(text: str) -> tuple[Amount, ...]:
    """The amounts of a sentence, in order; offsets count in `text` itself."""
    flat = level(text)
    worded = list(worded_amounts(flat))
    found = [amount for amount in worded if amount.value_base is None or amount.value == "0"]  # before their digits
    for amount in (*_plain(text, flat), *worded):
        if not any(amount.start < other.end and other.start < amount.end for other in found):
            found.append(amount)
    return tuple(sorted(found, key=lambda amount: amount.start))


def _plain(text: str, flat: str) -> Iterator[Amount]:
    for figure in read_figures(text):
        if figure.kind in ("quantity", "rank"):
            amount = _rank(figure, flat) if figure.kind == "rank" else _quantity(figure, flat)
            if amount is not None and not is_no_statement(amount, flat):
                yield amount


def _rank(figure: Figure, flat: str) -> Amount | None:
    """第四名 behind 列, 居, 全县; 第七次 and 第一批 only number things."""
    m = re.fullmatch(r"第(?P<number>[\d一二三四五六七八九十]+)(?P<unit>[名位])?.*", figure.text, re.DOTALL)
    if m is None or not _RANKED.search(flat[: figure.start]):
        return None
    if not m["unit"] and not re.match(r"[，,。；;、\s）)的]|$", flat[figure.end :]):
        return None
    value, unit = number_value(m["number"]), "位" if m["unit"] == "位" else "名(次)"
    return Amount(figure.start, figure.end, str(value), None, unit, value, unit)


def _quantity(figure: Figure, flat: str) -> Amount | None:
    start, end = _stretch(figure, flat)
    written = flat[start:end].replace("、", ".")
    m = _PARTS.match(written)
    if m is None or "/" in written.split("元")[0] or "分之" in m["rest"]:
        return _fraction(figure)
    after = _AFTER.search(m["rest"])
    unit = (m["rest"][: after.start()] if after else m["rest"]).strip()
    value, scale = _value(m["number"])
    if not after and (more := _further_unit(unit, flat, figure.start, end)):
        unit, end = more
    if m["half"]:
        unit, value = "%", value if m["half"] == "百分之" else value / 10
    unit = unit or _unsaid_unit(scale, flat, start, end)
    if not unit:
        return None
    approx = m["before"] or _soft(m["number"]) or (after[0] if after else None) or (m["plus"] and "+")
    if approx is None:
        approx, start, end = _approximation_beside(flat, start, end)
    unit = per_period(flat[:start], unit)
    return Amount(start, end, digits(value), approx, f"{scale}{unit}", value * SCALES[scale], unit)


def _unsaid_unit(scale: str, flat: str, start: int, end: int) -> str:
    """元 for 贷款84万, 人 for 8.21万常住人口; none where no 万 or 亿 stands behind the number."""
    if scale and _MONEY.search(flat[max(0, start - 12) : end + 6]):
        return "元"
    return "人" if scale and _PEOPLE.match(flat, end) else ""


def _approximation_beside(flat: str, start: int, end: int) -> tuple[str | None, int, int]:
    """The approximating word around a figure that has none itself, and the stretch of both."""
    if late := _LATE.match(flat, end):
        return late[0], start, late.end()
    if early := _EARLY.search(flat[:start]):
        return early[0], early.start(), end
    return at_least(flat[:start]), start, end


def _fraction(figure: Figure) -> Amount | None:
    """三分之一 as 1/3."""
    m = re.fullmatch(r"(?P<whole>.+)分之(?P<part>.+)", figure.text)
    if m is None:
        return None
    value = f"{number_value(m['part'])}/{number_value(m['whole'])}"
    return Amount(figure.start, figure.end, value, None, "", figure.value, "")


def _value(number: str) -> tuple[Decimal, str]:
    """The number before 万 and 亿 where it is written in Arabic digits, else the whole of it.

    Example: "2000多万" gives 2000 and "万"; "4万3千余" and "三万余" give 43000 and 30000 with no scale.
    """
    bare = _SOFT.sub("", number)
    scaled = re.fullmatch(r"(?P<digits>[\d,]*\d(?:\.\d+)?[十百千]?)(?P<scale>万亿|万|亿)", bare)
    if scaled:
        return number_value(scaled["digits"]), scaled["scale"]
    return number_value(number), ""


def _stretch(figure: Figure, flat: str) -> tuple[int, int]:
    """Where a figure stands; `figures` takes the 千 of 万千瓦时 for a number, and 44836、4 for two."""
    mistyped = _MISTYPED.search(flat[: figure.start]) if re.match(r"\d(?![\d.])", figure.text) else None
    unit = re.compile(r"千(?:瓦时|瓦|克|米)").match(flat, figure.end - 1)
    return (mistyped.start() if mistyped else figure.start, unit.end() if unit else figure.end)


def _further_unit(unit: str, flat: str, start: int, end: int) -> tuple[str, int] | None:
    """A unit that `figures` does not read or reads in part, with its end: 家次, 元/年/人, 门, 年 behind 长达."""
    if not unit:
        lasting = _YEARS.match(flat, end)
        if lasting and _LASTING.search(flat[:start]):
            return lasting[0].strip(), lasting.end()
        more = _MORE.match(flat, end)
        is_name = more and more["unit"] in _PARTS_OF_NAMES and not flat[start].isdigit()
        return (more["unit"], more.end()) if more and not is_name else None
    if unit not in ("次", "场次", "人次") and _TIMES.match(flat, end):
        return f"{unit}次", end + 1
    per = _PER.match(flat, end)
    return (unit + per[0], per.end()) if per else None


def _soft(number: str) -> str | None:
    found = _SOFT.search(number)
    return found[0] if found else None
