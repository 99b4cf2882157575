"""Deciding whether a claim is supported: pure code, no model.

A claim is aligned to the smallest set of shown sentences that carries its figures and words. Each figure must stand
there with its value, unit and approximation, and belong to the same subject; towns and years must be those of the
sentences, or follow from the report's title. What the model says about its sources is only a hint.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.text.bigrams import character_coverage, content_bigrams
from rag.text.english import is_english
from rag.text.figures import read_figures, years_in
from rag.text.normalization import fold
from rag.verification.alignment import align, words_of
from rag.verification.claims import Evidence
from rag.verification.comparatives import check_comparison
from rag.verification.figure_qualifiers import check_qualifiers
from rag.verification.figure_subjects import without_figures
from rag.verification.figure_values import check_figures, check_period, figures_to_check
from rag.verification.tense_and_polarity import check_polarity, check_tense
from rag.verification.verdicts import Asked, UnsupportedReason, Verdict
from rag.verification.words import AGREEMENT, check_words, with_list_items

_ASKS = re.compile(r"[?？]$|多少|什么|哪些|哪个|几[个户人家起条次]")


def verify(text: str, hints: Sequence[int], evidence: Sequence[Evidence], asked: Asked) -> Verdict:
    """Decides on one claim; repairs a figure's spelling where only the approximation is missing."""
    text = text.strip()
    if _says_nothing(text) or _says_the_question_again(text, asked):
        return Verdict(text, (), "no_statement")
    if is_english(asked.text) and asked.text and not is_english(text):
        return Verdict(text, (), "language_differs")
    figures = figures_to_check(text, asked)
    usable = [item for item in evidence if not _other_place(text, item, asked) and not _other_year(text, item)]
    if not usable:
        return Verdict(text, (), "town_or_year_differs")
    chosen, missing = align(text, figures, hints, usable)
    if missing is None and not _names_several(text, asked) and len({item.report_id for item in chosen}) > 1:
        usable = [item for item in usable if item.report_id == chosen[0].report_id]  # no claim mixes two reports
        chosen, missing = align(text, figures, hints, usable)
    if missing is not None:
        return Verdict(text, (), "figure_not_in_evidence")
    chosen = with_list_items(text, chosen, usable, asked)
    asked = replace(asked, unproved=_words_elsewhere(asked, chosen, evidence))
    numbers = tuple(sorted(item.number for item in chosen))
    text, reason = check_figures(text, figures, chosen, usable)
    figures = figures_to_check(text, asked)  # their places in the text as it is spelled now
    reason = (
        reason
        or _check_places(text, chosen, asked)
        or check_tense(text, chosen, asked.asks_plan)
        or check_words(text, chosen, asked)
        or check_polarity(text, chosen, asked.text, asked.is_yes_no)
        or check_comparison(text, chosen)
        or check_period(text, figures, chosen, asked)
        or check_qualifiers(text, figures, chosen, asked)
    )
    return Verdict(text, numbers, reason)


def _says_nothing(text: str) -> bool:
    if _ASKS.search(fold(text)):
        return True
    return not read_figures(text) and len(content_bigrams(AGREEMENT.sub(" ", text))) < 2


def _says_the_question_again(text: str, asked: Asked) -> bool:
    """Whether a claim has no figure and no word that the question, which is no yes-or-no question, does not have."""
    if not asked.text or asked.is_yes_no or is_english(text):
        return False
    known = {figure.value for figure in read_figures(asked.text)}
    if any(figure.value not in known for figure in read_figures(text)):
        return False
    return character_coverage(without_figures(text), content_bigrams(asked.text), frozenset()) == 1.0


def _other_place(text: str, item: Evidence, asked: Asked) -> bool:
    """Whether the claim names towns of the library and this sentence's town is not among them."""
    folded = fold(text)
    named = [town for town in asked.known_towns if fold(town) in folded]
    return bool(named) and item.town not in named


def _names_several(text: str, asked: Asked) -> bool:
    """Whether a claim is about several towns, by its own words or the question's."""
    folded = fold(text)
    return len(asked.towns) > 1 or sum(fold(town) in folded for town in asked.known_towns) > 1


def _words_elsewhere(asked: Asked, chosen: Sequence[Evidence], evidence: Sequence[Evidence]) -> frozenset[str]:
    """What the question has from another report's sentences; said of this report it needs proof."""
    own = {item.report_id for item in chosen}
    others = (words_of(item) for item in evidence if item.report_id not in own)
    return content_bigrams(asked.text) & frozenset[str]().union(*others)


def _other_year(text: str, item: Evidence) -> bool:
    """Whether the claim is about other years than the sentence's: its own, its report's, or those it names."""
    years = years_in(text)
    if not years:
        return False
    own = {item.year, item.report_year} | years_in(item.text)
    if item.sentence.kind == "plan" and item.year not in years:
        return not years & (own - {item.report_year})
    return not years & own


def _check_places(text: str, chosen: Sequence[Evidence], asked: Asked) -> UnsupportedReason | None:
    """Every town and year that the claim names must be that of a sentence it rests on."""
    folded = fold(text)
    towns = {town for town in asked.known_towns if fold(town) in folded}
    years = years_in(text)
    own = {year for item in chosen for year in (item.year, item.report_year)}
    own |= {year for item in chosen for year in years_in(item.text)}
    if towns - {item.town for item in chosen} or years - own:
        return "town_or_year_differs"
    return None
