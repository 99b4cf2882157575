"""Markdown files, without their marks."""

from collections.abc import Sequence
from typing import Any

from rag.formats.extract import Extract
from rag.formats.plain import decode_text
from rag.formats.tables import Grid, written

_LINES = frozenset({"inline", "fence", "code_block", "html_block"})


def read_markdown(content: bytes) -> Extract:
    """A line for each paragraph, heading, list item (with its number) and table row. Raises UnreadableFile."""
    decoded = decode_text(content)
    return Extract("\n".join(written(_blocks(decoded.text))) + "\n", decoded.encoding)


def _blocks(text: str) -> list[str | Grid]:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(text)
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
    shown = {"softbreak": "\n", "hardbreak": "\n", "html_inline": "", "image": ""}
    return "".join(shown.get(token.type, str(token.content)) for token in tokens or ())
