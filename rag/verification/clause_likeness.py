"""Which clauses of the sentences are likest to a clause of the claim, by the words they share."""

from collections.abc import Iterable, Iterator

from rag.text.parsed_text import ParsedText
from rag.verification.case import Case
from rag.verification.claims import Evidence

LEAST_WORDS = 3  # bigrams; a clause of fewer says too little to be judged alone


def clauses_of(case: Case) -> Iterator[tuple[ParsedText, Evidence]]:
    """All clauses of the chosen sentences."""
    return ((clause, item) for item in case.chosen for clause in item.parsed.clauses)


def likest(words: frozenset[str], case: Case) -> list[tuple[ParsedText, Evidence]]:
    """The clauses that share most of the words; none where they share none."""
    told = list(clauses_of(case))
    most = max(_shared(words, (clause for clause, _ in told)), default=0)
    return [(clause, item) for clause, item in told if most and len(words & clause.bigrams) == most]


def likest_to_a_full(words: frozenset[str], case: Case) -> list[tuple[ParsedText, Evidence]]:
    """The same; none for a clause that says too little."""
    return likest(words, case) if len(words) >= LEAST_WORDS else []


def _shared(words: frozenset[str], clauses: Iterable[ParsedText]) -> list[int]:
    return [len(words & clause.bigrams) for clause in clauses]
