"""Where the clauses of a sentence begin and end."""

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.text.clauses import COMMAS, SENTENCE_MARKS
from rag.text.figures import Figure
from rag.text.numerals import ONES
from rag.types import Span

_STOP = re.compile(rf"[{COMMAS}{SENTENCE_MARKS}：:\n](?<!\d[,:](?=\d))")
_CLOSED = re.compile(
    r"“[^”\n]{0,60}”|‘[^’\n]{0,40}’|\"[^\"\n]{0,60}\"|《[^》\n]{0,60}》|（[^）\n]{0,60}）|\([^()\n]{0,60}\)"
)
_MARKS = "，,；;：:。！!？?、 \t\u3000\n"
_NUMERAL = re.compile(rf"[\d{ONES}]")


def clause_spans(folded: str, figures: Sequence[Figure]) -> list[Span]:
    """The clauses of a folded sentence without the marks between them; what is quoted or bracketed is not divided.

    A list of figures has a clause for each: 资金60万元、机具65台 has two, 贫困户34户、64人 one.
    """
    closed = [match.span() for match in _CLOSED.finditer(folded)] if _has_closed(folded) else []
    stops = [m.end() for m in _STOP.finditer(folded) if not any(a < m.start() < b for a, b in closed)]
    if "、" in folded:
        stops += _list_edges(folded, figures)
    spans = []
    for begin, end in pairwise([0, *sorted(stops), len(folded)]):
        piece = folded[begin:end]
        start = begin + len(piece) - len(piece.lstrip(_MARKS))
        stop = begin + len(piece.rstrip(_MARKS))
        if start < stop:
            spans.append(Span(start, stop))
    return spans


def _has_closed(folded: str) -> bool:
    return any(mark in folded for mark in '“‘"《（(')


def _list_edges(folded: str, figures: Sequence[Figure]) -> list[int]:
    ends = {figure.end for figure in figures if figure.kind == "quantity"}
    return [m.end() for m in re.finditer("、", folded) if m.start() in ends and not _NUMERAL.match(folded, m.end())]
