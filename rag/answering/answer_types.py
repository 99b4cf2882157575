"""What kind of answer a question wants: how many figures, of which measure, a list, a name."""

import re

from rag.text.clauses import COMMAS
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN, fold
from rag.text.numerals import ONES, number_value
from rag.text.units import UNITS

_ASKS_LIST = concept("asks_list")
_ASKS_RANK = concept("asks_rank")
_ASKS_FIGURE = re.compile(
    rf"{concept('asks_figure').any}|what (?:was|were|is|are) (?:the |its |their )?(?:\w+ )?"
    r"(?:value|area|number|amount|length|income|revenue|output|rate|total)\b",
    re.IGNORECASE,
)
_KEYWORDS = re.compile(  # 石矶镇2020 脱贫户数
    rf"^(?!.*{concept('question_words', 'yes_no', 'closing_yes_no').any}|[怎呢])"
    rf"[^？?]*{concept('figure_nouns').any}$"
)
_RESPECTIVELY = concept("each", "in_order")
_AND = concept("and")
_ALSO_COUNTED = re.compile(  # 没收了多少标牌和棚亭
    rf"{concept('how_many').any}[{HAN}]{{1,8}}?(?:{_AND.any}(?P<other>[{HAN}]{{2,8}}))(?=[{COMMAS}？?]|$)"
)
_CHINESE_UNITS = "|".join(re.escape(word) for word in sorted(UNITS, key=len, reverse=True) if not word.isascii())
_NO_UNIT = rf"(?!{concept('begins_like_a_unit').any})"
_AFTER_HOW_MANY = re.compile(  # 有哪几个 asks for names
    rf"(?<!哪){concept('how_many').any}(?:个|[十百千]?[万亿])?{_NO_UNIT}({_CHINESE_UNITS})(?!积)"
)
_AREA = re.compile(rf"多[少大]面积|面积[^{COMMAS}？?]{{0,4}}?多[少大](?!亩|平)")
AREAS = frozenset({"亩", "平方米"})
_COUNTED_THINGS = re.compile(rf"(?P<count>(?<!\d)\d{{1,2}}|[{ONES[1:]}两十])(?:{concept('counters').any})")
_MONEY = re.compile(rf"{concept('how_many').any}(?!个|{_CHINESE_UNITS})[{HAN}]{{0,4}}?{concept('money_asked').any}")
_NOT_MEASURED = concept("asked_not_measured")
_MEASURES = table("measures_asked")


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
    asked += sum(not asks_figure(joined["other"]) for joined in _ALSO_COUNTED.finditer(text))
    each = _RESPECTIVELY.search(text)
    if not asked or each is None:
        return asked
    parts = 1 + len(_AND.all_in(text[: each.start()]))
    return max(asked, asked * parts)


def things_asked(text: str) -> int:
    """How many things a question wants named, where it says so; 0 where it does not.

    Example: things_asked("石矶镇要办的六件实事是什么？") == 6
    """
    found = _COUNTED_THINGS.search(fold(text)) if asks_list(text) else None
    return int(number_value(found["count"]) or 0) if found else 0


def measures_named(text: str) -> frozenset[str]:
    """The measures whose units stand behind 多少 or 几.

    Example: measures_named("用了多少台机械、发动了多少群众？") == {"台"}
    """
    units = _AFTER_HOW_MANY.findall(fold(text))
    return frozenset(UNITS[unit].measure for unit in units if unit not in _NOT_MEASURED)


def measures_asked(text: str) -> frozenset[str]:
    """The measures a question names for its figures; empty where it does not name all of them.

    Example: measures_asked("修了多少公里路、花了多少钱？") == {"米", "元"}
    """
    folded = fold(text)
    units = _AFTER_HOW_MANY.findall(folded)
    named = measures_named(text)
    spelled = {measure for measure, words in _MEASURES.items() if words.search(folded)}
    spelled |= {"元"} if _MONEY.search(folded) else set()
    areas = len(_AREA.findall(folded))
    if len(units) + len(spelled) + areas < len(_ASKS_FIGURE.findall(folded)):
        return frozenset()
    return frozenset(named | spelled | (AREAS if areas else set()))
