"""Characters typed or recognised for another one."""

import pytest

from rag.parsing.defects.characters import wrong_characters


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
