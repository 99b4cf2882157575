"""Which figures of a claim the evidence must carry: all but years, and those of the question that the claim denies."""

import re

from rag.text.figures import Figure, same_amount
from rag.text.lexicon import concept
from rag.text.parsed_text import ParsedText
from rag.verification.verdicts import Asked

BEFORE, BEHIND = 8, 5  # characters beside a figure in which a denial is about it
_DENIAL = re.compile(rf"{concept('denial_of_a_figure').any}|\bnot\b")


def figures_to_check(claim: ParsedText, asked: Asked) -> tuple[Figure, ...]:
    """The figures of a claim in order, without those that need no sentence."""
    return tuple(f for f in claim.figures if f.kind != "year" and not _is_denied(f, claim, asked))


def _is_denied(figure: Figure, claim: ParsedText, asked: Asked) -> bool:
    beside = claim.folded[max(0, figure.start - BEFORE) : figure.start] + claim.folded[figure.end : figure.end + BEHIND]
    return bool(_DENIAL.search(beside)) and any(same_amount(figure, other) for other in asked.parsed.figures)
