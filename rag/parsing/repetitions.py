"""What stands twice in one file: the title, the body. All lines are folded."""

import difflib
import re
from collections import defaultdict
from collections.abc import Sequence

from rag.text.item_numbers import read_numbering
from rag.text.letterhead import is_addressee, is_letterhead, is_title, title_core

_LEAST_REPEATED = 200  # characters of equal paragraphs in a row that count as a second copy
_MOST_EARLIER_PLACES = 8
_HEAD_LINES = 12
_CLOSE = 0.9
_NUMBER = re.compile(r"\d+")


def find_title(lines: Sequence[str]) -> int | None:
    """Index of the title: the first title-like line above the body."""
    return next((index for index in _head(lines) if is_title(lines[index])), None)


def find_repeated_titles(lines: Sequence[str]) -> tuple[int, ...]:
    """Indices of further copies of the title above the body, joined by 暨, 与 or 及 or worded as 关于…的报告."""
    title = find_title(lines)
    if title is None:
        return ()
    core = title_core(lines[title])
    others = [index for index in _head(lines) if index > title and is_title(lines[index])]
    return tuple(index for index in others if _is_same_title(core, title_core(lines[index])))


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
