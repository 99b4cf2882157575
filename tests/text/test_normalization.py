"""Folding makes scripts, widths and cases equal; `fold_characters` keeps every offset."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.text.normalization import fold, fold_characters


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("茶市鎮", "茶市镇", id="traditional"),
        pytest.param("發展油茶產業，修建汙水處理廠", "发展油茶产业,修建污水处理厂", id="sentence"),
        pytest.param("全麵落實製度、誌願服務", "全面落实制度、志愿服务", id="wrongly-converted"),
        pytest.param("ＧＤＰ１２％", "gdp12%", id="full-width"),
        pytest.param("App　登记", "app 登记", id="case-and-blank"),
    ],
)
def test_fold_makes_equal_what_means_the_same(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_fold_survives_half_a_surrogate_pair() -> None:
    assert fold("镇\ud800") == "镇?"


@given(st.text(st.sampled_from("鎮鄉麵著裏乾後髮ＡＢ1２,，。 ㈠〇") | st.characters()))
@settings(deadline=None, derandomize=True)
def test_fold_characters_keeps_the_length(text: str) -> None:
    assert len(fold_characters(text)) == len(text)


def test_fold_characters_changes_the_script_alone() -> None:
    assert fold_characters("322國道，ＡＢ") == "322国道，ＡＢ"


@pytest.mark.parametrize(("text", "common"), [("支岀", "支出"), ("䃼助", "补助")])
def test_a_rare_character_that_looks_like_a_common_one_is_read_as_it(text: str, common: str) -> None:
    assert (fold(text), fold_characters(text)) == (common, common)
