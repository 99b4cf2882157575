"""Areas, farms, regiments, villages and bureaus that a question names and no report is of.

Their ends are common words too (开发区, 农场, 村), so that a name counts only where one can begin, without a word of
reports in it, and, but for bureaus, where no report has it: what reports speak of is found by its sentences as it is.
"""

import re
from collections.abc import Iterator, Sequence

from rag.library.held_places import HeldPlaces
from rag.library.named_place import NamedPlace
from rag.text.clauses import CLAUSE_MARKS
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN
from rag.text.numerals import ONES, ZEROS

_KINDS = table("places_of_other_levels")
_HEAD = rf"(?:^|(?<=[{CLAUSE_MARKS}\s?？的在、])|(?<=\d\d年)|(?<=请问))"
_OWNER = table("beside_place")["owner"].any
_LONG = (_KINDS["area"] | _KINDS["farm"]).any
_ANY = (_KINDS["area"] | _KINDS["farm"] | _KINDS["village"] | _KINDS["around"]).any
_NAMED = re.compile(rf"{_OWNER}?(?P<stem>[{HAN}]{{2,4}}?)(?P<end>{_ANY})")
_NUMBERED = re.compile(
    rf"第[十{ONES}]{{1,3}}师|(?<![\d{ONES}十{ZEROS}])(?:\d{{2,3}}|[十{ONES}{ZEROS}]{{2,4}})团(?!队|员|伙|圆|结|购)"
)
_BUREAU = re.compile(rf"[{HAN}]{{2,9}}?{_KINDS['bureau'].any}")
_NO_STEM = (
    concept("no_part_of_a_name", "topics", "grammar_words", "question_words") | table("no_place_name")["anywhere"]
)
_NO_OWN = table("places_of_other_levels")["no_stem"]


def other_bodies(folded: str, held: HeldPlaces, known: Sequence[NamedPlace]) -> Iterator[NamedPlace]:
    """Those that stand at the head of a clause or right behind a place, in no longer name."""
    taken = [(each.start, each.end) for each in known]
    starts = {match.start() for match in re.finditer(_HEAD, folded)} | {end for _, end in taken}
    for start in sorted(starts):
        match = _NAMED.match(folded, start)
        if match and _is_name(match, held) and not _overlaps(match, taken):
            yield NamedPlace(
                match[0].removesuffix(match["end"][1:]) if match["end"] in _KINDS["around"] else match[0], *match.span()
            )
    for match in _NUMBERED.finditer(folded):
        if not held.full(match[0]) and not _overlaps(match, taken):
            yield NamedPlace(match[0], *match.span())
    for _, end in taken:
        match = _BUREAU.match(folded, end)
        if match and not _overlaps(match, taken) and concept("bureau").pattern.search(match[0]):
            yield NamedPlace(match[0], *match.span())


def _is_name(match: re.Match[str], held: HeldPlaces) -> bool:
    stem = match["stem"]
    if match["end"] not in _KINDS["around"] and _NO_OWN.search(stem):
        return False
    return not (_NO_STEM.search(stem) or held.speak_of(stem) or held.called(stem))


def _overlaps(match: re.Match[str], taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < match.end() and match.start() < end for start, end in taken)
