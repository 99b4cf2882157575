"""The reports of a library as a list: chosen, sorted, a part at a time."""

from dataclasses import replace
from pathlib import Path

import pytest

from rag.library.library import Library
from rag.library.listing import Choice, Listed, count, find, listed, open_defects_of
from rag.library.results import Scope
from rag.parsing.report import Defect, Metadata, Report
from rag.types import Order
from tests.support.made_parts import made_report, made_source
from tests.support.many_reports import filled

SHIJI = made_report("石矶镇", "衡州县", 2020)
DATANG = made_report("大塘镇", "衡州县", 2021, body="一、农业\n" + "种植水稻1200亩。" * 9)
LIUXI = made_report("柳溪镇", "青岚县", 2022)
CONFLICT = Defect("figure_conflict", "两处数字不一致", "3公里", 50, 53)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """石矶镇 with one fault in its file, 大塘镇 with two, 柳溪镇 with none; the title of the last in another script."""
    library = Library.open(tmp_path / "library.sqlite3")
    for report, name, faults in ((SHIJI, "shiji-2020.txt", 1), (DATANG, "甲.docx", 2), (LIUXI, "乙.pdf", 0)):
        title = "鄉鎮工作總結" if report is LIUXI else f"{report.metadata.year}年工作总结"
        source = made_source(report, name)
        library.add(
            replace(report, metadata=replace(report.metadata, title=title)),
            replace(source, defects=(*source.defects, *[CONFLICT] * faults)),
        )
    return library


def towns(reports: list[Listed]) -> list[str | None]:
    return [report.metadata.town for report in reports]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("石矶", ["石矶镇"]),
        ("石磯鎮", ["石矶镇"]),
        ("衡州县石矶镇2020年", ["石矶镇"]),
        ("衡州 2021", ["大塘镇"]),
        ("2020", ["石矶镇"]),
        ("工作总结", ["大塘镇", "石矶镇"]),
        ("鄉鎮", ["柳溪镇"]),
        ("SHIJI-2020", ["石矶镇"]),
        ("docx", ["大塘镇"]),
        (LIUXI.id[:6], ["柳溪镇"]),
        (LIUXI.id[1:7], []),
        ("title", []),  # no word of the stored row itself
        ("100%", []),
        ("衡州 柳溪", []),
    ],
)
def test_words_are_looked_for_in_place_title_file_year_and_id(library: Library, words: str, found: list[str]) -> None:
    assert towns(listed(library, Choice(words=words))) == found
    assert find(library, Choice(words=words)).total == len(found)


@pytest.mark.parametrize(
    ("order", "sorted_so"),
    [
        ("place", ["大塘镇", "石矶镇", "柳溪镇"]),
        ("year", ["柳溪镇", "大塘镇", "石矶镇"]),
        ("newest", ["柳溪镇", "大塘镇", "石矶镇"]),
        ("characters", ["大塘镇", "石矶镇", "柳溪镇"]),
        ("warnings", ["大塘镇", "石矶镇", "柳溪镇"]),
    ],
)
def test_a_list_has_the_order_that_is_wanted(library: Library, order: Order, sorted_so: list[str]) -> None:
    assert towns(listed(library, order=order)) == sorted_so


def test_what_is_not_known_comes_first_by_place_and_last_by_year(library: Library) -> None:
    library.add(nameless := made_report(None, None, None), made_source(nameless, "丙.txt"))
    assert towns(listed(library, order="place"))[0] is None
    assert towns(listed(library, order="year"))[-1] is None


def test_a_part_knows_how_many_there_are_in_all(library: Library) -> None:
    found = find(library, limit=2, offset=1)
    assert (found.total, [towns(batch) for batch in found.batches(library)]) == (3, [["石矶镇", "柳溪镇"]])
    warned = find(library, Choice(with_warnings=True), limit=1, offset=1)
    assert (warned.total, [towns(batch) for batch in warned.batches(library)]) == (2, [["石矶镇"]])


def test_a_report_that_goes_meanwhile_is_left_out(library: Library) -> None:
    found = find(library)
    library.remove(SHIJI.id)
    assert [towns(batch) for batch in found.batches(library)] == [["大塘镇", "柳溪镇"]]


@pytest.mark.parametrize("scope", [Scope(), Scope(county="衡州县"), Scope(towns=("柳溪鎮",)), Scope(years=(2021,))])
def test_a_scope_chooses_as_it_admits(library: Library, scope: Scope) -> None:
    admitted = {report.id for report in library.every_report() if scope.admits(report)}
    assert {report.id for report in listed(library, Choice(scope))} == admitted
    assert count(library, Choice(scope)) == len(admitted)


def test_defects_come_with_their_files_and_a_missing_name_goes_once_it_is_known(library: Library) -> None:
    nameless = made_report(None, None, None)
    unnamed = Defect("unnamed", "没有写明乡镇和年度", "", 0, 0)
    library.add(nameless, replace(made_source(nameless, "丁.txt"), defects=(unnamed,)))

    def kinds(report: Report) -> list[tuple[str, str]]:
        (held,) = listed(library, Choice(Scope(report_ids=frozenset({report.id}))))
        return [(each.file, each.defect.kind) for each in open_defects_of(library, [held])[report.id]]

    assert kinds(DATANG) == [("甲.docx", kind) for kind in ("boilerplate", "figure_conflict", "figure_conflict")]
    assert kinds(nameless) == [("丁.txt", "unnamed")]
    library.correct(nameless.id, Metadata(town="安平镇", year=2020))
    assert kinds(nameless) == []


def test_a_corrected_report_says_what_it_states_itself(library: Library) -> None:
    library.correct(SHIJI.id, Metadata(town="石鼓镇"))
    (held,) = listed(library, Choice(words="石鼓"))
    assert (held.label, held.former) == ("衡州县石鼓镇 2020", {"town": "石矶镇"})


def test_many_reports_are_read_in_batches_without_loss(tmp_path: Path) -> None:
    library = filled(tmp_path / "many.sqlite3", 450)
    batches = list(find(library, order="newest").batches(library))
    assert [len(batch) for batch in batches] == [200, 200, 50]
    assert len({report.id for batch in batches for report in batch}) == 450
