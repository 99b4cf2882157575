"""What kind of answer a question wants: how many figures, of which measure, a list, a name."""

import re

from rag.text.normalization import fold
from rag.text.units import UNITS

_ASKS_LIST = re.compile(
    r"哪些|哪几|哪[两三四五六七八九]|分别是|包括|都有|(?<!叫)什么(?!名字|时候)|怎么|如何|哪方面|措施|要求"
)
_KEYWORDS = re.compile(  # 石矶镇2020 脱贫户数
    "^(?!.*(?:多少|[几哪谁吗呢]|什么|怎|如何|是否|有没有))[^？?]*(?:数量?|总[数量额]|面积|产[量值]|收入|金额|比例|率)$"
)
_ASKS_RANK = re.compile(r"第几|排名|名次|位次|排第|排在|which place|rank")
_ASKS_FIGURE = re.compile(
    r"多少|(?<![哪第这那好])几(?!乎|年来|年前)|多大|多长|多高|多远|多宽|how many|how much"
    r"|what (?:was|were|is|are) (?:the |its |their )?(?:\w+ )?"
    r"(?:value|area|number|amount|length|income|revenue|output|rate|total)\b",
    re.IGNORECASE,
)
_NEXT_PART = re.compile(
    r",?\s+and\s+(?=(?:for |by |at |in |to |of )?(?:how|what|which|where|who|when)\b)", re.IGNORECASE
)
_EACH = re.compile(r"各(?!级|界|类|种|项|村|镇|乡|组|部门)|分别|依次")
_AND = re.compile(r"和|与|及|、|以及")
_CHINESE_UNITS = "|".join(re.escape(word) for word in sorted(UNITS, key=len, reverse=True) if not word.isascii())
_AFTER_HOW_MANY = re.compile(rf"(?:多少|几)(?:个|[十百千]?[万亿])?({_CHINESE_UNITS})(?!积)")
_AREA = re.compile(r"多[少大]面积|面积[^，,？?]{0,4}?多[少大](?!亩|平)")
AREAS = frozenset({"亩", "平方米"})
_NOT_A_UNIT = frozenset({"年", "天", "次", "类", "段", "届"})
_MEASURE_WORDS = {
    "元": "多少钱|多少资金|花了多少",
    "米": "多长|多远|多高|多宽",
    "%": "百分之几|增长率|覆盖率",
    "人": "多少人口|几口",
    "户": "户(?:更?多|更?少|有多少)",
}


def asks_list(text: str) -> bool:
    """Whether a question wants several things named, or a description."""
    return bool(_ASKS_LIST.search(text))


def asks_figure(text: str) -> bool:
    """Whether a question wants a figure; keywords that end with one's name do."""
    return bool(_ASKS_FIGURE.search(text) or _KEYWORDS.match(text))


def asks_rank(text: str) -> bool:
    """Whether a question wants a place in an order."""
    return bool(_ASKS_RANK.search(text))


def figures_asked(text: str) -> int:
    """How many figures a full answer has, as far as the wording tells; 0 for a question that wants none.

    Example: figures_asked("刑拘和行政拘留各多少人？") == 2
    """
    asked = len(_ASKS_FIGURE.findall(text)) or int(asks_figure(text))
    each = _EACH.search(text)
    if not asked or each is None:
        return asked
    parts = 1 + len(_AND.findall(text[: each.start()]))
    return max(asked, asked * parts)


def english_parts(text: str) -> list[str]:
    """The questions in an English question.

    Example: english_parts("How many mu were planted, and what was the yield?") == ["How many mu were planted",
    "what was the yield?"]
    """
    return [part.strip() for part in _NEXT_PART.split(text) if part.strip()]


def measures_asked(text: str) -> frozenset[str]:
    """The measures a question names for its figures; empty where it does not name all of them.

    Example: measures_asked("修了多少公里路、花了多少钱？") == {"米", "元"}
    """
    folded = fold(text)
    units = _AFTER_HOW_MANY.findall(folded)
    named = {UNITS[unit].measure for unit in units if unit not in _NOT_A_UNIT}
    spelled = {measure for measure, words in _MEASURE_WORDS.items() if re.search(words, folded)}
    areas = len(_AREA.findall(folded))
    if len(units) + len(spelled) + areas < len(_ASKS_FIGURE.findall(folded)):
        return frozenset()
    return frozenset(named | spelled | (AREAS if areas else set()))
