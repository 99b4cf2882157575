"""Whether what a claim calls more, most or first is said so by its sentences."""

import re

from rag.text.figures import Figure, same_amount
from rag.text.lexicon import concept
from rag.text.parsed_text import ParsedText
from rag.verification.case import Case

_COMPARED = re.compile(
    rf"{(concept('comparative') | concept('superlative')).any}|比[^，。]{{2,14}}{concept('degree').any}"
    r"|\b(?:more|larger|longer|higher|fewer|less)\b"
)
_SUPERLATIVE = concept("superlative")


def compares_only_where_told(case: Case) -> bool:
    """Which is more is for code to compute, unless a sentence says it."""
    if _COMPARED.search(case.claim.folded) and not any(_COMPARED.search(said.folded) for said in case.said):
        return False
    return all(_is_told(superlative, case) for superlative in _SUPERLATIVE.all_in(case.claim.folded))


def _is_told(superlative: str, case: Case) -> bool:
    """Whether a sentence says what is most, with one of the claim's figures where it has any."""
    places = [figures for said in case.said for figures in _figures_beside(superlative, said)]
    own = case.claim.quantities
    return bool(places) and (
        not own or any(same_amount(f, other) for f in own for figures in places for other in figures)
    )


def _figures_beside(superlative: str, said: ParsedText) -> list[list[Figure]]:
    """For each clause that says what is most its figures, and those of the clauses beside it that say no such thing."""
    clauses = said.clauses
    return [
        [
            figure
            for beside in clauses[max(0, at - 1) : at + 2]
            if beside is clause or not _SUPERLATIVE.search(beside.folded)
            for figure in beside.figures
        ]
        for at, clause in enumerate(clauses)
        if superlative in clause.folded
    ]
