"""Runs of whole clauses of one sentence, or of a few that follow each other, and how much of a question they carry."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.answering.answer_types import asks_list, figures_asked
from rag.answering.answerability import count_asked_for, figures_for, is_of_time, needs_figures
from rag.answering.questions import Question
from rag.text.bigrams import content_bigrams
from rag.text.clauses import CLAUSE_END, bare
from rag.text.figures import same_figure
from rag.text.lexicon import concept
from rag.text.parsed_text import ParsedText
from rag.verification.claims import Evidence
from rag.verification.excerpts import Excerpt, excerpt_of

LONGEST = 70  # characters of a quotation
LONGEST_LIST = 160  # of one that answers with a list or with several figures
SAME_FIGURE = 0.2  # worth of having a figure that the question has
_ANNOUNCED = re.compile(rf"\s*{concept('announces_list').any}")  # a list begins


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of evidence sentences that answer, and how much of the question they carry."""

    items: tuple[Evidence, ...]
    text: str
    carried: float
    figures: int  # of those asked for

    @property
    def excerpts(self) -> tuple[Excerpt, ...]:
        """The clauses of its sentences that it has."""
        return tuple(excerpt_of(item, self.text) for item in self.items)

    @property
    def is_plan(self) -> bool:
        return all(item.sentence.kind == "plan" for item in self.items)


def quotations(question: Question, evidence: Sequence[Evidence]) -> Iterator[Quote]:
    """Runs of clauses that could answer: of the right time, with a figure of the right measure where one is asked."""
    text = question.resolved
    needs_figure = needs_figures(question)
    is_list, several = asks_list(text), figures_asked(text) > 1
    of_time = [item for item in evidence if is_of_time(question, item)]
    is_one_list = is_list and not several
    for items in _announced_lists(of_time) if is_one_list else _neighbours(of_time, several):
        for run in [_list(question, items)] if is_list else _runs(items, LONGEST_LIST if several else LONGEST):
            figures = count_asked_for(text, run)
            if (figures or not needs_figure) and (is_one_list or _each_speaks(question, items, figures)):
                yield Quote(items, run, carried(question, items, run), figures)


def _announced_lists(evidence: Sequence[Evidence]) -> Iterator[tuple[Evidence, ...]]:
    """Each sentence with those that go on with a list it announces: 突出三大重点，即抓党建；抓项目；抓作风。"""
    first = 0
    while first < len(evidence):
        last = first + 1
        if any(_ANNOUNCED.match(clause) for clause in CLAUSE_END.split(evidence[first].text)):
            while last < len(evidence) and evidence[last - 1].text.rstrip().endswith(("；", ";")):
                if not _follows(evidence[last - 1], evidence[last]):
                    break
                last += 1
        yield tuple(evidence[first:last])
        first = last


def _neighbours(evidence: Sequence[Evidence], is_long: bool) -> Iterator[tuple[Evidence, ...]]:
    """Each sentence alone; for a question with several parts also runs of sentences that follow each other."""
    for first in range(len(evidence)):
        yield (evidence[first],)
        last = first + 1
        while is_long and last < len(evidence) and _follows(evidence[last - 1], evidence[last]):
            last += 1
            yield tuple(evidence[first:last])


def _each_speaks(question: Question, items: Sequence[Evidence], figures: int) -> bool:
    """Whether each of several sentences has words of the question that the others do not have, or figures asked for."""
    about = question.about.bigrams - items[0].place_words
    words = [item.parsed.bigrams & about for item in items]
    others = [frozenset().union(*(words[:n] + words[n + 1 :])) for n in range(len(words))]
    if len(items) == 1 or all(own - other for own, other in zip(words, others, strict=True)):
        return True
    each = all(own and figures_for(question.resolved, item.text) for own, item in zip(words, items, strict=True))
    return each and figures == figures_asked(question.resolved)  # 经营性……；非经营性……


def _follows(one: Evidence, other: Evidence) -> bool:
    gap = other.sentence.start - one.sentence.end
    return one.report_id == other.report_id and one.sentence.role == other.sentence.role and 0 <= gap <= 2


def _runs(items: Sequence[Evidence], longest: int) -> list[str]:
    """Runs of whole clauses; over several sentences only such as begin in the first and end in the last."""
    clauses = [(n, clause) for n, item in enumerate(items) for clause in CLAUSE_END.split(item.text) if clause.strip()]
    runs = []
    for first in range(len(clauses)):
        for last in range(first + 1, len(clauses) + 1):
            text = bare("".join(clause for _, clause in clauses[first:last]))
            if last - first > 1 and len(text) > longest:
                break
            if clauses[first][0] == 0 and clauses[last - 1][0] == len(items) - 1:
                runs.append(text)
    return runs


def _list(question: Question, items: Sequence[Evidence]) -> str:
    """From the first clause that speaks of the question to the last that does, or to the end of the list that this one
    announces: a list must not be cut."""
    about = question.about.bigrams - items[0].place_words
    clauses = [clause for item in items for clause in CLAUSE_END.split(item.text) if clause.strip()]
    speaking = [n for n, clause in enumerate(clauses) if content_bigrams(clause) & about]
    if speaking and not _ANNOUNCED.match("".join(clauses[speaking[-1] + 1 :])):
        clauses = clauses[: speaking[-1] + 1]
    text = bare("".join(clauses[speaking[0] :] if speaking else clauses))
    return text if len(text) <= LONGEST_LIST else max(_runs(items, LONGEST_LIST), key=len, default=text)


def carried(question: Question, items: Sequence[Evidence], text: str) -> float:
    """The share of the question that a quotation carries; a figure that both have says that they mean the same."""
    said, first = ParsedText(text), items[0]
    share = question.about.covered(first.place_words, said.bigrams | first.section.bigrams)
    asked = [figure for figure in question.parsed.quantities if figure.measure]
    shared = any(same_figure(figure, other) for figure in asked for other in said.figures)
    return round(share + SAME_FIGURE * shared, 6)
