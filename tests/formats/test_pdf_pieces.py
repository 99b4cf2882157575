"""PDF: what programs draw sign by sign, below each other, crossed out, or over the ends of lines and pages."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from rag.formats.pdf import read_pdf
from tests.support.made_pages import GRAIN, GREEN, LEFT, PEOPLE, SIZE, TOP, column, drawn, lines_of, rows


def text_of(*pages: Callable[[Any], object]) -> str:
    return read_pdf(drawn(*pages)).text


def spread(canvas: Any, text: str, left: float, step: float) -> float:
    """Draws characters at even distances; where the next would stand."""
    for character in text:
        canvas.drawString(left, TOP, character)
        left += step
    return left


@pytest.mark.parametrize("step", [6, 8, 9, 11])
@pytest.mark.parametrize("figure", ["1,404", "1,404.5", "12.5", "13,900"])
def test_a_figure_drawn_sign_by_sign_stays_one(figure: str, step: int) -> None:
    def page(canvas: Any) -> None:
        canvas.drawString(LEFT, TOP, "全年财政收入")
        right = spread(canvas, figure, LEFT + 6 * SIZE + 2, step)
        canvas.drawString(right + 2, TOP, "万元。")

    assert text_of(page) == f"全年财政收入{figure}万元。\n"


def test_the_gap_behind_the_number_of_an_item_stays() -> None:
    def page(canvas: Any) -> None:
        canvas.drawString(LEFT, TOP, "1.")
        canvas.drawString(LEFT + SIZE, TOP, "12 villages")

    assert text_of(page) == "1. 12 villages\n"


@pytest.mark.parametrize("step", [20, 26, 34])
def test_a_title_with_a_year_set_at_even_distances_is_one(step: int) -> None:
    assert text_of(lambda canvas: spread(canvas, "石矶镇2021年总结", LEFT, step)) == "石矶镇2021年总结\n"


def test_lines_written_from_the_top_down_are_read_from_the_right() -> None:
    lines = ["石矶镇二〇二一年工作总结", "全年粮食总产量一万三千吨", "修建公路十二公里"]

    def page(canvas: Any) -> None:
        for number, line in enumerate(lines):
            for place, character in enumerate(line):
                canvas.drawString(520 - 24 * number, TOP - 18 * place, character)

    assert "".join(text_of(page).splitlines()) == "".join(lines)


@pytest.mark.parametrize(("struck", "read"), [("9", "硬化公路12公里。"), ("9公里", "硬化公路12公里。")])
def test_what_a_line_runs_through_is_crossed_out(struck: str, read: str) -> None:
    def page(canvas: Any) -> None:
        before = "硬化公路"
        canvas.drawString(LEFT, TOP, f"{before}{struck}12公里。")
        left = LEFT + canvas.stringWidth(before)
        canvas.line(left, TOP + 4, left + canvas.stringWidth(struck), TOP + 4)

    assert text_of(page) == f"{read}\n"


def test_an_underlined_figure_and_a_rule_across_the_page_cross_nothing_out() -> None:
    def page(canvas: Any) -> None:
        canvas.drawString(LEFT, TOP, "硬化公路12公里。")
        canvas.line(LEFT + 4 * SIZE, TOP - 3, LEFT + 5 * SIZE, TOP - 3)
        canvas.line(20, TOP + 4, 570, TOP + 4)

    assert text_of(page) == "硬化公路12公里。\n"


@pytest.mark.parametrize(("first", "second"), [("全年农民人均收入1.", "2万元。"), ("全年农民人均收入12", "万元。")])
def test_a_figure_over_the_end_of_a_short_line_is_one(first: str, second: str) -> None:
    others = lines_of(GRAIN)
    assert f"{first}{second}" in text_of(lambda canvas: column(canvas, [*others, f"　　{first}", second]))


def test_a_line_that_ends_with_a_date_and_one_that_begins_with_a_year_are_two() -> None:
    others = lines_of(GRAIN)
    read = text_of(lambda canvas: column(canvas, [*others, "发布日期：2024-01-05", "2023年完成投资11.2亿元。"]))
    assert "2024-01-05\n2023年完成投资" in read


def test_a_title_as_broad_as_a_middle_column_stands_above_all_three() -> None:
    def page(canvas: Any) -> None:
        canvas.setFont("STSong-Light", 18)
        canvas.drawString(235, TOP + 40, "枫垭镇年鉴")
        canvas.setFont("STSong-Light", SIZE)
        for left, text in zip((30, 215, 400), (GRAIN, PEOPLE, GREEN), strict=True):
            column(canvas, lines_of(text, widths=13), left)

    assert text_of(page).splitlines() == ["枫垭镇年鉴", GRAIN, PEOPLE, GREEN]


def test_a_heading_inside_a_column_does_not_cut_the_other() -> None:
    def page(canvas: Any) -> None:
        below = column(canvas, lines_of(GRAIN, widths=17), 50)
        canvas.drawString(50, below - 9, "二、民生")
        column(canvas, lines_of(PEOPLE, widths=17), 50, below - 36)
        column(canvas, lines_of(GREEN * 2, widths=17), 310, TOP - 5)

    assert text_of(page).splitlines() == [GRAIN, "二、民生", PEOPLE, GREEN * 2]


def test_an_entry_over_the_end_of_a_page_is_one() -> None:
    def page(table: Sequence[Sequence[str]], top: float) -> Callable[[Any], object]:
        return lambda canvas: rows(canvas, table, top, step=200, ruled=True)

    text = text_of(
        page([("村名", "工作"), ("柳溪村", "硬化公路12公里，新建学")], 120),
        page([("", "校3所，改造危房26户。"), ("枫垭村", "植树450亩。")], 780),
    )
    assert "新建学校3所，改造危房26户。" in text
    assert "枫垭村" in text.splitlines()[-1]
