"""What every format gives."""

from dataclasses import dataclass

from rag.types import Notice


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of one file.

    Citations count characters of this text, so the same bytes must always give the same text.
    """

    text: str
    encoding: str  # of text files; the format's name elsewhere, such as "docx"
    page_starts: tuple[int, ...] = ()  # offset at which each page begins; empty where there are no pages
    notes: tuple[Notice, ...] = ()  # what was not read, or was mended
