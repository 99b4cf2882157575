"""Whether a claim that lists things and then figures gives each thing its own figure."""

import re
from itertools import takewhile

from rag.text.clauses import SENTENCE_MARKS
from rag.text.figures import Figure, same_amount
from rag.text.lexicon import concept
from rag.text.normalization import HAN
from rag.text.parsed_text import ParsedText
from rag.verification.case import Case
from rag.verification.figure_neighbours import neighbours_in

SHORTEST_NAME = 2  # characters that tell one thing from another

_AND = concept("and")
_LISTED = re.compile(rf"((?:[{HAN}]+{_AND.any})+[{HAN}]+?){(concept('each') | concept('in_order')).any}")
_SENTENCE_END = re.compile(f"[{SENTENCE_MARKS}]")


def gives_listed_things_their_own(case: Case) -> bool:
    """Whether no figure stands in the place of a thing that has another figure in the sentences.

    Example: 危旧房、杂房各拆190栋、419栋 does not where the report says 拆除危旧房190栋，旧房419栋，杂房388间
    """
    pairs = [(figure, _figures_of(name, case)) for name, figure in _pairs(case.claim)]
    return not any(own and not any(same_amount(figure, other) for other in own) for figure, own in pairs)


def _pairs(claim: ParsedText) -> list[tuple[str, Figure]]:
    """Things listed before 各 or 分别 with the figures behind it, as long as there is one for each."""
    found: list[tuple[str, Figure]] = []
    for listed in _LISTED.finditer(claim.folded):
        end = _SENTENCE_END.search(claim.folded, listed.end())
        until = end.start() if end else len(claim.folded)
        figures = [figure for figure in claim.figures if listed.end() <= figure.start < until]
        names = _AND.pattern.split(listed[1])
        if len(figures) >= len(names):
            found += zip(names, figures, strict=False)
    return found


def _figures_of(name: str, case: Case) -> list[Figure]:
    """The figures right behind the words that end as a thing's name does, where those that end so longest."""
    alike = [
        (_common_ending(name, beside.left), figure)
        for sentence in case.said
        for figure, beside in neighbours_in(sentence).items()
    ]
    most = max((length for length, _ in alike), default=0)
    return [figure for length, figure in alike if length == most] if most >= SHORTEST_NAME else []


def _common_ending(one: str, other: str) -> int:
    """How many characters two texts end with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one[::-1], other[::-1], strict=False)))
