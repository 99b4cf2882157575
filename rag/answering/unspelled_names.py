"""Names of several things that are only named: it is asked what 三个一工程 is made of, and no more is told."""

import re
from collections.abc import Sequence

from rag.answering.answer_types import asks_list
from rag.answering.questions import Question
from rag.text.clauses import COMMAS
from rag.text.lexicon import concept
from rag.text.normalization import HAN, fold
from rag.text.numerals import ONES
from rag.text.time_spans import last_year_of_plan
from rag.verification.excerpts import Excerpt

_OPENING, _CLOSING = "“\"‘'", "”\"’'"
_KIND = rf"[”\"](?:(?!的)[{HAN}]){{0,6}}"  # of thing that a name is of: “三个一”工程
_NUMBER = rf"[\d{ONES[1:]}两十]"
_MEANING = concept("asks_meaning")
_NUMBERED = re.compile(rf"[“\"]([^”\"]*[\d{ONES}十][^”\"]*)[”\"]")
_NAME = re.compile(
    rf"[“\"](?P<name>[^”\"]*[\d{ONES}十][^”\"]*){_KIND}[{COMMAS}]?(?:{_NUMBER}[{HAN}]{{1,3}})?{_MEANING.any}"
)


def only_names(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    """Whether it is asked what a quoted name with a number stands for, and none of what is shown spells it out.

    A period such as 十四五 stands for no list.
    """
    text = fold(asked.resolved)
    quoted = {name for each in excerpts for name in _NUMBERED.findall(fold(each.text)) if _asks_meaning_of(name, text)}
    names = [name for name in {*_NAME.findall(text), *quoted} if not last_year_of_plan(name)]
    if not names or not asks_list(text) or any(each.item.listed for each in excerpts):
        return False
    return not any(_is_spelled_out(name, fold(each.text)) for name in names for each in excerpts)


def _asks_meaning_of(name: str, text: str) -> bool:
    """Whether a question has a name without its quotation marks, and asks for what it stands for."""
    return bool(re.search(rf"{re.escape(name)}[{COMMAS}]?(?:{_NUMBER}[{HAN}]{{1,3}})?{_MEANING.any}", text))


def _is_spelled_out(name: str, told: str) -> bool:
    """Whether what a name stands for is told right before or behind it: 修路、通水两件实事; “两廊”即东廊和西廊."""
    quoted = rf"[{_OPENING}]?{re.escape(name)}[{_CLOSING}]?"
    before = re.search(rf"、[^{COMMAS};。]*{quoted}", told)
    behind = re.search(rf"{quoted}[{HAN}]{{0,8}}?[{_CLOSING}]?,?(?:[:(]|{concept('spells_out').any})", told)
    return bool(before or behind)
