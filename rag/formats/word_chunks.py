"""Parts of a Word document that are files of another format: Word shows them in their place."""

from collections.abc import Callable, Mapping
from typing import Any

from rag.errors import UnreadableFile
from rag.formats.detect import Kind, kind_of
from rag.formats.extract import Extract
from rag.formats.mhtml import read_mhtml
from rag.formats.plain import read_plain
from rag.formats.webpage import read_webpage

_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("text/html", "application/xhtml+xml"), "webpage"),
    **dict.fromkeys(("message/rfc822", "multipart/related", "application/x-mimearchive"), "mhtml"),
    "text/plain": "plain",
}
_READERS: Mapping[Kind, Callable[[bytes], Extract]] = {
    "webpage": read_webpage,
    "mhtml": read_mhtml,
    "plain": read_plain,
}


def chunk_text(part: Any, read_word: Callable[[bytes], Extract]) -> str | None:
    """The text of such a part, None where it cannot be read."""
    try:
        kind = _KINDS.get(part.content_type) or kind_of(str(part.partname), part.blob)
        reader = read_word if kind == "docx" else _READERS.get(kind)
        return None if reader is None else reader(part.blob).text
    except UnreadableFile:
        return None
