"""Whether a claim that lists things and then figures gives each thing its own figure. Pure."""

import re
from collections.abc import Sequence
from itertools import takewhile

from rag.text.figures import Figure, read_figures, same_amount
from rag.text.normalization import fold
from rag.verification.claims import Evidence
from rag.verification.figure_subjects import words_before

SHORTEST_NAME = 2  # characters that tell one thing from another

_LISTED = re.compile(r"((?:[\u4e00-\u9fff]+(?:[、和与及]|以及))+[\u4e00-\u9fff]+?)(?:各|分别|依次)")
_BETWEEN = re.compile("[、和与及]|以及")
_CLAUSE = re.compile("[。；;]")


def mixes_up(text: str, chosen: Sequence[Evidence]) -> bool:
    """Whether a figure stands in the place of a thing that has another figure in the sentences.

    Example: 危旧房、杂房各拆190栋、419栋 where the report says 拆除危旧房190栋，旧房419栋，杂房388间
    """
    pairs = [(figure, _figures_of(name, chosen)) for name, figure in _pairs(text)]
    return any(own and not any(same_amount(figure, other) for other in own) for figure, own in pairs)


def _pairs(text: str) -> list[tuple[str, Figure]]:
    """Things listed before 各 or 分别 with the figures behind it, as long as there is one for each."""
    found: list[tuple[str, Figure]] = []
    for listed in _LISTED.finditer(text):
        end = _CLAUSE.search(text, listed.end())
        figures = [f for f in read_figures(text) if listed.end() <= f.start < (end.start() if end else len(text))]
        names = [fold(name) for name in _BETWEEN.split(listed[1])]
        if len(figures) >= len(names):
            found += zip(names, figures, strict=False)
    return found


def _figures_of(name: str, chosen: Sequence[Evidence]) -> list[Figure]:
    """The figures right behind the words that end as a thing's name does, where those that end so longest."""
    alike = [
        (_common_ending(name, words_before(item.text, figure)), figure)
        for item in chosen
        for figure in read_figures(item.text)
    ]
    most = max((length for length, _ in alike), default=0)
    return [figure for length, figure in alike if length == most] if most >= SHORTEST_NAME else []


def _common_ending(one: str, other: str) -> int:
    """How many characters two texts end with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one[::-1], other[::-1], strict=False)))
