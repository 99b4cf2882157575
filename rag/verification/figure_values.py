"""Whether a claim's figures are those of the sentences it rests on: value, subject, spelling and period. Pure."""

import re
from collections.abc import Sequence

from rag.text.english import is_english
from rag.text.figures import Figure, read_figures, same_amount, same_figure, years_in
from rag.text.normalization import fold, fold_characters
from rag.verification.alignment import places_of
from rag.verification.claims import Evidence
from rag.verification.figure_lists import mixes_up
from rag.verification.figure_periods import asks_whole_year, counts_for_less, own_years
from rag.verification.figure_subjects import is_of_subject
from rag.verification.verdicts import Asked, UnsupportedReason

_MARKS = re.compile(r"[余多近约超逾]|以上|左右")
_TASK = re.compile(r"任务|指标|目标")
_TASK_SET = re.compile(r"(?:任务|指标)(?:数|量|面积)?(?:为|是|共)?$")
_DENIAL = re.compile(r"(?:不是|并非|而非|不等于|有误|不对|不正确|不符|\bnot\b)")


def figures_to_check(text: str, asked: Asked) -> list[Figure]:
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


def check_figures(
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
        # 突破 may stand before the claim's figure already
        said_twice = mark[0] if mark and before.endswith(mark[0]) else ""
        text = before + spelling.removeprefix(said_twice) + text[figure.end :]
    return text, "figure_of_other_subject" if mixes_up(text, chosen) else None


def check_period(
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


def _is_spelled_so(figure: Figure, item: Evidence, place: Figure) -> bool:
    """Whether the sentence has the figure with its approximation, in the claim's own digits."""
    digits = re.findall(r"[\d.]+", figure.text) or [figure.text]
    if figure.kind == "date":
        digits = [part for part in digits if len(part) < 4]  # the year may be the report's own
    found = fold(item.text[place.start : place.end])
    is_marked_so = set(_MARKS.findall(fold(figure.text))) == set(_MARKS.findall(found))
    return same_figure(figure, place) and is_marked_so and all(part in found for part in digits)
