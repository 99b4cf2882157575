"""Lines whose letters are spaced, as in print: 沙 洲 镇 2022 年 工 作 总 结."""

import re

from rag.text.normalization import HAN
from rag.text.numerals import ZEROS

_LETTERS = 3  # single characters in a row that make a spaced word
_LONGEST = 80
_LETTER = f"[{HAN}{ZEROS}]"
_SPACED = re.compile(rf"(?<!{_LETTER}){_LETTER}(?:[ \u3000]+{_LETTER}){{{_LETTERS - 1},}}(?!{_LETTER})")
_GAP = re.compile(rf"(?<=[{HAN}{ZEROS}\d])[ \u3000]+(?={_LETTER}|\d{{1,4}}(?!\d|-\d))")


def gaps(line: str) -> tuple[tuple[int, int], ...]:
    """Where the blanks of a letter-spaced line stand, as half-open spans; none in any other line.

    Example: gaps("沙 洲 镇") == ((1, 2), (3, 4))
    """
    if len(line) > _LONGEST or not _SPACED.search(line):
        return ()
    return tuple(match.span() for match in _GAP.finditer(line))


def closed(line: str) -> str:
    """A letter-spaced line without its blanks, any other line as it is."""
    for start, end in reversed(gaps(line)):
        line = line[:start] + line[end:]
    return line
