"""Where a text says that something is not so, and what it denies."""

import re

from rag.text.bigrams import bigrams_in
from rag.text.lexicon import concept

ZERO = rf"(?<![\d.])0(?={concept('countable_at_zero').any})|(?={concept('none_at_all').any})零"
NEGATED = re.compile(rf"{concept('denial').any}|{ZERO}|\bnot?\b|\bnone\b")
DENIED = re.compile(rf"{NEGATED.pattern}|(?={concept('not_enough').any})不")
"""Also that something is there, but not enough of it."""


def is_denial(folded: str) -> bool:
    """Whether a folded text says that something is not so."""
    return bool(NEGATED.search(folded))


def denied_words(folded: str, reach: int | None = None) -> frozenset[str]:
    """The words behind a clause's denials, as far as they reach, or all of them where none stands behind."""
    ends = [found.end() for found in DENIED.finditer(folded)]
    behind = frozenset().union(*(bigrams_in(folded[end : end + reach if reach else None]) for end in ends))
    return behind or bigrams_in(DENIED.sub(" ", folded))
