"""The time that a name begins with, as heads of tables write it: 2021年, 2021年上半年, 1—10月, 上年."""

import re

from rag.text.dates import YEAR
from rag.text.lexicon import concept, table
from rag.text.time_spans import PART_OF_YEAR

_MONTH = rf"\d{{1,2}}月(?:份|{concept('month_part').any})?(?!\d)"
_PART = rf"{concept('as_of').any}?(?:{PART_OF_YEAR}|{_MONTH})|{concept('whole_year').any}"
_AGO = {word: int(years) for years, words in table("relative_year").items() for word in words}
_RELATIVE = "|".join(sorted(_AGO, key=len, reverse=True))
_TIME = re.compile(
    rf"(?:{_RELATIVE}|(?:(?:19|20)\d\d年?\s?[-—–~～至]\s?)?{YEAR}(?:(?<=[年度])|(?![\d年])))?(?:{_PART})?"
)


def time_at_start(name: str) -> str:
    """The time that a name begins with; empty where it begins with something else.

    Example: time_at_start("2021年上半年财政收入") == "2021年上半年"
    """
    match = _TIME.match(name)
    return match[0] if match else ""


def years_ago(time: str) -> int | None:
    """How many years before the one reported on a time lies that is told from there: 1 for 上年; else None."""
    return next((years for word, years in _AGO.items() if time.startswith(word)), None)
