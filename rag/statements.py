"""Statements: the stretches of a report's sentences that say one thing, without the mottoes around them. Pure.

A summary is made of statements: runs of clauses inside one sentence, each at its place in the clean text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rag.figures import Figure, read_figures
from rag.folding import fold_characters
from rag.types import Report, SectionKind, Sentence
from rag.weights import admits, figures_in, is_dependent, is_routine, is_worthy, weight

COMFORTABLE = 32  # characters of a statement that goes on with what could stand alone
SHORT_PLAN = 24  # the same of a plan: intentions are many and small
LONGEST = 48  # characters of a statement that goes on with what hangs on it

_STOPS = re.compile(r"[，,；;：:。！!？?](?<!\d[,:](?=\d))")
_CLOSED = re.compile(r"“[^”\n]{0,60}”|‘[^’\n]{0,40}’|\"[^\"\n]{0,60}\"|《[^》\n]{0,60}》|（[^）\n]{0,60}）|\([^()\n]{0,60}\)")
_LEAD = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}(?:是|、)|\d{1,2}[、.](?!\d)|[(（][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十]，)"
)
_LINK = re.compile(
    r"(?:例如|比如|一方面|另一方面)[，,]?|(?:(?:与此)?同时|此外|另外|其次|首先|最后|尤其|特别是|并且|而且|并|且|另|还|也|以及|截[至止](?:目前|今年|年底)|到目前(?:为止)?"
    r"|目前|今年(?:来|以来)?|一年来|近年来|通过集中行动|尤其今年|[^，,；;。、\d]{2,8}方面|[^，,；;。、\d]{2,8}上)[，,]"
    r"|(?:同时|此外|另外|并且|而且)(?=[\u4e00-\u9fff])|并(?=[^列非])"
)


_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a report says: `sentence` narrowed to the clauses that say it."""

    sentence: Sentence
    text: str  # simplified script, without the marks at its ends
    line: int  # where the line begins that it stands in
    is_first: bool  # of its line
    weight: float

    @property
    def figures(self) -> tuple[Figure, ...]:
        """What it counts."""
        return read_figures(self.text)


def statements_of(report: Report) -> tuple[Statement, ...]:
    """Every statement of the body, in the report's order.

    A result or plan that admits a shortcoming (正在整改, 还比较薄弱) stands there once more, as a problem.

    Example: 一是抓产业。坚持绿色发展，全年种植油茶3000亩，产值800万元。 has one: 全年种植油茶3000亩，产值800万元
    """
    found: list[Statement] = []
    begun: set[int] = set()
    for sentence in report.sentences:
        if sentence.role != "body":
            continue
        line = report.text.rfind("\n", 0, sentence.start) + 1
        clauses = _clauses(report.text, sentence)
        for run in _runs(clauses, sentence.kind):
            found.append(_statement(report, sentence, run, line, line not in begun))
            begun.add(line)
        if sentence.kind != "problem":
            admitted = [clause for clause in clauses if admits(clause.text)]
            as_problem = replace(sentence, kind="problem")
            found += [_statement(report, as_problem, [clause], line, False) for clause in admitted]
    return tuple(found)


def _statement(
    report: Report, sentence: Sentence, run: Sequence["_Clause"], line: int, is_first: bool
) -> Statement:
    narrowed = replace(sentence, start=run[0].start, end=run[-1].end)
    text = fold_characters(report.text[narrowed.start : narrowed.end])
    return Statement(narrowed, text, line, is_first, weight(text, sentence.kind))


@dataclass(frozen=True, slots=True)
class _Clause:
    start: int
    end: int
    text: str
    goes_on: bool  # with a list of figures


def _runs(clauses: Sequence[_Clause], kind: SectionKind) -> Iterator[list[_Clause]]:
    """The runs of clauses worth telling; a clause that hangs on the one before it brings it along."""
    run: list[_Clause] = []
    before: _Clause | None = None
    for clause in clauses:
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
    for start, end in pairwise(sorted({0, *stops, *listed, len(said)})):
        begin = _without_lead(said, start, end)
        while end > begin and (said[end - 1] in "，,；;：:。！!？?、" or said[end - 1].isspace()):
            end -= 1
        if end > begin:
            offset = sentence.start
            found.append(_Clause(offset + begin, offset + end, said[begin:end], start in listed))
    return found


def _list_edges(said: str) -> list[int]:
    """Where a list of figures goes on with another thing: behind the marks of 资金60万元、机具65台、其中微耕机28台."""
    ends = {figure.end for figure in figures_in(said)}
    return [m.end() for m in re.finditer("、", said) if m.start() in ends and not re.match(r"[\d一二三四五六七八九]", said[m.end():])]


def _without_lead(said: str, start: int, end: int) -> int:
    while start < end and (lead := (_LEAD.match(said, start, end) or _LINK.match(said, start, end) or _BLANK.match(said, start, end))):
        start = lead.end()
    return start


