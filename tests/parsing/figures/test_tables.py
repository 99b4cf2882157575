"""Tables of each format, up to their figures: subject, value, unit, year and status."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from docx import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from rag.formats.archives import Document
from rag.formats.read import read
from rag.parsing.figures.indicators import read_indicators
from rag.parsing.parse import parse
from tests.support.made_files import pdf, workbook

TITLE = "云陂县石矶镇2021年工作总结"
_Told = tuple[str, str, str, int | None, str]


def figures(name: str, content: bytes) -> list[_Told]:
    report = parse(read(Document(name, content))).report
    return [(row.subject, row.value, row.unit, row.year, row.status) for row in read_indicators(report)]


Rows = Sequence[Sequence[str]]


def as_markdown(rows: Rows) -> bytes:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([f"# {TITLE}", "", lines[0], "|---" * len(rows[0]) + "|", *lines[1:]]).encode()


def as_page(rows: Rows) -> bytes:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<html><body><h1>{TITLE}</h1><table>{cells}</table></body></html>".encode()


def as_word(rows: Rows) -> bytes:
    document = WordDocument()
    document.add_paragraph(TITLE)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for cell, text in zip(table._cells, [text for row in rows for text in row], strict=True):
        cell.text = text
    return saved(document)


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def as_sheet(rows: Rows) -> bytes:
    return workbook([[TITLE], *rows])


def as_csv(rows: Rows) -> bytes:
    return "\r\n".join([TITLE, *("\t".join(row) for row in rows)]).encode("utf-16")


def as_pdf(rows: Rows) -> bytes:
    return pdf([[TITLE, *("\t".join(row) for row in rows), "特此报告。"]])


FORMATS: dict[str, Callable[[Rows], bytes]] = {
    "md": as_markdown,
    "html": as_page,
    "docx": as_word,
    "xlsx": as_sheet,
    "csv": as_csv,
    "pdf": as_pdf,
}

TWO_LABELS = [
    ["类别", "指标", "单位", "2020年", "2021年"],
    ["农业", "粮食产量", "万吨", "1.2", "1.26"],
    ["工业", "工业产值", "万元", "46100", "53600"],
]
ASPECTS = [
    ["指标", "年度目标", "实际完成", "同比增长"],
    ["茶叶（吨）", "340", "345", "11.3%"],
    ["税收（万元）", "1250", "1260", "5.9%"],
]
YEARS_IN_ROWS = [["年份", "税收（万元）", "粮食（吨）"], ["2020", "1190", "12000"], ["2022年预期", "1350", "12800"]]


@pytest.mark.parametrize("name", list(FORMATS))
def test_two_label_columns_and_years(name: str) -> None:
    assert figures(f"甲.{name}", FORMATS[name](TWO_LABELS)) == [
        ("粮食产量", "1.2", "万吨", 2020, "result"),
        ("粮食产量", "1.26", "万吨", 2021, "result"),
        ("工业产值", "46100", "万元", 2020, "result"),
        ("工业产值", "53600", "万元", 2021, "result"),
    ]


@pytest.mark.parametrize("name", list(FORMATS))
def test_target_result_and_growth(name: str) -> None:
    assert figures(f"甲.{name}", FORMATS[name](ASPECTS)) == [
        ("茶叶年度目标", "340", "吨", 2021, "target"),
        ("茶叶实际完成", "345", "吨", 2021, "result"),
        ("茶叶同比增长", "11.3", "%", 2021, "result"),
        ("税收年度目标", "1250", "万元", 2021, "target"),
        ("税收实际完成", "1260", "万元", 2021, "result"),
        ("税收同比增长", "5.9", "%", 2021, "result"),
    ]


@pytest.mark.parametrize("name", list(FORMATS))
def test_years_in_rows_one_of_them_to_come(name: str) -> None:
    assert figures(f"甲.{name}", FORMATS[name](YEARS_IN_ROWS)) == [
        ("税收", "1190", "万元", 2020, "result"),
        ("粮食", "12000", "吨", 2020, "result"),
        ("税收预期", "1350", "万元", 2022, "plan"),
        ("粮食预期", "12800", "吨", 2022, "plan"),
    ]


def test_a_row_of_a_word_table_that_begins_later() -> None:
    document = WordDocument()
    document.add_paragraph(TITLE)
    table = document.add_table(rows=3, cols=4)
    texts = ["指标", "单位", "2020年", "2021年", "粮食", "吨", "12000", "12600", "5200", "5600", "", ""]
    for cell, text in zip(table._cells, texts, strict=True):
        cell.text = text
    row = table._tbl.tr_lst[2]
    for cell in row.tc_lst[2:]:
        row.remove(cell)
    row.insert(0, parse_xml(f'<w:trPr {nsdecls("w")}><w:gridBefore w:val="2"/></w:trPr>'))
    assert read(Document("甲.docx", saved(document))).text.splitlines()[-1] == "2020年：5200。2021年：5600。"


def test_a_table_over_pages() -> None:
    head = "指标\t单位\t2020年\t2021年"
    pages = [
        [TITLE, head, "粮食产量\t万吨\t1.2\t1.26"],
        ["工业产值\t万元\t461\t536"],
        [head, "茶叶产量\t公斤\t310\t345"],
    ]
    found = figures("甲.pdf", pdf(pages))
    assert ("工业产值", "536", "万元", 2021, "result") in found
    assert ("茶叶产量", "310", "公斤", 2020, "result") in found


def test_a_page_s_table_has_its_caption_and_no_hidden_rows() -> None:
    page = (
        f"<h1>{TITLE}</h1><table><caption>2020年各村情况（单位：人）</caption><tr><th>村名<th>人口<th>劳力"
        "<tr style='display:none'><td>废村<td>1<td>2<tr><td>柳溪村<td>1200<td>700<td hidden>3</table>"
    )
    assert read(Document("甲.html", page.encode())).text.splitlines() == [
        TITLE,
        "2020年各村情况（单位：人）",
        "村名：柳溪村，柳溪村人口：1200人，柳溪村劳力：700人。",
    ]
    assert figures("甲.html", page.encode()) == [
        ("柳溪村人口", "1200", "人", 2020, "result"),
        ("柳溪村劳力", "700", "人", 2020, "result"),
    ]


ROWS = f"""{TITLE}
一、主要指标
财政收入：1260万元，粮食产量：12600吨，农民人均纯收入：16900元。
2020年财政收入：1190万元；上年粮食产量：12000吨；1-10月税收：860万元。
项目：柳溪桥，建成时间：2019年，总投资：86万元，长度：60米。
二、2022年工作计划
2021年造林完成：820亩，2022年造林：1000亩。
"""


def test_rows_that_people_write() -> None:
    assert figures("甲.txt", ROWS.encode()) == [
        ("财政收入", "1260", "万元", 2021, "result"),
        ("粮食产量", "12600", "吨", 2021, "result"),
        ("农民人均纯收入", "16900", "元", 2021, "result"),
        ("财政收入", "1190", "万元", 2020, "result"),
        ("粮食产量", "12000", "吨", 2020, "result"),
        ("税收", "860", "万元", 2021, "result"),
        ("柳溪桥总投资", "86", "万元", 2021, "result"),
        ("柳溪桥长度", "60", "米", 2021, "result"),
        ("造林完成", "820", "亩", 2021, "result"),
        ("造林", "1000", "亩", 2022, "plan"),
    ]


def test_quotations_are_copied_from_the_decoded_text() -> None:
    source = read(Document("甲.docx", as_word(TWO_LABELS)))
    parsed = parse(source)
    for row in read_indicators(parsed.report):
        span = parsed.offsets.to_source(row.quote)
        assert source.text[span.start : span.end] == parsed.report.text[row.quote.start : row.quote.end]
        assert row.value in source.text[span.start : span.end]
