"""Questions about several towns or years, part by part."""

import pytest

from rag.answering.part_wording import about_year
from rag.library.results import Scope
from rag.parsing.report import Report
from tests.support.held import parts_of, understand
from tests.support.told_reports import shown, told

SHIJI, LATER = told("石矶镇", "种植油茶4800亩。"), told("石矶镇", "种植油茶5700亩。", year=2021)
DATANG = told("大塘镇", "种植油茶300亩。", county="青岚县", year=2022)
REPORTS = (SHIJI, LATER, DATANG)


def texts(question: str, reports: tuple[Report, ...] = REPORTS) -> list[str]:
    asked = understand(question, reports)
    return [part.question.text for part in parts_of(asked, asked.scope, reports)]


@pytest.mark.parametrize(
    ("question", "one"),
    [
        ("石矶镇2020年和2021年，哪一年种植的油茶更多？", "石矶镇2020年种植的油茶有多少？"),
        ("石矶镇2020年和2021年两年一共完成危房改造多少户？", "石矶镇2020年完成危房改造多少户？"),
        ("石矶镇的油茶面积2021年比2020年增加了多少亩？", "石矶镇2020年油茶面积有多少亩？"),
        ("石矶镇油茶面积，2020年与2021年相差多少亩？", "石矶镇2020年油茶面积，多少亩？"),
    ],
)
def test_a_question_about_two_years_as_one_about_the_first(question: str, one: str) -> None:
    assert texts(question)[0] == one
    assert about_year(question, 2020, "石矶镇") == one


def test_each_year_is_answered_from_its_own_report() -> None:
    asked = understand("石矶镇2020年和2021年的油茶一共多少亩？", REPORTS)
    first, second = parts_of(asked, asked.scope, REPORTS)
    assert (first.name, first.scope.years, second.name) == ("石矶镇2020年", (2020,), "石矶镇2021年")
    (item,) = shown("种植油茶4800亩。", year=2020)
    assert first.has(item) and not second.has(item)


@pytest.mark.parametrize(
    "question",
    ["石矶镇2020年种植油茶多少亩？", "石矶镇2020年和2022年的油茶一共多少亩？", "石矶镇2020年和2021年种了什么？"],
)
def test_a_question_about_one_report_has_no_parts(question: str) -> None:
    assert texts(question) == []


def test_a_year_behind_a_town_is_this_towns_own() -> None:
    asked = understand("石矶镇2021年和大塘镇2022年，谁的油茶更多？", REPORTS)
    assert [part.question.years for part in parts_of(asked, asked.scope, REPORTS)] == [(2021,), (2022,)]


def test_a_county_does_not_keep_out_a_town_of_another() -> None:
    asked = understand("青岚县大塘镇和石矶镇的油茶一共多少亩？", REPORTS)
    first, second = parts_of(asked, asked.scope, REPORTS)
    assert (first.scope, second.scope) == (Scope(("大塘镇",), "青岚县"), Scope(("石矶镇",), None))
    assert "青岚县" in first.question.text and "青岚县" not in second.question.text
