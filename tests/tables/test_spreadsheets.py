"""Statements as CSV and as a workbook, read back cell by cell."""

import csv
import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from rag.tables.columns import COLUMNS, with_approximation
from rag.tables.spreadsheets import figures_csv, figures_xlsx
from tests.support.figure_reports import rows_of

ROWS = rows_of("石矶镇", 2020, "粮食总产量3.2万吨以上。改造危房28户。", "引进企业2-3家。")
HEADINGS = [column.heading for column in COLUMNS]
FIRST = [
    "石矶镇", None, 2020, "农业农村", "粮食总产量", 3.2, "以上", "万吨", 32000, "吨", "2020年", "完成 result",
    "粮食总产量3.2万吨以上", "石矶镇2020.txt", None, 35, 47, ROWS[0].report,
]  # fmt: skip


def test_csv_opens_in_excel_with_its_encoding_and_a_row_per_statement() -> None:
    content = figures_csv(ROWS)
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert lines[0] == HEADINGS
    assert lines[1] == ["" if cell is None else str(cell) for cell in FIRST]
    assert [line[5] for line in lines[1:]] == ["3.2", "28", "2-3"]


@pytest.mark.parametrize("subject", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1"])
def test_csv_text_that_looks_like_a_formula_stays_text(subject: str) -> None:
    content = figures_csv([replace(ROWS[0], subject=subject)]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(content, newline="")))[1][4] == f"'{subject}"


def test_a_workbook_read_back_has_every_cell_in_its_type() -> None:
    sheet = load_workbook(io.BytesIO(figures_xlsx(ROWS))).active
    lines = [list(line) for line in sheet.iter_rows(values_only=True)]
    assert lines[0] == HEADINGS
    assert lines[1] == FIRST
    assert [type(cell) for cell in lines[1]] == [type(cell) for cell in FIRST]
    assert [line[5] for line in lines[1:]] == [3.2, 28, "2-3"]
    assert [line[8] for line in lines[1:]] == [32000, 28, None]
    assert [line[11] for line in lines[1:]] == ["完成 result", "完成 result", "计划 plan"]


def test_a_workbooks_header_is_frozen_and_filters_reach_over_all_rows() -> None:
    sheet = load_workbook(io.BytesIO(figures_xlsx(ROWS))).active
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", f"A1:R{len(ROWS) + 1}")


def test_a_workbook_of_no_rows_has_its_header() -> None:
    sheet = load_workbook(io.BytesIO(figures_xlsx([]))).active
    assert [list(line) for line in sheet.iter_rows(values_only=True)] == [HEADINGS]


def test_workbook_text_is_never_a_formula_and_may_hold_anything() -> None:
    row = replace(ROWS[0], subject="=1+1", quote="响铃\x07" + "长" * 40_000)
    sheet = load_workbook(io.BytesIO(figures_xlsx([row]))).active
    assert (sheet["E2"].value, sheet["E2"].data_type) == ("=1+1", "s")
    assert (sheet["M2"].value[:4], len(sheet["M2"].value)) == ("响铃\ufffd长", 32_767)


@pytest.mark.parametrize(
    ("approx", "expected"), [(None, "300"), ("余", "300余"), ("以上", "300以上"), ("约", "约300"), ("至少", "至少300")]
)
def test_an_approximation_stands_where_reports_put_it(approx: str | None, expected: str) -> None:
    assert with_approximation("300", approx) == expected
