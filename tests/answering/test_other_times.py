"""Figures that the report gives for another time than the question does."""

import pytest

from rag.answering.other_times import figures_of_other_times
from rag.answering.outcomes import decide
from rag.parsing.figures.timeline import period_of
from rag.parsing.report import Report
from rag.verification.citations import as_evidence
from rag.verification.claims import Evidence
from tests.support.held import understand
from tests.support.told_reports import parsed, told

REPORT = parsed(
    "云陂县石矶镇2020年工作总结和2021年工作计划",
    "一、2020年工作总结",
    "五年来，道路通到每个村。新增城镇就业1200人。",
    "2020年，农民人均收入16500元。上年粮食产量1.2万吨，今年产量1.3万吨。",
    "二、2021年工作计划",
    "农民人均收入增长8%，新建公路12公里。",
)


def evidence_of(report: Report) -> list[Evidence]:
    body = [sentence for sentence in report.sentences if sentence.role == "body"]
    return [as_evidence(number, report, sentence) for number, sentence in enumerate(body, start=1)]


def times(question: str) -> list[str]:
    found = figures_of_other_times(understand(question, [REPORT]), evidence_of(REPORT))
    return [f"{each.time} {each.found.text}" for each in found]


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("石矶镇2020年农民人均收入增长了8%吗？", ["plan 8%"]),
        ("石矶镇2020年新建公路12公里是怎么筹的钱？", ["plan 12公里"]),
        ("石矶镇新建了12公里公路吗？", ["plan 12公里"]),
        ("石矶镇2020年一年新增城镇就业1200人，对吗？", ["several_years 1200人"]),
        ("石矶镇2020年粮食产量是1.2万吨吗？", ["another_year 1.2万吨"]),
    ],
)
def test_what_is_told_of_another_time_is_found(question: str, right: list[str]) -> None:
    assert times(question) == right


@pytest.mark.parametrize(
    "question",
    [
        "石矶镇2021年计划新建公路12公里吗？",
        "石矶镇2021年农民人均收入增长8%吗？",
        "石矶镇五年新增城镇就业1200人，对吗？",
        "石矶镇2020年粮食产量是1.3万吨吗？",
        "石矶镇2020年农民人均收入16500元，对吗？",
        "石矶镇2020年修了12座桥吗？",
        "Did rural income in Shiji grow by 8% in 2020?",
    ],
)
def test_what_is_of_the_time_asked_about_or_of_something_else_is_left_alone(question: str) -> None:
    assert times(question) == []


def test_the_lead_tells_a_plan_from_another_time() -> None:
    leads = {}
    for question in ("石矶镇2020年农民人均收入增长了8%吗？", "石矶镇2020年一年新增城镇就业1200人，对吗？"):
        asked = understand(question, [REPORT])
        decision = decide(asked, [], [], (), figures_of_other_times(asked, evidence_of(REPORT)))
        leads[decision.reason] = decision.lead
    assert leads == {
        "planned_only": "报告没有说“8%”已经做到，这是2021年的计划或目标。",
        "premise_corrected": "问题里的“1200人”不是所问时间的，报告说的是另一段时间。",
    }


def test_a_time_goes_on_to_the_end_of_its_line() -> None:
    report = told("石矶镇", "五年来，道路通到每个村。新增就业1200人。", "修路3公里。")
    body = [sentence for sentence in report.sentences if sentence.role == "body"]
    periods = [period_of(report, sentence) for sentence in body]
    assert [period.text if period else "" for period in periods] == ["", "五年来", ""]
    assert period_of(report, report.sentences[0]) is None


def test_a_heading_of_several_years_holds_for_its_section() -> None:
    report = parsed(
        "石矶镇2020年工作报告", "一、“十三五”时期工作回顾", "新增就业1200人。", "二、2020年工作回顾", "修路3公里。"
    )
    body = [sentence for sentence in report.sentences if sentence.role == "body"]
    periods = [period_of(report, sentence) for sentence in body]
    assert [period.text if period else "" for period in periods] == ["“十三五”时期", ""]
