"""Markdown files, without their marks."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from rag.formats.extract import Extract
from rag.formats.plain import decode_text
from rag.formats.tables import Grid, written

_LINES = frozenset({"inline", "fence", "code_block", "html_block"})
_NOTE_MARK = re.compile(r"(^ {0,3})?\[\^[^\]\s]+\](?(1):[ \t]*)", re.MULTILINE)


def read_markdown(content: bytes) -> Extract:
    """A line for each paragraph, heading, list item (with its number) and table row. Raises UnreadableFile."""
    decoded = decode_text(content)
    return Extract("\n".join(written(_blocks(decoded.text))) + "\n", decoded.encoding)


def _blocks(text: str) -> list[str | Grid]:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(_NOTE_MARK.sub("", text))
    blocks: list[str | Grid] = []
    rows: list[list[str]] | None = None
    number = ""
    for token in tokens:
        if token.type == "table_open":
            rows = []
        elif token.type == "tr_open" and rows is not None:
            rows.append([])
        elif token.type == "table_close" and rows is not None:
            blocks, rows = [*blocks, Grid(rows)], None
        elif token.type == "list_item_open":
            number = f"{token.info}{token.markup} " if token.info else ""
        elif token.type in _LINES:
            shown = _inline(token.children) if token.type == "inline" else _block(token)
            if rows is not None:
                rows[-1].append(shown)
            else:
                blocks, number = [*blocks, number + shown], ""
    return blocks


def _block(token: Any) -> str:
    """A stretch of raw text: code as it stands, HTML as a browser shows it."""
    if token.type != "html_block":
        return str(token.content).rstrip("\n")
    from rag.formats.webpage import page_lines

    return "\n".join(page_lines(token.content))


def _inline(tokens: Sequence[Any] | None) -> str:
    if not any(token.type == "html_inline" for token in tokens or ()):
        return "".join(_shown(tokens or (), "\n"))
    from rag.formats.webpage import page_lines

    marked = "".join(_shown(tokens or (), "<br>", is_page=True))
    return "\n".join(page_lines(f"<p>{marked}</p>"))


def _shown(tokens: Sequence[Any], line_end: str, *, is_page: bool = False) -> Iterator[str]:
    """The texts of a line without what is struck out, for a page with its marks."""
    struck = 0
    for token in tokens:
        struck += (token.type == "s_open") - (token.type == "s_close")
        if struck or token.type == "image":
            continue
        if token.type in ("softbreak", "hardbreak"):
            yield line_end
        elif token.type == "html_inline":
            yield token.content
        else:
            yield escape(token.content) if is_page else token.content
