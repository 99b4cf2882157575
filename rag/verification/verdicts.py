"""What verification is asked about a claim, and what it decides. Plain values."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rag.text.parsed_text import ParsedText
from rag.verification.excerpts import Excerpt
from rag.verification.towns import NO_TOWNS, TownNames

UnsupportedReason = Literal[
    "figure_not_in_evidence",  # no shown sentence has the figure
    "figure_of_other_subject",  # the sentence gives this figure to something else
    "town_or_year_differs",  # the sentence is about another town or year
    "words_not_in_evidence",  # names or words that no shown sentence carries
    "planned_not_done",  # the sentence is a plan, the claim says it was done
    "polarity_differs",  # the sentence says it is not so
    "language_differs",  # the question is in English, the claim is not
    "comparison_not_in_evidence",  # which is more is for code to compute, not for the model to say
    "beside_the_question",  # true, but about something else
    "no_statement",  # empty, a bare yes, or the question said again
]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What code decided on one claim; `sentences` are evidence numbers, empty where nothing carries the claim."""

    text: str
    sentences: tuple[int, ...]
    reason: UnsupportedReason | None
    is_quotation: bool = False  # the report's own words
    excerpts: tuple[Excerpt, ...] = ()  # of those sentences, nearest to it; none for an English claim
    denies: bool = False  # what is asked with yes or no
    is_only_worded: bool = False  # all but its wording is proved: figures, what they belong to, names, time and state

    @property
    def supported(self) -> bool:
        return self.reason is None


@dataclass(frozen=True)
class Asked:
    """What of the question matters here: its words and figures, and the towns it names."""

    text: str
    towns: tuple[str, ...] = ()
    is_yes_no: bool = False
    asks_plan: bool = False
    held_towns: TownNames = NO_TOWNS  # of the library, so that a foreign one is recognised

    @cached_property
    def parsed(self) -> ParsedText:
        """The question, read once."""
        return ParsedText(self.text)
