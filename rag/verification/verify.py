"""Deciding whether a claim is supported: pure code, no model.

A claim is aligned to the smallest set of shown sentences that carries its figures and words, its figures are spelled as
the report spells them, and then every check must hold. What the model says about its sources is only a hint.
"""

from collections.abc import Sequence

from rag.verification.case import Case, case_of
from rag.verification.checks import CHECKS
from rag.verification.claims import Evidence
from rag.verification.nearest_excerpts import nearest_excerpts
from rag.verification.respelling import respelled
from rag.verification.verdicts import Asked, Verdict
from rag.verification.words import names_nothing_else


def verify(text: str, hints: Sequence[int], evidence: Sequence[Evidence], asked: Asked) -> Verdict:
    """Decides on one claim; the first check that fails gives the reason."""
    case = respelled(case_of(text, hints, evidence, asked))
    numbers = tuple(sorted(item.number for item in case.chosen)) if case.missing is None else ()
    first = next((check for check in CHECKS if not check.holds(case)), None)
    shown = () if first is not None and first.is_of_claim_alone else numbers
    return Verdict(
        case.claim.text,
        shown,
        first.reason if first else None,
        excerpts=nearest_excerpts(case) if shown else (),
        is_only_worded=first is not None and first.is_of_wording and _holds_but_for_wording(case),
    )


def _holds_but_for_wording(case: Case) -> bool:
    return all(check.holds(case) for check in CHECKS if not check.is_of_wording) and names_nothing_else(case)
