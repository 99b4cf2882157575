"""Near misses: true words of the report that a reader would take for the answer to a question they do not answer.

Each test looks at what the question asks for and at the clauses that would be shown; none takes a word of the question
as proved. A cause is asked for and none is told; a place, and none is named; one kind of a quantity, and another is
told; a change, and a level is told; an amount, and only a share is told; what there is, and what was added is told; a
year, and another year is told of; what a name stands for, and it is only named.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from rag.answering.answerability import needs_figures
from rag.answering.answers import Differs
from rag.answering.near_figures import (
    figures_in,
    is_of_all_together,
    is_of_another_kind,
    is_of_another_measure,
    is_of_another_year,
    names_subject,
    tells_no_change,
    tells_only_a_change,
    tells_what_was_added,
)
from rag.answering.questions import Question
from rag.answering.unspelled_names import only_names
from rag.text.figures import same_amount
from rag.text.gazetteer import called, is_ambiguous
from rag.text.lexicon import concept
from rag.text.normalization import HAN
from rag.verification.excerpts import Excerpt
from rag.verification.tense import speaks_of_plans

_NAMED_PLACE = re.compile(  # 建成村级光伏电站 names none
    rf"[{HAN}]{{2}}(?:村(?![级民集干道])|社区|街道|园区|镇(?![级区村])|乡(?![村镇亲])|县(?![级城直])|[组路])"
)
_VILLAGE = re.compile(rf"(?:[镇乡]|街道)的?(?P<name>(?:(?!的)[{HAN}]){{2,4}}?村)(?![级民集里庄道落委居容貌])")
_NO_VILLAGE = concept("no_part_of_a_name", "question_words", "every_place", "own_place", "own_town", "whole_town")
_SITE = re.compile(rf"[{HAN}]{{2}}{concept('site').any}")
_HAN_RUN = re.compile(rf"[{HAN}]{{2,}}")
_NO_NAME = concept("every_place", "own_place", "own_town", "whole_town")


def is_near_miss(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    """Whether excerpts say something else than is asked for; an English question has other words: False."""
    return difference(asked, excerpts) is not None


def difference(asked: Question, excerpts: Sequence[Excerpt]) -> Differs | None:
    """In what excerpts differ from what is asked for; None where no test tells a difference."""
    if asked.language == "en" or not excerpts:
        return None
    return next((differs for test, differs in _TESTS if test(asked, excerpts)), None)


def is_beside(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    """Whether excerpts found in other words are no answer to the question as asked: a model may have asked for less.

    What everyday words count by says little of what reports count by: 几家几口 is told in 户 and 人, 几成 in %.
    """
    has_figure = any(figure.kind != "year" for each in excerpts for figure in figures_in(each))
    return (needs_figures(asked) and not has_figure) or is_near_miss(asked, excerpts)


def _tells_no_cause(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    if not concept("asks_cause").search(asked.parsed.folded):
        return False
    told = [figure for each in excerpts for figure in figures_in(each)]
    if any(not any(same_amount(own, figure) for figure in told) for own in asked.parsed.quantities):
        return False  # 为什么只有30% takes a figure for granted that may be another
    return not any(concept("tells_cause").search(each.folded) for each in excerpts)


def _names_no_agent(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    if not concept("asks_agent").search(asked.parsed.folded):
        return False
    about = asked.about.folded
    told = (word for each in _about_it(asked, excerpts) for word in concept("agent_name").all_in(each.folded))
    return not any(word not in about for word in told)


def _names_no_place(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    if not concept("asks_where").search(asked.parsed.folded):
        return False
    asked_about = {*asked.towns, *(place.name for place in asked.places)}
    if concept("any_place").search(asked.parsed.folded) and any(_SITE.search(each.folded) for each in excerpts):
        return False
    return not any(_places(each, asked_about) for each in _about_it(asked, excerpts))


def _about_it(asked: Question, excerpts: Sequence[Excerpt]) -> list[Excerpt]:
    """Those that have words of the question, or go on about what one before has: none with a subject of its own."""
    words = asked.about.bigrams
    has_words = [any(each.item.clause(n).bigrams & words for n in each.clauses) for each in excerpts]
    pairs = zip(excerpts, has_words, strict=True)
    kept = [each for each, has in pairs if has or not names_subject(each.item, each.clauses[0])]
    return kept if any(has_words) else [*excerpts]


def _places(excerpt: Excerpt, known: set[str]) -> list[str]:
    folded = _NO_NAME.remove(excerpt.folded, " ")
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


def _tells_a_result(asked: Question, excerpts: Sequence[Excerpt]) -> bool:
    """Whether a plan is asked for by its words, and only what was done is told."""
    if asked.is_yes_no or asked.asks_done or not concept("asks_plan", "intention").search(asked.parsed.folded):
        return False
    if not asked.asks_plan:
        return False
    return not any(each.item.sentence.kind == "plan" or speaks_of_plans(each.folded) for each in excerpts)


_TESTS: tuple[tuple[Callable[[Question, Sequence[Excerpt]], bool], Differs], ...] = (
    (_tells_no_cause, "part"),
    (_names_no_agent, "part"),
    (_is_of_another_village, "whose"),
    (_names_no_place, "part"),
    (is_of_another_kind, "kind"),
    (is_of_all_together, "kind"),
    (tells_no_change, "kind"),
    (tells_only_a_change, "kind"),
    (tells_what_was_added, "kind"),
    (is_of_another_measure, "kind"),
    (_tells_a_result, "plan"),
    (is_of_another_year, "when"),
    (only_names, "part"),
)
