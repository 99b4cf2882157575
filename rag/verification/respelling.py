"""A claim's figures in the report's own spelling, so that digits, 余, 多 and 约 are always the report's."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.text.figures import Figure, same_figure
from rag.text.lexicon import concept
from rag.text.normalization import fold_characters
from rag.text.parsed_text import ParsedText
from rag.verification.case import Case
from rag.verification.claims import Evidence
from rag.verification.figure_subjects import places_of_subject

_MARKS = concept("approximation_mark")


def respelled(case: Case) -> Case:
    """The same case with each figure spelled as its sentence spells it; itself where one of them has no place."""
    places = [places_of_subject(figure, case) for figure in case.figures]
    if case.claim.is_english or not all(places):
        return case
    text = case.claim.text
    for figure, found in zip(reversed(case.figures), reversed(places), strict=True):
        if (spelling := _spelling(figure, found)) is not None:
            text = _with_spelling(text, figure, spelling)
    return case if text == case.claim.text else replace(case, claim=ParsedText(text))


def _spelling(figure: Figure, places: Sequence[tuple[Evidence, Figure]]) -> str | None:
    """How the report spells a figure, None where the claim spells it so."""
    places = [(item, place) for item, place in places if place.measure == figure.measure] or places
    if any(_is_spelled_so(figure, item, place) for item, place in places):
        return None
    item, place = places[0]
    return fold_characters(item.text[place.start : place.end])


def _with_spelling(text: str, figure: Figure, spelling: str) -> str:
    """The text with a figure spelled anew; a word such as 突破 that stands before it already is not said twice."""
    before, mark = text[: figure.start], re.match(r"\D*", spelling)
    said_twice = mark[0] if mark and before.endswith(mark[0]) else ""
    return before + spelling.removeprefix(said_twice) + text[figure.end :]


def _is_spelled_so(figure: Figure, item: Evidence, place: Figure) -> bool:
    """Whether the sentence has the figure with its approximation, in the claim's own digits."""
    digits = re.findall(r"[\d.]+", figure.text) or [figure.text]
    if figure.kind == "date":
        digits = [part for part in digits if len(part) < 4]  # the year may be the report's own
    found = item.parsed.folded[place.start : place.end]
    return same_figure(figure, place) and _marks(figure.text) == _marks(found) and all(part in found for part in digits)


def _marks(text: str) -> frozenset[str]:
    return frozenset(_MARKS.all_in(text))
