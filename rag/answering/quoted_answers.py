"""The report's own words as a claim."""

from collections.abc import Sequence

from rag.answering.candidates import Candidate
from rag.answering.questions import Question
from rag.text.bigrams import content_bigrams
from rag.text.clauses import CLAUSE_MARK
from rag.text.lexicon import concept, table
from rag.text.normalization import fold, fold_characters
from rag.text.units import same_measure
from rag.verification.claims import Evidence
from rag.verification.denial import is_denial
from rag.verification.excerpts import excerpt_of
from rag.verification.tense import is_under_way, speaks_of_plans
from rag.verification.verdicts import Verdict

_OCCURS = concept("occurs")
_BOUNDS = table("bounds")


def quotation(asked: Question, quote: Candidate) -> Verdict:
    """The report's own words as a claim."""
    numbers = tuple(item.number for item in quote.items)
    text = fold_characters(quote.text)
    shown = quote.excerpts
    if asked.asks_state and (quote.is_plan or is_unfinished(asked, quote)):
        return Verdict(text, numbers, "planned_not_done", is_quotation=True, excerpts=shown)
    has = asked.is_yes_no and _OCCURS.search(asked.text)
    # a bare yes would say more than the quotation
    denies = bool(has and is_denial(fold(text))) or is_another_amount(asked, quote)
    return Verdict(text, numbers, None, is_quotation=True, excerpts=shown, denies=denies)


def is_unfinished(asked: Question, quote: Candidate) -> bool:
    """Whether the clause likest to the question says that a thing is begun, under way, done in part or to come.

    Where that one says nothing of the kind, the others do.
    """
    clauses = [each.item.clause(n) for each in quote.excerpts for n in each.clauses]
    likest = max(clauses, key=lambda clause: len(clause.bigrams & asked.about.bigrams))
    if _is_open(asked, likest.folded):
        return True
    tells_done = any(concept("done", "already").search(clause.folded) for clause in clauses)
    return not tells_done and any(_is_open(asked, clause.folded) for clause in clauses)


def _is_open(asked: Question, told: str) -> bool:
    is_partly = concept("partly").search(told) and not concept("partly").search(asked.parsed.folded)
    is_begun = concept("begun").search(told) and not (concept("done").search(told) or _asks_begun(asked))
    return bool(is_partly or is_begun or is_under_way(told) or speaks_of_plans(told))


def is_another_amount(asked: Question, quote: Candidate) -> bool:
    """Whether it is asked if an amount was reached or passed, and the only one of its measure was not."""
    amounts = [figure for figure in asked.parsed.quantities if figure.measure]
    if not asked.is_yes_no or len(amounts) != 1:
        return False
    (limit,) = amounts
    found = [f for f in quote.figures if f.kind == "quantity" and f.measure and same_measure(f.measure, limit.measure)]
    if len(found) != 1:
        return False
    (told,) = found
    way = asked.parsed.folded
    if _BOUNDS["below"].search(way):
        return told.approximation in ("", "over") and told.value >= limit.value
    at_most = told.approximation in ("", "under")  # of 2.6亿余元 it is not known how much it is
    if _BOUNDS["above"].search(way):
        return at_most and told.value <= limit.value
    return bool(_BOUNDS["reached"].search(way)) and at_most and told.value < limit.value


def _asks_begun(asked: Question) -> bool:
    """Whether it is asked if a thing was begun: 开工了吗."""
    return bool(concept("begun").search(asked.parsed.folded))


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
