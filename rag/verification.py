"""Deciding whether a claim is supported: pure code, no model.

A claim is aligned to the smallest set of shown sentences that carries its figures and words. Each figure must stand
there with its value, unit and approximation, and belong to the same subject; towns and years must be those of the
sentences, or follow from the report's title. What the model says about its sources is only a hint.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.alignment import MAXIMUM_SENTENCES, align, places_of, words_of
from rag.english import is_english, names_carried
from rag.figures import Figure, read_figures, same_amount, same_figure, years_in
from rag.folding import fold, fold_characters
from rag.periods import asks_whole_year, counts_for_less, own_years
from rag.stance import check_comparison, check_polarity, check_tense, is_intent_unfounded
from rag.subjects import is_of_subject, without_figures
from rag.types import Evidence
from rag.units import UNITS
from rag.unsaid import unsaid_words
from rag.wording import character_coverage, content_bigrams

UnsupportedReason = Literal[
    "figure_not_in_evidence",  # no shown sentence has the figure
    "figure_of_other_subject",  # the sentence gives this figure to something else
    "town_or_year_differs",  # the sentence is about another town or year
    "words_not_in_evidence",  # names or words that no shown sentence carries
    "planned_not_done",  # the sentence is a plan, the claim says it was done
    "polarity_differs",  # the sentence says it is not so
    "language_differs",  # the question is in English, the claim is not
    "comparison_not_in_evidence",  # which is more is for code to compute, not for the model to say
    "beside_the_question",  # true, but about something else
    "no_statement",  # empty, a bare yes, or the question said again
]

NEW_WORDS_COVERED = 0.5  # of a claim's words that the question does not have
ALL_WORDS_COVERED = 0.45  # of all its words
LONG_ITEM = 4  # characters of a list item that is looked for in further sentences

_AGREEMENT = re.compile(
    r"^(?:是的?|不是|没有|有|对|不对|否)[，,。]|没有|报告(?:中|里)?(?:说|提到|写的?是?)?|以及|另外"
)  # adds no fact
_ASKS = re.compile(r"[?？]$|多少|什么|哪些|哪个|几[个户人家起条次]")
_MARKS = re.compile(r"[余多近约超逾]|以上|左右")
_LISTS = re.compile("[、；;]")
_EDGES = re.compile(r"^\W+|\W+$")
_OFFICE = re.compile(
    r"(?:书记|镇长|乡长|主任|主席|局长|校长|村长|支书|所长|站长|县长|市长|院长|队长)(?:是|叫|名叫|为|姓名是)([\u4e00-\u9fff]{2,4})"
)
_NOT_A_NAME = re.compile(r"组长|主体|成员|代表|第一|核心|负责|牵头|总|全|各|一")
_TASK = re.compile(r"任务|指标|目标")
_TASK_SET = re.compile(r"(?:任务|指标)(?:数|量|面积)?(?:为|是|共)?$")
SAYS_YES = 0.9  # of a claim's words that are the question's own
_UNIT = "|".join(map(re.escape, sorted(UNITS, key=len, reverse=True)))
_COUNTED = re.compile(rf"(?:多少|几)(?:{_UNIT})?的?([\u4e00-\u9fff]{{2,4}})[？?，,]")
_DENIAL = re.compile(r"(?:不是|并非|而非|不等于|有误|不对|不正确|不符|\bnot\b)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What code decided on one claim; `sentences` are evidence numbers, empty where nothing carries the claim."""

    text: str
    sentences: tuple[int, ...]
    reason: UnsupportedReason | None
    is_quotation: bool = False  # the report's own words

    @property
    def supported(self) -> bool:
        return self.reason is None


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the question matters here: its folded words and figures, and the towns it names."""

    text: str
    towns: tuple[str, ...] = ()
    is_yes_no: bool = False
    asks_plan: bool = False
    known_towns: tuple[str, ...] = ()  # all towns of the library, so that a foreign one is recognised
    unproved: frozenset[str] = frozenset()  # bigrams of the question that another report's sentences have


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
    chosen, missing = align(text, figures, hints, usable)
    if missing is None and not _names_several(text, asked) and len({item.report_id for item in chosen}) > 1:
        usable = [item for item in usable if item.report_id == chosen[0].report_id]  # no claim mixes two reports
        chosen, missing = align(text, figures, hints, usable)
    if missing is not None:
        return Verdict(text, (), "figure_not_in_evidence")
    chosen = _with_list_items(text, chosen, usable, asked)
    asked = replace(asked, unproved=_words_elsewhere(asked, chosen, evidence))
    numbers = tuple(sorted(item.number for item in chosen))
    text, reason = _check_figures(text, figures, chosen, usable)
    reason = (
        reason
        or _check_places(text, chosen, asked)
        or check_tense(text, chosen, asked.asks_plan)
        or _check_words(text, chosen, asked)
        or check_polarity(text, chosen, asked.text, asked.is_yes_no)
        or check_comparison(text, chosen)
        or _check_period(text, figures, chosen, asked)
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
    return character_coverage(without_figures(text), content_bigrams(asked.text), frozenset()) == 1.0


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


def _check_figures(
    text: str, figures: Sequence[Figure], chosen: Sequence[Evidence], evidence: Sequence[Evidence]
) -> tuple[str, UnsupportedReason | None]:
    """Subject and approximation of each figure; where only the spelling differs, the sentence's own takes the place of
    the claim's, so that digits, 余, 多 and 约 are always the report's."""
    spelled: list[tuple[Figure, str]] = []
    for figure in figures:
        places = [(item, place) for item in chosen for place in places_of(figure, item)]
        places = [(item, place) for item, place in places if is_of_subject(text, figure, item, place, evidence)]
        if not places:
            return text, "figure_of_other_subject"
        places = [(item, place) for item, place in places if place.measure == figure.measure] or places
        if not is_english(text) and not any(_is_spelled_so(figure, item, place) for item, place in places):
            item, place = places[0]
            spelled.append((figure, fold_characters(item.text[place.start : place.end])))
    for figure, spelling in reversed(spelled):
        before, mark = text[: figure.start], re.match(r"\D*", spelling)
        said_twice = (
            mark[0] if mark and before.endswith(mark[0]) else ""
        )  # 突破 stands before the claim's figure already
        text = before + spelling.removeprefix(said_twice) + text[figure.end :]
    return text, None


def _is_spelled_so(figure: Figure, item: Evidence, place: Figure) -> bool:
    """Whether the sentence has the figure with its approximation, in the claim's own digits."""
    digits = re.findall(r"[\d.]+", figure.text) or [figure.text]
    if figure.kind == "date":
        digits = [part for part in digits if len(part) < 4]  # the year may be the report's own
    found = fold(item.text[place.start : place.end])
    is_marked_so = set(_MARKS.findall(fold(figure.text))) == set(_MARKS.findall(found))
    return same_figure(figure, place) and is_marked_so and all(part in found for part in digits)


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


def _check_period(
    text: str, figures: Sequence[Figure], chosen: Sequence[Evidence], asked: Asked
) -> UnsupportedReason | None:
    """A count up to some month is not the year's, and a task set is not a result."""
    for figure in figures:
        before = [item.text[: place.start] for item in chosen for place in places_of(figure, item)]
        if not before:
            continue
        if asks_whole_year(text) and counts_for_less(before):
            return "town_or_year_differs"
        if (said := years_in(text)) and (own := own_years(before)) and not said & own:
            return "town_or_year_differs"
        if not _TASK.search(text + asked.text) and all(_TASK_SET.search(words) for words in before):
            return "planned_not_done"
    return None


def _check_words(text: str, chosen: Sequence[Evidence], asked: Asked) -> UnsupportedReason | None:
    if is_english(text):
        said = " ".join(item.text for item in chosen)
        return None if names_carried(text, said, asked.text) else "words_not_in_evidence"
    carried = frozenset().union(*(words_of(item) | _context_words(item) for item in chosen))
    words = _AGREEMENT.sub(" ", without_figures(text))
    if character_coverage(words, content_bigrams(asked.text), carried) < NEW_WORDS_COVERED:
        return "words_not_in_evidence"
    if character_coverage(words, frozenset(), carried) < ALL_WORDS_COVERED:
        return "words_not_in_evidence"
    if not all(name in _said(chosen) for name in _office_holders(text)):
        return "words_not_in_evidence"
    if _counts_unsaid(text, carried, asked):
        return "words_not_in_evidence"
    if _unsaid(text, chosen, asked) or is_intent_unfounded(text, chosen):
        return "words_not_in_evidence"
    return None


def _office_holders(text: str) -> list[str]:
    """Names that a claim gives to offices; the question naming them proves nothing."""
    return [match[1] for match in _OFFICE.finditer(fold(text)) if not _NOT_A_NAME.search(match[1])]


def _counts_unsaid(text: str, carried: frozenset[str], asked: Asked) -> bool:
    """Whether a claim counts what the question asks to be counted, and its sentences do not speak of that.

    Example: 接待了多少游客 is not answered by 采摘园200亩 told as 接待了200亩采摘园的游客
    """
    counted = [content_bigrams(match[1]) for match in _COUNTED.finditer(fold(asked.text))]
    return any(noun and noun & content_bigrams(text) and not noun & carried for noun in counted)


def _said(chosen: Sequence[Evidence]) -> str:
    return "".join(fold(item.text) for item in chosen)


def _only_says_yes(text: str, asked: Asked) -> bool:
    """Whether a claim affirms a yes-or-no question in its own words: then each of them is to be proved."""
    words = _AGREEMENT.sub(" ", without_figures(text))
    return asked.is_yes_no and character_coverage(words, frozenset(), content_bigrams(asked.text)) >= SAYS_YES


def _unsaid(text: str, chosen: Sequence[Evidence], asked: Asked) -> tuple[str, ...]:
    """The claim's words that neither the chosen sentences nor the question have."""
    asked_words = content_bigrams(asked.text) - asked.unproved
    if asked.is_yes_no:
        asked_words = frozenset()  # what is asked is to be proved
    known = asked_words.union(*(_context_words(item) for item in chosen))
    words = _AGREEMENT.sub(" ", without_figures(text))
    said = [without_figures(item.text) for item in chosen]
    return unsaid_words(words, known, said, is_strict=_only_says_yes(text, asked))


def _with_list_items(
    text: str, chosen: Sequence[Evidence], evidence: Sequence[Evidence], asked: Asked
) -> list[Evidence]:
    """A claim that lists things gets the sentences that name those of its items that are still open, and what it says
    whole, such as 县委 for the salutation of a report."""
    found = list(chosen)
    if is_english(text) or not (unsaid := _unsaid(text, chosen, asked)):
        return found
    whole = [e for e in evidence if (words := _EDGES.sub("", fold(e.text))) and len(words) > 1 and words in fold(text)]
    items = [item for item in unsaid if len(item) >= LONG_ITEM and _LISTS.search(text)]
    naming = [next((e for e in evidence if item in fold(e.text)), None) for item in items]
    more = dict.fromkeys(e for e in (*whole, *naming) if e is not None and e not in chosen)
    return [*found, *list(more)[: max(0, MAXIMUM_SENTENCES - len(found))]]


def _context_words(item: Evidence) -> frozenset[str]:
    return content_bigrams(f"{item.county or ''}{item.town or ''} {item.sentence.section}")
