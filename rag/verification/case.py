"""A claim with the sentences it rests on: what every check looks at."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rag.text.figures import Figure
from rag.text.parsed_text import ParsedText
from rag.verification.alignment import align
from rag.verification.claims import Evidence
from rag.verification.denied_figures import figures_to_check
from rag.verification.list_items import with_list_items
from rag.verification.verdicts import Asked


@dataclass(frozen=True)
class Case:
    """A claim, the question, and the evidence; `chosen` are the sentences that carry the claim, none where none can."""

    claim: ParsedText
    asked: Asked
    evidence: Sequence[Evidence]  # all that is shown
    usable: Sequence[Evidence]  # what is of the claim's own place and year
    chosen: Sequence[Evidence]
    missing: Figure | None  # the first figure that no sentence has

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the claim that the sentences must carry."""
        return figures_to_check(self.claim, self.asked)

    @cached_property
    def towns(self) -> frozenset[str]:
        """The towns of the library that the claim names."""
        return self.asked.held_towns.within(self.claim.folded)

    @cached_property
    def said(self) -> tuple[ParsedText, ...]:
        """The chosen sentences."""
        return tuple(item.parsed for item in self.chosen)

    @cached_property
    def unproved(self) -> frozenset[str]:
        """What the question has from another report's sentences; said of this report it needs proof."""
        own = {item.report_id for item in self.chosen}
        others = (item.parsed.bigrams for item in self.evidence if item.report_id not in own)
        return self.asked.parsed.bigrams & frozenset[str]().union(*others)

    def places(self, figure: Figure) -> list[tuple[Evidence, Figure]]:
        """Where the chosen sentences have a figure."""
        return [(item, place) for item in self.chosen for place in item.places_of(figure)]


def case_of(text: str, hints: Sequence[int], evidence: Sequence[Evidence], asked: Asked) -> Case:
    """A claim with the smallest set of sentences that carries it; `hints` are the numbers that the model gave."""
    claim = ParsedText(text.strip())
    towns = asked.held_towns.within(claim.folded)
    usable = [
        item for item in evidence if not (towns and item.town not in towns) and not _is_of_other_year(claim, item)
    ]
    if not usable:
        return Case(claim, asked, evidence, (), (), None)
    figures = figures_to_check(claim, asked)
    chosen, missing = align(claim, figures, hints, usable)
    is_of_one = max(len(asked.towns), len(towns)) < 2
    if missing is None and is_of_one and len({item.report_id for item in chosen}) > 1:
        usable = [item for item in usable if item.report_id == chosen[0].report_id]  # no claim mixes two reports
        chosen, missing = align(claim, figures, hints, usable)
    case = Case(claim, asked, evidence, usable, chosen, missing)
    return case if missing else Case(claim, asked, evidence, usable, with_list_items(case), None)


def _is_of_other_year(claim: ParsedText, item: Evidence) -> bool:
    """Whether the claim is about other years than the sentence's: its own, its report's, or those it names."""
    if not claim.years:
        return False
    own = {item.year, item.report_year} | item.parsed.years
    if item.sentence.kind == "plan" and item.year not in claim.years:
        return not claim.years & (own - {item.report_year})
    return not claim.years & own
