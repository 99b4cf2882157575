"""PDF: paragraphs joined by where their lines stand, pages known, their furniture left out."""

from dataclasses import replace
from pathlib import Path

import pytest

from rag.errors import UnreadableFile
from rag.formats import ocr
from rag.formats.layout import lay_out
from rag.formats.pdf import read_pdf
from rag.formats.printed import Line, Sheet
from rag.library.results import IngestResult
from rag.settings import Settings
from rag.types import Notice
from rag.verification.citations import cite
from rag.verification.claims import Evidence
from tests.support.made_files import Pieces, pdf, scan
from tests.support.made_parts import PlainWorkspace

TWO_PAGES = [
    ["衡州县石矶镇2021年工作总结", "一、经济发展", "　　全年完成财政收入1404万元。"],
    ["二、农业生产", "　　粮食总产量1.39万吨。"],
]
FULL = "石矶镇紧扣十四五开局起步统筹疫情防控和经济社会发展全镇各项事业取得新成"  # reaches the right margin


def line(text: str, left: float = 60, top: float = 0, size: float = 10) -> Line:
    return Line(text, left, left + size * len(text), top, size)


def laid_out(*pages: list[Line]) -> list[str]:
    """The text of pages whose lines stand below each other."""
    placed = [tuple(replace(each, top=each.top + 15 * row) for row, each in enumerate(page)) for page in pages]
    return lay_out([Sheet(lines) for lines in placed]).text.splitlines()


def test_each_page_begins_where_its_first_line_stands() -> None:
    extract = read_pdf(pdf(TWO_PAGES))
    assert [extract.text[start:].split("\n")[0] for start in extract.page_starts] == [
        "衡州县石矶镇2021年工作总结",
        "二、农业生产",
    ]


def test_page_numbers_are_left_out() -> None:
    assert read_pdf(pdf(TWO_PAGES)).text.splitlines() == [row.strip() for page in TWO_PAGES for row in page]


def test_a_paragraph_goes_on_overleaf() -> None:
    extract = read_pdf(pdf([[f"　　{FULL[:-2]}", FULL], [FULL, "效。"]]))
    assert extract.text == f"{FULL[:-2]}{FULL}{FULL}效。\n"
    assert extract.page_starts == (0, 2 * len(FULL) - 2)


def test_the_rows_of_a_table_are_told_as_sentences() -> None:
    extract = read_pdf(pdf([["石矶镇2021年指标", "村名\t人口（人）", "柳溪村\t1200", "枫垭村\t860"]]))
    assert extract.text.splitlines() == [
        "石矶镇2021年指标",
        "村名：柳溪村，柳溪村人口：1200人。",
        "村名：枫垭村，枫垭村人口：860人。",
    ]


@pytest.mark.font
def test_marks_that_are_drawn_late_stand_where_they_are_seen() -> None:
    pieces = Pieces(((0, "聚焦　工业强镇　目标"), (2, "《"), (7, "》")))
    assert read_pdf(pdf([[pieces]])).text == "聚焦《工业强镇》目标\n"


def test_the_narrow_gap_beside_a_figure_is_no_space() -> None:
    assert read_pdf(pdf([[Pieces(((0, "全年修路"), (4.4, "12"), (5.8, "公里")))]])).text == "全年修路12公里\n"


def test_a_gap_between_latin_words_is_a_space() -> None:
    assert read_pdf(pdf([[Pieces(((0, "Annual"), (4, "report")))]])).text == "Annual report\n"


def test_a_citation_leads_to_its_page(tmp_path: Path) -> None:
    """From the file through the library to the citation."""
    path = tmp_path / "石矶.pdf"
    path.write_bytes(pdf(TWO_PAGES))
    results: list[IngestResult] = []
    with PlainWorkspace(Settings(home=tmp_path / "home")) as workspace:
        workspace.ingest([path], on_result=results.append)
        report = workspace.library.report(str(results[0].report_id))
        (source,) = workspace.library.sources(report.id)
    pages = {}
    for number, sentence in enumerate(report.sentences, start=1):
        text = report.text[sentence.start : sentence.end]
        item = Evidence(number, report.id, sentence, text, "石矶镇", "衡州县", 2021, 2021)
        pages[text] = cite(item, source).page
    assert (pages["全年完成财政收入1404万元。"], pages["粮食总产量1.39万吨。"]) == (1, 2)


def test_a_full_line_goes_on_and_an_indented_one_begins() -> None:
    page = [line("　　" + FULL[:-2]), line("效。"), line("　　" + FULL[:-2]), line("　　全年修路。")]
    assert laid_out(page) == [f"　　{FULL[:-2]}效。", f"　　{FULL[:-2]}", "　　全年修路。"]


def test_without_indents_a_full_stop_at_the_margin_ends_a_paragraph() -> None:
    page = [line(FULL), line(FULL[:-1] + "。"), line("全年修路。")]
    assert laid_out(page) == [FULL + FULL[:-1] + "。", "全年修路。"]


def test_a_numbered_heading_begins_a_line_after_a_full_stop() -> None:
    page = [line("　　" + FULL[:-3] + "。"), line("二、农业生产"), line("　　修路。")]
    assert laid_out(page) == ["　　" + FULL[:-3] + "。", "二、农业生产", "　　修路。"]


def test_a_line_in_another_size_is_not_joined() -> None:
    assert laid_out([line(FULL), line(FULL), line("小字", size=7)]) == [FULL + FULL, "小字"]


def test_short_lines_of_equal_length_are_no_paragraph() -> None:
    assert laid_out([line("石矶镇"), line("大塘镇"), line("柳溪镇")]) == ["石矶镇", "大塘镇", "柳溪镇"]


def test_a_running_head_stays_once() -> None:
    pages = [[line("石矶镇人民政府文件"), line(f"第{word}段。", top=20)] for word in "甲乙丙"]
    assert laid_out(*pages) == ["石矶镇人民政府文件", "第甲段。", "第乙段。", "第丙段。"]


def test_a_number_that_does_not_count_pages_stays() -> None:
    pages = [[line("甲。"), line("12", top=20)], [line("乙。"), line("7", top=20)]]
    assert laid_out(*pages) == ["甲。", "12", "乙。", "7"]


def test_no_pages() -> None:
    assert lay_out([]).page_starts == ()


def test_a_scanned_page_is_named_where_pictures_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.formats.pdf.is_available", lambda: False)
    extract = read_pdf(pdf([["石矶镇2021年工作总结"], scan()]))
    assert extract.text == "石矶镇2021年工作总结\n"
    assert extract.notes == (Notice("pages_not_read", pages=(2,)),)


def test_a_scan_alone_is_refused_where_pictures_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    monkeypatch.setattr("rag.formats.pdf.is_available", lambda: False)
    with pytest.raises(UnreadableFile, match="pages_need_recognition"):
        read_pdf(pdf([scan()], numbered=False))
