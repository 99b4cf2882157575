"""The period a figure counts for: one up to some month, or for a holiday, is not the year's."""

import re
from collections.abc import Sequence

from rag.parsing.figures.periods import Timing, Told, time_of
from rag.text.clauses import CLAUSE_MARK
from rag.text.figures import Figure
from rag.text.lexicon import concept
from rag.text.time_spans import governing, time_spans
from rag.verification.case import Case
from rag.verification.claims import Evidence

LEADING_UP = 30  # characters before a figure that may say up to when it counts
_YEAR = re.compile(rf"(?<![比较自从由])(?<!\d)((?:19|20)\d\d)年(?!{concept('since_or_until').any}|[-—~])")
_AS_OF = concept("as_of_plainly").pattern
_WHOLE_YEAR = concept("whole_year")
_UP_TO = re.compile(rf"{concept('part_of_a_year').any}|到\d{{1,2}}月|\d月[底份]")
_TASK = concept("task")
_TASK_SET = re.compile(rf"{_TASK.any}(?:数|量|面积)?(?:为|是|共)?$")


def counts_for_the_whole_year(case: Case) -> bool:
    """A count up to some month is not the year's."""
    return not asks_whole_year(case.claim.folded) or not any(counts_for_less(led) for led in _leads(case))


def counts_for_its_own_year(case: Case) -> bool:
    """A figure that its clause gives another year is not the named year's."""
    return not case.claim.years or not any(
        own and not case.claim.years & own for own in (own_years(led) for led in _leads(case))
    )


def tells_no_other_period_as_the_year(case: Case) -> bool:
    """What counts for some months, or for several years, is not told of a year that the claim or the question names."""
    claim, asked = case.claim, case.asked.parsed
    is_year_asked = bool(asked.years) or asks_whole_year(asked.folded)
    if not (claim.years or is_year_asked) or says_a_period(claim.folded):
        return True
    return not any(
        places and all(_is_of_another_period(item, place, case) for item, place in places)
        for places in (case.places(figure) for figure in case.figures)
    )


def says_a_period(text: str) -> bool:
    """Whether a folded text says itself that it is of some months, of several years, or up to some day."""
    return any(span.reach in ("part", "years", "date") for span in time_spans(text)) or bool(_AS_OF.search(text))


def timing_in(item: Evidence, place: Figure) -> Timing:
    """When an amount of a sentence holds, as its report is read."""
    clause = next(item.clause(n).folded for n, span in enumerate(item.clauses) if place.start < span.end)
    told = Told(item.sentence.kind, item.report_year, item.year, item.period)
    return time_of(item.parsed.folded[: place.start], clause, told)


def _is_of_another_period(item: Evidence, place: Figure, case: Case) -> bool:
    span = governing(item.parsed.folded[: place.start]) or item.period
    if span is None or (span.reach == "years" and span.year in {item.year, *case.claim.years}):
        return False  # 2020年以来, told in 2020
    is_episode = span.reach == "part" and not span.is_from_the_start
    return span.reach in ("part", "years") and not (is_episode and not case.claim.years)


def is_result_where_told_as_one(case: Case) -> bool:
    """A task set is not a result."""
    if _task_in(case.claim.folded + case.asked.parsed.folded):
        return True
    return not any(led and all(_TASK_SET.search(words) for words in led) for led in _leads(case))


def _task_in(text: str) -> bool:
    return bool(_TASK.search(text) or concept("target").search(text))


def _leads(case: Case) -> list[list[str]]:
    """For each figure of the claim the words before each of its places."""
    return [[item.parsed.folded[: place.start] for item, place in case.places(figure)] for figure in case.figures]


def own_years(before: Sequence[str]) -> frozenset[int]:
    """The years that the clauses before each place of a figure give it, where every one of them gives one.

    Example: own_years(["产量下降，2020年总产量"]) == {2020}; none of own_years(["比2020年增加"])
    """
    named = [_named_year(CLAUSE_MARK.split(words)[-1]) for words in before]
    return frozenset(year for year in named if year) if named and all(named) else frozenset()


def _named_year(clause: str) -> int | None:
    found = list(_YEAR.finditer(clause))
    return int(found[-1][1]) if found else None


def asks_whole_year(text: str) -> bool:
    """Whether a question or claim is about all of the year."""
    return bool(_WHOLE_YEAR.search(text))


def counts_for_less(before: Sequence[str]) -> bool:
    """Whether the words before each place of a figure say that it counts for less than a year.

    Example: counts_for_less(["国庆假期接待游客"]) is True, counts_for_less(["全年接待游客"]) is False
    """
    led = [words[-LEADING_UP:] for words in before]
    return bool(led) and all(_UP_TO.search(words) and not _WHOLE_YEAR.search(words) for words in led)
