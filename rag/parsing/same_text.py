"""Whether two texts are one report in two forms, or two versions of one report. Pure.

Compared is what a report says in its body and headings: letters and figures alone, in simplified script, without
letterhead lines, blanks, line ends and punctuation. So the file type, the script, hard line wraps, and the page
around a report make no difference, while one changed digit or word does.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.parsing.report import Metadata, Report
from rag.text.lexicon import table
from rag.text.normalization import fold_characters
from rag.types import OffsetMap, Run

VERSION_SHARE = 0.5
"""From this share of common text on, two reports of one town and year are versions of each other."""

_VARIANTS = str.maketrans({left: right for right, words in table("left_over_variants").items() for left in words})
_STOPS = frozenset("。！？；!?;")
_SIGNS = frozenset("%‰℃")
_LONGEST_FURNITURE = 40  # letters of a line that a page may leave before or after a report
_MOST_FURNITURE = 10  # such lines at either end
_SHORTEST = 30  # letters that two reports must have in common at least
_PIECE = 6  # letters of the pieces by which versions are compared


@dataclass(frozen=True, slots=True)
class LetterForms:
    """Fingerprints of a report's letters: of all of them, and without the lines that a page may have left around it.

    Two reports say the same (`same_text`) only where the `whole` of one is among the `inner` ones of the other.
    """

    whole: int
    inner: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Line:
    """The letters of one line, where each stands in the clean text, and whether the line is prose."""

    letters: str
    places: tuple[int, ...]
    is_prose: bool


def same_text(one: Report, other: Report) -> bool:
    """Whether two texts say the same to the letter, in whatever form.

    Lines without a full stop may stand before or after one of them: what a page leaves around it.
    """
    return one.text == other.text or _common_start(_lines(one), _lines(other)) is not None


def letter_forms(report: Report) -> LetterForms:
    """The fingerprints by which reports that may say the same are found; each is a whole number of 64 bits.

    Example: of a report of 3 lines, the first a title without a full stop: inner of lines 1 to 3, and of 2 and 3.
    """
    lines = [line for line in _lines(report) if line.letters]
    letters = "".join(line.letters for line in lines)
    starts = [0, *_lengths(lines)]
    ends = [len(letters), *(len(letters) - length for length in _lengths(lines[::-1]))]
    inner = {_fingerprint(letters[start:end]) for start in starts for end in ends if start < end}
    whole = _fingerprint(letters)
    return LetterForms(whole, frozenset({whole, *inner}))


def _lengths(lines: Sequence[_Line]) -> Iterator[int]:
    """Letters of the first lines that may be furniture: of one, of two, and so on."""
    length = 0
    for line in lines[:_MOST_FURNITURE]:
        if not _may_be_furniture(line):
            return
        length += len(line.letters)
        yield length


def _may_be_furniture(line: _Line) -> bool:
    return not line.is_prose and len(line.letters) <= _LONGEST_FURNITURE


def _fingerprint(letters: str) -> int:
    digest = hashlib.blake2b(letters.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def may_be_same(one: Metadata, other: Metadata) -> bool:
    """Whether nothing says that they are of different counties, towns or years."""
    return all(None in pair or pair[0] == pair[1] for pair in zip(issue(one), issue(other), strict=True))


def issue(metadata: Metadata) -> tuple[str | None, str | None, int | None]:
    """What a town writes one report for: county, town and year."""
    return metadata.county, metadata.town, metadata.year


def shared_text(one: Report, other: Report) -> float:
    """The share of text that two reports have in common, from 0 to 1.

    Example: the same report with one of its ten paragraphs written anew has about 0.9.
    """
    pieces = [_pieces("".join(line.letters for line in _lines(report))) for report in (one, other)]
    return len(pieces[0] & pieces[1]) / max(len(pieces[0]), len(pieces[1]), 1)


def aligned(report: Report, other: Report, offsets: OffsetMap) -> OffsetMap:
    """The way from a report's clean text into the file of `other`, which is the same report in another form.

    `offsets` leads from the clean text of `other` into its file. Letters and the marks between them lead to their own
    counterparts; what only the report has leads to what stands before it.
    """
    if report.text == other.text:
        return offsets
    mine, theirs = _lines(report), _lines(other)
    ahead = _common_start(mine, theirs)
    if ahead is None:
        raise ValueError(f"{report.id} and {other.id} are different reports")
    here, there = ([place for line in lines for place in line.places] for lines in (mine, theirs))
    pairs = dict(zip(here[max(ahead, 0) :], there[max(-ahead, 0) :], strict=False))
    _pair_marks(report.text, other.text, pairs, range(len(report.text)), step=1)
    _pair_marks(report.text, other.text, pairs, range(len(report.text) - 1, -1, -1), step=-1)
    place = min(pairs.values())
    sources: list[int] = []
    for position in range(len(report.text)):
        place = max(place, pairs.get(position, place))
        sources.append(offsets.position(place))
    return OffsetMap(tuple(_runs(sources)))


def _pair_marks(mine: str, theirs: str, pairs: dict[int, int], positions: Iterable[int], *, step: int) -> None:
    """Pairs each mark with the same one that stands next to the counterpart of its neighbour."""
    for position in positions:
        place = pairs.get(position - step, -2) + step
        if position not in pairs and 0 <= place < len(theirs) and _plain(theirs[place]) == _plain(mine[position]):
            pairs[position] = place


def _common_start(mine: Sequence[_Line], theirs: Sequence[_Line]) -> int | None:
    """How many letters of the first stand before what both have in common (negative: of the second), else None."""
    one, other = ("".join(line.letters for line in lines) for lines in (mine, theirs))
    if len(one) < len(other):
        start = _common_start(theirs, mine)
        return None if start is None else -start
    start = one.find(other)
    if not other or start < 0 or (len(other) < _SHORTEST and one != other):
        return None
    return start if _is_framed(mine, start, start + len(other)) else None


def _is_framed(lines: Sequence[_Line], start: int, end: int) -> bool:
    """Whether what stands before `start` and after `end` is whole lines of page furniture."""
    before, after = [], []
    position = 0
    for line in lines:
        following = position + len(line.letters)
        if following <= start and line.letters:
            before.append(line)
        elif position >= end and line.letters:
            after.append(line)
        elif position < start or following > end:
            return False
        position = following
    frame = [*before, *after]
    too_many = max(len(before), len(after)) > _MOST_FURNITURE
    return not too_many and all(_may_be_furniture(line) for line in frame)


def _lines(report: Report) -> list[_Line]:
    """Body and headings, line by line."""
    letterhead = {sentence.start for sentence in report.sentences if sentence.role == "metadata"}
    simplified = fold_characters(report.text).translate(_VARIANTS)
    lines: list[_Line] = []
    start = 0
    for content in simplified.split("\n"):
        if start not in letterhead:
            lines.append(_line(content, start))
        start += len(content) + 1
    return lines


def _line(content: str, start: int) -> _Line:
    pairs = [(letter, start + index) for index in range(len(content)) for letter in _letters(content, index)]
    is_prose = not _STOPS.isdisjoint(content)
    return _Line("".join(letter for letter, _ in pairs), tuple(place for _, place in pairs), is_prose)


def _letters(content: str, index: int) -> str:
    """What counts of one character: letters and digits, such as m2 for ㎡, and the marks that make another figure.

    Example: of 增长-3.15%， all but the comma
    """
    plain = _plain(content[index])
    if plain.isalnum():
        return plain
    is_before_digit = content[index + 1 : index + 2].isdecimal()
    is_in_figure = is_before_digit and index > 0 and content[index - 1].isdecimal()
    if plain in _SIGNS or is_in_figure or (plain == "-" and is_before_digit):
        return plain.strip()
    return "".join(part for part in plain if part.isalnum())


@lru_cache(maxsize=8192)
def _plain(character: str) -> str:
    return unicodedata.normalize("NFKC", character).lower()


def _pieces(letters: str) -> set[str]:
    return {letters[start : start + _PIECE] for start in range(max(1, len(letters) - _PIECE + 1))}


def _runs(sources: Iterable[int]) -> list[Run]:
    runs: list[Run] = []
    for clean, source in enumerate(sources):
        if runs and source == runs[-1].source + runs[-1].length:
            runs[-1] = Run(runs[-1].clean, runs[-1].source, runs[-1].length + 1)
        else:
            runs.append(Run(clean, source, 1))
    return runs
