import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from rag.errors import LibraryBusy, LibraryError, LibraryNewer, UnknownReport
from rag.library.figure_store import heads_of
from rag.library.library import Library
from rag.library.migrations import MIGRATIONS
from rag.library.parser_version import pipeline_version
from rag.library.reader import Pending
from rag.library.row_writer import Stored
from rag.library.rows import content_row, dump, source_row
from rag.parsing.parse import parse
from rag.parsing.report import Defect, Metadata, ReportSource, Statement
from rag.types import OffsetMap, Run
from tests.support.generated_reports import source_file, stored

TEXT = "衡州县石矶镇2020年工作总结\n新建公路12公里。\n计划新建公路5公里。"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path / "library.sqlite3")


def test_a_report_comes_back_as_it_went_in(library: Library) -> None:
    report, source = stored(TEXT)
    library.add(report, source)
    assert library.report(report.id) == report
    assert list(library.every_report()) == [report]


def test_a_report_survives_reopening(library: Library, tmp_path: Path) -> None:
    report, source = stored(TEXT)
    library.add(report, source)
    assert list(Library.open(tmp_path / "library.sqlite3", create=False).every_report()) == [report]


def test_a_source_comes_back_with_pages_offsets_and_defects(library: Library) -> None:
    report, source = stored(TEXT)
    full = replace(
        source,
        statements=(Statement("year", "2020", "2020年", 6, 11),),
        file=replace(source.file, page_starts=(0, 16)),
        offsets=OffsetMap((Run(0, 2, 10), Run(10, 14, 5))),
        defects=(Defect("placeholder", "未填", "XX", 3, 5),),
    )
    library.add(report, full)
    assert library.sources(report.id) == [full]
    assert library.source_by_sha256(full.file.sha256) == full
    assert library.source_by_name("报告.txt") == full


def test_a_report_keeps_several_sources(library: Library) -> None:
    report, source = stored(TEXT)
    library.add(report, source)
    second = replace(source, file=replace(source_file(TEXT + "\n\n", "副本.txt")))
    library.add(report, second)
    assert [held.file.name for held in library.sources(report.id)] == ["报告.txt", "副本.txt"]
    assert library.totals().reports == 1


def test_reports_are_in_order_of_county_town_and_year(library: Library) -> None:
    for title in ("乙县乙镇2020年", "甲县丙镇2021年", "甲县丙镇2019年"):
        library.add(*stored(f"{title}\n正文", f"{title}.txt"))
    labels = [report.label for report in library.every_report()]
    assert labels == ["乙县乙镇 2020", "甲县丙镇 2019", "甲县丙镇 2021"]


def test_an_unambiguous_beginning_of_an_id_is_enough(library: Library) -> None:
    report, source = stored(TEXT)
    library.add(report, source)
    assert library.report(report.id[:4]) == report


def test_three_digits_are_too_few(library: Library) -> None:
    report, source = stored(TEXT)
    library.add(report, source)
    with pytest.raises(UnknownReport, match=f"no_such_report.*{report.id[:3]}"):
        library.report(report.id[:3])


def test_a_beginning_of_two_ids_is_unknown(library: Library) -> None:
    for tail, text in (("1", TEXT), ("2", TEXT + "又")):
        report, source = stored(text)
        library.add(replace(report, id="abcdef00000" + tail), replace(source, report_id="abcdef00000" + tail))
    with pytest.raises(UnknownReport, match=r"several_reports.*count=2"):
        library.report("abcd")


def test_an_alias_leads_to_its_report(library: Library) -> None:
    report, source = stored(TEXT)
    library.add(report, source)
    library.add_alias("0123456789ab", report.id)
    assert library.report("0123456789ab") == report


def test_a_removed_report_is_gone_with_sources_and_aliases(library: Library) -> None:
    report, source = stored(TEXT)
    library.add(report, source)
    library.add_alias("0123456789ab", report.id)
    library.remove(report.id)
    assert list(library.every_report()) == []
    assert library.source_by_sha256(source.file.sha256) is None
    for name in (report.id, "0123456789ab"):
        with pytest.raises(UnknownReport):
            library.report(name)


def test_removing_what_is_not_there_changes_nothing(library: Library) -> None:
    with pytest.raises(UnknownReport):
        library.remove("0123456789ab")
    assert library.generation() == 0


def test_a_replaced_source_takes_its_report_along(library: Library) -> None:
    old, old_source = stored(TEXT)
    new, new_source = stored(TEXT + "\n又新建桥梁3座。")
    library.add(old, old_source)
    library.add(new, new_source, replaces=old_source)
    assert list(library.every_report()) == [new]
    assert library.source_by_sha256(old_source.file.sha256) is None


def test_a_replaced_source_leaves_a_report_that_has_another(library: Library) -> None:
    old, old_source = stored(TEXT)
    library.add(old, old_source)
    library.add(old, replace(old_source, file=source_file(TEXT + "\n", "副本.txt")))
    new, new_source = stored(TEXT + "\n又新建桥梁3座。")
    library.add(new, new_source, replaces=old_source)
    assert {report.id for report in library.every_report()} == {old.id, new.id}
    assert [held.file.name for held in library.sources(old.id)] == ["副本.txt"]


def test_every_write_raises_the_generation(library: Library) -> None:
    report, source = stored(TEXT)
    assert library.generation() == 0
    library.add(report, source)
    assert library.generation() == 1
    library.settle(library.pending())
    assert library.generation() == 2
    library.correct(report.id, Metadata(town="石鼓镇"))
    assert library.generation() == 3
    library.remove(report.id)
    assert library.generation() == 4


def test_writes_are_noted_until_they_are_settled(library: Library) -> None:
    report, source = stored(TEXT)
    library.add(report, source)
    assert library.pending() == [Pending(report.id, "upsert", 1)]
    library.settle(library.pending())
    assert library.pending() == []


def test_settling_an_old_note_leaves_a_newer_one(library: Library) -> None:
    report, source = stored(TEXT)
    library.add(report, source)
    old = library.pending()
    library.remove(report.id)
    library.settle(old)
    assert library.pending() == [Pending(report.id, "remove", 2)]


def test_corrections_by_hand_show_and_can_be_taken_back(library: Library) -> None:
    report, source = stored(TEXT)
    library.add(report, source)
    library.correct(report.id, Metadata(town="石鼓镇", year=2021))
    assert library.report(report.id).label == "衡州县石鼓镇 2021"
    library.correct(report.id, replace(library.corrections(report.id), town=None))
    assert library.report(report.id).label == "衡州县石矶镇 2021"


def test_corrections_move_to_the_report_that_replaces(library: Library) -> None:
    old, old_source = stored(TEXT)
    library.add(old, old_source)
    library.correct(old.id, Metadata(county="潭州县"))
    new, new_source = stored(TEXT + "\n又新建桥梁3座。")
    library.add(new, new_source, replaces=old_source)
    assert library.report(new.id).metadata.county == "潭州县"


def test_a_sample_that_also_comes_as_a_real_file_is_a_real_report(library: Library) -> None:
    report, source = stored(TEXT)
    library.add(replace(report, is_sample=True), source)
    assert library.report(report.id).is_sample
    library.add(report, replace(source, file=source_file(TEXT + "\n", "真.txt")))
    assert not library.report(report.id).is_sample


def test_another_process_sees_what_was_written(library: Library, tmp_path: Path) -> None:
    other = Library.open(tmp_path / "library.sqlite3")
    assert list(other.every_report()) == []
    report, source = stored(TEXT)
    library.add(report, source)
    assert list(other.every_report()) == [report]
    library.correct(report.id, Metadata(town="石鼓镇"))
    assert other.report(report.id).metadata.town == "石鼓镇"


def test_a_failing_write_leaves_nothing_behind(library: Library) -> None:
    report, source = stored(TEXT)
    library.add(report, source)
    other, _ = stored(TEXT + "\n又")
    with pytest.raises(sqlite3.IntegrityError):  # the same file for another report
        library.add(other, replace(source, report_id=other.id))
    assert list(library.every_report()) == [report]
    assert library.generation() == 1


def test_a_source_of_another_report_is_refused(library: Library) -> None:
    report, source = stored(TEXT)
    with pytest.raises(ValueError, match="source of"):
        library.add(report, replace(source, report_id="0" * 12))


def test_a_library_of_a_newer_version_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    Library.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(LibraryNewer, match=f"library_newer.*version={len(MIGRATIONS) + 1}"):
        Library.open(path)


def test_a_library_of_the_first_schema_is_brought_up_with_all_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    report, source = stored(TEXT)
    with closing(sqlite3.connect(path)) as connection:
        for statement in MIGRATIONS[0]:
            connection.execute(str(statement))
        connection.execute("PRAGMA user_version = 1")
        stated = '[{"title": null, "town": "石矶镇", "year": 2020}]'  # before there were more fields
        corrections = dump(Metadata(county="潭州县"), Metadata)
        sentences = [
            {"start": s.start, "end": s.end, "section": s.section, "kind": s.kind, "role": s.role}
            for s in report.sentences
        ]
        text, headings, chunks = content_row(report)
        connection.execute(
            """INSERT INTO reports (id, changed, metadata, corrections, text, headings, sentences, chunks)
                VALUES (?, 1, ?, ?, ?, ?, ?, ?)""",
            (report.id, stated, corrections, text, headings, json.dumps([sentences]), chunks),
        )
        connection.execute(
            """INSERT INTO sources (report_id, name, sha256, encoding, text, page_starts, offsets, defects)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
            (*source_row(source)[:-1], dump(source.defects, tuple[Defect, ...])),
        )
        connection.commit()
    library = Library.open(path)
    assert library.report(report.id).label == "潭州县石矶镇 2020"
    assert library.sources(report.id) == [source]
    assert library.outdated(pipeline_version()) == [report.id]
    assert len(library.identity()) == 12


def test_a_renewed_report_keeps_corrections_and_is_found_by_its_old_id(library: Library) -> None:
    old, old_source = stored(TEXT)
    library.add(old, old_source)
    library.add_alias("0123456789ab", old.id)
    library.correct(old.id, Metadata(county="潭州县"))
    new, new_source = stored(TEXT.replace("公里。", "公里；"))
    library.renew(old.id, [Stored(new, replace(new_source, file=old_source.file))])
    assert library.report(old.id).id == library.report("0123456789ab").id == new.id
    assert library.report(new.id).metadata.county == "潭州县"
    assert [source.file for source in library.sources(new.id)] == [old_source.file]
    assert {(entry.report_id, entry.action) for entry in library.pending()} == {
        (old.id, "remove"),
        (new.id, "upsert"),
    }


def test_a_report_renewed_to_the_text_of_another_joins_it(library: Library) -> None:
    one, one_source = stored(TEXT)
    other, other_source = stored(TEXT.replace("12", "13"), "另一份.txt")
    library.add(one, one_source)
    library.add(other, other_source)
    library.renew(other.id, [Stored(one, replace(other_source, report_id=one.id))])
    assert list(library.every_report()) == [one]
    assert [source.file.name for source in library.sources(one.id)] == ["报告.txt", "另一份.txt"]


def test_a_renewed_report_may_part_into_two(library: Library) -> None:
    one, one_source = stored(TEXT)
    library.add(one, one_source)
    second = replace(one_source, file=source_file(TEXT + "\n", "副本.txt"))
    library.add(one, second)
    other, _ = stored(TEXT.replace("12", "13"))
    library.renew(one.id, [Stored(one, one_source), Stored(other, replace(second, report_id=other.id))])
    assert {report.id for report in library.every_report()} == {one.id, other.id}
    assert [source.file.name for source in library.sources(other.id)] == ["副本.txt"]


def test_a_source_that_replaces_one_of_its_report_takes_its_place(library: Library) -> None:
    report, source = stored(TEXT)
    library.add(report, source)
    library.add(report, replace(source, file=source_file(TEXT + "\n", "副本.txt")))
    library.add(report, replace(source, file=source_file(TEXT + "\n\n")), replaces=source)
    assert [held.file.name for held in library.sources(report.id)] == ["报告.txt", "副本.txt"]


def test_an_empty_correction_says_that_nothing_is_stated(library: Library) -> None:
    report, source = stored(TEXT)
    library.add(report, source)
    library.correct(report.id, Metadata(county=""))
    assert library.report(report.id).label == "石矶镇 2020"
    assert library.corrected()[report.id].former == {"county": "衡州县"}


def test_passages_are_counted(library: Library) -> None:
    assert library.totals().passages == 0
    library.add(*stored(TEXT))
    assert library.totals().passages == 2


def test_a_missing_library_is_not_made_for_a_reader(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no_library"):
        Library.open(tmp_path / "library.sqlite3", create=False)
    assert not (tmp_path / "library.sqlite3").exists()


def test_a_file_that_is_no_database_is_named_as_damaged(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    path.write_bytes(b"something else entirely" * 100)
    with pytest.raises(LibraryError, match="library_damaged"):
        Library.open(path)
    assert path.read_bytes().startswith(b"something else")


def test_a_write_lock_held_too_long_is_a_busy_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.library.schema._BUSY_SECONDS", 0.01)
    library = Library.open(tmp_path / "library.sqlite3")
    blocker = sqlite3.connect(tmp_path / "library.sqlite3", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    with pytest.raises(LibraryBusy):
        library.add(*stored(TEXT))
    blocker.execute("ROLLBACK")
    blocker.close()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        pytest.param("kind", "dream", id="sentence of unknown kind"),
        pytest.param("chunks", '[[{"start": 0}]]', id="missing fields"),
        pytest.param("chunks", '[[{"start": "0", "end": 1, "section": "", "kind": "result"}]]', id="another type"),
        pytest.param("chunks", '[[{"start": 0, "end": 1, "section": "", "kind": "dream"}]]', id="unknown kind"),
        pytest.param("metadata", '[{"town": "甲镇", "mayor": "乙"}]', id="unknown field"),
        pytest.param("headings", "[[", id="no JSON"),
    ],
)
def test_a_row_that_does_not_fit_is_an_error_of_the_library(tmp_path: Path, column: str, value: str) -> None:
    path = tmp_path / "library.sqlite3"
    Library.open(path).add(*stored(TEXT))
    table = {"kind": "sentences", "metadata": "reports"}.get(column, "contents")
    with sqlite3.connect(path) as connection:
        connection.execute(f"UPDATE {table} SET {column} = ?", (value,))
    with pytest.raises(LibraryError, match="row_unreadable"):
        list(Library.open(path).every_report())


def test_what_clauses_are_lent_is_stored_with_their_sentences(library: Library) -> None:
    file = source_file("衡州县石矶镇2020年工作总结\n种植烤烟1230亩，实现产值460万元。修路3公里。")
    parsed = parse(file)
    source = ReportSource(parsed.report.id, file, parsed.offsets, parsed.defects)
    library.put(Stored(parsed.report, source, parsed.figures, heads=parsed.heads))
    assert parsed.heads
    assert heads_of(library, library.report(parsed.report.id)) == parsed.heads
    (lent,) = [lent for heads in parsed.heads.values() for head in heads for lent in head.lent]
    assert "烤烟" in parsed.report.text[lent.start : lent.end]
