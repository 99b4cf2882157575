"""Figures that cannot be as they stand: a unit that does not fit its noun, one that is missing, 近70余, 1余幅."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.text.figures import Figure, read_figures

LOOSE_FIGURE = re.compile(r"(?<![\d.])\d[余多](?=[\u4e00-\u9fff])(?![十百千万亿])")
_CONTINUOUS = frozenset({"元", "亩", "平方米", "立方米", "米", "公斤", "千瓦", "千瓦时", "年", "天", "%", "百分点", ""})
_EXACT_OVER = re.compile(r"(?<![\d.、-])\d+[1-46-9]余(?=[\u4e00-\u9fff])(?![十百千万亿])")
_EXACT_AMOUNT_OVER = re.compile(r"\d{2,}[1-46-9]余")  # 328余亩: land and money are measured, so 12余亩 may be
_NEAR_OVER = re.compile(
    r"(?<![附最契签合违预节制邀条])(?:将近|接近|大约|约|近)\s?\d[\d.,]*(?:[十百千万亿]*[余多][十百千万亿]*)(?!年来|[种样项元方])"
)
_LINK = r"(?:共计|合计|累计|总计|总共|达到|已达|高达|约为|约|近|超过|突破|达|为|共|计|:|\s)*"
_AREA = frozenset({"亩", "平方米"})
_NOUNS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = tuple(
    (re.compile(rf"(?:{nouns}){_LINK}$"), frozenset(units.split()))
    for nouns, units in (  # nouns, and the measures that cannot be theirs
        ("总动力|装机(?:总)?容量|装机规模", "台 元 亩 平方米 立方米 米 公斤 人 户 个 套 % 人次"),
        (
            "(?<!人)(?:总|种植|播种|建筑|占地|养殖|绿化|造林|灌溉)面积",
            "台 元 立方米 公斤 人 户 千瓦 % 人次 头 只 羽 株",
        ),
        ("总产量?|产量", "元 亩 平方米 米 人 户 千瓦 人次"),
        (
            "总产值|产值|总收入|财政收入|税收|投资额|总投资|销售额|营业额|生产总值|存款余额|贷款余额",
            "亩 平方米 立方米 米 公斤 人 户 千瓦 人次 台",
        ),
        ("全长|总长度?|总里程|长度", "元 亩 平方米 立方米 公斤 人 户 千瓦 % 人次"),
        ("总人口|户籍人口|常住人口", "元 亩 平方米 立方米 米 公斤 千瓦 %"),
        (
            "(?:参保|覆盖|合格|满意|普及|整改|办结|入学|绿化|签约|收缴|完成)率",
            "元 亩 平方米 立方米 米 公斤 人 户 千瓦 台 处 件",
        ),
    )
)
_NO_UNIT = re.compile(
    r"(?P<noun>贷款|总投资|投资|资金|总收入|收入|产值|税收|补助款|奖金|捐款|经费)(?:共计|累计|总计|达到|高达|达|共|计|近|约)*"
    r"(?P<figure>\d[\d.]*[余多]?[万亿])(?=[,。;、)]|$)"
)
_NO_PERCENT = re.compile(r"(?:同比|较上年|比上年)(?:增长|下降|上升|减少)\d[\d.]*(?=[,;。、)]|$)")
_HALF_UNIT = re.compile(r"\d[\d.]*[余多]?[万亿]?平方(?![米公千分厘里尺㎡])")
_COMMA_FOR_POINT = re.compile(
    r"(?<![\d.、])(?P<first>\d{3,})、(?P<second>\d{1,2})(?P<unit>千瓦|万?元|亩|公顷|吨|公斤|平方米|公里|米|%)"
)


@dataclass(frozen=True, slots=True)
class Misfit:
    """A figure that cannot be as it stands, at [start, end) of the text, with what is wrong in Chinese."""

    start: int
    end: int
    said: str


def unit_misfits(text: str) -> Iterator[Misfit]:
    """Units that do not fit in one folded sentence.

    Example: "农业机械总动力达到6975台" gives "“总动力”与“6975台”的单位不合"
    """
    for figure in read_figures(text):
        if figure.kind == "quantity" and (misfit := _misfit(text, figure)):
            yield misfit
    for match in _NO_UNIT.finditer(text):
        yield Misfit(*match.span(), f"“{match['figure']}”没有单位，疑缺“元”")
    for match in _NO_PERCENT.finditer(text):
        yield Misfit(*match.span(), f"“{match[0]}”没有单位，疑缺“%”")
    for match in _HALF_UNIT.finditer(text):
        yield Misfit(*match.span(), f"“{match[0]}”的单位不全，疑为“平方米”")


def loose_figures(text: str) -> Iterator[Misfit]:
    """Figures whose amount cannot be told: exact and 余 at once, 近 and 余 at once, 、 in place of the point.

    Example: "接待群众近70余人次" gives "“近70余”既说不到又说超出"
    """
    for match in _NEAR_OVER.finditer(text):
        yield Misfit(*match.span(), f"“{match[0]}”既说不到又说超出")
    for figure in read_figures(text):
        is_counted = figure.measure not in _CONTINUOUS
        exact = _EXACT_OVER.match(text, figure.start)
        if is_counted and LOOSE_FIGURE.match(text, figure.start):
            yield Misfit(figure.start, figure.end, f"“{figure.text}”说法不通，疑似笔误")
        if exact and (is_counted or _EXACT_AMOUNT_OVER.match(exact[0])):
            yield Misfit(figure.start, figure.end, f"“{exact[0]}”是精确数又带“余”")
    for match in _COMMA_FOR_POINT.finditer(text):
        yield Misfit(*match.span(), f"“{match[0]}”疑为“{match['first']}.{match['second']}{match['unit']}”之误")


def _misfit(text: str, figure: Figure) -> Misfit | None:
    before = text[max(0, figure.start - 16) : figure.start]
    for noun, wrong in _NOUNS:
        if (match := noun.search(before)) and figure.measure in wrong and "其中" not in match[0]:
            start = figure.start - len(before) + match.start()
            name = re.sub(rf"{_LINK}$", "", match[0])
            return Misfit(start, figure.end, f"“{name}”与“{figure.text}”的单位不合")
    return None
