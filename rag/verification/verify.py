"""Deciding whether a claim is supported: pure code, no model.

A claim is aligned to the smallest set of shown sentences that carries its figures and words, its figures are spelled as
the report spells them, and then every check must hold. What the model says about its sources is only a hint.
"""

from collections.abc import Sequence

from rag.verification.case import case_of
from rag.verification.checks import CHECKS
from rag.verification.claims import Evidence
from rag.verification.nearest_excerpts import nearest_excerpts
from rag.verification.respelling import respelled
from rag.verification.verdicts import Asked, Verdict


def verify(text: str, hints: Sequence[int], evidence: Sequence[Evidence], asked: Asked) -> Verdict:
    """Decides on one claim; the first check that fails gives the reason."""
    case = respelled(case_of(text, hints, evidence, asked))
    numbers = tuple(sorted(item.number for item in case.chosen)) if case.missing is None else ()
    for check in CHECKS:
        if not check.holds(case):
            shown = () if check.is_of_claim_alone else numbers
            return Verdict(case.claim.text, shown, check.reason, excerpts=nearest_excerpts(case) if shown else ())
    return Verdict(case.claim.text, numbers, None, excerpts=nearest_excerpts(case))
