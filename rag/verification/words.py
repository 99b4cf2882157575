"""Whether a claim's words are those of the sentences it rests on."""

import re

from rag.text.bigrams import bigrams_in, coverage_in
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN
from rag.text.units import UNITS
from rag.verification.case import Case
from rag.verification.english_terms import names_carried
from rag.verification.list_items import plain_words, unsaid_in

NEW_WORDS_COVERED = 0.5  # of a claim's words that the question does not have
ALL_WORDS_COVERED = 0.45  # of all its words

_OFFICE = re.compile(rf"{concept('offices').any}(?:是|叫|名叫|为|姓名是)([{HAN}]{{2,4}})")
_UNIT = "|".join(map(re.escape, sorted(UNITS, key=len, reverse=True)))
_COUNTED = re.compile(rf"{concept('how_many').any}(?:{_UNIT})?的?([{HAN}]{{2,4}})[?,]")
_BODY = "|".join([concept("bureau", "place_name_end").any, table("place_level")["village"].any, *table("bodies")])
_NAME_END = re.compile(rf"[{HAN}]{{0,2}}?(?:{_BODY})")
_NO_WORDS = frozenset[str]()


def says_something(case: Case) -> bool:
    """A claim has a figure or words of its own, asks nothing, and does not only say the question again."""
    claim, asked = case.claim, case.asked
    if _ASKS.search(claim.folded):
        return False
    if not claim.figures and len(bigrams_in(plain_words(claim))) < 2:
        return False
    if not asked.text or asked.is_yes_no or claim.is_english:
        return True
    known = {figure.value for figure in asked.parsed.figures}
    if any(figure.value not in known for figure in claim.figures):
        return True
    return coverage_in(claim.without_figures, asked.parsed.bigrams, _NO_WORDS) < 1.0


_ASKS = re.compile(rf"[?]$|{concept('question_words_in_a_claim').any}")


def is_in_the_questions_language(case: Case) -> bool:
    """An English question is answered in English."""
    return not case.asked.text or not case.asked.parsed.is_english or case.claim.is_english


def names_are_carried(case: Case) -> bool:
    """All names and terms of an English claim stand in its sentences, but for those of the question."""
    said = " ".join(sentence.folded for sentence in case.said)
    return not case.claim.is_english or names_carried(case.claim, said, case.asked.text)


def words_are_covered(case: Case) -> bool:
    """Enough of a claim's words, and of those that the question has not, stand in its sentences and their headings."""
    if case.claim.is_english:
        return True
    words, carried = plain_words(case.claim), _carried(case)
    new = coverage_in(words, case.asked.parsed.bigrams, carried)
    return new >= NEW_WORDS_COVERED and coverage_in(words, _NO_WORDS, carried) >= ALL_WORDS_COVERED


def office_holders_are_named(case: Case) -> bool:
    """Whom a claim gives an office its sentences name; the question naming them proves nothing."""
    holders = [match[1] for match in _OFFICE.finditer(case.claim.folded)]
    said = "".join(sentence.folded for sentence in case.said)
    return case.claim.is_english or all(name in said for name in holders if not concept("no_names").search(name))


def counts_what_is_asked(case: Case) -> bool:
    """What the question asks to be counted, and the claim counts, its sentences speak of.

    Example: 接待了多少游客 is not answered by 采摘园200亩 told as 接待了200亩采摘园的游客
    """
    carried = _carried(case)
    counted = [bigrams_in(match[1]) for match in _COUNTED.finditer(case.asked.parsed.folded)]
    is_unsaid = any(noun and noun & case.claim.bigrams and not noun & carried for noun in counted)
    return case.claim.is_english or not is_unsaid


def leaves_nothing_unsaid(case: Case) -> bool:
    """Every stretch of a claim's words stands in its sentences, in their headings or in the question."""
    return case.claim.is_english or not unsaid_in(case, case.unproved)


def names_nothing_else(case: Case) -> bool:
    """No place or body that a claim names is missing in its sentences: 松江村 for 双桥村, 工商局 for 税务局."""
    folded = case.claim.folded
    for unsaid in unsaid_in(case, case.unproved):
        start = folded.find(unsaid)
        if start < 0 or _NAME_END.search(unsaid) or _NAME_END.match(folded, start + len(unsaid)):
            return False
    return True


def _carried(case: Case) -> frozenset[str]:
    return frozenset[str]().union(*(item.parsed.bigrams | item.context_words for item in case.chosen))
