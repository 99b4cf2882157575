"""What a claim says that its sentences do not, and the further sentences that say it: items of a list above all."""

import re
from collections.abc import Sequence
from typing import Protocol

from rag.text.bigrams import coverage_in
from rag.text.lexicon import concept
from rag.text.parsed_text import ParsedText
from rag.verification.alignment import MAXIMUM_SENTENCES
from rag.verification.claims import Evidence
from rag.verification.unsaid_words import unsaid_words
from rag.verification.verdicts import Asked

LONG_ITEM = 3  # characters of a list item that is looked for in further sentences
SAYS_YES = 0.9  # of a claim's words that are the question's own

_AGREEMENT = re.compile(rf"^{concept('agreement').any}[，,。]|{concept('reference_to_the_report').any}")
_LISTS = re.compile("[、；;]")
_EDGES = re.compile(r"^\W+|\W+$")
_NO_WORDS = frozenset[str]()


class Claimed(Protocol):
    """A claim with the sentences it rests on so far."""

    @property
    def claim(self) -> ParsedText: ...
    @property
    def asked(self) -> Asked: ...
    @property
    def usable(self) -> Sequence[Evidence]: ...
    @property
    def chosen(self) -> Sequence[Evidence]: ...


def plain_words(claim: ParsedText) -> str:
    """A claim's folded words without its figures, a bare yes or no, and words about the report."""
    return _AGREEMENT.sub(" ", claim.without_figures)


def with_list_items(case: Claimed) -> list[Evidence]:
    """The sentences of a claim, with those that name items of its list that are still open, and what it says whole,
    such as 县委 for the salutation of a report."""
    found, claim = list(case.chosen), case.claim
    if claim.is_english or not (unsaid := unsaid_in(case)):
        return found
    whole = [item for item in case.usable if _is_said_whole(item, claim)]
    items = [item for item in unsaid if len(item) >= LONG_ITEM and _LISTS.search(claim.text)]
    naming = [next((e for e in case.usable if item in e.parsed.folded), None) for item in items]
    more = {e.number: e for e in (*whole, *naming) if e is not None and e not in found}
    return [*found, *list(more.values())[: max(0, MAXIMUM_SENTENCES - len(found))]]


def unsaid_in(case: Claimed, unproved: frozenset[str] = _NO_WORDS) -> tuple[str, ...]:
    """The claim's words that neither its sentences and their headings have nor the question.

    Of the question's words those in `unproved` count for nothing, and in a yes-or-no question none does: what is asked
    is to be proved.
    """
    asked = _NO_WORDS if case.asked.is_yes_no else case.asked.parsed.bigrams - unproved
    known = asked.union(*(item.context_words for item in case.chosen))
    said = [item.parsed.without_figures for item in case.chosen]
    return unsaid_words(plain_words(case.claim), known, said, is_strict=_only_says_yes(case))


def _is_said_whole(item: Evidence, claim: ParsedText) -> bool:
    words = _EDGES.sub("", item.parsed.folded)
    return len(words) > 1 and words in claim.folded


def _only_says_yes(case: Claimed) -> bool:
    """Whether a claim affirms a yes-or-no question in its own words: then each of them is to be proved."""
    asked = case.asked
    return asked.is_yes_no and coverage_in(plain_words(case.claim), _NO_WORDS, asked.parsed.bigrams) >= SAYS_YES
