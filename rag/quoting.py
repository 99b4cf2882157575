"""An answer in the report's own words: the clauses, of one sentence or a few that follow each other, that speak of what
is asked.

Where the model's draft does not pass verification, or says only yes, a quotation is still a supported answer.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.asking import asks_figure, asks_list, asks_rank, figures_asked, measures_asked
from rag.figures import Figure, read_figures
from rag.questions import Question
from rag.types import Evidence
from rag.units import same_measure
from rag.wording import character_coverage, content_bigrams

SPEAKS = 0.7  # of the question's characters that a quotation must carry before its words count as an answer
SPEAKS_YES_NO = 0.6  # a yes-or-no question says more words of its own
LONGEST = 70  # characters of a quotation
LONGEST_LIST = 160  # of one that answers with a list or with several figures
COMPLETE = 0.3  # worth of having all figures asked for, against the share of the question carried
_CLAUSE_END = re.compile(r"(?<=[，,；;。])")
_ASKS_TOWNS = re.compile(r"(?:哪|几)[个些几]{0,2}(?:乡镇|镇|乡|街道)")  # one sentence cannot speak for all towns


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of evidence sentences that answer, and how much of the question they carry."""

    items: tuple[Evidence, ...]
    text: str
    carried: float
    figures: int  # of those asked for

    @property
    def is_plan(self) -> bool:
        return all(item.sentence.kind == "plan" for item in self.items)


def best_quote(question: Question, evidence: Sequence[Evidence]) -> Quote | None:
    """The shortest run of clauses that carries most of the question; None where none carries SPEAKS of it.

    A question for figures wants a run that has them.
    """
    least = SPEAKS_YES_NO if question.is_yes_no else SPEAKS
    if _ASKS_TOWNS.search(question.text):
        return None
    wanted = max(1, figures_asked(question.resolved))
    quotes = [quote for quote in quotations(question, evidence) if quote.carried >= least]
    return max(
        quotes,
        key=lambda q: (q.carried + COMPLETE * min(1.0, q.figures / wanted), -len(q.text), -q.items[0].number),
        default=None,
    )


def quotations(question: Question, evidence: Sequence[Evidence]) -> Iterator[Quote]:
    """Runs of clauses that could answer: of the right time, with a figure of the right measure where one is asked."""
    text = question.resolved
    needs_figure = asks_figure(text) or asks_rank(text)
    is_long = asks_list(text) or figures_asked(text) > 1
    for items in _neighbours([item for item in evidence if is_of_time(question, item)], figures_asked(text) > 1):
        for run in [_whole(items)] if asks_list(text) else _runs(items, LONGEST_LIST if is_long else LONGEST):
            figures = figures_for(text, run)
            if figures or not needs_figure:
                yield Quote(items, run, _carried(question, items, run), len(figures))


def is_of_time(question: Question, item: Evidence) -> bool:
    """A plan answers only what asks for plans or whether it was done; a year asked for must be the sentence's."""
    if question.years and item.year not in question.years and not question.asks_done:
        return False
    is_asked_for = question.asks_plan or question.asks_done or item.year in question.years
    return item.sentence.kind != "plan" or is_asked_for


def figures_for(question: str, text: str) -> list[Figure]:
    """The figures of a text that could be what a question asks for, by kind and measure."""
    known = {figure.value for figure in read_figures(question)}
    found = [f for f in read_figures(text) if f.kind not in ("year", "date", "code") and f.value not in known]
    if asks_rank(question):
        return [figure for figure in found if figure.kind == "rank"]
    measures = measures_asked(question)
    if not measures:
        return found
    return [f for f in found if f.measure and any(same_measure(f.measure, measure) for measure in measures)]


def _neighbours(evidence: Sequence[Evidence], is_long: bool) -> Iterator[tuple[Evidence, ...]]:
    """Each sentence alone; for a question with several parts also runs of sentences that follow each other."""
    for first in range(len(evidence)):
        yield (evidence[first],)
        last = first + 1
        while is_long and last < len(evidence) and _follows(evidence[last - 1], evidence[last]):
            last += 1
            yield tuple(evidence[first:last])


def _follows(one: Evidence, other: Evidence) -> bool:
    gap = other.sentence.start - one.sentence.end
    return one.report_id == other.report_id and one.sentence.role == other.sentence.role and 0 <= gap <= 2


def _runs(items: Sequence[Evidence], longest: int) -> list[str]:
    """Runs of whole clauses; over several sentences only such as begin in the first and end in the last."""
    clauses = [(n, clause) for n, item in enumerate(items) for clause in _CLAUSE_END.split(item.text) if clause.strip()]
    runs = []
    for first in range(len(clauses)):
        for last in range(first + 1, len(clauses) + 1):
            text = "".join(clause for _, clause in clauses[first:last]).strip().rstrip("，,；;。")
            if last - first > 1 and len(text) > longest:
                break
            if clauses[first][0] == 0 and clauses[last - 1][0] == len(items) - 1:
                runs.append(text)
    return runs


def _whole(items: Sequence[Evidence]) -> str:
    """All of the sentences: a list must not be cut, unless it is too long."""
    text = "".join(item.text for item in items).strip().rstrip("，,；;。")
    return text if len(text) <= LONGEST_LIST else max(_runs(items, LONGEST_LIST), key=len, default=text)


def _carried(question: Question, items: Sequence[Evidence], text: str) -> float:
    place = content_bigrams(f"{items[0].county or ''}{items[0].town or ''}")
    section = content_bigrams(items[0].sentence.section)
    return round(character_coverage(question.resolved, place, content_bigrams(text) | section), 6)
