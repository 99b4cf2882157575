"""Item numbers that skip, repeat or stand on two levels."""

import pytest

from rag.parsing.cleaning import clean
from rag.parsing.defects.item_numbers import numbering_faults
from rag.parsing.report import DefectKind


def quotes(text: str, kind: DefectKind) -> list[str]:
    cleaned = clean(text)
    found = [each.span for each in numbering_faults(cleaned) if each.kind == kind]
    return [cleaned.text[each.start : each.end] for each in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("一是修路。二是修桥。四是修渠。", ["四是"]),
        ("一是修路；二是修桥；二是修渠。", ["二是"]),
        ("一要修路，二要修桥，四要修渠。", ["四要"]),
        ("主要做法：一是修路。三是修桥。", ["三是"]),
        ("一是修好了全镇的路。\n三是修好了全镇的桥。", ["三是"]),
    ],
)
def test_gaps_inside_paragraphs(text: str, found: list[str]) -> None:
    assert quotes(f"一、工作情况\n{text}", "numbering_gap") == found


@pytest.mark.parametrize(
    "text",
    [
        "一是修路。二是修桥。三是修渠。",
        "一是修路：一是硬化；二是黑化。二是修桥。三是修渠。",
        "一是修路。\n二是修桥。\n三是修渠。",
        "一是修路。二是修桥。\n一是种树。二是种草。",
        "把发展作为第一要务，坚持四要素保障，六要六不准。",
        "说一不二，统一是前提。",
    ],
)
def test_what_follows_in_order(text: str) -> None:
    assert quotes(f"一、工作情况\n{text}", "numbering_gap") == []


PLAN = "三、2021年工作计划\n一、抓好招商引资工作。全年引进项目3个。\n二、抓好农业生产工作。全年种粮3万亩。"


def test_one_style_on_two_levels() -> None:
    text = f"一、2020年工作总结\n全年修路12公里。\n二、存在的问题\n修桥不够。\n{PLAN}"
    assert quotes(text, "numbering_conflict") == ["一、"]


def test_arabic_numbers_on_two_levels() -> None:
    text = "一、工作总结\n1.抓好项目建设\n1.引进企业3家。\n2.开工项目2个。\n2.抓好农业生产\n全年种粮3万亩。"
    assert quotes(text, "numbering_conflict") == ["1."]


@pytest.mark.parametrize(
    "text",
    [
        "一、工作总结\n（一）修路\n全年修路12公里。\n（二）修桥\n全年修桥3座。\n二、工作计划\n（一）修渠\n计划修渠3公里。",
        "2020年工作总结\n一、修路\n全年修路12公里。\n2021年工作计划\n一、修桥\n计划修桥3座。",
        "第一部分 工作总结\n一、修路\n全年修路12公里。\n第二部分 工作计划\n一、修桥\n计划修桥3座。",
    ],
)
def test_levels_that_can_be_told_apart(text: str) -> None:
    assert quotes(text, "numbering_conflict") == []
