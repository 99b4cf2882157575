"""One thing told twice with two figures: inhabitants, villages, households with the same people, totals of the town."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from rag.passages import Passage
from rag.tellings import Told, of_figure, tellings
from rag.text.figures import read_figures

_LEAST_SHARED = 100  # households or people: smaller counts are equal by chance


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two places that tell one thing differently."""

    first: Told
    second: Told


@dataclass(frozen=True, slots=True)
class _Pair:
    """526户1893人."""

    households: Told
    people: Told


def disagreements(passages: Sequence[Passage]) -> tuple[Disagreement, ...]:
    """The contradictions among a report's results, each subject once.

    Example: "总人口4.17万人" and "按全镇总人口39860人计算" disagree; "户籍人口" and "常住人口" do not.
    """
    results = [each for each in passages if each.kind != "plan"]
    alike: dict[str, list[Told]] = defaultdict(list)
    for each in (each for passage in results for each in tellings(passage)):
        alike[each.subject.split(" ")[0]].append(each)
    found: dict[str, Disagreement] = {}
    for first, second in (pair for group in alike.values() for pair in combinations(group, 2)):
        if _are_alike(first, second) and (first.most < second.least or second.most < first.least):
            found.setdefault(first.subject, Disagreement(first, second))
    return (*found.values(), *_households(results))


def _are_alike(one: Told, other: Told) -> bool:
    return one.subject.startswith(other.subject) or other.subject.startswith(one.subject)


def _households(passages: Iterable[Passage]) -> Iterator[Disagreement]:
    """526户1893人 and 562户1893人: one of two counts is the same, the other nearly."""
    pairs = [each for passage in passages for each in _pairs(passage)]
    seen: set[tuple[str, str]] = set()
    for first, second in combinations(pairs, 2):
        for same, also_same, one, other in (
            (first.people, second.people, first.households, second.households),
            (first.households, second.households, first.people, second.people),
        ):
            is_shared = same.least == also_same.least >= _LEAST_SHARED
            if is_shared and _is_slip(one, other) and (one.text, other.text) not in seen:
                seen.add((one.text, other.text))
                yield Disagreement(one, other)


def _pairs(passage: Passage) -> Iterator[_Pair]:
    for first, second in pairwise(read_figures(passage.text)):
        if (first.measure, second.measure) == ("户", "人") and first.end == second.start:
            yield _Pair(of_figure("户", first, passage, first.end), of_figure("人", second, passage, second.end))


def _is_slip(one: Told, other: Told) -> bool:
    """Whether two figures differ by digits that changed places or by one digit."""
    first, second = str(one.least), str(other.least)
    if first == second or len(first) != len(second):
        return False
    return sorted(first) == sorted(second) or sum(a != b for a, b in zip(first, second, strict=True)) == 1
