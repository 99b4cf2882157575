"""Every reason has words in every language."""

from typing import get_args

import pytest

from rag.answering.answers import Reason
from rag.types import Language
from rag.verification.labels import LABELS
from rag.verification.verdicts import UnsupportedReason


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("code", [*get_args(Reason), *get_args(UnsupportedReason)])
def test_a_reason_has_words(language: Language, code: str) -> None:
    assert LABELS[language].reason(code) not in ("", code)


def test_no_reason_needs_no_words() -> None:
    assert LABELS["zh-Hans"].reason(None) == ""


def test_traditional_labels_are_the_simplified_ones_in_the_other_script() -> None:
    from rag.text.normalization import fold

    simple, traditional = LABELS["zh-Hans"], LABELS["zh-Hant"]
    assert {code: fold(text) for code, text in traditional.reasons.items()} == {
        code: fold(text) for code, text in simple.reasons.items()
    }
