"""Near misses: true words of the report that a reader would take for the answer to a question they do not answer.

Each test looks at what the question asks for and at the clauses that would be shown; none takes a word of the question
as proved. A cause is asked for and none is told; a place, and none is named; one kind of a quantity, and another is
told; a change, and a level is told; an amount, and only a share is told; what there is, and what was added is told; a
year, and another year is told of; what a name stands for, and it is only named.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from rag.answering.answer_types import AREAS, measures_asked
from rag.answering.answerability import SHARES, FiguresWanted, needs_figures
from rag.answering.questions import Question
from rag.answering.unspelled_names import only_names
from rag.text.figures import Figure, same_amount
from rag.text.gazetteer import called, is_ambiguous
from rag.text.lexicon import Concept, concept, table
from rag.text.normalization import HAN
from rag.text.parsed_text import ParsedText
from rag.text.units import MEASURED, same_measure
from rag.verification.claims import Evidence
from rag.verification.excerpts import Excerpt
from rag.verification.figure_periods import timing_in
from rag.verification.tense import speaks_of_plans

_NAMED_PLACE = re.compile(  # 建成村级光伏电站 names none
    rf"[{HAN}]{{2}}(?:村(?![级民集干道])|社区|街道|园区|镇(?![级区村])|乡(?![村镇亲])|县(?![级城直])|[组路])"
)
_VILLAGE = re.compile(rf"(?:[镇乡]|街道)的?(?P<name>(?:(?!的)[{HAN}]){{2,4}}?村)(?![级民集里庄道落委居容貌])")
_NO_VILLAGE = concept("no_part_of_a_name", "question_words", "every_place", "own_place", "own_town", "whole_town")
_SITE = re.compile(rf"[{HAN}]{{2}}{concept('site').any}")
_COMPARED_YEAR = re.compile(rf"{concept('before_another_time').any}(?:19|20)\d\d年")
_HAN_RUN = re.compile(rf"[{HAN}]{{2,}}")
_NO_NAME = concept("every_place", "own_place", "own_town", "whole_town")


def is_near_miss(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    """Whether excerpts say something else than what is asked for; an English question has other words: False."""
    if asked.language == "en" or not excerpts:
        return False
    return any(test(asked, excerpts) for test in _TESTS)


def _tells_no_cause(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    if not concept("asks_cause").search(asked.parsed.folded):
        return False
    told = [figure for each in excerpts for figure in _figures(each)]
    if any(not any(same_amount(own, figure) for figure in told) for own in asked.parsed.quantities):
        return False  # 为什么只有30% takes a figure for granted that may be another
    return not any(concept("tells_cause").search(_folded(each)) for each in excerpts)


def _names_no_agent(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    if not concept("asks_agent").search(asked.parsed.folded):
        return False
    about = asked.about.folded
    told = (word for each in excerpts for word in concept("agent_name").all_in(_folded(each)))
    return not any(word not in about for word in told)


def _names_no_place(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    if not concept("asks_where").search(asked.parsed.folded):
        return False
    asked_about = {*asked.towns, *(place.name for place in asked.places)}
    if concept("any_place").search(asked.parsed.folded) and any(_SITE.search(_folded(each)) for each in excerpts):
        return False
    return not any(_places(each, asked_about) for each in excerpts)


def _places(excerpt: Excerpt, known: set[str]) -> list[str]:
    folded = _NO_NAME.remove(_folded(excerpt), " ")
    for name in known:
        folded = folded.replace(name, " ")
    return _NAMED_PLACE.findall(folded) or [name for name in _pieces(folded) if _is_county_or_wider(name)]


def _is_of_another_village(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    """Whether the question names a village, and neither what is shown nor the headings over it name it."""
    named = [name for name in _VILLAGE.findall(asked.parsed.folded) if not _NO_VILLAGE.search(name)]
    said = " ".join(f"{each.item.section.folded} {each.item.parsed.folded}" for each in excerpts)
    return any(name not in said for name in named)


def _is_county_or_wider(name: str) -> bool:
    return not is_ambiguous(name) and any(each.level != "township" for each in called(name))


def _pieces(folded: str) -> Iterator[str]:
    """Every two and three characters that a division may be called by."""
    for run in _HAN_RUN.findall(folded):
        yield from (run[i : i + length] for length in (2, 3) for i in range(len(run) - length + 1))


def _is_of_another_kind(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    """Whether one kind is asked for, and what is shown names only others of its set."""
    text = " ".join(map(_folded, excerpts))
    for kinds in opposed_kinds().values():
        wanted = {name for name, words in kinds.items() if words.search(asked.parsed.folded)}
        told = {name for name, words in kinds.items() if words.search(text)}
        if len(wanted) == 1 and told and not wanted & told:
            return True
    return False


def _tells_no_change(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    if not concept("asks_change").search(asked.parsed.folded):
        return False
    changes = concept("rate_of_change", "change", "changed_to")
    return not any(changes.search(_folded(each)) for each in excerpts)


def _tells_what_was_added(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    """Whether it is asked what there is, and only told what was added: 新造油茶600亩 for its area."""
    folded = asked.parsed.folded
    if not concept("asks_stock").search(folded) or concept("newly", "step", "asks_change").search(folded):
        return False
    return all(concept("newly").search(_folded(each)) for each in excerpts)


def _is_of_another_measure(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    """Whether money, an area, a length, a weight or a share is asked for, and none is told: 增长12% for 多少元.

    What is counted may be counted by other words, but not by a share.
    """
    wanted = measures_asked(asked.resolved)
    if not wanted or not needs_figures(asked):
        return False
    spoken_of = _likest(asked, excerpts)
    told = {figure.measure for each in spoken_of for n in each.clauses for figure in each.item.clause(n).quantities}
    if not wanted <= MEASURED | AREAS:
        return bool(told) and told <= SHARES and not wanted & SHARES
    return not any(same_measure(one, other) for one in wanted for other in told if other)


def _likest(asked: Question, excerpts: Sequence[Excerpt]) -> list[Excerpt]:
    """Those that share half as many words with the question as the one that shares most: others are of other things."""
    words = asked.about.bigrams
    shared = [len(frozenset[str]().union(*(e.item.clause(n).bigrams for n in e.clauses)) & words) for e in excerpts]
    return [each for each, count in zip(excerpts, shared, strict=True) if 2 * count >= max(shared)]


def _tells_a_result(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    """Whether a plan is asked for by its words, and only what was done is told."""
    if asked.is_yes_no or asked.asks_done or not concept("asks_plan", "intention").search(asked.parsed.folded):
        return False
    if not asked.asks_plan:
        return False
    return not any(each.item.sentence.kind == "plan" or speaks_of_plans(_folded(each)) for each in excerpts)


def _is_of_another_year(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    """Whether none of the years that the question names is that of the figures wanted, or of what is shown without."""
    years = asked.parsed.years
    if not years or asked.asks_done:
        return False
    wanted = FiguresWanted.by(asked.resolved)
    told = [
        {timing_in(each.item, figure).year, each.item.sentence.year}
        for each in excerpts
        for figure in (wanted.among(_figures(each)) if needs_figures(asked) else ())
    ]
    if told and not _COMPARED_YEAR.search(asked.parsed.folded):
        return all(each != {None} and not each & years for each in told)
    return not any(years & _years(each.item) for each in excerpts)


def _figures(excerpt: Excerpt) -> Iterator[Figure]:
    """The figures of its clauses, where they stand in the sentence."""
    for span in excerpt.spans:
        yield from (figure for figure in excerpt.item.parsed.figures if span.start <= figure.start < span.end)


def _is_of_all_together(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    """Whether it is asked for each head or household, and nothing before the figures wanted says so."""
    counted_by = [words for words in _each_of_many() if words.search(asked.parsed.folded)]
    if not counted_by:
        return False
    wanted = FiguresWanted.by(asked.resolved)
    if any(figure.per for each in excerpts for figure in wanted.among(_figures(each))):
        return False  # 450元/年/人 says itself what it is counted by
    said = [f"{each.item.sentence.section} {text}" for each in excerpts for text in _before_figures(asked, each)]
    return any(not any(words.search(text) for text in said) for words in counted_by)


def _before_figures(asked: Question, excerpt: Excerpt) -> list[str]:
    """The folded sentence up to each figure wanted; all of it where none is."""
    folded = excerpt.item.parsed.folded
    wanted = FiguresWanted.by(asked.resolved).among(_figures(excerpt)) if needs_figures(asked) else []
    return [folded[: figure.end] for figure in wanted] or [folded]


def _years(item: Evidence) -> set[int]:
    return {year for year in (item.year, item.report_year, item.sentence.year, *item.parsed.years) if year}


def _folded(excerpt: Excerpt) -> str:
    return ParsedText(excerpt.text).folded


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


_TESTS: tuple[Callable[[Question, Sequence[Excerpt]], bool], ...] = (
    _tells_no_cause,
    _names_no_agent,
    _is_of_another_village,
    _names_no_place,
    _is_of_another_kind,
    _is_of_all_together,
    _tells_no_change,
    _tells_what_was_added,
    _is_of_another_measure,
    _tells_a_result,
    _is_of_another_year,
    only_names,
)
