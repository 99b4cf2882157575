"""Spreadsheets: values as they are shown, rows as sentences."""

import datetime
import io
import zipfile

import pytest
from openpyxl import Workbook

from rag.formats.sheet_parts import place_of, read_sheet_part
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


def test_a_title_above_the_head_does_not_hide_the_delimiter() -> None:
    content = "石矶镇2021年工作总结\r\n指标\t单位\t2021年\r\n粮食产量\t吨\t12600\r\n".encode("utf-16")
    assert read_csv(content).text.splitlines() == ["石矶镇2021年工作总结", "指标：粮食产量，2021年粮食产量：12600吨。"]


@pytest.mark.parametrize(
    "text",
    [
        "石矶镇，2021年情况\n说明，仅供参考\n村名;人口（人）\n柳溪村;1200\n枫垭村;860\n",  # commas in the lines above
        "sep=;\n村名;人口（人）\n柳溪村;1200\n枫垭村;860\n",  # as Excel says it
        "村名|人口（人）\n柳溪村|1200\n枫垭村|860\n",
        "村名,人口（人）,,\n柳溪村,1200,,\n枫垭村,860,,\n",  # empty columns
    ],
)
def test_csv_as_programs_write_it(text: str) -> None:
    assert read_csv(text.encode("gb18030")).text.splitlines()[-2:] == [
        "村名：柳溪村，柳溪村人口：1200人。",
        "村名：枫垭村，枫垭村人口：860人。",
    ]


def test_numbers_in_formats_that_scale_keep_their_value() -> None:
    rows: list[list[object]] = [["指标", "数额"], ["财政收入", 12600000], ["工业产值", 536000000], ["增幅", 0.086]]
    formats = {"B2": '0!.0000"万元"', "B3": '0.00,,"百万元"', "B4": "0.0%"}
    assert read_workbook(workbook(rows, formats)).text.splitlines() == [
        "指标：财政收入，财政收入数额：1260.0000万元。",
        "指标：工业产值，工业产值数额：536.00百万元。",
        "指标：增幅，增幅数额：8.6%。",
    ]


def hidden() -> Workbook:
    """A sheet with a hidden row and a hidden column, and a hidden sheet beside it."""
    book = Workbook()
    for row in [["指标", "测算", "2021年"], ["粮食产量（吨）", 1, 12600], ["作废（吨）", 2, 3]]:
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.create_sheet("草稿")["A1"] = "丙"
    book["草稿"].sheet_state = "hidden"
    return book


def test_what_is_hidden_is_left_out_and_counted() -> None:
    extract = read_workbook(saved(hidden()))
    assert extract.text == "指标：粮食产量（吨），2021年粮食产量：12600吨。\n"
    assert {note.code: note.values["count"] for note in extract.notes} == {
        "hidden_rows_left_out": 1,
        "hidden_columns_left_out": 1,
        "hidden_sheets_left_out": 1,
    }


def test_what_is_hidden_and_empty_is_not_told() -> None:
    book = Workbook()
    book.active["A1"] = "甲"
    book.active.row_dimensions[5].hidden = True
    book.active.column_dimensions["C"].hidden = True
    book.create_sheet("空").sheet_state = "hidden"
    assert read_workbook(saved(book)).notes == ()


def test_a_merged_cell_that_begins_in_a_hidden_row_is_shown() -> None:
    book = Workbook()
    for row in [["类别", "指标", "2021年"], ["农业", "作废（吨）", 1], [None, "粮食（吨）", 2]]:
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.active.row_dimensions[2].hidden = True
    assert read_workbook(saved(book)).text == "类别：农业，指标：粮食（吨），2021年粮食：2吨。\n"


def test_formulas_without_a_saved_result_are_named() -> None:
    book = Workbook()
    for row in [["指标", "2021年"], ["粮食（吨）", 7], ["油料（吨）", "=B2-1"], ["茶叶（吨）", "=B2-2"]]:
        book.active.append(row)
    book.active.row_dimensions[4].hidden = True
    notes = read_workbook(saved(book)).notes
    assert [(note.code, note.values["cells"]) for note in notes if note.code == "formulas_without_values"] == [
        ("formulas_without_values", ("B3",))
    ]


def test_formulas_of_several_sheets_are_named_with_their_sheet() -> None:
    book = Workbook()
    book.active.title = "农业"
    book.active["A1"] = "=1+1"
    book.create_sheet("工业")["B2"] = "=2+2"
    book["工业"]["A1"] = "甲"
    assert read_workbook(saved(book)).notes[0].values["cells"] == ("农业!A1", "工业!B2")


SHEET = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<cols><col min="1" max="1" width="9"/><col min="2" max="3" hidden="1"/><col min="5" max="5" width="0"/></cols>
<sheetData><row><c r="A1"><v>1</v></c></row><row ht="0"/><row r="7" hidden="1"><c r="A7"><f>A1</f></c></row>
<row r="8"><c r="A8" t="str"><f>IF(1,"")</f><v></v></c><c r="B8"><f>A1</f><v>1</v></c><c r="C8"><f>A1</f><v/></c></row>
</sheetData><mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="A9:XFD1048576"/><mergeCell ref="x"/></mergeCells>
</worksheet>"""


def test_what_a_sheet_says_beside_its_values() -> None:
    part = read_sheet_part(SHEET)
    assert part.hidden_rows == {2, 7}
    assert [column for column in range(1, 8) if part.is_hidden_column(column)] == [2, 3, 5]
    assert part.without_value == ["A7", "C8"]  # a formula may have the empty text for its result
    assert part.owners == {(1, 1): (1, 1), (1, 2): (1, 1), (2, 1): (1, 1), (2, 2): (1, 1)}


@pytest.mark.parametrize(
    ("cell", "place"), [("A1", (1, 1)), ("Z9", (9, 26)), ("AA10", (10, 27)), ("1", None), ("A", None), ("", None)]
)
def test_the_place_of_a_cell(cell: str, place: tuple[int, int] | None) -> None:
    assert place_of(cell) == place


def test_numbers_that_a_csv_file_keeps_as_text() -> None:
    assert read_csv('指标,2021年（吨）\n粮食,="12600"\n'.encode()).text == "指标：粮食，2021年粮食：12600吨。\n"
    assert read_csv("指标;2021年（吨）\n粮食;1.860,5\n".encode()).text == "指标：粮食，2021年粮食：1860.5吨。\n"


def test_cells_that_show_an_error_are_named() -> None:
    book = Workbook()
    for row in [["指标", "单位", "2021年"], ["税收", "万元", "#DIV/0!"], ["产值", "万元", 86]]:
        book.active.append(row)
    notes = read_workbook(saved(book)).notes
    assert [(note.code, note.values["cells"]) for note in notes] == [("cells_with_errors", ("C2",))]


def test_a_sheet_named_by_a_place_is_of_that_place() -> None:
    book = Workbook()
    book.active.title = "石矶镇"
    other = book.create_sheet("松桥镇")
    for sheet, value in ((book.active, 86), (other, 60)):
        sheet.append(["指标", "单位", "数值"])
        sheet.append(["税收", "万元", value])
    assert read_workbook(saved(book)).text.splitlines() == [
        "石矶镇",
        "指标：税收，石矶镇税收数值：86万元。",
        "松桥镇",
        "指标：税收，松桥镇税收数值：60万元。",
    ]


def test_a_workbook_of_the_strict_kind_is_read() -> None:
    strict = io.BytesIO()
    usual = "http://schemas.openxmlformats.org/"
    content = workbook([["村名", "人口（人）"], ["柳溪村", 1200]])
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(strict, "w") as target:
        for name in source.namelist():
            part = source.read(name).decode()
            part = part.replace(f"{usual}spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
            part = part.replace(f"{usual}officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/")
            target.writestr(name, part)
    assert read_workbook(strict.getvalue()).text == "村名：柳溪村，柳溪村人口：1200人。\n"
