"""The bar chart: what stands in it, in both formats."""

import re
from xml.etree import ElementTree

import pytest

from rag.tables.chart import bar_chart, has_chinese_font
from rag.tables.comparison import Comparison, line_up
from rag.tables.subject_query import matter_of
from tests.support.figure_reports import parsed_report, rows_of

SHIJI = ("石矶镇", 2020, "油茶面积5700余亩。", "新造油茶1200亩。")
REPORTS = [parsed_report(*SHIJI)[0], parsed_report("南浦街道", 2021, "改造危房28户。")[0]]


def made(subject: str = "油茶") -> Comparison:
    rows = rows_of(*SHIJI)
    scored = {row: float("油茶" in row.subject) for row in rows}
    return line_up(subject, matter_of("油茶"), scored, REPORTS)


def texts(svg: bytes) -> list[str]:
    return [" ".join(element.itertext()) for element in ElementTree.fromstring(svg).iter() if "text" in element.tag]


@pytest.mark.font
def test_svg_says_towns_values_unit_and_gaps_as_text() -> None:
    said = "\n".join(texts(bar_chart(made(), "svg")))
    for word in ("石矶镇 2020", "石矶镇 2021", "5,700余", "1,200", "油茶（亩）", "完成 result", "计划 plan"):
        assert word in said
    assert re.search("没有写到完成数 no result：南浦街道 2021", said)


@pytest.mark.font
def test_the_same_figures_make_the_same_picture() -> None:
    assert bar_chart(made(), "svg") == bar_chart(made(), "svg")


@pytest.mark.font
def test_a_subject_is_written_as_it_is() -> None:
    assert "$x^2$ <b>" in "\n".join(texts(bar_chart(made("$x^2$ <b>"), "svg")))


@pytest.mark.font
def test_png_is_a_picture() -> None:
    assert bar_chart(made(), "png").startswith(b"\x89PNG")


@pytest.mark.font
def test_a_font_that_came_after_matplotlibs_list_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matplotlib.font_manager.fontManager.ttflist", [])
    assert has_chinese_font()
