"""Whether what a claim calls more, most or first is said so by its sentences. Pure."""

import re
from collections.abc import Sequence

from rag.text.clauses import CLAUSE_BREAK
from rag.text.figures import read_figures, same_amount
from rag.text.normalization import fold
from rag.verification.claims import Evidence
from rag.verification.tense_and_polarity import StanceReason

_COMPARED = re.compile(
    r"[更最][多大长高少小短低早晚快]|[多大高长]于|比[^，。]{2,14}[多大长高少小短低]|\b(?:more|larger|longer|higher|fewer|less)\b"
)


_SUPERLATIVE = re.compile("最[多大高长少小短低早晚快]")


def check_comparison(text: str, chosen: Sequence[Evidence]) -> StanceReason | None:
    """Which is more is for code to compute, unless a sentence says it."""
    said = [fold(item.text) for item in chosen]
    if _COMPARED.search(text) and not any(_COMPARED.search(one) for one in said):
        return "comparison_not_in_evidence"
    figures = [figure for figure in read_figures(text) if figure.kind == "quantity"]
    for superlative in _SUPERLATIVE.findall(text):
        places = [clause for one in said for clause in _superlative_clauses(one, superlative)]
        carries = any(same_amount(f, other) for f in figures for clause in places for other in read_figures(clause))
        if not places or (figures and not carries):
            return "comparison_not_in_evidence"
    return None


def _superlative_clauses(text: str, superlative: str) -> list[str]:
    """The clauses that say what is most, with those beside them, which may have its figure."""
    clauses = ["", *(clause for clause in CLAUSE_BREAK.split(text) if clause), ""]
    return [
        "，".join(part for part in (before, clause, after) if part is clause or not _SUPERLATIVE.search(part))
        for before, clause, after in zip(clauses, clauses[1:], clauses[2:], strict=False)
        if superlative in clause
    ]
