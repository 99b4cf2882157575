"""Headings, their levels, and what their sections report."""

import pytest

from rag.parsing.outline import OutlineEntry, find_headings, opens_plan, opens_problems, planned_year, section_kind
from rag.types import SectionKind

TEXT = "全镇修建公路12公里、水渠3公里,惠及群众300户1200人,群众满意。"


def headings(*lines: str) -> list[tuple[int, int]]:
    return [(entry.line, entry.level) for entry in find_headings(lines)]


def test_levels_follow_the_numbering() -> None:
    assert headings("一、工作回顾", "(一)抓党建", "1、抓学习", TEXT, "(二)抓项目", TEXT, "二、存在的问题", TEXT) == [
        (0, 1),
        (1, 2),
        (2, 3),
        (4, 2),
        (6, 1),
    ]


def test_an_entry_names_its_line() -> None:
    assert find_headings(["一、工作回顾", TEXT]) == (OutlineEntry(0, 1),)


def test_unnumbered_section_titles_stand_above_numbers() -> None:
    assert headings("2019年工作总结", "一、党建有亮点", TEXT, "2020年工作思路", TEXT) == [(0, 1), (1, 2), (3, 1)]


def test_a_heading_may_end_in_a_full_stop() -> None:
    assert headings("(一)加快转型,推进发展。", TEXT, "(二)聚焦民生。", TEXT) == [(0, 1), (2, 1)]


def test_an_item_that_goes_on_is_body() -> None:
    assert headings(
        "一、2021年工作开展情况", "一、党建凝心聚力。全镇有党员742名。", "二、清廉建设。开展警示教育。"
    ) == [(0, 1)]


@pytest.mark.parametrize("end", ["。", "；", ""])
def test_lists_of_short_items_are_body(end: str) -> None:
    assert headings("一、经济发展", f"1.新增企业{end}", f"2.完成投资{end}", f"3.新修水渠{end}") == [(0, 1)]


def test_a_list_that_begins_anew_inside_a_section_is_nested() -> None:
    assert headings("二、工作情况", TEXT, "三、工作计划", "一、抓招商", TEXT, "二、抓民生", TEXT) == [
        (0, 1),
        (2, 1),
        (3, 2),
        (5, 2),
    ]


def test_an_outer_number_ends_a_nested_list() -> None:
    lines = ["一、工作情况", "一、抓招商", TEXT, "二、抓民生", TEXT, "二、工作计划", TEXT]
    assert headings(*lines) == [(0, 1), (1, 2), (3, 2), (5, 1)]


def test_short_plain_lines_above_a_paragraph_are_headings() -> None:
    assert headings("一、社会事业", "民生保障", TEXT, "教育卫生", TEXT) == [(0, 1), (1, 2), (3, 2)]


def test_a_plain_line_with_a_figure_is_body() -> None:
    assert headings("发展党员12名", TEXT) == []


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("一、2020年重点工作回顾", "result"),
        ("一、2020年政府工作亮点", "result"),
        ("一、工作开展情况", "result"),
        ("2019年工作计划完成情况", "result"),
        ("二、2021年重点工作思路", "plan"),
        ("二、下一步工作打算", "plan"),
        ("三、2021年重点工作", "plan"),
        ("三、明年目标任务", "plan"),
        ("二、当前工作存在的问题与不足", "problem"),
        ("二、存在的主要困难", "problem"),
        ("(一)对标对表理清思路", None),
        ("(二)计划生育", None),
        ("(三)解决突出问题", None),
    ],
)
def test_section_kinds(heading: str, kind: SectionKind | None) -> None:
    assert section_kind(heading, 2020) == kind


@pytest.mark.parametrize(
    "line", ["2024年,我们将继续修路", "下一步,我镇将修路", "明年,全镇要修路", "新的一年,我们将努力"]
)
def test_lines_that_open_plans(line: str) -> None:
    assert opens_plan(line, 2023)


@pytest.mark.parametrize("line", ["2023年,我镇将党建摆在首位", "2024年1月,我镇获评先进", "今年,我镇修路"])
def test_lines_that_do_not_open_plans(line: str) -> None:
    assert not opens_plan(line, 2023)


def test_planned_year() -> None:
    assert planned_year("2024年,我们将继续修路") == 2024
    assert planned_year("2024年完成修路") is None


@pytest.mark.parametrize("sentence", ["同时,我们也清醒地认识到存在的不足,例如", "但工作中仍然存在一些问题:一是"])
def test_sentences_that_admit_problems(sentence: str) -> None:
    assert opens_problems(sentence)


@pytest.mark.parametrize("sentence", ["对存在问题的12户已整改到位", "村民看到饮水问题解决了", "解决问题119例"])
def test_sentences_about_solved_problems(sentence: str) -> None:
    assert not opens_problems(sentence)
