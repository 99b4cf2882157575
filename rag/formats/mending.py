"""What other programs did to a text before it was saved, undone where that is safe, with a word about it."""

import html
import re
from dataclasses import replace

from rag.formats.escapes import unescaped
from rag.formats.extract import Extract
from rag.formats.mojibake import mend as mend_mojibake
from rag.types import Notice

_ENTITY = re.compile(r"&(?:amp;)*(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_MOST_LAYERS = 4  # &amp;amp;amp;nbsp;


def mended(extract: Extract) -> Extract:
    """Escapes and entities become their characters, text read in a wrong encoding the right text."""
    for mend in (_escapes, _entities, _mojibake) if not extract.page_starts else (_entities, _mojibake):
        text, notice = mend(extract.text)
        if notice is not None:
            extract = replace(extract, text=text, page_starts=_starts(extract, text), notes=(*extract.notes, notice))
    return extract


def _starts(extract: Extract, text: str) -> tuple[int, ...]:
    """Where the pages begin in the mended text: at the same lines."""
    lines = [0, *(match.end() for match in re.finditer("\n", text))]
    return tuple(lines[extract.text.count("\n", 0, start)] for start in extract.page_starts)


def _escapes(text: str) -> tuple[str, Notice | None]:
    found = unescaped(text)
    return (text, None) if found == text else (found, Notice("escapes_read"))


def _entities(text: str) -> tuple[str, Notice | None]:
    found = [entity for entity in _ENTITY.findall(text) if _character(entity) != entity]
    if not found:
        return text, None
    notice = Notice("entities_read", count=len(found), example=found[0])
    return _ENTITY.sub(lambda match: _character(match[0]), text), notice


def _character(entity: str) -> str:
    """The character of an entity, itself where it is none or a line end: “ for &amp;ldquo;."""
    read = entity
    for _ in range(_MOST_LAYERS):
        read = html.unescape(read)
    return read if len(read) == 1 and read.splitlines() == [read] else entity


def _mojibake(text: str) -> tuple[str, Notice | None]:
    found = mend_mojibake(text)
    if found is None:
        return text, None
    return found.text, Notice("text_was_misread", right=found.right, wrong=found.wrong, count=found.count)
