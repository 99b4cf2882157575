"""Offsets between a clean text and its source."""

import pytest

from rag.types import OffsetMap, Run, Span

MAP = OffsetMap((Run(0, 0, 2), Run(2, 5, 3)))  # source "ab---cde", clean "abcde"


@pytest.mark.parametrize(
    ("source", "clean"),
    [
        (Span(0, 2), Span(0, 2)),
        (Span(1, 6), Span(1, 3)),
        (Span(5, 8), Span(2, 5)),
        (Span(2, 4), None),
        (Span(1, 4), None),
    ],
)
def test_a_source_span_leads_to_the_clean_text_where_its_ends_were_kept(source: Span, clean: Span | None) -> None:
    assert MAP.to_clean(source) == clean


def test_what_leads_there_leads_back() -> None:
    for start in range(5):
        for end in range(start + 1, 6):
            assert MAP.to_clean(MAP.to_source(Span(start, end))) == Span(start, end)
