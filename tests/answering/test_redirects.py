"""Greetings, summaries, comparisons and questions about the library, through the whole flow and without a model."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from rag.answering.answers import Answer
from rag.answering.rendering import answer_json
from rag.library.results import Scope
from rag.settings import read_settings
from rag.workspace import Workspace
from tests.support.asked_library import answerer_over, of_place

REPORTS = [
    of_place("石矶镇", "种植水稻1200亩。", county="云陂县", year=2021),
    of_place("石矶镇", "种植水稻1300亩。", year=2020),
    of_place("大塘镇", "安装路灯60盏。", county="云陂县", year=2022),
]


class Told:
    """What other rooms would say."""

    def overview(self, report_id: str) -> Sequence[str]:
        return [f"{report_id}的概况。"]

    def compared(self, subject: str, county: str | None, year: int | None, most: int) -> tuple[Sequence[str], int]:
        return ([f"石矶镇 2021：1200亩（{county} {year}）"], 1) if subject == "水稻面积" else ([], 0)


def ask(home: Path, question: str) -> Answer:
    answerer = answerer_over(home, REPORTS)
    answerer._elsewhere = Told()
    answer = answerer.ask(question)
    assert (answer.outcome, answer.claims, answer.evidence) == ("redirected", (), ())
    return answer


def test_a_greeting_is_told_what_can_be_asked(tmp_path: Path) -> None:
    answer = ask(tmp_path, "你好，你能做什么？")
    assert answer.reason == "help"
    assert "石矶镇2020年" in answer.answer


def test_thanks_are_taken(tmp_path: Path) -> None:
    answer = ask(tmp_path, "谢谢！")
    assert (answer.reason, answer.answer) == ("help", "不客气，还有问题请继续问。")


def test_the_library_is_listed_by_place_whether_a_report_says_its_county_or_not(tmp_path: Path) -> None:
    answer = ask(tmp_path, "有哪些报告？")
    assert answer.reason == "library"
    assert answer.answer.splitlines()[:3] == [
        "共有3份报告，年份：2020、2021、2022。",
        "云陂县石矶镇：2020、2021",
        "云陂县大塘镇：2022",
    ]


def test_of_one_place_its_reports_are_listed(tmp_path: Path) -> None:
    assert ask(tmp_path, "大塘镇有哪几年的报告？").answer.splitlines()[:2] == [
        "共有1份报告，年份：2022。",
        "云陂县大塘镇：2022",
    ]


@pytest.mark.parametrize(("question", "report"), [("总结石矶镇2020年的报告", 1), ("总结石矶镇的报告", 0)])
def test_a_summary_is_of_the_year_asked_about_or_the_newest(tmp_path: Path, question: str, report: int) -> None:
    answer = ask(tmp_path, question)
    assert answer.reason == "summary"
    assert [line for line in answer.answer.splitlines() if line.endswith("的概况。")] == [
        f"{REPORTS[report].id}的概况。"
    ]


def test_where_no_place_is_named_it_is_asked_which(tmp_path: Path) -> None:
    assert ask(tmp_path, "总结一下").answer.startswith("请说明要哪个地方、哪一年的报告的总结。\n共有3份报告")


def test_a_comparison_is_shown_in_short(tmp_path: Path) -> None:
    answer = ask(tmp_path, "对比各镇的水稻面积")
    assert answer.reason == "compare"
    assert answer.answer.splitlines()[:2] == [
        "各报告里“水稻面积”的数字，共1条：",
        "石矶镇 2021：1200亩（None None）",
    ]


def test_a_comparison_is_of_the_county_and_year_that_are_named(tmp_path: Path) -> None:
    assert "石矶镇 2021：1200亩（云陂县 2021）" in ask(tmp_path, "对比云陂县2021年各镇的水稻面积").answer


def test_what_no_report_has_figures_of_is_said(tmp_path: Path) -> None:
    assert ask(tmp_path, "对比各镇的茶叶产值").answer.startswith("各报告里没有找到“茶叶产值”的数字。")


def test_the_answer_is_in_the_language_and_script_of_the_question(tmp_path: Path) -> None:
    assert ask(tmp_path / "en", "Which reports do you have?").answer.startswith(
        "3 reports, of the years 2020, 2021, 2022:\n云陂县石矶镇: 2020, 2021\n"
    )
    assert ask(tmp_path / "zh", "有哪些報告？").answer.startswith("共有3份報告")


def test_a_workspace_shows_its_own_summary_and_comparison(tmp_path: Path) -> None:
    file = tmp_path / "石矶镇2021.txt"
    file.write_text(
        "石矶镇2021年工作总结\n一、主要工作\n全年种植水稻1200亩。\n全年完成财政收入1500万元。\n", encoding="utf-8"
    )
    with Workspace(read_settings({"ZHENBAO_HOME": str(tmp_path / "home")})) as workspace:
        workspace.ingest([file], on_result=lambda _: None)
        answerer = workspace.answerer_with(None)
        assert "1500万元" in answerer.ask("总结石矶镇2021年的报告").answer
        assert "石矶镇 2021：财政收入1500万元" in answerer.ask("对比各镇的财政收入").answer.splitlines()


def test_a_question_of_another_place_than_the_filters_is_given_back_with_both(tmp_path: Path) -> None:
    answer = answerer_over(tmp_path, REPORTS).ask("大塘镇装了多少路灯？", scope=Scope(towns=("石矶镇",)))
    assert (answer.outcome, answer.reason, answer.claims) == ("refused", "scope_conflict", ())
    assert answer.answer.startswith("筛选的是石矶镇，问题问的是大塘镇")
    assert answer_json(answer)["choices"] == [
        {"question": "石矶镇装了多少路灯？", "town": "石矶镇"},
        {"question": "大塘镇装了多少路灯？"},
    ]


def test_a_filter_with_the_county_admits_the_towns_reports_that_do_not_say_it(tmp_path: Path) -> None:
    scope = Scope(towns=("石矶镇",), county="云陂县")
    answer = answerer_over(tmp_path, REPORTS).ask("2020年种植水稻多少亩？", scope=scope)
    assert "种植水稻1300亩。" in {item.text for item in answer.evidence}
