"""Comparing: one subject across towns and years, found however it is called."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from rag.library.library import Library
from rag.models.embedding import Vectors
from rag.parsing.figures.indicators import figure_rows
from rag.tables.compare import Comparer
from rag.tables.comparison import Change, Compared, Comparison, line_up
from rag.tables.subject_query import matter_of, word_scores
from rag.types import Notice
from tests.support.figure_reports import parsed_report
from tests.support.generated_reports import CharacterEmbedder
from tests.support.made_errors import offline

REPORTS = (
    parsed_report("石矶镇", 2020, "新造油茶600亩，油茶总面积4800亩。财政收入1320万元。"),
    parsed_report("石矶镇", 2021, "油茶面积达到5700亩。财政收入0.14亿元。", "新造油茶700亩。"),
    parsed_report("大塘镇", 2021, "油茶种植面积1.1万亩，同比增长12%。", county="云陂县"),
    parsed_report("南浦街道", 2021, "改造危房28户。"),
)


def compare(tmp_path: Path, subject: str, *, samples: Sequence[int] = ()) -> Comparison:
    library = Library.open(tmp_path / "library.sqlite3")
    for index, (report, source) in enumerate(REPORTS):
        library.add(replace(report, is_sample=index in samples), source)
    comparison = Comparer(library=library, embedder=CharacterEmbedder()).compare(subject).comparison
    library.close()
    return comparison


def told(comparison: Comparison) -> list[tuple[str, str, float]]:
    return [(comparison.name(row), row.status, row.value) for row in comparison.rows]


def test_results_come_before_plans_and_totals_before_parts(tmp_path: Path) -> None:
    assert told(compare(tmp_path, "油茶")) == [
        ("石矶镇 2020", "result", 4800.0),
        ("石矶镇 2021", "result", 5700.0),
        ("大塘镇 2021", "result", 11000.0),
        ("石矶镇 2022", "plan", 700.0),
    ]


@pytest.mark.parametrize("subject", ["油茶种植面积", "种了多少亩油茶", "油茶面积有多大？", "油茶種植面積"])
def test_a_subject_is_found_however_it_is_called(tmp_path: Path, subject: str) -> None:
    assert told(compare(tmp_path, subject)) == told(compare(tmp_path / "again", "油茶"))


def test_parts_stay_beside_their_total(tmp_path: Path) -> None:
    (row, *_) = compare(tmp_path, "油茶").rows
    assert [other.value for other in row.others] == ["600"]


def test_a_town_with_several_reports_shows_its_change(tmp_path: Path) -> None:
    changes = [row.change for row in compare(tmp_path, "油茶").rows]
    assert changes == [None, Change(2020, 900.0, 18.8), None, None]


def test_a_report_that_does_not_say_is_a_gap(tmp_path: Path) -> None:
    comparison = compare(tmp_path, "油茶")
    assert [comparison.name(gap) for gap in comparison.gaps] == ["南浦街道 2021"]


def test_values_are_converted_to_one_unit(tmp_path: Path) -> None:
    comparison = compare(tmp_path, "财政收入")
    assert (comparison.unit, [row.value for row in comparison.rows]) == ("万元", [1320.0, 1400.0])


def test_what_nobody_reports_has_no_rows(tmp_path: Path) -> None:
    assert compare(tmp_path, "核电站").rows == ()


def test_samples_stay_out_beside_real_reports(tmp_path: Path) -> None:
    comparison = compare(tmp_path, "油茶", samples=(0, 1))
    assert [comparison.name(row) for row in comparison.rows] == ["大塘镇 2021"]
    assert [comparison.name(gap) for gap in comparison.gaps] == ["南浦街道 2021"]


def test_without_an_embedder_the_words_answer_alone(tmp_path: Path) -> None:
    class Failing(CharacterEmbedder):
        def passages(self, texts: Sequence[str]) -> Vectors:
            raise offline()

    library = Library.open(tmp_path / "library.sqlite3")
    for report, source in REPORTS:
        library.add(report, source)
    found = Comparer(library=library, embedder=Failing()).compare("财政收入")
    library.close()
    assert [row.value for row in found.comparison.rows] == [1320.0, 1400.0]
    assert found.notices == (Notice("compared_by_words_only"),)


@pytest.mark.parametrize(
    ("subject", "words", "measures"),
    [
        ("油茶", "油茶", ()),
        ("种了多少亩油茶", "油茶", ("亩", "平方米")),
        ("粮食总产量", "粮食总产量", ("公斤",)),
        ("硬化公路里程", "硬化公路", ("米",)),
        ("脱贫人数", "脱贫", ("人", "人次")),
        ("camellia", "油茶", ()),
    ],
)
def test_a_matter_is_its_words_and_its_measure(subject: str, words: str, measures: tuple[str, ...]) -> None:
    matter = matter_of(subject)
    assert (matter.words, matter.measures) == (words, measures)


def test_a_share_changes_by_points() -> None:
    rows = compared("森林覆盖率", "森林覆盖率达到69.5%。", "森林覆盖率达到70.1%。")
    assert [row.change for row in rows] == [None, Change(2020, 0.6, None, 0.6)]


def test_the_year_goes_before_its_months() -> None:
    rows = compared("财政收入", "1-9月财政收入1400万元。全年财政收入1320万元。", "上半年财政收入700万元。")
    assert [(row.value, row.change) for row in rows] == [(1320.0, None), (700.0, None)]


def compared(subject: str, *sentences: str) -> Sequence[Compared]:
    """The rows of a town's reports of 2020 and the years behind it."""
    reports = [parsed_report("石矶镇", 2020 + index, text) for index, text in enumerate(sentences)]
    rows = [row for report, source in reports for row in figure_rows(report, source)]
    matter = matter_of(subject)
    scores = dict(zip(rows, word_scores(matter, rows), strict=True))
    return line_up(subject, matter, scores, [report for report, _ in reports]).rows
