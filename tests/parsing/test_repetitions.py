"""What stands twice in one file."""

from rag.parsing.repetitions import find_repeated_runs, find_repeated_titles, find_title

LONG = "全镇修建公路12公里、水渠3公里，惠及群众300户1200人。" * 4


def test_a_second_copy_of_the_body_is_found() -> None:
    body = ["一、工作回顾", LONG, f"其次，{LONG}"]
    assert find_repeated_runs(["标题", *body, *body, "落款"]) == (range(4, 7),)


def test_spaces_do_not_hide_a_copy() -> None:
    body = [LONG, f"其次，{LONG}"]
    assert find_repeated_runs([*body, *(line.replace("公路", "公 路") for line in body)]) == (range(2, 4),)


def test_a_short_repetition_is_left() -> None:
    assert find_repeated_runs(["完成年度任务。", "修路。", "完成年度任务。"]) == ()


def test_repeated_lines_must_stand_together() -> None:
    lines = [LONG, "修路。", "修渠。", LONG]
    assert len(LONG) < 200
    assert find_repeated_runs(lines) == ()


def test_titles_that_differ_in_a_joining_word_are_one() -> None:
    lines = ["石矶镇2020年工作总结暨2021年工作计划", "石矶镇2020年工作总结与2021年工作计划", "一年来,全镇发展。"]
    assert find_title(lines) == range(1)
    assert find_repeated_titles(lines) == (1,)


def test_the_documents_own_title_repeats_the_pages() -> None:
    page, own = "石矶镇2023年工作情况和2024年工作计划", "关于石矶镇2023年工作情况和2024年工作计划的报告"
    assert find_repeated_titles([page, "来源:石矶镇", "中共石矶镇委员会", own, "县委:", "2023年,全镇发展。"]) == (3,)


def test_titles_of_different_years_are_two() -> None:
    assert find_repeated_titles(["石矶镇2020年工作总结", "石矶镇2021年工作总结", "一年来,全镇发展。"]) == ()


def test_a_line_of_the_body_is_no_title() -> None:
    assert find_title(["全镇完成投资3亿元。", "石矶镇2020年工作总结"]) is None
