import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from rag.errors import LibraryBusy, UnknownReport
from rag.library.health import check
from rag.library.ingest import IngestProgress, ingest
from rag.library.lock import write_lock
from rag.library.maintenance import rebuild, remove_report
from rag.library.search import Searcher
from rag.models.embedding import Vectors
from rag.settings import Settings
from rag.types import Notice
from tests.support.data_folder import House
from tests.support.generated_reports import parse_lines, stored, write_reports
from tests.support.made_errors import offline
from tests.support.paths import ROOT

TEXT = "衡州县石矶镇2020年工作总结\n新建公路12公里。\n计划新建公路5公里。"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setattr("rag.library.reparsing.parse", parse_lines)
    house = House(Settings(home=tmp_path / "home"), tmp_path / "files")
    yield house
    house.close()


def test_a_new_file_is_added_and_indexed(house: House) -> None:
    (result,) = house.ingest(house.write(TEXT))
    assert result.status == "added"
    assert [report.id for report in house.library.every_report()] == [result.report_id]
    assert house.library.pending() == []
    assert house.is_healthy


def test_a_folder_brings_all_its_files(house: House) -> None:
    write_reports(house.folder, 3)
    results = house.ingest(house.folder)
    assert [result.status for result in results] == ["added"] * 3
    assert house.is_healthy


def test_the_same_file_again_is_unchanged_and_not_embedded(house: House) -> None:
    path = house.write(TEXT)
    house.ingest(path)
    house.embedder.asked.clear()
    assert [result.status for result in house.ingest(path)] == ["unchanged"]
    assert house.embedder.asked == []


def test_the_same_bytes_under_another_name_are_a_duplicate(house: House) -> None:
    house.ingest(house.write(TEXT))
    (result,) = house.ingest(house.write(TEXT, "副本.txt"))
    assert (result.status, result.details) == ("duplicate", (Notice("same_as", name="报告.txt"),))


def test_the_same_clean_text_is_another_source_of_the_report(house: House) -> None:
    (first,) = house.ingest(house.write(TEXT))
    (second,) = house.ingest(house.write(TEXT + "\n\n", "网页.txt"))
    assert (second.status, second.report_id) == ("duplicate", first.report_id)
    assert [source.file.name for source in house.library.sources(str(first.report_id))] == ["报告.txt", "网页.txt"]


def test_a_changed_file_replaces_its_report(house: House) -> None:
    (old,) = house.ingest(house.write(TEXT))
    (new,) = house.ingest(house.write(TEXT.replace("12公里", "13公里")))
    assert new.status == "updated"
    assert new.details == (Notice("replaces", report=str(old.report_id)),)
    assert [report.id for report in house.library.every_report()] == [new.report_id]
    assert house.is_healthy


def test_a_file_changed_in_white_space_only_keeps_its_report(house: House) -> None:
    (old,) = house.ingest(house.write(TEXT))
    (new,) = house.ingest(house.write(TEXT + "\n\n"))
    assert (new.status, new.report_id) == ("updated", old.report_id)
    assert len(house.library.sources(str(new.report_id))) == 1


def test_the_same_name_of_another_town_replaces_nothing(house: House) -> None:
    house.ingest(house.write(TEXT, "甲/总结.txt"))
    (result,) = house.ingest(house.write(TEXT.replace("石矶镇", "大塘镇"), "乙/总结.txt"))
    assert result.status == "added"
    assert house.library.totals().reports == 2


def test_files_of_one_run_do_not_replace_each_other(house: House) -> None:
    house.write("没有镇名的报告\n甲", "甲/总结.txt")
    house.write("没有镇名的报告\n乙", "乙/总结.txt")
    results = house.ingest(house.folder / "甲", house.folder / "乙")
    assert [result.status for result in results] == ["added", "added"]


def test_another_report_of_the_same_town_and_year_stands_beside(house: House) -> None:
    (first,) = house.ingest(house.write(TEXT))
    (second,) = house.ingest(house.write(TEXT + "\n补充一段。", "修订.txt"))
    assert second.status == "added"
    (beside,) = second.details
    assert beside.code == "stands_beside" and str(first.report_id) in str(beside)
    assert house.library.totals().reports == 2


def test_failing_files_do_not_stop_the_others(house: House) -> None:
    good, empty = house.write(TEXT), house.write("", "空.txt")
    tripping = house.write("坏镇2020年\n内容", "坏.txt")
    results = house.ingest(house.folder / "没有.txt", empty, tripping, good)
    assert [result.status for result in results] == ["failed", "failed", "failed", "added"]
    assert [result.details[0].code for result in results[:3]] == ["no_such_path", "no_text", "cannot_be_parsed"]


def test_a_failing_new_state_leaves_the_old_one(house: House) -> None:
    (old,) = house.ingest(house.write(TEXT))
    (failed,) = house.ingest(house.write("坏镇2020年\n内容"))
    assert failed.status == "failed"
    assert [report.id for report in house.library.every_report()] == [old.report_id]
    assert house.is_healthy


def test_without_the_embedder_nothing_is_stored(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(texts: Sequence[str]) -> Vectors:
        raise offline()

    monkeypatch.setattr(house.embedder, "passages", fail)
    (result,) = house.ingest(house.write(TEXT))
    assert (result.status, result.details) == ("failed", (offline().notice,))
    assert list(house.library.every_report()) == []


def test_progress_is_told_file_by_file(house: House) -> None:
    paths = write_reports(house.folder, 3)
    told: list[IngestProgress] = []
    ingest(
        [house.folder],
        settings=house.settings,
        stores=house.stores,
        on_result=lambda result: None,
        on_progress=told.append,
        processes=0,
    )
    characters = [len(path.read_text(encoding="utf-8")) for path in paths]
    assert [(each.files, each.of_files) for each in told] == [(1, 3), (2, 3), (3, 3)]
    assert [each.characters for each in told] == [characters[0], sum(characters[:2]), sum(characters)]
    assert told[-1].seconds_left == 0


def test_samples_are_marked(house: House) -> None:
    house.ingest(house.write(TEXT), is_sample=True)
    assert [report.is_sample for report in house.library.every_report()] == [True]


def test_a_removed_report_is_gone_everywhere(house: House) -> None:
    house.ingest(house.write(TEXT))
    (report,) = list(house.library.every_report())
    remove_report(report.id, settings=house.settings, stores=house.stores)
    assert list(house.library.every_report()) == []
    assert (house.vectors.count(), house.lexical.count()) == (0, 0)


def test_removing_an_unknown_report_says_so(house: House) -> None:
    with pytest.raises(UnknownReport):
        remove_report("0123456789ab", settings=house.settings, stores=house.stores)


def test_what_is_pending_is_followed_by_the_next_writer(house: House) -> None:
    house.library.add(*stored(TEXT))
    assert not house.is_healthy
    house.ingest()
    assert house.is_healthy


def test_corrections_reach_the_indexes(house: House) -> None:
    house.ingest(house.write(TEXT))
    (report,) = list(house.library.every_report())
    house.edit(report.id, town="石鼓镇")
    assert len(house.lexical.query("石鼓", report_ids=None, kinds=None, k=5)) == 2
    assert house.is_healthy


def test_lost_indexes_are_made_again_by_the_next_writer(house: House) -> None:
    house.ingest(house.write(TEXT))
    house.vectors.reset()
    house.lexical.reset()
    assert not house.is_healthy
    house.ingest()
    assert house.is_healthy


def test_a_rebuild_tells_its_progress_and_leaves_all_in_step(house: House) -> None:
    write_reports(house.folder, 3)
    house.ingest(house.folder)
    house.vectors.reset()
    seen: list[tuple[int, int]] = []
    rebuild(settings=house.settings, stores=house.stores, on_progress=lambda *step: seen.append(step))
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert house.is_healthy


def test_a_damaged_lexical_file_is_a_fault_until_it_is_rebuilt(house: House) -> None:
    house.ingest(house.write(TEXT))
    house.lexical.close()
    for ending in ("-wal", "-shm"):
        Path(f"{house.settings.lexical_path}{ending}").unlink(missing_ok=True)
    house.settings.lexical_path.write_bytes(b"no database" * 500)
    health = check(house.stores)
    assert health.in_lexical is None
    assert len(health.faults) == 1
    house.rebuild()
    assert house.is_healthy


def test_a_second_writer_is_told_who_the_first_is(house: House) -> None:
    holder = (
        "import sys; from pathlib import Path; from rag.library.lock import write_lock\n"
        "with write_lock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", holder, str(house.settings.lock_path)]
    root = ROOT
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(LibraryBusy, match=str(process.pid)):
            house.ingest(house.write(TEXT))
        process.kill()
    house.ingest(house.write(TEXT))
    assert house.is_healthy


def test_the_lock_is_free_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), write_lock(tmp_path / "write.lock"):
        raise ZeroDivisionError
    with write_lock(tmp_path / "write.lock"):
        pass


def test_a_reader_sees_what_another_process_wrote(house: House, tmp_path: Path) -> None:
    """The trap of Chroma: an open client does not find what came in from outside."""
    house.ingest(house.write(TEXT))
    assert house.is_healthy
    write_reports(tmp_path / "more", 5)
    driver = [sys.executable, "-m", "tests.support.ingesting_driver", str(house.settings.home), str(tmp_path / "more")]
    ran = subprocess.run(driver, capture_output=True, check=True, cwd=ROOT)
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [line["status"] for line in lines if "status" in line] == ["added"] * 5
    health = check(house.stores)
    assert (health.passages, health.reachable) == (2 + 5 * 11, 2 + 5 * 11)


def test_a_reader_during_writes_finds_whole_reports_and_in_the_end_all(house: House, tmp_path: Path) -> None:
    house.ingest(house.write(TEXT))
    searcher = Searcher(house.library, house.embedder, house.vectors, house.lexical)
    write_reports(tmp_path / "more", 6)
    driver = [sys.executable, "-m", "tests.support.ingesting_driver", str(house.settings.home), str(tmp_path / "more")]
    with subprocess.Popen(driver, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        for _ in process.stdout:  # a search between any two steps of the writer
            found = searcher.search("完成投资", k=100).hits
            texts = {report.id: report.text for report in house.library.every_report()}
            assert all(hit.text in texts[hit.report_id] for hit in found)
    in_the_end = searcher.search("完成投资", k=100)
    assert len({hit.report_id for hit in in_the_end.hits}) == 6 + 1
    assert in_the_end.notices == ()
