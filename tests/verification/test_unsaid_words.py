"""Words of a claim that its sentences do not have."""

import pytest

from rag.verification.unsaid_words import unsaid_words

SAID = ["在上岭、双合、竹边等村修建污水管网，实现雨污分流，公路硬化公里。"]


@pytest.mark.parametrize(
    ("words", "unsaid"),
    [
        ("双合、竹边等村修建污水管网", ()),
        ("双合、竹山等村修建污水管网", ("竹山",)),
        ("双合、石桥等村修建污水管网", ("石桥",)),
        ("实现雨水分流", ("水",)),
        ("公路长", ()),  # a measure's word
        ("全面新建污水管网", ()),  # words that fit any report
        ("修建污水管的", ()),
    ],
)
def test_unsaid_words(words: str, unsaid: tuple[str, ...]) -> None:
    assert unsaid_words(words, frozenset(), SAID) == unsaid


def test_words_known_from_elsewhere_are_passed_over() -> None:
    assert unsaid_words("石桥村修建污水管网", {"石桥", "桥村"}, SAID) == ()
