"""The items of a list in the clauses that follow its announcement: numbered points, or clauses that name its things."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rag.parsing.heads.clause import Clause
from rag.text.item_numbers import read_point
from rag.text.lexicon import concept
from rag.text.numerals import ONES, number_value
from rag.verification.claims import Evidence

NEAR = 3  # sentences before the first point of what is announced
_CLOSING = "”\"’' "
_NUMBER = re.compile(rf"(?P<count>\d{{1,2}}|[{ONES[1:]}两十])(?:{concept('counters').any})")
_BY_MEANS = re.compile(rf"[是要,、)]以[^,]*{concept('means').any}$")
_BEFORE_THING = 6  # characters between the number and the thing: 两大产业板块


@dataclass(frozen=True)
class Piece:
    """A clause of a sentence, by its number from 0, and the line of the report that it stands on."""

    item: Evidence
    number: int
    line: int

    @cached_property
    def folded(self) -> str:
        """Its folded words."""
        return self.item.clause(self.number).folded.strip()

    @property
    def is_frame(self) -> bool:
        """Whether it only says by what or about what the next is done: 一是以项目为抓手."""
        item = self.item
        span = item.clauses[self.number]
        is_frame = Clause(item.sentence.start, item.parsed.folded, span, item.parsed.figures).is_frame
        return is_frame or bool(_BY_MEANS.search(self.folded))


def in_section(pieces: Sequence[Piece], at: int) -> list[Piece]:
    """The clauses behind one, as far as its section reaches; that of a heading is the one it opens."""
    section = pieces[at].item.section.text
    below: list[Piece] = []
    for piece in pieces[at + 1 :]:
        if not piece.item.section.text.startswith(section):
            break
        below.append(piece)
    return below


def points(below: Sequence[Piece], count: int) -> tuple[Piece, ...]:
    """The heads of exactly `count` numbered points, of which the first stands near; nothing where there are others.

    Points of other styles between them are points of theirs.
    """
    first = next((at for at, each in enumerate(below) if _number(each) is not None), None)
    if first is None or len({each.item.sentence.start for each in below[:first]}) > NEAR:
        return ()
    return _points_from(below, first, count)


def points_with(thing: str, count: int, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The first `count` points of which each is called by a thing: 一是…“换挡期”, 二是…“攻坚期”."""
    for at, piece in enumerate(pieces):
        number = _number(piece)
        if number is not None and number[1] == 1 and _is_called(piece, thing):
            found = _points_from([piece, *in_section(pieces, at)], 0, count)
            if found and all(_is_called(each, thing) for each in found):
                return found
    return ()


def things_called(thing: str, count: int, below: Sequence[Piece]) -> tuple[Piece, ...]:
    """The clause that names all things of a kind, or else the clauses of which each names some of them.

    A clause that names one again counts for nothing.
    """
    told: list[Piece] = []
    total = 0
    for piece in below:
        number = _things_in(piece.folded, thing)
        if number == count:
            return (piece,)
        if number and not any(set(piece.folded) <= set(each.folded) for each in told):
            told.append(piece)
            total += number
    return tuple(told) if total == count else ()


def named(names: Sequence[str], pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Clauses of one section, in order, each of which begins with one of the names and says more than it."""
    for at, piece in enumerate(pieces):
        if not _tells_of(piece, names[0]):
            continue
        found = [piece]
        for each in in_section(pieces, at):
            if len(found) < len(names) and _tells_of(each, names[len(found)]):
                found.append(each)
        if len(found) == len(names):
            return tuple(found)
    return ()


def _points_from(below: Sequence[Piece], first: int, count: int) -> tuple[Piece, ...]:
    heads: list[Piece] = []
    found = 0
    style = None
    for at, piece in enumerate(below[first:], start=first):
        number = _number(piece)
        if number is None or (style is not None and number[0] != style):
            continue
        if number[1] != found + 1:
            break
        style, found = number[0], found + 1
        heads.append(piece)
        if (number[2] == len(piece.folded) or piece.is_frame) and at + 1 < len(below):
            heads.append(below[at + 1])
    return tuple(heads) if found == count else ()


def _number(piece: Piece) -> tuple[str, int, int] | None:
    """The style, the number and the length of the label that a clause begins with."""
    read = read_point(piece.folded)
    return (read.style, read.number, read.length) if read else None


def _is_called(piece: Piece, thing: str) -> bool:
    return piece.folded.rstrip(_CLOSING).endswith(thing)


def _tells_of(piece: Piece, name: str) -> bool:
    return piece.folded.startswith(name) and len(piece.folded) > len(name) + 1


def _things_in(folded: str, thing: str) -> int:
    """How many things of a kind a clause names: 2 in 农业产业和旅游产业 and in 花卉和茶叶两大产业, 0 in 产业兴旺."""
    count = 0
    ends = rf"{re.escape(thing)}(?=[{_CLOSING}]*(?:{concept('and').any}|$))"
    for match in re.finditer(ends, folded):
        number = _NUMBER.search(folded, max(0, match.start() - _BEFORE_THING), match.start())
        count += int(number_value(number["count"].replace("两", "二"))) if number else 1
    return count
