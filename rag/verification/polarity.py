"""Whether a claim denies what its sentences deny, and affirms nothing that they deny."""

import re
from dataclasses import replace

from rag.text.bigrams import bigrams_in, coverage_in
from rag.text.clauses import CLAUSE_MARKS
from rag.text.lexicon import concept
from rag.text.parsed_text import ParsedText
from rag.verification.case import Case
from rag.verification.claims import Evidence
from rag.verification.clause_likeness import LEAST_WORDS, clauses_of, likest, likest_to_a_full
from rag.verification.denial import DENIED, NEGATED, denied_words
from rag.verification.tense import is_under_way, speaks_of_plans

CONTRADICTED = 0.5  # of an affirming clause's words that a denying clause must carry to contradict it
NEXT_TO_NEGATION = 4  # characters behind a report's negation that it denies for certain
DENIED_OUTRIGHT = 0.7  # of what a clause denies that the claim must say for it to be denied
COPIED = 0.95  # of a clause's characters, from which it is taken for a copy
LONG_CLAUSE = 12  # characters; shorter ones may be alike by chance

_ANY_ONE = re.compile(r"^一?[人例起户个名项](?:因|由于|发生)?")
_ASKED_WHETHER = re.compile(rf"{concept('yes_no').any}|{concept('closing_yes_no').any}(?=[?]?$)")
_CORRECTION = re.compile(
    rf"{concept('not_but').any}[^{CLAUSE_MARKS}]*[，,]?(?:而是)?"
)  # denies the question, not the fact
_NO_WORDS = frozenset[str]()


def denies_what_is_denied(case: Case) -> bool:
    """What a clause of the claim denies the sentences must deny, and what they deny it must not affirm."""
    said = ParsedText(_CORRECTION.sub("", case.claim.text)) if _CORRECTION.search(case.claim.text) else case.claim
    case = replace(case, claim=said)
    denying = [clause for clause in said.clauses if DENIED.search(clause.folded)]
    if case.asked.is_yes_no:
        denying = [clause for clause in denying if not _is_only_planned(clause, case)]
    if not all(_is_denied_too(clause, case) for clause in denying):
        return False
    if DENIED.search(_ASKED_WHETHER.sub("", case.asked.parsed.folded)):
        return True
    affirming = [clause for clause in said.clauses if not DENIED.search(clause.folded)]
    if not denying and len(affirming) == len(said.clauses) and _is_denied_outright(case):
        return False
    return not any(_is_contradicted(clause, case) for clause in affirming)


def _is_denied_outright(case: Case) -> bool:
    """Whether a clause denies what a claim affirms throughout: nearly all that it denies stands in the claim."""
    for clause, _ in clauses_of(case):
        if found := NEGATED.search(clause.folded):
            denied = _ANY_ONE.sub("", clause.folded[found.end() :])
            is_said = coverage_in(denied, _NO_WORDS, case.claim.bigrams) >= DENIED_OUTRIGHT
            if is_said and len(bigrams_in(denied)) >= 2:
                return True
    return False


def _is_only_planned(clause: ParsedText, case: Case) -> bool:
    """Whether a clause denies, before the claim speaks of the plan, what the sentences plan or have under way."""
    behind = case.claim.folded[clause.start + len(clause.text) :]
    is_bare = len(denied_words(clause.folded)) < LEAST_WORDS and not re.search(r"\d", clause.folded)
    if speaks_of_plans(clause.folded) or is_under_way(clause.folded) or not (speaks_of_plans(behind) or is_bare):
        return False
    alike = likest(clause.bigrams, case) or [(item.parsed, item) for item in case.chosen]
    return any(item.sentence.kind == "plan" or is_under_way(told.folded) for told, item in alike)


def _is_denied_too(clause: ParsedText, case: Case) -> bool:
    """Whether a sentence denies as often, and some of the words that a claim's clause denies.

    What denies few words must be told so by the likest clause; a bare 没有 may deny anything.
    """
    if _is_copied_with_a_denial(clause, case):
        return False
    denied, words = denied_words(clause.folded), bigrams_in(DENIED.sub(" ", clause.folded))
    told = [part for part, _ in clauses_of(case) if DENIED.search(part.folded)]
    times = sum(len(DENIED.findall(part.folded)) for part in told if not words or words & part.bigrams)
    if times < len(DENIED.findall(clause.folded)):
        return False
    if len(denied) >= LEAST_WORDS:
        return any(denied & denied_words(part.folded) for part in told)
    alike = likest_to_a_full(words, case)
    return bool(told) and (not alike or any(DENIED.search(part.folded) for part, _ in alike))


def _is_copied_with_a_denial(clause: ParsedText, case: Case) -> bool:
    """Whether a clause is a long one of a sentence but for a denial: 工程未建设须先报告 for 工程建设须先报告."""
    said = DENIED.sub(" ", clause.folded)
    copied = [
        part.folded
        for part, _ in clauses_of(case)
        if len(part.text) >= LONG_CLAUSE and coverage_in(said, _NO_WORDS, part.bigrams) >= COPIED
    ]
    times = len(DENIED.findall(clause.folded))
    return bool(copied) and all(len(DENIED.findall(part)) < times for part in copied)


def _is_contradicted(clause: ParsedText, case: Case) -> bool:
    """Whether the clauses that are likest to one of the claim's deny what it says."""
    alike = likest_to_a_full(clause.bigrams, case)
    return bool(alike) and all(_denies(told.folded, clause, item) for told, item in alike)


def _denies(told: str, clause: ParsedText, item: Evidence) -> bool:
    if not DENIED.search(told) or not denied_words(told, NEXT_TO_NEGATION) & clause.bigrams:
        return False
    return clause.covered(item.place_words, bigrams_in(told)) >= CONTRADICTED
