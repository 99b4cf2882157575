"""Dates after the day of signing in what is told as done."""

import pytest

from rag.parsing.defects.finding import Passage
from rag.parsing.defects.late_dates import late_dates
from rag.text.parsed_text import ParsedText
from rag.types import SectionKind


def late(text: str, signed: str = "2023-12-12", year: int = 2023, kind: SectionKind = "result") -> list[str]:
    return [each.text for each in late_dates([Passage(ParsedText(text), 0, kind, "")], signed, year)]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("截止到12月31日名列全县第六名", ["12月31日"]),
        ("在12月中旬的考核中零扣分", ["12月中旬"]),
        ("2024年1月5日通过验收", ["2024年1月5日"]),
        ("到12月底累计修路12公里", ["12月底"]),
    ],
)
def test_late_dates(text: str, dates: list[str]) -> None:
    assert late(text) == dates


@pytest.mark.parametrize(
    "text",
    [
        "12月10日通过验收,12月上旬完工,12月份开展检查",
        "到11月底修路12公里,3.12月份",
        "2022年12月31日前全部脱贫",
        "预计12月31日完工",
        "12月31日前完成整改",
        "12月31日前,全镇实现通水",
        "去年12月31日完成",
        "2022年换届,12月28日选出班子",
    ],
)
def test_dates_that_may_be_known(text: str) -> None:
    assert late(text) == []


def test_a_report_signed_in_january_knows_december() -> None:
    assert late("12月31日完成考核", signed="2024-01-06") == []


def test_plans_may_name_any_date() -> None:
    assert late("2024年6月30日完成改造", kind="plan") == []


def test_a_month_is_late_only_as_a_whole() -> None:
    assert late("12月份完成考核,11月完工", signed="2023-11-20") == ["12月份"]
    assert late("11月28日完成考核", signed="2023-11") == []
