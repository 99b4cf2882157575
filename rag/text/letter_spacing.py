"""Lines whose letters are spaced, as in print: 沙 洲 镇 2022 年 工 作 总 结."""

import re

from rag.text.normalization import HAN

_LETTERS = 3  # single characters in a row that make a spaced word
_LONGEST = 80
_SPACED = re.compile(rf"(?<![{HAN}])[{HAN}](?:[ \u3000]+[{HAN}]){{{_LETTERS - 1},}}(?![{HAN}])")
_GAP = re.compile(rf"(?<=[{HAN}\d])[ \u3000]+(?=[{HAN}]|\d{{1,4}}(?!\d|-\d))")


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
