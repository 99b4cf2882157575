"""An answer in the report's own words: the clauses, of one sentence or a few that follow each other, that speak of what
is asked.

Where the model's draft does not pass verification, or says only yes, a quotation is still a supported answer.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from rag.answering.answer_types import AREAS, asks_figure, asks_list, asks_rank, figures_asked, measures_asked
from rag.answering.questions import Question
from rag.text.bigrams import content_bigrams
from rag.text.clauses import CLAUSE_END, CLAUSE_MARKS, bare, is_adverbial
from rag.text.figures import Figure, read_figures, same_figure
from rag.text.lexicon import concept
from rag.text.normalization import HAN
from rag.text.parsed_text import ParsedText
from rag.text.units import same_measure
from rag.verification.claims import Evidence
from rag.verification.figure_periods import asks_whole_year, counts_for_less

SPEAKS = 0.7  # of the question's characters that a quotation must carry before its words count as an answer
SPEAKS_YES_NO = 0.6  # a yes-or-no question says more words of its own
LONGEST = 70  # characters of a quotation
LONGEST_LIST = 160  # of one that answers with a list or with several figures
COMPLETE = 0.4  # worth of having all figures asked for, against the share of the question carried
NOT_ASKED = 0.1  # cost of each figure beyond those asked for
SAME_FIGURE = 0.2  # worth of having a figure that the question has
_ASKS_SHARE = concept("asks_share")
_SHARES = frozenset({"%", "百分点"})
_RANKED = concept("superlative")
_ITEM_END = re.compile("(?<=、)")
_COUNTED = re.compile(rf"[{HAN}]{{2,}}[\d.]")  # what is counted stands before its figure
_ANNOUNCED = re.compile(rf"\s*{concept('announces_list').any}")  # a list begins
_ASKS_TOWNS = concept("all_reports", "how_many_towns")  # one sentence cannot speak for all towns


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
    ranked = _RANKED.all_in(question.text)
    quotes = [
        quote
        for quote in quotations(question, evidence)
        if quote.carried >= least and all(word in quote.text for word in ranked) and not is_adverbial(quote.text)
    ]
    best = max(quotes, key=lambda q: (_worth(q, wanted), -len(q.text), -q.items[0].number), default=None)
    return _without_asides(question, best, wanted) if best and needs_figures(question) else best


def _without_asides(question: Question, quote: Quote, wanted: int) -> Quote:
    """A quotation without clauses whose figures nobody asked for and whose words it can do without.

    Example: 斗争开展以来，摸排线索4条，刑拘35人 -> 斗争开展以来……刑拘35人
    """
    clauses = [part for clause in CLAUSE_END.split(quote.text) for part in _counted_items(clause)]
    for aside in [clause for clause in clauses if read_figures(clause)]:
        if len(read_figures("".join(clauses))) <= wanted:
            break
        rest = [clause for clause in clauses if clause != aside]
        text = "".join(rest)
        has_all = _figures_asked_for(question.resolved, text) >= min(wanted, quote.figures)
        if has_all and _carried(question, quote.items, text) >= quote.carried:
            clauses = rest
    kept = _with_gaps(quote.text, clauses)
    return replace(quote, text=kept, figures=_figures_asked_for(question.resolved, kept))


def _counted_items(clause: str) -> list[str]:
    """The items of a list in which each names what it counts; any other clause whole.

    Example: 微耕机28台、旋耕机17台 -> 微耕机28台、 and 旋耕机17台
    """
    items = _ITEM_END.split(clause) if all(map(_COUNTED.search, _ITEM_END.split(clause))) else [clause]
    return [item for item in items if item.strip()]


def _with_gaps(text: str, clauses: Sequence[str]) -> str:
    """Clauses of a text, with …… where others between them are left out."""
    parts: list[str] = []
    end = None
    for clause in clauses:
        start = text.index(clause, end or 0)
        if end is not None and start > end:
            parts[-1] = parts[-1].rstrip(f"{CLAUSE_MARKS}、") + "……"
        parts.append(clause)
        end = start + len(clause)
    return "".join(parts).rstrip(f"{CLAUSE_MARKS}、")


def _worth(quote: Quote, wanted: int) -> float:
    beyond = max(0, sum(figure.kind != "year" for figure in read_figures(quote.text)) - wanted)
    return round(quote.carried + COMPLETE * min(1.0, quote.figures / wanted) - NOT_ASKED * beyond, 6)


def quotations(question: Question, evidence: Sequence[Evidence]) -> Iterator[Quote]:
    """Runs of clauses that could answer: of the right time, with a figure of the right measure where one is asked."""
    text = question.resolved
    needs_figure = needs_figures(question)
    is_list, several = asks_list(text), figures_asked(text) > 1
    of_time = [item for item in evidence if is_of_time(question, item)]
    is_one_list = is_list and not several
    for items in _announced_lists(of_time) if is_one_list else _neighbours(of_time, several):
        for run in [_list(question, items)] if is_list else _runs(items, LONGEST_LIST if several else LONGEST):
            figures = _figures_asked_for(text, run)
            if (figures or not needs_figure) and (is_one_list or _each_speaks(question, items, figures)):
                yield Quote(items, run, _carried(question, items, run), figures)


def needs_figures(question: Question) -> bool:
    """Whether only what has a figure can answer."""
    return asks_figure(question.resolved) or asks_rank(question.resolved)


def is_of_time(question: Question, item: Evidence) -> bool:
    """A plan answers only what asks for plans or whether it was done; a year asked for must be the sentence's."""
    if question.years and item.year not in question.years and not question.asks_done:
        return False
    if asks_whole_year(question.text) and not question.is_yes_no and _is_of_less(question, item):
        return False
    is_asked_for = question.asks_plan or question.asks_done or item.year in question.years
    return item.sentence.kind != "plan" or is_asked_for


def _is_of_less(question: Question, item: Evidence) -> bool:
    """Whether the figures asked for count for less than a year in a sentence."""
    return counts_for_less([item.text[: figure.start] for figure in figures_for(question.resolved, item.text)])


def figures_for(question: str, text: str) -> list[Figure]:
    """The figures of a text that could be what a question asks for, by kind and measure."""
    known = {figure.value for figure in read_figures(question)}
    found = [f for f in read_figures(text) if f.kind not in ("year", "date", "code") and f.value not in known]
    if asks_rank(question):
        return [figure for figure in found if figure.kind == "rank"]
    measures = measures_asked(question)
    if not measures:
        return found if _ASKS_SHARE.search(question) else [f for f in found if f.measure not in _SHARES]
    return [f for f in found if f.measure and any(same_measure(f.measure, measure) for measure in measures)]


def _figures_asked_for(question: str, text: str) -> int:
    """How many figures of a text a question wants; where it wants several measures, of none more than its share."""
    found = figures_for(question, text)
    measures = Counter("面积" if f.measure in AREAS else f.measure for f in found)
    kinds = len(measures_asked(question) - AREAS) + bool(measures_asked(question) & AREAS)
    if kinds < 2:
        return len(found)
    return sum(min(count, ceil(figures_asked(question) / kinds)) for count in measures.values())


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


def _carried(question: Question, items: Sequence[Evidence], text: str) -> float:
    """The share of the question that a quotation carries; a figure that both have says that they mean the same."""
    said, first = ParsedText(text), items[0]
    share = question.about.covered(first.place_words, said.bigrams | first.section.bigrams)
    asked = [figure for figure in question.parsed.quantities if figure.measure]
    shared = any(same_figure(figure, other) for figure in asked for other in said.figures)
    return round(share + SAME_FIGURE * shared, 6)
