"""The reports of an eval set as the system reads them, and the sentences that quotations lie in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from eval.golden import EvalSet
from eval.items import GoldenItem, Passage
from eval.mutants.actors import actor_names
from rag.formats.read import read_file
from rag.library.held_places import HeldPlaces
from rag.library.in_memory import places_of
from rag.parsing.parse import ParsedReport, parse
from rag.parsing.report import Report, Sentence
from rag.types import Span


@dataclass(frozen=True)
class ParsedSet:
    """A set with its reports parsed; of a divided set the half that is looked at."""

    items: tuple[GoldenItem, ...]
    texts: Mapping[str, str]  # by file name, like the next
    parsed: Mapping[str, ParsedReport]
    kept_aside: tuple[GoldenItem, ...] = ()  # the other half of a divided set

    @cached_property
    def reports(self) -> dict[str, Report]:
        return {p.report.id: p.report for p in self.parsed.values()}

    @cached_property
    def places(self) -> HeldPlaces:
        """The places that they are of."""
        return places_of(self.reports.values())

    @cached_property
    def towns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(r.metadata.town for r in self.reports.values() if r.metadata.town))

    @cached_property
    def actors(self) -> dict[str, tuple[str, ...]]:
        """The villages, firms and offices that each report names, by file name."""
        return {name: actor_names(parsed.report.text) for name, parsed in self.parsed.items()}

    def sentences(self, passage: Passage) -> list[Sentence]:
        """The sentences of a report that a quotation of its file lies in, where it stands first in a body sentence."""
        parsed = self.parsed[passage.doc]
        spans = [
            (parsed.offsets.to_source(Span(s.start, s.end)), s) for s in parsed.report.sentences if s.end > s.start
        ]
        found: list[Sentence] = []
        for begin in _places(passage, self.texts[passage.doc]):
            end = begin + len(passage.quote)
            inside = [sentence for span, sentence in spans if span.start < end and begin < span.end]
            found = found or inside
            if any(sentence.role == "body" for sentence in inside):
                return inside
        return found


def parse_set(eval_set: EvalSet) -> ParsedSet:
    """Parses every report of a set; of a divided one the tune half is looked at, and the other kept aside."""
    parsed = {name: parse(read_file(eval_set.folder / "reports" / name)) for name in sorted(eval_set.texts)}
    items = eval_set.items_of("tune" if eval_set.split else None)
    kept_aside = eval_set.items_of("check") if eval_set.split else ()
    return ParsedSet(items, eval_set.texts, parsed, kept_aside)


def _places(passage: Passage, text: str) -> list[int]:
    if passage.start is not None:
        return [passage.start]
    return [match.start() for match in re.finditer(re.escape(passage.quote), text)]
