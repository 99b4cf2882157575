"""Cleaning: from the text of a file to the text of the report. Characters are dropped, never altered.

Every clean character leads back to its source character, and what was dropped is listed as a `Defect`.
Cleaning a clean text changes nothing: the pass below looks at the lines' text alone and is repeated until it rests.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rag.parsing.boilerplate import find_boilerplate
from rag.parsing.line_wraps import is_wrapped
from rag.parsing.outline import find_headings
from rag.parsing.repetitions import find_occasion, find_repeated_runs, find_repeated_titles, find_title
from rag.parsing.report import Defect, DefectKind, Heading
from rag.text.letterhead import is_addressee, is_letterhead
from rag.text.normalization import HAN, INVISIBLE, fold
from rag.types import OffsetMap, Run, Span

Role = Literal["body", "heading", "metadata"]

_BREAK = re.compile(rf"\\r\\n|(?<=[{HAN}，。；：）])(?:\\[nr])+|\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_VISIBLE = re.compile(rf"[^{INVISIBLE}]+")
_BLANK = re.compile(rf"[\s{INVISIBLE}]")
_BULLETS = "•‣⁃◦▪▫●■◆❖➢➤►▶"
LEADING = re.compile(rf"(?:[\s{INVISIBLE}\uf020-\uf0ff]|[{_BULLETS}](?![{_BULLETS}]))*")
"""What a line may begin with before its text: blanks, and bullets of any font; ■■ is blacked out."""
_BREAK_CONTEXT = 10  # characters quoted on either side of a wrap
_TAIL = 200
_ADDRESSEE_LINES = 15


@dataclass(frozen=True, slots=True)
class CleanLine:
    """One line of the clean text, without its line end."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean text: lines parted by "\\n", none of them empty, none beginning or ending with a blank."""

    text: str
    offsets: OffsetMap
    lines: tuple[CleanLine, ...]
    headings: tuple[Heading, ...]
    title: tuple[int, ...]  # the lines that make it
    occasion: tuple[int, ...]  # the lines that say at which meeting it was held
    defects: tuple[Defect, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line on its way: the source spans it consists of, where its line end stands, its text as is and folded."""

    pieces: tuple[Span, ...]
    end: int
    text: str
    folded: str

    @property
    def start(self) -> int:
        return self.pieces[0].start

    @property
    def stop(self) -> int:
        return self.pieces[-1].end


def clean(text: str) -> Cleaned:
    """Drops page furniture, second copies, hard line wraps and invisible characters.

    Example: clean("  一是抓好农业。二是打造特色农\\n业基地。\\n\\n").text == "一是抓好农业。二是打造特色农业基地。"
    """
    lines = _split(text)
    defects: list[Defect] = []
    while True:
        rested = len(lines)
        for step in (_drop_boilerplate, _join_wraps, _drop_repeated_runs, _drop_repeated_titles):
            lines, found = step(lines, text)
            defects += found
        if len(lines) == rested:
            break
    return _assemble(lines, sorted(defects, key=lambda defect: (defect.start, defect.end)))


def _split(text: str) -> list[_Line]:
    """The lines that hold something, without blanks at their ends and without invisible characters."""
    lines: list[_Line] = []
    start = 0
    for end, following in [*(match.span() for match in _BREAK.finditer(text)), (len(text), len(text))]:
        line = _line(_visible_pieces(text, start, end), following - 1, text)
        lines += [line] if line else []
        start = following
    return lines


def _visible_pieces(text: str, start: int, end: int) -> tuple[Span, ...]:
    start = _end_of_leading(text, start, end)
    while end > start and _BLANK.match(text[end - 1]):
        end -= 1
    return tuple(Span(*match.span()) for match in _VISIBLE.finditer(text, start, end))


def _end_of_leading(text: str, start: int, end: int) -> int:
    match = LEADING.match(text, start, end)
    return match.end() if match else start


def _line(pieces: tuple[Span, ...], end: int, source: str) -> _Line | None:
    if not pieces:
        return None
    text = "".join(source[piece.start : piece.end] for piece in pieces)
    return _Line(pieces, end, text, fold(text).strip())


def _drop_boilerplate(lines: Sequence[_Line], source: str) -> tuple[list[_Line], list[Defect]]:
    dropped = find_boilerplate([line.folded for line in lines])
    detail = "网页或版面上的内容，不属于报告 (page furniture, not part of the report)"
    return _without(lines, dropped), [_defect("boilerplate", detail, [lines[i]], source) for i in sorted(dropped)]


def _join_wraps(lines: Sequence[_Line], source: str) -> tuple[list[_Line], list[Defect]]:
    """Joins each wrapped paragraph and reports it once, from shortly before its first wrap to after its last."""
    paragraphs: list[list[_Line]] = []
    tail = ""  # the end of the paragraph so far: folding it whole at each line would take quadratic time
    for line in lines:
        if paragraphs and is_wrapped(tail, line.folded):
            paragraphs[-1].append(line)
            tail = tail[-_TAIL:] + line.folded
        else:
            paragraphs.append([line])
            tail = line.folded
    joined = [lines[0] if len(lines) == 1 else _joined(lines) for lines in paragraphs]
    return joined, [_wrap_defect(lines, source) for lines in paragraphs if len(lines) > 1]


def _joined(lines: Sequence[_Line]) -> _Line:
    text = "".join(line.text for line in lines)
    return _Line(tuple(piece for line in lines for piece in line.pieces), lines[-1].end, text, fold(text).strip())


def _wrap_defect(lines: Sequence[_Line], source: str) -> Defect:
    start = max(lines[0].start, lines[0].stop - _BREAK_CONTEXT)
    end = min(lines[-1].stop, lines[-1].start + _BREAK_CONTEXT)
    detail = f"句中硬换行{len(lines) - 1}处，已接回 (line breaks in mid-sentence, joined)"
    return Defect("hard_wraps", detail, source[start:end], start, end)


def _drop_repeated_runs(lines: Sequence[_Line], source: str) -> tuple[list[_Line], list[Defect]]:
    runs = find_repeated_runs([line.folded for line in lines])
    detail = "正文重复，只保留前一份 (text stands twice, first copy kept)"
    defects = [_defect("duplicated_body", detail, lines[run.start : run.stop], source) for run in runs]
    return _without(lines, {index for run in runs for index in run}), defects


def _drop_repeated_titles(lines: Sequence[_Line], source: str) -> tuple[list[_Line], list[Defect]]:
    dropped = find_repeated_titles([line.folded for line in lines])
    detail = "标题重复，只保留前一个 (title stands twice, first copy kept)"
    return _without(lines, dropped), [_defect("duplicated_title", detail, [lines[i]], source) for i in dropped]


def _without(lines: Sequence[_Line], dropped: Iterable[int]) -> list[_Line]:
    gone = set(dropped)
    return [line for index, line in enumerate(lines) if index not in gone]


def _defect(kind: DefectKind, detail: str, lines: Sequence[_Line], source: str) -> Defect:
    start, end = lines[0].start, lines[-1].stop
    return Defect(kind, detail, source[start:end], start, end)


def _assemble(lines: Sequence[_Line], defects: Sequence[Defect]) -> Cleaned:
    folded = [line.folded for line in lines]
    title = find_title(folded) or range(0)
    occasion = _occasion(folded, title.stop)
    metadata = frozenset(index for index, line in enumerate(folded) if _is_metadata(index, line))
    metadata |= {*title, *occasion}
    levels = {entry.line: entry.level for entry in find_headings(folded, metadata)}
    runs: list[Run] = []
    clean_lines: list[CleanLine] = []
    headings: list[Heading] = []
    position = 0
    for index, line in enumerate(lines):
        start = position
        for piece in line.pieces:
            runs.append(Run(position, piece.start, len(piece)))
            position += len(piece)
        clean_lines.append(CleanLine(start, position, _role(index, metadata, levels)))
        if index in levels:
            headings.append(Heading(start, position, levels[index], line.text))
        if index + 1 < len(lines):
            runs.append(Run(position, line.end, 1))
            position += 1
    text = "\n".join(line.text for line in lines)
    return Cleaned(
        text, OffsetMap(tuple(runs)), tuple(clean_lines), tuple(headings), (*title,), (*occasion,), tuple(defects)
    )


def _occasion(lines: Sequence[str], below: int) -> range:
    found = (find_occasion(lines, start) for start in range(below, min(below + _ADDRESSEE_LINES, len(lines))))
    return next((each for each in found if each), range(0))


def _is_metadata(index: int, line: str) -> bool:
    return is_letterhead(line) or (index < _ADDRESSEE_LINES and is_addressee(line))


def _role(index: int, metadata: frozenset[int], levels: dict[int, int]) -> Role:
    if index in metadata:
        return "metadata"
    return "heading" if index in levels else "body"
