"""Passages for search: at most 350 characters, inside one section, together the whole body."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from rag.parsing.report import Chunk, Sentence
from rag.text.numerals import COUNTING
from rag.types import SectionKind

if TYPE_CHECKING:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

LONGEST_CHUNK = 350  # characters; the embedder dilutes longer texts

# Largest units first: a line, an item inside a line (一是…, 2、…), a sentence, a clause. No comma between digits.
_ITEM = rf"(?<=[。；;])(?=[{COUNTING}]{{1,2}}是|[1-9]\d?、(?!\d)|[(（][{COUNTING}]{{1,2}}[)）])"
_SEPARATORS = ["\n", _ITEM, "。", "[！？!?]", "[；;]", r"，|,(?!\d)", "、", ""]


def chunk(text: str, sentences: Sequence[Sentence]) -> tuple[Chunk, ...]:
    """Cuts the body sentences of a clean text into passages, in order, without overlap or loss.

    A passage never crosses a heading, nor the border between what is reported and what is planned.
    """
    chunks: list[Chunk] = []
    for start, end, section, kind in _stretches(sentences):
        position = start
        for piece in _splitter().split_text(text[start:end]):
            left = len(piece) - len(piece.lstrip())
            right = len(piece.rstrip())
            if left < right:
                chunks.append(Chunk(position + left, position + right, section, kind))
            position += len(piece)
    return tuple(chunks)


def _stretches(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int, str, SectionKind]]:
    for (role, section, kind), group in groupby(sentences, key=lambda each: (each.role, each.section, each.kind)):
        members = list(group)
        if role == "body":
            yield members[0].start, members[-1].end, section, kind


@lru_cache(maxsize=1)
def _splitter() -> "RecursiveCharacterTextSplitter":
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    return RecursiveCharacterTextSplitter(
        separators=_SEPARATORS,
        is_separator_regex=True,
        keep_separator="end",
        strip_whitespace=False,  # pieces must add up to the text, so that offsets are sums of lengths
        chunk_size=LONGEST_CHUNK,
        chunk_overlap=0,
    )
