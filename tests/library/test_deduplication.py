"""What becomes of a file beside what is there already; with the real cleaning."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.settings import Settings
from rag.text.normalization import to_traditional
from rag.types import Span
from tests.support.data_folder import House

TEXT = """云陂县石矶镇2021年工作总结
一、农业生产
粮食播种面积3.15万亩，总产量1.39万吨，同比增长2.2%。
发展油茶1200亩，改造低产林300亩；新修水渠12.5公里。
二、2022年工作计划
计划新建冷库2座，硬化道路8公里。
"""
PAGE = f"首页 > 政务公开 > 工作总结\n来源：石矶镇人民政府 发布时间：2022-01-15\n{TEXT}打印本页\n"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(Settings(home=tmp_path / "home"), tmp_path / "files")
    yield house
    house.close()


def names(house: House, report_id: str | None) -> list[str]:
    return [source.file.name for source in house.library.sources(str(report_id))]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PAGE, id="page"),
        pytest.param(to_traditional(TEXT), id="traditional"),
        pytest.param(to_traditional(PAGE), id="both"),
    ],
)
def test_the_same_report_in_another_form_is_a_second_source(house: House, text: str) -> None:
    (first,) = house.ingest(house.write(TEXT))
    (second,) = house.ingest(house.write(text, "另一种.txt"))
    assert (second.status, second.report_id) == ("duplicate", first.report_id)
    assert [detail.code for detail in second.details] == ["same_in_another_form"]
    assert names(house, first.report_id) == ["报告.txt", "另一种.txt"]
    assert house.is_healthy


def test_the_second_form_is_not_embedded(house: House) -> None:
    house.ingest(house.write(TEXT))
    house.embedder.asked.clear()
    house.ingest(house.write(to_traditional(PAGE), "网页.txt"))
    assert house.embedder.asked == []


def test_quotations_can_be_shown_in_the_second_form(house: House) -> None:
    (first,) = house.ingest(house.write(TEXT))
    house.ingest(house.write(to_traditional(PAGE), "网页.txt"))
    report = house.library.report(str(first.report_id))
    source = house.library.sources(report.id)[1]
    start = report.text.index("发展油茶")
    span = source.offsets.to_source(Span(start, report.text.index("；", start) + 1))
    assert source.file.text[span.start : span.end] == "發展油茶1200畝，改造低產林300畝；"


def test_both_forms_are_unchanged_the_next_time(house: House) -> None:
    house.ingest(house.write(TEXT), house.write(to_traditional(PAGE), "网页.txt"))
    assert [result.status for result in house.ingest(house.folder)] == ["unchanged", "unchanged"]


def test_a_version_with_another_figure_stands_beside_and_says_so(house: House) -> None:
    (first,) = house.ingest(house.write(TEXT))
    (second,) = house.ingest(house.write(TEXT.replace("1200", "1250"), "定稿.txt"))
    assert second.status == "added"
    (beside,) = second.details
    assert beside.code == "stands_beside" and f"{first.report_id} (" in str(beside)
    assert house.library.totals().reports == 2


def test_the_same_text_of_another_town_is_another_report(house: House) -> None:
    house.ingest(house.write(TEXT))
    (result,) = house.ingest(house.write(TEXT.replace("石矶镇", "大塘镇"), "大塘.txt"))
    assert (result.status, house.library.totals().reports) == ("added", 2)


def test_when_the_first_form_changes_the_second_keeps_what_it_says(house: House) -> None:
    (first,) = house.ingest(house.write(TEXT))
    house.ingest(house.write(to_traditional(TEXT), "繁体.txt"))
    (changed,) = house.ingest(house.write(TEXT.replace("1200", "1250")))
    assert changed.status == "updated"
    traditional = house.library.report(str(first.report_id))
    assert names(house, traditional.id) == ["繁体.txt"]
    assert "發展油茶1200畝" in traditional.text
    assert names(house, changed.report_id) == ["报告.txt"]
    assert house.is_healthy


def test_a_page_saved_again_with_more_around_it_keeps_its_report(house: House) -> None:
    (first,) = house.ingest(house.write(TEXT))
    (again,) = house.ingest(house.write(PAGE))
    assert again.status == "updated"
    assert house.library.report(str(first.report_id)).id == again.report_id
    assert house.library.totals().reports == 1
    assert house.is_healthy


def test_a_file_without_a_town_replaces_only_what_is_like_it(house: House) -> None:
    house.ingest(house.write("工作总结\n一、农业生产\n种植水稻1200亩，新修水渠3公里。\n", "甲/总结.txt"))
    (other,) = house.ingest(house.write("工作总结\n一、工业经济\n引进企业五家，完成税收三千万元。\n", "乙/总结.txt"))
    assert other.status == "added"
    assert house.library.totals().reports == 2


def test_corrected_by_hand_a_report_still_knows_its_other_form(house: House) -> None:
    (first,) = house.ingest(house.write(TEXT))
    house.edit(first.report_id, town="石鼓镇", year="2020")
    (second,) = house.ingest(house.write(PAGE, "网页.txt"))
    assert (second.status, second.report_id) == ("duplicate", first.report_id)


def test_corrected_by_hand_a_changed_file_still_replaces_its_report(house: House) -> None:
    (first,) = house.ingest(house.write(TEXT))
    house.edit(first.report_id, town="石鼓镇")
    (changed,) = house.ingest(house.write(TEXT.replace("1200", "1250")))
    assert changed.status == "updated"
    assert [report.metadata.town for report in house.library.every_report()] == ["石鼓镇"]
