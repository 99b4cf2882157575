"""What a finder of defects returns: what is wrong, in words for a person, and where in the text it looked at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rag.types import DefectKind, Span


@dataclass(frozen=True, slots=True)
class Finding:
    """A defect at a span of the clean text."""

    kind: DefectKind
    detail: str
    span: Span


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A finding that may stand in many places for one cause; `cause` tells the causes apart."""

    cause: str
    finding: Finding


def once_each(occurrences: Iterable[Occurrence]) -> Iterator[Finding]:
    """One finding for each cause, at its first place, with the number of places: 19 times 全麵 is one mistake."""
    groups: dict[str, list[Finding]] = {}
    for each in occurrences:
        groups.setdefault(each.cause, []).append(each.finding)
    for first, *more in groups.values():
        count = f"，全文{len(more) + 1}处 ({len(more) + 1} times)" if more else ""
        yield replace(first, detail=first.detail + count)
