"""The bar chart: what stands in it, in both formats."""

import re
from xml.etree import ElementTree

import pytest

from rag.tables.chart import MOST_BARS, bar_chart, has_chinese_font
from rag.tables.comparison import Compared, Comparison, Gap
from tests.support.figure_reports import rows_of

ROWS = {row.subject: row for row in rows_of("石矶镇", 2020, "油茶面积5700余亩。", "新造油茶1200亩。")}


def made(subject: str = "油茶", *, rows: int = 1, gaps: int = 1) -> Comparison:
    """So many results, a plan, and so many reports without a result."""
    area, plan = ROWS["油茶面积"], ROWS["新造油茶"]
    results = [Compared("石矶镇", None, 2020, "result", 5700.0, "余", area, ()) for _ in range(rows)]
    plans = [Compared("石矶镇", None, 2021, "plan", 1200.0, None, plan, ())]
    silent = tuple(Gap("1", f"南浦{number or ''}街道", None, 2021) for number in range(gaps))
    return Comparison(subject, "words", "亩", (*results, *plans), silent, rows + 1, gaps)


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


@pytest.mark.font
def test_of_thousands_the_first_are_drawn_and_all_are_counted() -> None:
    said = "\n".join(texts(bar_chart(made(rows=200, gaps=90), "svg")))
    assert said.count("石矶镇 2020") == MOST_BARS
    assert "the first 60 of 201" in said
    assert ("南浦19街道" in said, "南浦20街道" in said, "90 in all" in said) == (True, False, True)
