"""Characters typed or recognised for another one."""

import pytest

from rag.parsing.defects.characters import garbled, wrong_characters


def quotes(text: str) -> list[str]:
    return [text[each.span.start : each.span.end] for each in wrong_characters(text)]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("岀动挖机10台。", "岀"),
        ("实现农机㭜化生产。", "㭜"),
        ("打涝漂浮物100吨。", "打涝"),
        ("严禁焚烧秸杆。", "秸杆"),
        ("全镇脫贪攻坚。", "脫贪"),
        ("⼯作总结", "⼯"),
    ],
)
def test_slips(text: str, quote: str) -> None:
    assert quotes(text) == [quote]


@pytest.mark.parametrize(
    "text",
    [
        "形势严峻工作繁重。",
        "究竟争取多少资金。",
        "发布署名文章。",
        "防冶炼污染。",
        "塅里村、㮾梨街道、㙍上村修路。",
        "李㮾当选。李㮾发言。李㮾表态。",
        "出动挖机，打捞漂浮物，焚烧秸秆。",
    ],
)
def test_what_only_looks_like_a_slip(text: str) -> None:
    assert quotes(text) == []


def test_the_intended_character_is_told_with_the_number_of_places() -> None:
    (found,) = wrong_characters("发放䃼贴，䃼发工资。")
    assert "“补”" in found.detail
    assert "全文2处" in found.detail


def test_radicals_are_told_with_the_characters_that_they_stand_for() -> None:
    (found,) = wrong_characters("粮⻝、⻥塘、\ue863溪村")
    assert "⻝（食）、⻥（鱼）、\ue863（䶮）" in found.detail


def test_a_rare_character_in_the_name_of_a_place_is_no_slip_in_traditional_script() -> None:
    assert quotes("䶮溪鎮修路") == []


@pytest.mark.parametrize(
    ("text", "damaged"),
    [
        pytest.param("\uf0b7 全镇修路\n  \uf06c修渠", [], id="bullets"),
        pytest.param("\ue863溪村修路", [], id="a known character of private use"),
        pytest.param("温度12\uf0b0", ["\uf0b0"], id="a sign of a symbol font inside a line"),
        pytest.param("王\ue5c3任镇长", ["\ue5c3"], id="an unknown character"),
    ],
)
def test_private_use(text: str, damaged: list[str]) -> None:
    assert [text[span.start : span.end] for span in garbled(text)] == damaged


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("全镇概况：ËÉÇÅÕò", id="GBK as western"),
        pytest.param("全镇概况：鏉炬ˉ闀囧伐浣滄€荤粨", id="UTF-8 as GBK"),
        pytest.param("琱猠马羆挡薄猵磅瞶簿笆" * 5, id="Big5 as GBK"),
    ],
)
def test_text_of_a_wrong_encoding_is_damage(text: str) -> None:
    assert list(garbled(text))


@pytest.mark.parametrize("text", ["Größe über façade", "面积±20㎡····12页", "龢龘靐齉", "全镇修路。" * 20])
def test_what_is_only_foreign_or_rare_is_none(text: str) -> None:
    assert not list(garbled(text))
