"""What stands twice in one file: the title, the body. All lines are folded."""

import difflib
import re
from collections import defaultdict
from collections.abc import Sequence

from rag.text.item_numbers import read_numbering
from rag.text.letter_spacing import closed
from rag.text.letterhead import (
    begins_title,
    goes_on_title,
    is_addressee,
    is_letterhead,
    is_occasion,
    is_publication,
    is_title,
    title_core,
)

_LEAST_REPEATED = 200  # characters of equal paragraphs in a row that count as a second copy
_MOST_EARLIER_PLACES = 8
_HEAD_LINES = 12
_CLOSE = 0.9
_TITLE_LINES = 4
_LONGEST_PART = 36  # characters of a line that is a part of a title
_NUMBER = re.compile(r"\d+")


def find_title(lines: Sequence[str]) -> range | None:
    """The lines of the title: the first title-like line above the body with those it begins and goes on with.

    Example: find_title(["石矶镇", "2022年工作总结", "和2023年工作计划", "一年来,全镇发展。"]) == range(0, 3)
    """
    head = _head(lines)
    first = next((range(index, index + 1) for index in head if is_title(lines[index])), None) or _split_title(
        lines, head
    )
    if first is None:
        return None
    start, stop = first.start, first.stop
    while start > 0 and stop - start < _TITLE_LINES and begins_title(lines[start - 1], _joined(lines[start:stop])):
        start -= 1
    while stop in head and stop - start < _TITLE_LINES and _goes_on(lines[start:stop], lines[stop]):
        stop += 1
    return range(start, stop)


def find_occasion(lines: Sequence[str], start: int) -> range:
    """The lines from `start` on that say at which meeting the report was held, several where the saying is broken."""
    stops = range(start + 1, min(start + _TITLE_LINES, len(lines) + 1))
    return next((range(start, stop) for stop in stops if is_occasion(_joined(lines[start:stop]))), range(0))


def find_repeated_titles(lines: Sequence[str]) -> tuple[int, ...]:
    """Indices of further copies of the title above the body, joined by 暨, 与 or 及 or worded as 关于…的报告."""
    title = find_title(lines)
    if title is None:
        return ()
    core = title_core(_joined(lines[title.start : title.stop]))
    others = [index for index in _head(lines) if index >= title.stop and is_title(lines[index])]
    return tuple(index for index in others if _is_same_title(core, title_core(closed(lines[index]))))


def _goes_on(title: Sequence[str], line: str) -> bool:
    return goes_on_title(line) or begins_title(line, _joined(title))


def _joined(parts: Sequence[str]) -> str:
    return "".join(closed(part) for part in parts)


def _split_title(lines: Sequence[str], head: range) -> range | None:
    """A title no line of which is one by itself: 石矶镇 / 2022年度 / 工作总结."""
    for start in head:
        for stop in range(start + 2, min(start + _TITLE_LINES, head.stop) + 1):
            parts = lines[start:stop]
            if any(len(part) > _LONGEST_PART or is_addressee(part) for part in parts) or is_publication(parts[0]):
                break
            if is_title(_joined(parts)):
                return range(start, stop)
    return None


def find_repeated_runs(lines: Sequence[str]) -> tuple[range, ...]:
    """Runs of lines that repeat earlier lines, 200 characters or more in a row."""
    keys = ["".join(line.split()) for line in lines]
    places: dict[str, list[int]] = defaultdict(list)
    runs: list[range] = []
    index = 0
    while index < len(keys):
        length = max((_run_length(keys, earlier, index) for earlier in places[keys[index]]), default=0)
        if sum(len(key) for key in keys[index : index + length]) >= _LEAST_REPEATED:
            runs.append(range(index, index + length))
            index += length
            continue
        if len(places[keys[index]]) < _MOST_EARLIER_PLACES:
            places[keys[index]].append(index)
        index += 1
    return tuple(runs)


def _run_length(keys: Sequence[str], earlier: int, later: int) -> int:
    length = 0
    while later + length < len(keys) and earlier + length < later and keys[earlier + length] == keys[later + length]:
        length += 1
    return length


def _head(lines: Sequence[str]) -> range:
    """The lines above the first paragraph or numbered heading."""
    for index, line in enumerate(lines[:_HEAD_LINES]):
        is_frame = is_title(line) or is_letterhead(line) or is_addressee(line)
        if not is_frame and (read_numbering(line) or len(line) > 40 or line.endswith(("。", ":", ";"))):
            return range(index)
    return range(min(len(lines), _HEAD_LINES))


def _is_same_title(first: str, second: str) -> bool:
    if _NUMBER.findall(first) != _NUMBER.findall(second):
        return False
    shorter, longer = sorted((first, second), key=len)
    contained = len(shorter) >= 10 and longer.endswith(shorter)
    return contained or difflib.SequenceMatcher(None, first, second, autojunk=False).ratio() >= _CLOSE
