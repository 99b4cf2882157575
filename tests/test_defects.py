"""What is wrong with a file, found and quoted at its place."""

import pytest

from rag.parsing import parse
from rag.types import Defect, SourceFile

TITLE = "石矶镇2022年工作总结及2023年工作计划\n"


def defects(text: str, kind: str) -> list[Defect]:
    return [defect for defect in parse(SourceFile("报告.txt", "", "utf-8", text)).defects if defect.kind == kind]


def quotes(text: str, kind: str) -> list[str]:
    return [defect.quote for defect in defects(text, kind)]


@pytest.mark.parametrize("mark", ["关键词2", "關鍵詞2", "××", "XX", "ＸＸ", "____", "[待补]", "（待核实）", "{{金额}}"])
def test_placeholders(mark: str) -> None:
    assert quotes(f"{TITLE}全年投入资金{mark}万元。", "placeholder") == [mark]


@pytest.mark.parametrize("text", ["5×3米", "GALAXXY", "二〇〇〇年", "关键词", "（待业人员）", "A_B"])
def test_what_is_no_placeholder(text: str) -> None:
    assert quotes(f"{TITLE}全镇{text}。", "placeholder") == []


def test_years_that_contradict_the_title() -> None:
    opening = "现将石矶镇2021年工作总结和2022工作计划报告如下：\n"
    text = f"{TITLE}{opening}一、2021年工作开展情况\n修路。\n二、2023年工作计划\n修桥。"
    assert quotes(text, "year_conflict") == ["2021年工作总结", "2022工作计划", "2021年工作开展情况"]


def test_a_defect_stands_at_its_place_in_the_file() -> None:
    text = f"首页 > 石矶镇\r\n\r\n{TITLE}\r\n　　一、2021年工作开展情况\r\n　　修路。"
    (defect,) = defects(text, "year_conflict")
    assert text[defect.start : defect.end] == defect.quote == "2021年工作开展情况"


def test_a_year_in_running_text_contradicts_nothing() -> None:
    text = f"{TITLE}一、2022年工作回顾\n比2021年工作总结时增加3户。\n二、2023年工作计划\n修桥。"
    assert quotes(text, "year_conflict") == []


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        (["一、", "二、", "三、"], []),
        (["一、", "二、", "四、"], ["四、"]),
        (["一、", "二、", "二、"], ["二、"]),
        (["一、", "1.", "2.", "二、", "1.", "2.", "4."], ["4."]),
        (["一、", "一、", "二、", "三、", "二、", "三、"], []),
        (["二、", "三、"], ["二、"]),
    ],
)
def test_numbering_gaps(numbers: list[str], found: list[str]) -> None:
    lines = [f"{number}抓好第{position}项工作。全年投资3万元。" for position, number in enumerate(numbers)]
    assert quotes(TITLE + "\n".join(lines), "numbering_gap") == found


def test_an_item_that_breaks_off() -> None:
    text = f"{TITLE}四、发展农业。加固堤防，进一步加大力度，扎实做好秋季秸秆禁\n\n五、继续做好防控。开展监测。"
    assert quotes(text, "truncated_item") == ["加固堤防，进一步加大力度，扎实做好秋季秸秆禁"]


@pytest.mark.parametrize(
    "line",
    ["公路\t12公里，水渠3公里，桥梁2座，涵洞5个，路灯9盏", "修路，修渠", "他说，“全镇上下要一鼓作气把路修好通车。”"],
)
def test_lines_that_do_not_break_off(line: str) -> None:
    assert quotes(f"{TITLE}全年修路。\n{line}", "truncated_item") == []
