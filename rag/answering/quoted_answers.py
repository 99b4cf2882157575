"""The report's own words as a claim."""

from collections.abc import Sequence

from rag.answering.candidates import Candidate
from rag.answering.questions import Question
from rag.text.bigrams import content_bigrams
from rag.text.clauses import CLAUSE_MARK
from rag.text.lexicon import concept
from rag.text.normalization import fold, fold_characters
from rag.verification.claims import Evidence
from rag.verification.denial import is_denial
from rag.verification.excerpts import excerpt_of
from rag.verification.verdicts import Verdict

_OCCURS = concept("occurs")


def quotation(asked: Question, quote: Candidate) -> Verdict:
    """The report's own words as a claim."""
    numbers = tuple(item.number for item in quote.items)
    text = fold_characters(quote.text)
    shown = quote.excerpts
    if asked.asks_done and quote.is_plan:
        return Verdict(text, numbers, "planned_not_done", is_quotation=True, excerpts=shown)
    has = asked.is_yes_no and _OCCURS.search(asked.text)
    denies = bool(has and is_denial(fold(text)))  # a bare yes would say more than the quotation
    return Verdict(text, numbers, None, is_quotation=True, excerpts=shown, denies=denies)


def denying_clause(asked: Question, verdicts: Sequence[Verdict], evidence: Sequence[Evidence]) -> Candidate | None:
    """The clause that denies what a claim affirms: it answers a yes-or-no question."""
    numbers = {n for v in verdicts if v.reason == "polarity_differs" for n in v.sentences}
    if not asked.is_yes_no:
        return None
    said = asked.about.bigrams
    clauses = [
        (len(content_bigrams(clause) & said), clause.strip(), item)
        for item in evidence
        if item.number in numbers
        for clause in CLAUSE_MARK.split(item.text)
        if is_denial(fold(clause))
    ]
    best = max(clauses, key=lambda each: each[0], default=None)
    return Candidate((excerpt_of(best[2], best[1]),)) if best and best[0] else None
