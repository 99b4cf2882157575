"""Tables become sentences in which a figure keeps the words of its row and its column."""

import pytest

from rag.formats.tables import table_lines


def test_a_figure_has_its_row_and_its_column() -> None:
    rows = [["村名", "人口（人）", "负责人"], ["柳溪村", "1200", "张三"], ["枫垭村", "860", "李四"]]
    assert table_lines(rows) == [
        "村名：柳溪村，柳溪村人口：1200人，负责人：张三。",
        "村名：枫垭村，枫垭村人口：860人，负责人：李四。",
    ]


def test_figures_of_several_years_are_sentences_of_their_own() -> None:
    rows = [["指标", "2020年", "2021年", "单位"], ["粮食总产量", "1.34", "1.39", "万吨"]]
    assert table_lines(rows) == ["指标：粮食总产量。2020年粮食总产量：1.34万吨。2021年粮食总产量：1.39万吨。"]


def test_a_bare_year_heads_a_column() -> None:
    assert table_lines([["指标", "2020", "2021"], ["农户", "12", "13"]]) == [
        "指标：农户。2020年农户：12。2021年农户：13。"
    ]


def test_a_head_of_two_rows_with_merged_cells() -> None:
    rows = [["村名", "投资", "投资"], ["村名", "计划", "完成"], ["柳溪村", "10", "12"]]
    assert table_lines(rows) == ["村名：柳溪村，柳溪村投资计划：10，柳溪村投资完成：12。"]


def test_the_line_above_a_table_gives_the_unit() -> None:
    rows = [["2021年财政情况"] * 3, ["单位：万元"] * 3, ["项目", "计划", "完成"], ["收入", "1400", "1404"]]
    assert table_lines(rows) == ["2021年财政情况", "单位：万元", "项目：收入，收入计划：1400万元，收入完成：1404万元。"]


def test_a_unit_is_not_given_twice() -> None:
    assert table_lines([["项目", "投资（万元）"], ["公路", "86万元"]]) == ["项目：公路，公路投资（万元）：86万元。"]


def test_words_in_brackets_that_are_no_unit_stay() -> None:
    assert table_lines([["项目", "投资（预计）"], ["公路", "86"]]) == ["项目：公路，公路投资（预计）：86。"]


def test_serial_numbers_are_left_out() -> None:
    assert table_lines([["序号", "项目", "投资"], ["1", "公路", "86"]]) == ["项目：公路，公路投资：86。"]


def test_pairs_without_a_head() -> None:
    assert table_lines([["财政收入", "1404万元"], ["负责人", "张三"]]) == ["财政收入：1404万元。", "负责人：张三。"]


def test_a_long_cell_is_a_paragraph() -> None:
    rows = [["项目", "投资", "进展"], ["公路", "86", "已经开工。\n年底完工。"]]
    assert table_lines(rows) == ["项目：公路，公路投资：86。", "进展：已经开工。", "年底完工。"]


def test_a_row_across_the_table_is_a_line() -> None:
    rows = [["项目", "投资"], ["公路", "86"], ["二、水利", "二、水利"], ["山塘", "12"]]
    assert table_lines(rows)[1:2] == ["二、水利"]


def test_a_frame_around_text_is_no_table() -> None:
    assert table_lines([["石矶镇2021年工作总结"], ["修路12公里。"]]) == ["石矶镇2021年工作总结", "修路12公里。"]


@pytest.mark.parametrize("rows", [[], [[]], [["", " "], [""]]])
def test_an_empty_table(rows: list[list[str]]) -> None:
    assert table_lines(rows) == []
