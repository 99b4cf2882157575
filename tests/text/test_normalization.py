"""Folding makes scripts, widths and cases equal; `fold_characters` keeps every offset."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.text.figures import level
from rag.text.normalization import fold, fold_characters, fold_in_place


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


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        pytest.param("⻰⾕县⻢⽯镇⼯作", "龙谷县马石镇工作", id="radicals of both blocks"),
        pytest.param(
            "粮⻝、⻥塘、⻬⼼、⻓廊、⻛险", "粮食、鱼塘、齐心、长廊、风险", id="radicals that have no normal form"
        ),
        pytest.param("⾧江、⻑江、⾨⼾", "长江、长江、门户", id="radicals in traditional script"),
        pytest.param("\uf9e8\uf9f4\uf941\U0002f8d6", "里林论肭", id="doubles for other standards"),
        pytest.param("\ue863溪镇", "䶮溪镇", id="private use of old systems"),
        pytest.param("㙍堃镇𠮷祥村㐱", "㙍堃镇𠮷祥村㐱", id="rare characters stay"),
    ],
)
def test_what_stands_for_a_usual_character_is_read_as_it(text: str, usual: str) -> None:
    assert (fold(text), fold_characters(text), fold_in_place(text)) == (usual,) * 3


def test_signs_and_digits_in_other_forms_are_levelled_in_place() -> None:
    assert level("增⻓５．６﹪，𝟏𝟐万︵亩︶﹒\u2009㎡") == "增长5.6%,12万(亩). ㎡"


@pytest.mark.parametrize(
    "invisible", ["\u200b", "\ufeff", "\xad", "\u2066", "\u061c", "\ufe00", "\U000e0101", "\u034f"]
)
def test_invisible_characters_do_not_count(invisible: str) -> None:
    assert fold(f"柳{invisible}溪{invisible}镇") == "柳溪镇"


@pytest.mark.parametrize(("text", "common"), [("支岀", "支出"), ("䃼助", "补助")])
def test_a_rare_character_that_looks_like_a_common_one_is_read_as_it(text: str, common: str) -> None:
    assert (fold(text), fold_characters(text)) == (common, common)
