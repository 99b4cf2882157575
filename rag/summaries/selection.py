"""Choosing what a summary tells, within a budget of characters. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.summaries.statements import Statement
from rag.types import Length, SectionKind

SHARE = 4  # a summary is at most one fourth of its report
FILLED = 0.97  # the rest goes to the words between the points
LEAST = 60  # characters: of a note of a few lines a fourth would be nothing
PAGE = 900  # characters of points on a page
PARAGRAPH = 220  # and in a paragraph
OVERVIEW, KEY_FIGURES, PROBLEMS, PLANS = 0.05, 0.08, 0.13, 0.22  # of a budget
HEADS = 0.05  # for what statements are lent; the rest are results
LONGEST_OVERVIEW = 220
CROWDED = 0.9  # what a further statement of the same paragraph weighs, once for each that is chosen already
FIRST = 1.4  # what a paragraph says first weighs more
SMALLEST = 15  # characters added to a statement's length, so that crumbs do not win by being short
DENSITY = 0.9  # how much length counts against weight
JOINT = "，"  # between the statements of a point
LONGEST_POINT = 80  # characters of a point made of several statements of one sentence


@dataclass(frozen=True, slots=True)
class Strand:
    """Statements of one sentence that are told as one point."""

    statements: tuple[Statement, ...]

    @property
    def text(self) -> str:
        return JOINT.join(statement.text for statement in self.statements)

    @property
    def told(self) -> str:
        """Its text behind its head."""
        first = self.statements[0]
        return f"{first.told}{self.text[len(first.text) :]}"

    @property
    def kind(self) -> SectionKind:
        return self.statements[0].sentence.kind

    @property
    def weight(self) -> float:
        """Of its statements on average."""
        return sum(statement.weight for statement in self.statements) / len(self.statements)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a summary tells, in the report's order."""

    results: tuple[Strand, ...]
    problems: tuple[Strand, ...]
    plans: tuple[Strand, ...]

    @property
    def strands(self) -> tuple[Strand, ...]:
        return (*self.results, *self.problems, *self.plans)


def budget(length: Length, characters: int) -> int:
    """Characters of all points of a summary of a report with so many characters."""
    room = max(LEAST, round(characters / SHARE * FILLED))
    return {"full": room, "page": min(room, PAGE), "paragraph": min(room, PARAGRAPH)}[length]


def overview_budget(length: Length, room: int) -> int:
    """How much of it the overview takes; a paragraph is nothing else."""
    return room if length == "paragraph" else min(LONGEST_OVERVIEW, round(OVERVIEW * room))


def key_figure_budget(room: int) -> int:
    """How much of it the key figures take."""
    return round(KEY_FIGURES * room)


def choose(statements: Sequence[Statement], room: int) -> Chosen:
    """The weightiest statements: problems and plans have shares of their own, results take what is left."""
    problems = _weightiest([s for s in statements if s.sentence.kind == "problem"], round(PROBLEMS * room))
    plans = _weightiest([s for s in statements if s.sentence.kind == "plan"], round(PLANS * room))
    left = round(room * (1 - OVERVIEW - HEADS - KEY_FIGURES)) - sum(len(s.text) for s in (*problems, *plans))
    results = _weightiest([s for s in statements if s.sentence.kind in ("result", "other")], left)
    headed = _with_heads([*results, *problems, *plans], round(HEADS * room))
    ends = len(results), len(results) + len(problems)
    return Chosen(_strands(headed[: ends[0]]), _apart(headed[ends[0] : ends[1]]), _apart(headed[ends[1] :]))


def _with_heads(chosen: Sequence[Statement], room: int) -> list[Statement]:
    """Statements with the heads that there is room for, the shortest statements first: they say least alone."""
    kept: set[tuple[int, str]] = set()
    for statement in sorted(chosen, key=lambda statement: len(statement.text)):
        cost = len(statement.told) - len(statement.text)
        if statement.head and (statement.origin, statement.head) not in kept and cost <= room:
            kept.add((statement.origin, statement.head))
            room -= cost
    return [s if (s.origin, s.head) in kept else replace(s, head="", lent=()) for s in chosen]


def _weightiest(statements: Sequence[Statement], room: int) -> list[Statement]:
    """Those that say most by the character, paragraphs sharing the room; in the report's order."""
    chosen: list[Statement] = []
    open_ = [statement for statement in statements if statement.weight > 0]
    crowd: Counter[int] = Counter()
    while open_:
        best = max(open_, key=lambda s: (_density(s) * CROWDED ** crowd[s.line], -s.sentence.start))
        open_.remove(best)
        if len(best.text) <= room:
            chosen.append(best)
            crowd[best.line] += 1
            room -= len(best.text)
    return sorted(chosen, key=lambda s: s.sentence.start)


def _density(statement: Statement) -> float:
    first = FIRST if statement.is_first else 1.0
    size: float = (len(statement.text) + SMALLEST) ** DENSITY
    return first * statement.weight / size


def _strands(statements: Sequence[Statement]) -> tuple[Strand, ...]:
    """Statements of one sentence together, as far as they make a point that is not too long and leave out nothing.

    What stands between two of them may change who does it, or what came of it.
    """
    strands: list[Strand] = []
    for statement in statements:
        last = strands[-1] if strands else None
        if last and _goes_on(last, statement) and len(last.told + statement.text) < LONGEST_POINT:
            strands[-1] = Strand((*last.statements, statement))
        else:
            strands.append(Strand((statement,)))
    return tuple(strands)


def _goes_on(strand: Strand, statement: Statement) -> bool:
    """Whether a statement follows a strand of the same sentence with no clause between them."""
    last = strand.statements[-1]
    return last.origin == statement.origin and last.clauses.stop == statement.clauses.start


def _apart(statements: Sequence[Statement]) -> tuple[Strand, ...]:
    """Each by itself: problems and plans are many small things."""
    return tuple(Strand((statement,)) for statement in statements)
