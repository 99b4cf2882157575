"""Whether what a claim tells as done was done: a plan, or work under way, is no result."""

import re

from rag.text.lexicon import concept
from rag.text.parsed_text import ParsedText
from rag.verification.case import Case
from rag.verification.claims import Evidence
from rag.verification.clause_likeness import LEAST_WORDS, likest
from rag.verification.denial import is_denial

_ALREADY = concept("already")
_DONE = _ALREADY | concept("done")
_PLANNED = concept("intention", "aim")
_PLAN_MET = re.compile(rf"{concept('reached').any}了?(?:年度|全年|年初)?{concept('plan_or_task').any}")


def is_under_way(folded: str) -> bool:
    """Whether a clause says that something is begun or to come."""
    return bool(concept("under_way", "intention").search(folded))


def speaks_of_plans(folded: str) -> bool:
    """Whether a text speaks of what is to come."""
    return bool(_PLANNED.search(folded))


def tells_no_plan_as_done(case: Case) -> bool:
    """A plan, or work under way, told as done is not supported; nor is a plan told plainly where none was asked for."""
    claim = case.claim
    is_plan_told = speaks_of_plans(_PLAN_MET.sub(" ", claim.folded))  # a plan that was fulfilled is none
    if is_plan_told or is_denial(claim.folded):
        return True
    if all(item.sentence.kind == "plan" for item in case.chosen) and not case.asked.asks_plan:
        return False
    return not any(_is_still_open(clause, case) for clause in _done_clauses(claim))


def tells_intent_only_where_told(case: Case) -> bool:
    """A claim speaks of plans only where one of its sentences is a plan or says that something is to come."""
    if case.claim.is_english or not concept("explicit_intention").search(case.claim.folded):
        return True
    return any(
        item.sentence.kind == "plan" or speaks_of_plans(item.parsed.folded) or is_under_way(item.parsed.folded)
        for item in case.chosen
    )


def _done_clauses(claim: ParsedText) -> list[ParsedText]:
    """The clauses of a claim that say that something is done."""
    clauses = [clause for clause in claim.clauses if _DONE.search(clause.folded)]
    return [clause for clause in clauses if _ALREADY.search(clause.folded) or not is_under_way(clause.folded)]


def _is_still_open(clause: ParsedText, case: Case) -> bool:
    """Whether what a clause tells as done is a plan or under way in the clauses that are likest to it."""
    words = clause.bigrams if len(clause.bigrams) >= LEAST_WORDS else case.claim.bigrams
    alike = likest(words, case)
    if any(_says_done(told.folded, item, clause.folded) for told, item in alike):
        return False
    is_plan = all(item.sentence.kind == "plan" for item in case.chosen)
    return is_plan or any(is_under_way(told.folded) for told, _ in alike)


def _says_done(told: str, item: Evidence, clause: str) -> bool:
    """Whether a clause of a report says that something is done; 完成 in a plan names what is to be done."""
    if item.sentence.kind == "plan" and _ALREADY.search(clause) and not _ALREADY.search(told):
        return False
    return bool(_DONE.search(told)) and not is_under_way(told)
