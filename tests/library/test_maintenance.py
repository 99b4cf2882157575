"""Corrections by hand, cleaning again, and a backup put back with its indexes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.errors import InputError, LibraryBusy, UnknownReport
from rag.library.lock import write_lock
from rag.library.maintenance import restore
from rag.parsing.report import Metadata
from rag.settings import Settings
from tests.support.data_folder import House

TEXT = "衡州县石矶镇2021年工作总结\n一、农业\n新修水渠12公里。\n2022年，我们将新修水渠20公里。\n"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(Settings(home=tmp_path / "home"), tmp_path / "files")
    yield house
    house.close()


@pytest.fixture
def report_id(house: House) -> str:
    (result,) = house.ingest(house.write(TEXT))
    return str(result.report_id)


def test_a_correction_shows_and_the_found_value_is_remembered(house: House, report_id: str) -> None:
    report = house.edit(report_id, town="石鼓镇", publish_date="2022-01-15")
    assert (report.metadata.town, report.metadata.publish_date) == ("石鼓镇", "2022-01-15")
    assert house.library.corrected()[report_id].former == {"town": "石矶镇", "publish_date": None}


def test_the_level_follows_a_corrected_town_unless_it_is_corrected_too(house: House, report_id: str) -> None:
    assert house.library.report(report_id).metadata.level == "township"
    assert house.edit(report_id, town="清苑县").metadata.level == "county"
    assert house.edit(report_id, level="bureau").metadata.level == "bureau"


def test_fields_are_corrected_one_by_one(house: House, report_id: str) -> None:
    house.edit(report_id, town="石鼓镇")
    report = house.edit(report_id, county="潭州县")
    assert (report.metadata.town, report.metadata.county) == ("石鼓镇", "潭州县")


def test_a_correction_can_be_taken_back(house: House, report_id: str) -> None:
    house.edit(report_id, town="石鼓镇", county="")
    report = house.edit(report_id, town=None)
    assert (report.metadata.town, report.metadata.county) == ("石矶镇", None)


def test_a_correction_outlives_the_same_file_again(house: House, report_id: str) -> None:
    house.edit(report_id, town="石鼓镇")
    house.ingest(house.folder)
    assert house.library.report(report_id).metadata.town == "石鼓镇"


def test_a_correction_outlives_a_changed_file(house: House, report_id: str) -> None:
    house.edit(report_id, county="潭州县")
    house.ingest(house.write(TEXT.replace("12公里", "13公里")))
    assert [report.metadata.county for report in house.library.every_report()] == ["潭州县"]


def test_a_correction_outlives_cleaning_again(house: House, report_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    house.edit(report_id, town="石鼓镇")
    monkeypatch.setattr("rag.library.row_writer.pipeline_version", lambda: "another")
    monkeypatch.setattr("rag.library.reading_again.pipeline_version", lambda: "another")
    house.rebuild()
    assert house.library.outdated("another") == []
    assert house.library.report(report_id).metadata.town == "石鼓镇"
    assert house.is_healthy


def test_passages_are_searched_under_the_corrected_town(house: House, report_id: str) -> None:
    house.edit(report_id, town="石鼓镇")
    assert house.lexical.query("石鼓", report_ids=None, kinds=None, k=5)
    assert house.is_healthy


def test_plans_and_results_are_told_apart_by_the_corrected_year(house: House, report_id: str) -> None:
    def kinds() -> list[str]:
        report = house.library.report(report_id)
        return [s.kind for s in report.sentences if "水渠" in report.text[s.start : s.end]]

    assert kinds() == ["result", "plan"]
    house.edit(report_id, year="2022")
    assert kinds() == ["result", "result"]
    house.edit(report_id, year=None)
    assert kinds() == ["result", "plan"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("year", "二零二一"), ("year", "21"), ("year", ""), ("plan_year", "3021"), ("publish_date", "去年"),
     ("signing_date", "2022-13-01"), ("signing_date", "2022-1-1")],
)  # fmt: skip
def test_a_value_that_cannot_be_is_named_and_changes_nothing(
    house: House, report_id: str, field: str, value: str
) -> None:
    with pytest.raises(InputError, match=f"must_be_(year|date).*name='{field}', value='{value}'"):
        house.edit(report_id, **{field: value})
    assert house.library.corrections(report_id) == Metadata()


def test_a_level_is_one_of_six(house: House, report_id: str) -> None:
    with pytest.raises(InputError, match="no_such_level"):
        house.edit(report_id, level="县")


def test_an_unknown_field_is_told_with_the_known_ones(house: House, report_id: str) -> None:
    with pytest.raises(InputError, match=r"no_such_field\(fields=\('mayor',\), known=\('title', 'town'"):
        house.edit(report_id, mayor="某")


def test_an_unknown_report_cannot_be_corrected(house: House) -> None:
    with pytest.raises(UnknownReport):
        house.edit("0123456789ab", town="石鼓镇")


def test_while_another_writes_nothing_is_corrected(house: House, report_id: str) -> None:
    with write_lock(house.settings.lock_path), pytest.raises(LibraryBusy):
        house.edit(report_id, town="石鼓镇")
    assert house.library.report(report_id).metadata.town == "石矶镇"


def test_a_file_is_cleaned_again_when_the_program_has_learned(
    house: House, report_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.library.row_writer.pipeline_version", lambda: "another")
    monkeypatch.setattr("rag.library.batches.pipeline_version", lambda: "another")
    (again,) = house.ingest(house.folder)
    assert (again.status, again.report_id) == ("unchanged", report_id)
    assert house.library.outdated("another") == []


def test_a_report_whose_text_became_another_is_found_by_its_old_id(
    house: House, report_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rag.parsing.parse import ParsedReport, parse
    from rag.types import SourceFile

    def learned(source: SourceFile, *, year: int | None = None) -> ParsedReport:
        shorter = SourceFile(source.name, source.sha256, source.encoding, source.text.replace("12公里", "1公里"))
        return parse(shorter, year=year)

    monkeypatch.setattr("rag.library.reparsing.parse", learned)
    monkeypatch.setattr("rag.library.row_writer.pipeline_version", lambda: "another")
    monkeypatch.setattr("rag.library.reading_again.pipeline_version", lambda: "another")
    house.rebuild()
    (report,) = list(house.library.every_report())
    assert report.id != report_id
    assert house.library.report(report_id) == report
    assert house.is_healthy


def test_a_backup_put_back_is_indexed(house: House, report_id: str, tmp_path: Path) -> None:
    from rag.library.backups import back_up

    back_up(house.settings.library_path, tmp_path / "backup")
    house.ingest(house.write(TEXT.replace("石矶镇", "大塘镇"), "大塘.txt"))
    restore(
        tmp_path / "backup",
        settings=house.settings,
        open_stores=lambda: house.stores,
        on_progress=lambda done, total: None,
    )
    assert [report.id for report in house.library.every_report()] == [report_id]
    assert house.library.pending() == []
    assert house.is_healthy
