"""Sentences end at 。！？； and line ends, and know what their section reports."""

import pytest

from rag.parsing.cleaning import clean
from rag.parsing.sentences import split_line, split_sentences
from rag.types import SectionKind


def parts(line: str) -> list[str]:
    return [line[span.start : span.end] for span in split_line(line)]


def told(text: str, year: int | None = 2020) -> list[tuple[str, str, SectionKind]]:
    cleaned = clean(text)
    sentences = split_sentences(cleaned.text, cleaned.lines, cleaned.headings, year)
    return [(cleaned.text[each.start : each.end], each.section, each.kind) for each in sentences]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (["修路3公里。", "修渠2公里；", "修桥！"], None),
        (["修路3公里;", "修渠2公里;", "修桥"], None),
        (["一是修路。", "二是修渠。"], None),
        (["总动力44836、4千瓦，面积1.5万亩、2.25万亩。"], None),
        (["投资（县补20万元；自筹30万元。）完成。"], None),
        (["开展“我是谁？为了谁？”活动。", "修路。"], None),
        (["他说：“路修好了。”", "大家高兴。"], None),
        (["提出“路修好了；渠通了。”的要求。"], ["提出“路修好了；渠通了。”", "的要求。"]),
        (["落实“三会一课”制度。”", "修路。"], None),
        (['坚持"两手抓;两手硬"方针。'], None),
        (["真好！！", "……真的。"], None),
    ],
)
def test_split_line(line: list[str], expected: list[str] | None) -> None:
    assert parts("".join(line)) == (expected or line)


def test_blanks_between_sentences_belong_to_none() -> None:
    assert parts("修路。  修渠。 ") == ["修路。", "修渠。"]


def test_a_long_quotation_is_split() -> None:
    long = "修路" * 20
    assert len(parts(f"“{long}。{long}。”")) == 2


def test_sections_and_kinds() -> None:
    text = "石矶镇2020年工作总结\n一、工作回顾\n修路。\n二、存在的问题\n路少。\n三、工作计划\n修桥。\n2020年12月28日"
    assert told(text) == [
        ("石矶镇2020年工作总结", "", "other"),
        ("一、工作回顾", "一、工作回顾", "result"),
        ("修路。", "一、工作回顾", "result"),
        ("二、存在的问题", "二、存在的问题", "problem"),
        ("路少。", "二、存在的问题", "problem"),
        ("三、工作计划", "三、工作计划", "plan"),
        ("修桥。", "三、工作计划", "plan"),
        ("2020年12月28日", "", "other"),
    ]


def test_subsections_inherit_the_kind_and_show_the_path() -> None:
    text = "二、下一步工作打算\n(一)抓项目\n引进企业。\n(二)抓民生\n修路。"
    assert told(text)[2] == ("引进企业。", "二、下一步工作打算 / (一)抓项目", "plan")
    assert told(text)[4] == ("修路。", "二、下一步工作打算 / (二)抓民生", "plan")


def test_a_line_of_the_next_year_turns_the_rest_to_plans() -> None:
    text = "2020年，全镇修路。\n2021年，我们将修桥。\n一是修渠。"
    assert [kind for _, _, kind in told(text)] == ["result", "plan", "plan"]


def test_an_intention_inside_a_paragraph_ends_with_its_sentence() -> None:
    assert [kind for _, _, kind in told("修路3公里。下一步，我镇将修渠；修桥。全年投资3万元。")] == [
        "result",
        "plan",
        "plan",
        "result",
    ]


def test_admitted_problems_run_to_the_end_of_the_line() -> None:
    text = "一、工作回顾\n成绩来之不易。同时，我们也清醒地认识到存在的不足，例如路少；渠旧。\n(一)抓党建\n发展党员。"
    assert [kind for _, _, kind in told(text)] == ["result", "result", "problem", "problem", "result", "result"]


def test_announced_problems_run_on_over_their_points() -> None:
    text = "一、工作回顾\n我们也清醒地看到，还存在一些问题：\n一是路少。\n二是渠旧。\n对此，大家正在修路。"
    assert [kind for _, _, kind in told(text)] == ["result", "problem", "problem", "problem", "result"]


def test_an_item_that_runs_on_closes_the_section_before_it() -> None:
    text = "一、党建工作：\n发展党员12名。\n二、全镇修建公路12公里，投资300万元。"
    assert told(text)[2][1] == ""


def test_a_list_inside_a_section_does_not_close_it() -> None:
    text = "一、2020年工作情况\n一、党建有力。发展党员12名。\n二、清廉有序。开展教育。\n二、工作计划\n修路。"
    assert {section for _, section, kind in told(text) if kind == "result"} == {"一、2020年工作情况"}
    assert told(text)[-1] == ("修路。", "二、工作计划", "plan")
