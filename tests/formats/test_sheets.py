"""Spreadsheets: values as they are shown, rows as sentences."""

import datetime
import io

import pytest
from openpyxl import Workbook

from rag.formats.sheets import read_csv, read_workbook
from tests.support.made_files import workbook


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def shown(value: object, number_format: str = "General") -> str:
    """The text of one cell."""
    return read_workbook(workbook([[value]], {"A1": number_format})).text.strip()


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.086, "0.0%", "8.6%"),
        (0.125, "0%", "13%"),
        (1.345, "0.00", "1.35"),
        (1404, "General", "1404"),
        (1404.0, "General", "1404"),
        (0.1, "General", "0.1"),
        (12345.6, "#,##0", "12346"),
        (86, '0"万元"', "86万元"),
        (datetime.date(2021, 12, 5), "yyyy-mm-dd", "2021年12月5日"),
        (True, "General", "是"),
        (" 柳溪村 ", "General", "柳溪村"),
    ],
)
def test_a_value_is_read_as_its_cell_shows_it(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


def test_rows_are_sentences() -> None:
    content = workbook([["村名", "人口（人）"], ["柳溪村", 1200]])
    assert read_workbook(content).text == "村名：柳溪村，柳溪村人口：1200人。\n"


def test_merged_cells_count_for_all_their_places() -> None:
    book = Workbook()
    for row in [["村名", "投资", None], [None, "计划", "完成"], ["柳溪村", 10, 12], [None, 5, 6]]:
        book.active.append(row)
    for cells in ("A1:A2", "B1:C1", "A3:A4", "A9:XFD1048576"):
        book.active.merge_cells(cells) if cells[1] != "9" else book.active.merged_cells.add(cells)
    assert read_workbook(saved(book)).text.splitlines() == [
        "村名：柳溪村，柳溪村投资计划：10，柳溪村投资完成：12。",
        "村名：柳溪村，柳溪村投资计划：5，柳溪村投资完成：6。",
    ]


def test_sheets_with_a_name_are_headed_by_it() -> None:
    book = Workbook()
    book.active["A1"] = "甲"
    book.create_sheet("经济指标")["A1"] = "乙"
    book.create_sheet("草稿")["A1"] = "丙"
    book["草稿"].sheet_state = "hidden"
    assert read_workbook(saved(book)).text.splitlines() == ["甲", "经济指标", "乙"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_csv_in_any_encoding_with_any_delimiter(encoding: str, mark: str) -> None:
    rows = [["村名", "人口（人）"], ["柳溪村", "1200"], ["枫垭村", "860"]]
    content = "\r\n".join(mark.join(row) for row in rows).encode(encoding)
    assert read_csv(content).text.splitlines() == [
        "村名：柳溪村，柳溪村人口：1200人。",
        "村名：枫垭村，枫垭村人口：860人。",
    ]


def test_commas_inside_quotes_part_nothing() -> None:
    assert read_csv('村名,人口\n"柳溪,村","1,200"\n'.encode()).text == "村名：柳溪,村，柳溪,村人口：1,200。\n"
