"""Text that a wrong decoding has damaged: U+FFFD, ???, UTF-8 read as GBK (鐨勫伐浣) or as Latin (ä¸­å›½)."""

import re
from collections.abc import Iterator

from rag.types import Span

_RUN = re.compile(r"[^\x00-\x7f\s，。；：、！？（）《》“”‘’]{4,}")
_LATIN_RUN = re.compile(
    r"(?:[\u00c2-\u00ef][\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u2026\u20ac\u2122]{1,2}){2,}"
)
_LOST = re.compile(r"[^\s\ufffd]?\ufffd+[^\s\ufffd]?|(?<=[一-鿿，、。])\?{3,}|\?{3,}(?=[一-鿿])|[\ue000-\uf8ff]+")
_FILLED = re.compile(r"锟斤拷|[烫屯]{4,}")  # what unset memory and doubly broken text turn into
_LEAST_SHARE = 0.75  # of the bytes: single characters of ordinary text are UTF-8 by chance


def garbled(text: str) -> Iterator[Span]:
    """The damaged stretches of a text, in order.

    Example: garbled("全镇\\ufffd\\ufffd发展") gives the span of "镇\\ufffd\\ufffd发"
    """
    spans = [Span(*match.span()) for pattern in (_LOST, _FILLED) for match in pattern.finditer(text)]
    spans += [Span(*match.span()) for match in _RUN.finditer(text) if _was_utf8(match[0], "gb18030")]
    spans += [Span(*match.span()) for match in _LATIN_RUN.finditer(text) if _was_utf8(match[0], "cp1252")]
    end = -1
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if span.start >= end:
            yield span
            end = span.end


def _was_utf8(run: str, encoding: str) -> bool:
    """Whether a run's bytes in the encoding it was read in are, all but the ends, Chinese text in UTF-8."""
    raw = run.encode(encoding, "ignore")
    decoded = [character for character in raw.decode("utf-8", "ignore") if "\u4e00" <= character <= "\u9fff"]
    return len("".join(decoded).encode()) >= _LEAST_SHARE * len(raw)
