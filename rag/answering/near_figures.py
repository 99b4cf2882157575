"""Figures near to those asked for: of another kind, measure, time or count than the question wants.

A reader would take them for the answer: a level where a change is asked for, a share for an amount, what was added for
what there is, a total for what each has, the figure of another year.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from rag.answering.answer_types import AREAS, measures_asked
from rag.answering.answerability import SHARES, FiguresWanted, needs_figures
from rag.answering.questions import Question
from rag.parsing.heads.clause import Clause
from rag.text.bigrams import bigrams_in
from rag.text.figures import Figure
from rag.text.lexicon import Concept, concept, table
from rag.text.time_spans import governing
from rag.text.units import MEASURED, same_measure
from rag.verification.claims import Evidence
from rag.verification.closing import FEW_WORDS
from rag.verification.excerpts import Excerpt
from rag.verification.figure_periods import says_a_period, timing_in

_ABOUT = "|".join(table("approximation")[name].any for name in ("near_before", "over_before", "under_before"))
_CHANGED_BY = re.compile(rf"(?<!新)(?:{concept('changed_to').any})了?(?:{_ABOUT})?$")
_REACHED_BY = re.compile(rf"(?:{concept('reaching', 'reached').any}|[到至]|{_ABOUT})(?:{_ABOUT})?$")
_OF_A_YEAR = ("year", "part", "date")
_COMPARED_YEAR = re.compile(rf"{concept('before_another_time').any}(?:19|20)\d\d年")


def is_of_another_kind(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    """Whether one kind is asked for, and what is shown names only others of its set."""
    text = " ".join(each.folded for each in excerpts)
    for kinds in opposed_kinds().values():
        wanted = {name for name, words in kinds.items() if words.search(asked.parsed.folded)}
        told = {name for name, words in kinds.items() if words.search(text)}
        if len(wanted) == 1 and told and not wanted & told:
            return True
    return False


def tells_no_change(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    if not concept("asks_change").search(asked.parsed.folded):
        return False
    changes = concept("rate_of_change", "change", "changed_to")
    return not any(changes.search(each.folded) for each in excerpts)


def tells_what_was_added(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    """Whether it is asked what there is, and only told what was added: 新造油茶600亩 for its area."""
    folded = asked.parsed.folded
    if not concept("asks_stock").search(folded) or concept("newly", "step", "asks_change").search(folded):
        return False
    return all(concept("newly").search(each.folded) for each in excerpts)


def is_of_another_measure(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    """Whether money, an area, a length, a weight or a share is asked for, and none is told: 增长12% for 多少元.

    What is counted may be counted by other words, but not by a share. Of the thing itself more than its share has to be
    told: 旅游收入增长12%，粮食产值620万元 has an amount of something else.
    """
    wanted = measures_asked(asked.resolved)
    if not wanted or not needs_figures(asked):
        return False
    likest = _likest(asked, excerpts)
    named = _measures(likest)
    if named and named <= SHARES and not wanted & SHARES:
        return True
    told = _measures([(each, n) for each in dict(likest) for n in each.clauses])
    if not wanted <= MEASURED | AREAS:
        return False
    return not any(same_measure(one, other) for one in wanted for other in told if other)


def _likest(asked: Question, excerpts: Sequence[Excerpt]) -> list[tuple[Excerpt, int]]:
    """The clauses that share half as many words with the question as the one that shares most, with those that go on
    about its subject: others are of other things."""
    words = asked.about.bigrams
    shared: dict[tuple[Excerpt, int], int] = {}
    for each in excerpts:
        before = 0
        for n in each.clauses:
            own = len(each.item.clause(n).bigrams & words)
            before = own if names_subject(each.item, n) else max(own, before)
            shared[each, n] = before
    return [place for place, count in shared.items() if 2 * count >= max(shared.values())]


def _measures(clauses: Iterable[tuple[Excerpt, int]]) -> set[str]:
    return {figure.measure for each, n in clauses for figure in each.item.clause(n).quantities}


def tells_only_a_change(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    """Whether it is asked how much there is, and only told by how much it changed: 再提高1200元."""
    if not needs_figures(asked) or concept("speaks_of_change").search(asked.parsed.folded):
        return False
    wanted = FiguresWanted.by(asked.resolved)
    led = [each.item.parsed.folded[: figure.start] for each in excerpts for figure in wanted.among(figures_in(each))]
    return bool(led) and all(_CHANGED_BY.search(words) for words in led)


def is_of_another_year(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    """Whether none of the years that the question names is that of the figures wanted, or of what is shown without."""
    years = asked.parsed.years
    if not years or asked.asks_done:
        return False
    wanted = FiguresWanted.by(asked.resolved)
    told = [
        (each.item, figure)
        for each in excerpts
        for figure in (wanted.among(figures_in(each)) if needs_figures(asked) else ())
    ]
    if told and not _COMPARED_YEAR.search(asked.parsed.folded):
        is_of_one_year = not says_a_period(asked.parsed.folded)
        return all(
            (is_of_one_year and _sums_up_years(item, figure)) or _is_of_none(years, item, figure)
            for item, figure in told
        )
    return not any(years & _years(each.item) for each in excerpts)


def figures_in(excerpt: Excerpt) -> Iterator[Figure]:
    """The figures of its clauses, where they stand in the sentence."""
    for span in excerpt.spans:
        yield from (figure for figure in excerpt.item.parsed.figures if span.start <= figure.start < span.end)


def _is_of_none(years: frozenset[int], item: Evidence, figure: Figure) -> bool:
    """Whether a figure is of another year than these, as far as its sentence tells."""
    span = governing(item.parsed.folded[: figure.start])
    if span is not None and span.year is not None and span.reach in _OF_A_YEAR:
        return span.year not in years
    told = {timing_in(item, figure).year, item.sentence.year}
    return told != {None} and not told & years


def _sums_up_years(item: Evidence, figure: Figure) -> bool:
    """Whether a figure is what several years came to; what was reached by their end is of the last of them, too."""
    before = item.parsed.folded[: figure.start]
    span = governing(before) or item.period
    is_of_years = span is not None and span.reach == "years" and span.year is None
    return is_of_years and not _REACHED_BY.search(before)


def is_of_all_together(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    """Whether it is asked for each head or household, and nothing before the figures wanted says so."""
    counted_by = [words for words in _each_of_many() if words.search(asked.parsed.folded)]
    if not counted_by:
        return False
    wanted = FiguresWanted.by(asked.resolved)
    if any(figure.per for each in excerpts for figure in wanted.among(figures_in(each))):
        return False  # 450元/年/人 says itself what it is counted by
    said = [f"{each.item.sentence.section} {text}" for each in excerpts for text in _before_figures(asked, each)]
    return any(not any(words.search(text) for text in said) for words in counted_by)


def _before_figures(asked: Question, excerpt: Excerpt) -> list[str]:
    """What the sentence says of each figure wanted before its end; all of it where none is wanted."""
    item = excerpt.item
    wanted = FiguresWanted.by(asked.resolved).among(figures_in(excerpt)) if needs_figures(asked) else []
    return [_leading_to(item, figure) for figure in wanted] or [item.parsed.folded]


def _leading_to(item: Evidence, figure: Figure) -> str:
    """The clauses from the one that names what a figure is of, and those before them that have no figures."""
    folded, clauses = item.parsed.folded, item.clauses
    number = max(n for n, span in enumerate(clauses) if span.start <= figure.start)
    while number > 0 and not names_subject(item, number):
        number -= 1
    frames = [folded[clauses[n].start : clauses[n].end] for n in range(number) if not item.clause(n).quantities]
    return " ".join((*frames, folded[clauses[number].start : figure.end]))


def names_subject(item: Evidence, number: int) -> bool:
    """Whether a clause says what it is about, and does not go on about what one before it names."""
    clause = Clause(item.sentence.start, item.parsed.folded, item.clauses[number], item.parsed.figures)
    return clause.opening == "noun" and len(bigrams_in(item.clause(number).without_figures)) > FEW_WORDS


def _years(item: Evidence) -> set[int]:
    return {year for year in (item.year, item.report_year, item.sentence.year, *item.parsed.years) if year}


def _each_of_many() -> list[Concept]:
    per = opposed_kinds()["per"]
    return [per["head"], per["household"]]


@cache
def opposed_kinds() -> dict[str, dict[str, Concept]]:
    """The kinds of each set, by name."""
    found: dict[str, dict[str, Concept]] = {}
    for key, words in table("opposed_kinds").items():
        group, _, kind = key.partition("/")
        found.setdefault(group, {})[kind] = words
    return found
