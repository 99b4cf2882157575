"""Finding the names of towns in a text, at a cost that does not depend on how many there are."""

from typing import Protocol

from rag.text.figures import level


class TownNames(Protocol):
    """Towns that can be found in a text, such as all of a library."""

    def within(self, folded: str) -> frozenset[str]:
        """The towns that a folded text names."""
        ...


class GivenTowns:
    """Some towns by their names."""

    def __init__(self, *names: str) -> None:
        folded = level("\n".join(names)).split("\n")  # one conversion of script for all
        self._by_folded = dict(zip(folded, names, strict=False)) if names else {}
        self._lengths = sorted({len(name) for name in self._by_folded})

    def within(self, folded: str) -> frozenset[str]:
        """The towns that a folded text names."""
        starts = range(len(folded))
        spans = (folded[start : start + length] for length in self._lengths for start in starts)
        return frozenset(self._by_folded[span] for span in spans if span in self._by_folded)


NO_TOWNS = GivenTowns()
