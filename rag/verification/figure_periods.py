"""The period a figure counts for: one up to some month, or for a holiday, is not the year's."""

import re
from collections.abc import Sequence

from rag.text.clauses import CLAUSE_MARK

LEADING_UP = 30  # characters before a figure that may say up to when it counts
_YEAR = re.compile(r"(?<![比较自从由])(?<!\d)((?:19|20)\d\d)年(?!以来|来|起|底?以前|至|到|[-—~])")
_WHOLE_YEAR = re.compile(r"全年|整年|一整年|一年到头")
_UP_TO = re.compile(r"截[至止]|到\d{1,2}月|\d月底|假期|长假|黄金周|期间|季度|上半年|下半年|\d月份")


def own_years(before: Sequence[str]) -> frozenset[int]:
    """The years that the clauses before each place of a figure give it, where every one of them gives one.

    Example: own_years(["产量下降，2020年总产量"]) == {2020}; none of own_years(["比2020年增加"])
    """
    named = [_named_year(CLAUSE_MARK.split(words)[-1]) for words in before]
    return frozenset(year for year in named if year) if named and all(named) else frozenset()


def _named_year(clause: str) -> int | None:
    found = list(_YEAR.finditer(clause))
    return int(found[-1][1]) if found else None


def asks_whole_year(text: str) -> bool:
    """Whether a question or claim is about all of the year."""
    return bool(_WHOLE_YEAR.search(text))


def counts_for_less(before: Sequence[str]) -> bool:
    """Whether the words before each place of a figure say that it counts for less than a year.

    Example: counts_for_less(["国庆假期接待游客"]) is True, counts_for_less(["全年接待游客"]) is False
    """
    led = [words[-LEADING_UP:] for words in before]
    return bool(led) and all(_UP_TO.search(words) and not _WHOLE_YEAR.search(words) for words in led)
