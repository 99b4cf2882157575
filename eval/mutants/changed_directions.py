"""A change or a comparison turned round: 增长 as 下降, 高于 as 低于."""

import re
from collections.abc import Iterator

from eval.mutants.resemblance import stands_in
from eval.mutants.statements import Mutant, Statement, choice, counted_figures, told

_OPPOSITES = {
    "增长": "下降", "下降": "增长", "增加": "减少", "减少": "增加", "上升": "下降", "提高": "降低", "降低": "提高",
    "提升": "下降", "高于": "低于", "低于": "高于", "多于": "少于", "少于": "多于", "增产": "减产", "减产": "增产",
    "增收": "减收", "减收": "增收", "扩大": "缩小", "缩小": "扩大", "前进": "后退", "优于": "劣于", "快于": "慢于",
}  # fmt: skip
_WORD = re.compile(rf"(?:{'|'.join(_OPPOSITES)})(?![点极率值])")
_THAN = re.compile(r"(?<=比)[^，；。]{2,6}(?<![降提减增])(?P<word>多|少|高|低)(?=[\d一二三四五六七八九十两])")
_TURNED = {"多": "少", "少": "多", "高": "低", "低": "高"}
_BETWEEN = re.compile(r"[了到至为约近超]*")  # a word of change and its figure, else a thing was improved: 提升小区7个
_COMPARED = re.compile(r"[^，；。、\d]{0,8}")  # 高于 and its figure
DIRECTIONS_TURNED = 3  # of one claim


def directions_changed(statement: Statement) -> Iterator[Mutant]:
    """Each word of direction that a figure follows, exchanged for its opposite, unless a shown sentence says that.

    Example: "财政收入1860万元，增长7.5%" gives "财政收入1860万元，下降7.5%"
    """
    text = told(statement)
    figures = counted_figures(text)
    words = [(match.span(), _OPPOSITES[match[0]]) for match in _WORD.finditer(text)]
    words += [(match.span("word"), _TURNED[match["word"]]) for match in _THAN.finditer(text)]
    words.sort(key=lambda word: choice(f"{text}{word}", 97))
    for (begin, end), new in words[:DIRECTIONS_TURNED]:
        between = _COMPARED if text[begin:end].endswith("于") else _BETWEEN
        behind = [f for f in figures if end <= f.start and between.fullmatch(text, end, f.start)]
        if behind and not stands_in(new + text[end : behind[0].end], statement.shown):
            yield Mutant("direction", text[:begin] + new + text[end:], text, f"{text[begin:end]}→{new}")
