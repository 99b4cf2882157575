"""A claim that rests on given sentences, for tests of single checks."""

from collections.abc import Sequence

from rag.text.parsed_text import ParsedText
from rag.verification.case import Case
from rag.verification.claims import Evidence
from rag.verification.verdicts import Asked


def case_on(
    evidence: Sequence[Evidence], claim: str, question: str = "", *, is_yes_no: bool = False, asks_plan: bool = False
) -> Case:
    """The claim with all the sentences as those that carry it."""
    asked = Asked(question, is_yes_no=is_yes_no, asks_plan=asks_plan)
    return Case(ParsedText(claim), asked, evidence, evidence, evidence, None)
