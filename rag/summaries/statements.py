"""Statements: the stretches of a report's sentences that say one thing, without the mottoes around them. Pure.

A summary is made of statements: runs of clauses inside one sentence, each at its place in the clean text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from typing import TypeAlias

from rag.parsing.heads.clause import Lent
from rag.parsing.heads.lending import ClauseHead, HeadsBySentence, heads_by_sentence
from rag.parsing.heads.lent_words import is_said, unquoted
from rag.parsing.heads.matters import Kind
from rag.parsing.report import Report, Sentence
from rag.summaries.salience import admits, counted, is_dependent, is_routine, is_worthy, weight
from rag.text.clauses import CLAUSE_MARKS, COMMAS, SENTENCE_MARKS
from rag.text.lexicon import concept
from rag.text.normalization import HAN, fold_characters
from rag.text.numerals import COUNTING, ONES
from rag.types import SectionKind

COMFORTABLE = 28  # characters of a statement that goes on with what could stand alone
SHORT_PLAN = 20  # the same of a plan: intentions are many and small
LONGEST = 48  # characters of a statement that goes on with what hangs on it
LONGEST_HEAD = 10  # characters that are put before a statement
KNOWN = 0.5  # of the characters of a head that a statement has already: room is dear
Heads: TypeAlias = Sequence[ClauseHead]
BEHIND_HEAD = "："
TOLD: tuple[Kind, ...] = ("noun", "object", "restriction", "verb")  # of what is lent

_MARKS = "，,；;：:。！!？?、"
_STOPS = re.compile(rf"[{COMMAS}{SENTENCE_MARKS}：:](?<!\d[,:](?=\d))")
_CLOSED = re.compile(
    r"“[^”\n]{0,60}”|‘[^’\n]{0,40}’|\"[^\"\n]{0,60}\"|《[^》\n]{0,60}》|（[^）\n]{0,60}）|\([^()\n]{0,60}\)"
)
_POINT = concept("point_mark").any
_LINK = concept("also", "linking", "now", "the_year", "lately").any
_LEAD = re.compile(
    rf"\s+|[{COUNTING}]{{1,3}}(?:{_POINT}|、)|\d{{1,2}}[、.](?!\d)|[(（][{COUNTING}\d]{{1,3}}[)）]"
    # words that only link: 同时，截至目前，产业扶贫方面，
    rf"|{concept('turning').any}[{COMMAS}]?|{concept('also').any}(?=[{HAN}])|并(?=[^列非])"
    rf"|(?:{_LINK}|[^{CLAUSE_MARKS}、\d]{{2,8}}(?:方面|上))[{COMMAS}]"
)
_ITEM = re.compile(rf"(?:[{COUNTING}]{_POINT}|\d{{1,2}}[、.](?!\d))([^{CLAUSE_MARKS}：:]{{2,30}})")
_COMMA = re.compile(r",(?!\d)|(?<!\d),")
_NUMERAL = re.compile(rf"[\d{ONES}]")


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a report says: `sentence` narrowed to the clauses that say it."""

    sentence: Sentence
    text: str  # simplified script, full-width commas, without the marks at its ends
    origin: int  # where the whole sentence begins
    item: str  # what the item of its line is about, 守住安全的底线 in 一是守住安全的底线。……; may be empty
    line: int  # where the line begins that it stands in
    is_first: bool  # of its line
    weight: float
    clauses: range  # of its sentence that it has, as numbers from 0
    lent: tuple[Lent, ...] = ()  # what clauses before it lend it
    head: str = ""  # the words of that

    @property
    def told(self) -> str:
        """Its text behind its head: 机构改革：涉改54人."""
        return f"{self.head}{BEHIND_HEAD}{self.text}" if self.head else self.text


@dataclass(frozen=True, slots=True)
class _Clause:
    start: int
    end: int
    text: str
    goes_on: bool  # with a list of figures


def statements_of(report: Report, heads: HeadsBySentence | None = None) -> tuple[Statement, ...]:
    """Every statement of the body, in the report's order; `heads` where its clauses have been read already.

    A result or plan that admits a shortcoming (正在整改, 还比较薄弱) stands there once more, as a problem.

    Example: 一是抓产业。坚持绿色发展，全年种植油茶3000亩，产值800万元。 has one: 全年种植油茶3000亩，产值800万元
    """
    found: list[Statement] = []
    heads = heads_by_sentence(report) if heads is None else heads
    place = _Place(-1)
    for sentence in report.sentences:
        if sentence.role != "body":
            continue
        clauses = _clauses(report.text, sentence)
        place = place.moved(report.text, sentence)
        if sentence.kind == "result" and _is_title(place.item, clauses):
            continue
        lent = heads.get(sentence.start, ())
        for run in _runs(clauses, sentence.kind):
            found.append(_statement(report, sentence, run, clauses, place, lent))
            place = replace(place, is_first=False)
        if sentence.kind != "problem":
            as_problem = replace(sentence, kind="problem")
            found += [_statement(report, as_problem, [c], clauses, place, lent) for c in clauses if admits(c.text)]
    return tuple(found)


def _is_title(item: str, clauses: Sequence[_Clause]) -> bool:
    """Whether a sentence only names its item, without a figure: 一是就业宣传畅通渠道。"""
    return len(clauses) == 1 and clauses[0].text == item and not counted(item)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a reader stands."""

    line: int
    item: str = ""
    is_first: bool = True

    def moved(self, text: str, sentence: Sentence) -> "_Place":
        line = text.rfind("\n", 0, sentence.start) + 1
        item = _ITEM.match(text, sentence.start, sentence.end)
        kept = self if line == self.line else _Place(line)
        return replace(kept, item=fold_characters(item[1])) if item else kept


def _statement(
    report: Report, sentence: Sentence, run: Sequence[_Clause], every: Sequence[_Clause], place: _Place, heads: Heads
) -> Statement:
    narrowed = replace(sentence, start=run[0].start, end=run[-1].end)
    text = _plain(report.text[narrowed.start : narrowed.end])
    first = run[0]
    needs = next((each.lent for each in heads if each.start < first.end and first.start < each.end), ())
    lent, head = _head(report.text, needs, text)
    return Statement(
        sentence=narrowed,
        text=text,
        origin=sentence.start,
        item=place.item,
        line=place.line,
        is_first=place.is_first,
        weight=weight(text, sentence.kind),
        clauses=range(every.index(first), every.index(run[-1]) + 1),
        lent=lent,
        head=head,
    )


def _head(text: str, lent: tuple[Lent, ...], said: str) -> tuple[tuple[Lent, ...], str]:
    """What a statement is lent, as far as it does not say it, and the words of that; nothing where they are many."""
    words = "".join(unquoted(_plain(text[each.start : each.end])) for each in lent if each.kind in TOLD)
    is_short = len(words) <= LONGEST_HEAD and not is_said(words, said, KNOWN)
    return (lent, words) if words and is_short else ((), "")


def _plain(text: str) -> str:
    """Simplified, with full-width commas where no digits stand around them, on one line."""
    return " ".join(_COMMA.sub("，", fold_characters(text)).split())


def _runs(clauses: Sequence[_Clause], kind: SectionKind) -> Iterator[list[_Clause]]:
    """The runs of clauses worth telling; a clause that hangs on the one before it brings it along."""
    run: list[_Clause] = []
    before: _Clause | None = None
    for clause in _without_breakdowns(clauses):
        worthy, hangs = is_worthy(clause.text, kind), clause.goes_on or is_dependent(clause.text)
        if run and worthy and _fits(run, clause, hangs, kind):
            run.append(clause)
            continue
        if run:
            yield run
            run, before = [], None
        if worthy and not clause.goes_on:
            brings = hangs and before is not None and clause.end - before.start <= LONGEST
            run = [before, clause] if before is not None and brings else [clause]
        before = clause
    if run:
        yield run


def _without_breakdowns(clauses: Sequence[_Clause]) -> Iterator[_Clause]:
    """The clauses without what a sum is made of: 其中早稻2万亩、中稻1万亩、晚稻2万亩."""
    inside = False
    for clause, following in zip_longest(clauses, clauses[1:]):
        is_part = clause.text.startswith("其中")
        inside = (is_part and (clause.goes_on or bool(following and following.goes_on))) or (inside and clause.goes_on)
        if not inside:
            yield clause


def _fits(run: Sequence[_Clause], clause: _Clause, hangs: bool, kind: SectionKind) -> bool:
    longest = LONGEST if hangs else SHORT_PLAN if kind == "plan" else COMFORTABLE
    return clause.end - run[0].start <= longest and not is_routine(clause.text)


def _clauses(text: str, sentence: Sentence) -> list[_Clause]:
    """The clauses of a sentence without numbering, linking words and the marks at their ends."""
    said = fold_characters(text[sentence.start : sentence.end])
    closed = [match.span() for match in _CLOSED.finditer(said)]
    stops = [m.end() for m in _STOPS.finditer(said) if not any(a < m.start() < b for a, b in closed)]
    listed = _list_edges(said)
    found: list[_Clause] = []
    for start, stop in pairwise(sorted({0, *stops, *listed, len(said)})):
        begin = _behind_lead(said, start, stop)
        end = begin + len(said[begin:stop].rstrip(_MARKS + " \t\u3000\n"))
        if end > begin:
            found.append(_Clause(sentence.start + begin, sentence.start + end, said[begin:end], start in listed))
    return found


def _list_edges(said: str) -> list[int]:
    """Where a list of figures goes on with another thing: behind the marks of 资金60万元、机具65台、其中微耕机28台."""
    ends = {figure.end for figure in counted(said)}
    return [m.end() for m in re.finditer("、", said) if m.start() in ends and not _NUMERAL.match(said, m.end())]


def _behind_lead(said: str, start: int, end: int) -> int:
    while start < end and (lead := _LEAD.match(said, start, end)):
        start = lead.end()
    return start
