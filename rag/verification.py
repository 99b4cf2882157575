"""Deciding whether a claim is supported: pure code, no model.

A claim is aligned to the smallest set of shown sentences that carries its figures and words. Each figure must stand
there with its value, unit and approximation, and belong to the same subject; towns and years must be those of the
sentences, or follow from the report's title. What the model says about its sources is only a hint.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rag.english import is_english, names_carried
from rag.figures import Figure, read_figures, same_amount, same_figure, words_around
from rag.folding import fold, fold_characters
from rag.types import Evidence
from rag.wording import character_coverage, content_bigrams, coverage

UnsupportedReason = Literal[
    "figure_not_in_evidence",  # no shown sentence has the figure
    "figure_of_other_subject",  # the sentence gives this figure to something else
    "town_or_year_differs",  # the sentence is about another town or year
    "words_not_in_evidence",  # names or words that no shown sentence carries
    "planned_not_done",  # the sentence is a plan, the claim says it was done
    "polarity_differs",  # the sentence says it is not so
    "language_differs",  # the question is in English, the claim is not
    "comparison_not_in_evidence",  # which is more is for code to compute, not for the model to say
    "no_statement",  # empty, a bare yes, or the question said again
]

MAXIMUM_SENTENCES = 6  # quotations per claim
NEW_WORDS_COVERED = 0.5  # of a claim's words that the question does not have
ALL_WORDS_COVERED = 0.45  # of all its words
HINT_BONUS = 0.3
WORDS_OF_ONE_TOWN = 0.3  # of the words of a claim about several towns that a town's own sentence must carry

_DONE = re.compile(r"已经|已(?!知)|完成了|建成|竣工|落成|实现了")
_PLANNED = re.compile(r"计划|打算|规划|准备|将|拟|争取|力争|目标|思路|预计|下一步|要")
_NEGATED = re.compile(
    r"没有|未|无(?!线|人机|公害|障碍|偿|纺|缝|形|害)|不是|并非|尚未|(?<![\d.])0(?=起|例|人|事故|火情|疫情)|零(?=事故|发生|感染)|\bnot?\b|\bnone\b"
)
_COMPARED = re.compile(
    r"更[多大长高少小短低早晚快]|最[多大长高少小短低早晚快]|[多大高长]于|比[^，。]{2,14}[多大长高少小短低]|\b(?:more|larger|longer|higher|fewer|less)\b"
)
_CLAUSE = re.compile(r"[，,。；;！!？?\n:：]")
_CORRECTION = re.compile(r"(?:不是|并非|而非)[^，,。；;]*[，,]?(?:而是)?")  # denies the question, not the fact
_AGREEMENT = re.compile(
    r"^(?:是的?|不是|没有|有|对|不对|否)[，,。]|没有|报告(?:中|里)?(?:说|提到|写的?是?)?"
)  # adds no fact
_ASKS = re.compile(r"[?？]$|多少|什么|哪些|哪个|几[个户人家起条次]")
_DENIAL = re.compile(r"(?:不是|并非|而非|不等于|有误|不对|不正确|不符|\bnot\b)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What code decided on one claim; `sentences` are evidence numbers, empty where nothing carries the claim."""

    text: str
    sentences: tuple[int, ...]
    reason: UnsupportedReason | None

    @property
    def supported(self) -> bool:
        return self.reason is None


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the question matters here: its folded words and figures, and the towns it names."""

    text: str
    towns: tuple[str, ...] = ()
    is_yes_no: bool = False
    known_towns: tuple[str, ...] = ()  # all towns of the library, so that a foreign one is recognised


def verify(text: str, hints: Sequence[int], evidence: Sequence[Evidence], asked: Asked) -> Verdict:
    """Decides on one claim; repairs a figure's spelling where only the approximation is missing."""
    text = text.strip()
    if _says_nothing(text) or _says_the_question_again(text, asked):
        return Verdict(text, (), "no_statement")
    if is_english(asked.text) and asked.text and not is_english(text):
        return Verdict(text, (), "language_differs")
    figures = _figures_to_check(text, asked)
    usable = [item for item in evidence if not _other_place(text, item, asked) and not _other_year(text, item)]
    if not usable:
        return Verdict(text, (), "town_or_year_differs")
    chosen, missing = _align(text, figures, hints, usable)
    if missing is not None:
        return Verdict(text, (), "figure_not_in_evidence")
    numbers = tuple(sorted(item.number for item in chosen))
    text, reason = _check_figures(text, figures, chosen)
    reason = (
        reason
        or _check_places(text, chosen, asked)
        or _check_words(text, chosen, asked)
        or _check_tense(text, chosen)
        or _check_polarity(text, chosen, asked)
        or _check_comparison(text, chosen)
    )
    return Verdict(text, numbers, reason)


def _says_nothing(text: str) -> bool:
    if _ASKS.search(fold(text)):
        return True
    return not read_figures(text) and len(content_bigrams(_AGREEMENT.sub(" ", text))) < 2


def _says_the_question_again(text: str, asked: Asked) -> bool:
    """Whether a claim has no figure and no word that the question, which is no yes-or-no question, does not have."""
    if not asked.text or asked.is_yes_no or is_english(text):
        return False
    known = {figure.value for figure in read_figures(asked.text)}
    if any(figure.value not in known for figure in read_figures(text)):
        return False
    return character_coverage(_without_figures(text), content_bigrams(asked.text), frozenset()) == 1.0


def _figures_to_check(text: str, asked: Asked) -> list[Figure]:
    """Figures the evidence must carry: all but years, and those of the question that the claim denies."""
    in_question = read_figures(asked.text)
    found = []
    for figure in read_figures(text):
        if figure.kind == "year":
            continue
        before = text[max(0, figure.start - 8) : figure.start] + text[figure.end : figure.end + 5]
        if _DENIAL.search(before) and any(same_amount(figure, other) for other in in_question):
            continue
        found.append(figure)
    return found


def _other_place(text: str, item: Evidence, asked: Asked) -> bool:
    """Whether the claim names towns of the library and this sentence's town is not among them."""
    folded = fold(text)
    named = [town for town in asked.known_towns if fold(town) in folded]
    return bool(named) and item.town not in named


def _other_year(text: str, item: Evidence) -> bool:
    """Whether the claim is about other years than the sentence's: its own, its report's, or those it names."""
    years = {int(f.value) for f in read_figures(text) if f.kind == "year"}
    if not years:
        return False
    own = {item.year, item.report_year} | {int(f.value) for f in read_figures(item.text) if f.kind == "year"}
    if item.sentence.kind == "plan" and item.year not in years:
        return not years & (own - {item.report_year})
    return not years & own


def _align(
    text: str, figures: Sequence[Figure], hints: Sequence[int], evidence: Sequence[Evidence]
) -> tuple[list[Evidence], Figure | None]:
    """The smallest set of sentences that has all figures, best worded first; or the first figure that none has."""
    words = content_bigrams(text)
    worth = {
        item.number: round(coverage(words, _words(item)) + HINT_BONUS * (item.number in hints), 6) for item in evidence
    }
    open_figures = list(figures)
    chosen: list[Evidence] = []
    while open_figures and len(chosen) < MAXIMUM_SENTENCES:
        best = max(evidence, key=lambda item: (_carried(text, open_figures, item), worth[item.number], -item.number))
        left = [figure for figure in open_figures if not _places(figure, item=best)]
        if len(left) == len(open_figures):
            break
        chosen.append(best)
        open_figures = left
    if open_figures:
        return chosen, open_figures[0]
    if not chosen:
        chosen = [max(evidence, key=lambda item: (worth[item.number], -item.number))]
    chosen = _with_words(words, chosen, evidence, worth)
    return _with_towns(text, chosen, evidence, worth), None


def _carried(text: str, figures: Sequence[Figure], item: Evidence) -> float:
    """How well a sentence carries the open figures: each counts 1, a little more beside the claim's own words."""
    score = 0.0
    for figure in figures:
        places = _places(figure, item)
        if places:
            exact = any(same_figure(figure, place) for place in places)
            subject = content_bigrams(words_around(text, figure))
            near = max(coverage(subject, content_bigrams(words_around(item.text, p))) for p in places)
            score += 1 + 0.2 * exact + 0.5 * near
    return round(score, 6)


def _with_words(
    words: frozenset[str], chosen: list[Evidence], evidence: Sequence[Evidence], worth: dict[int, float]
) -> list[Evidence]:
    """Adds sentences while they carry a good part of the claim's words that is still open."""
    carried = frozenset().union(*(_words(item) for item in chosen))
    while len(chosen) < MAXIMUM_SENTENCES:
        left = words - carried
        rest = [item for item in evidence if item not in chosen]
        if not rest or len(left) < 4:
            break
        best = max(rest, key=lambda item: (len(left & _words(item)), worth[item.number], -item.number))
        if len(left & _words(best)) < max(3, 0.1 * len(words)):
            break
        chosen = [*chosen, best]
        carried |= _words(best)
    return chosen


def _with_towns(
    text: str, chosen: list[Evidence], evidence: Sequence[Evidence], worth: dict[int, float]
) -> list[Evidence]:
    """A claim that names several towns gets a sentence of each, if one carries its words."""
    folded = fold(text)
    open_towns = dict.fromkeys(item.town for item in evidence if item.town and fold(item.town) in folded)
    for town in open_towns:
        mine = [item for item in evidence if item.town == town]
        best = max(mine, key=lambda item: (worth[item.number], -item.number))
        if not any(item.town == town for item in chosen) and worth[best.number] >= WORDS_OF_ONE_TOWN:
            chosen = [*chosen, best]
    return chosen


def _words(item: Evidence) -> frozenset[str]:
    return content_bigrams(item.text)


def _places(figure: Figure, item: Evidence) -> list[Figure]:
    return [found for found in read_figures(item.text) if same_amount(figure, found)]


def _check_figures(
    text: str, figures: Sequence[Figure], chosen: Sequence[Evidence]
) -> tuple[str, UnsupportedReason | None]:
    """Subject and approximation of each figure; where only the approximation differs, the sentence's own spelling
    takes the place of the claim's, so that 余, 多 and 约 are always the report's."""
    spelled: list[tuple[Figure, str]] = []
    for figure in figures:
        places = [(item, place) for item in chosen for place in _places(figure, item)]
        places = [(item, place) for item, place in places if _same_subject(text, figure, item, place)]
        if not places:
            return text, "figure_of_other_subject"
        if not any(same_figure(figure, place) for _, place in places):
            item, place = places[0]
            spelled.append((figure, fold_characters(item.text[place.start : place.end])))
    for figure, spelling in reversed(spelled):
        text = text[: figure.start] + spelling + text[figure.end :]
    return text, None


def _same_subject(text: str, figure: Figure, item: Evidence, place: Figure) -> bool:
    """Whether no other figure of the sentence fits the claim's words for this figure clearly better.

    Each figure owns the words from the figure before it to the end of its clause.
    """
    subject = content_bigrams(words_around(text, figure)) - content_bigrams(f"{item.county or ''}{item.town or ''}")
    if len(subject) < 2 or is_english(text):
        return True
    if not subject & (_words(item) | content_bigrams(item.sentence.section)):
        return False
    found = read_figures(item.text)
    own = len(subject & content_bigrams(words_around(item.text, place)))
    others = [
        len(subject & content_bigrams(words_around(item.text, other)))
        for other in found
        if other is not place and other.kind == place.kind and other.measure == place.measure
    ]
    return (own + 1 >= max(others, default=0) and own >= 1) or own >= max(others, default=0)


def _check_places(text: str, chosen: Sequence[Evidence], asked: Asked) -> UnsupportedReason | None:
    """Every town and year that the claim names must be that of a sentence it rests on."""
    folded = fold(text)
    towns = {town for town in asked.known_towns if fold(town) in folded}
    years = {int(figure.value) for figure in read_figures(text) if figure.kind == "year"}
    own = {year for item in chosen for year in (item.year, item.report_year)}
    own |= {int(f.value) for item in chosen for f in read_figures(item.text) if f.kind == "year"}
    if towns - {item.town for item in chosen} or years - own:
        return "town_or_year_differs"
    return None


def _check_words(text: str, chosen: Sequence[Evidence], asked: Asked) -> UnsupportedReason | None:
    if is_english(text):
        said = " ".join(item.text for item in chosen)
        return None if names_carried(text, said, asked.text) else "words_not_in_evidence"
    carried = frozenset().union(*(_words(item) | _context_words(item) for item in chosen))
    words = _AGREEMENT.sub(" ", _without_figures(text))
    if character_coverage(words, content_bigrams(asked.text), carried) < NEW_WORDS_COVERED:
        return "words_not_in_evidence"
    if character_coverage(words, frozenset(), carried) < ALL_WORDS_COVERED:
        return "words_not_in_evidence"
    return None


def _without_figures(text: str) -> str:
    """The text with a gap for each figure: figures and their units are checked by themselves."""
    for figure in reversed(read_figures(text)):
        text = f"{text[: figure.start]} {text[figure.end :]}"
    return text


def _context_words(item: Evidence) -> frozenset[str]:
    return content_bigrams(f"{item.county or ''}{item.town or ''} {item.sentence.section}")


def _check_tense(text: str, chosen: Sequence[Evidence]) -> UnsupportedReason | None:
    """A plan told as done is not supported."""
    planned = all(item.sentence.kind == "plan" for item in chosen)
    if planned and _DONE.search(text) and not _PLANNED.search(text) and not _NEGATED.search(text):
        return "planned_not_done" if not any(_DONE.search(fold(item.text)) for item in chosen) else None
    return None


def _check_polarity(text: str, chosen: Sequence[Evidence], asked: Asked) -> UnsupportedReason | None:
    """The clauses that carry the claim best must deny where it denies, and affirm where it affirms."""
    words = content_bigrams(text)
    best = max(
        (clause for item in chosen for clause in _clauses(fold(item.text))),
        key=lambda clause: len(content_bigrams(clause) & words),
        default="",
    )
    if not content_bigrams(best) & words:
        return None
    said, found = (
        bool(_NEGATED.search(_CORRECTION.sub("", text))),
        any(_NEGATED.search(fold(item.text)) for item in chosen),
    )
    if said and not found and not _PLANNED.search(text):
        return "polarity_differs"
    if (
        not said
        and not _NEGATED.search(fold(asked.text))
        and _NEGATED.search(best)
        and len(content_bigrams(best) & words) >= 0.6 * len(words)
    ):
        return "polarity_differs"
    return None


def _check_comparison(text: str, chosen: Sequence[Evidence]) -> UnsupportedReason | None:
    if _COMPARED.search(text) and not any(_COMPARED.search(fold(item.text)) for item in chosen):
        return "comparison_not_in_evidence"
    return None


def is_denial(text: str) -> bool:
    """Whether a text says that something is not so."""
    return bool(_NEGATED.search(fold(text)))


def _clauses(text: str) -> Iterator[str]:
    return (part for part in _CLAUSE.split(text) if part)
