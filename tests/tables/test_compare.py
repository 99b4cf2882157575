"""Comparing: one subject across towns and years, found however it is called."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rag.errors import UnknownReport
from rag.library.library import Library
from rag.library.subject_index import SubjectIndex, follow_subjects
from rag.models.embedding import Embedder, Vectors
from rag.settings import Settings
from rag.tables.compare import Comparer
from rag.tables.comparison import Change, Comparison, Wanted
from rag.tables.subject_query import matter_of
from rag.types import Notice
from tests.support.figure_reports import parsed_report, stored_report
from tests.support.generated_reports import CharacterEmbedder
from tests.support.made_errors import offline

REPORTS = (
    stored_report("石矶镇", 2020, "新造油茶600亩，油茶总面积4800亩。财政收入1320万元。"),
    stored_report("石矶镇", 2021, "油茶面积达到5700亩。财政收入0.14亿元。", "新造油茶700亩。"),
    stored_report("大塘镇", 2021, "油茶种植面积1.1万亩，同比增长12%。", county="云陂县"),
    stored_report("南浦街道", 2021, "改造危房28户。"),
)


class House:
    """A library with its subjects, compared."""

    def __init__(self, home: Path, embedder: Embedder | None = None) -> None:
        self.settings = Settings(home=home)
        self.embedder = embedder or CharacterEmbedder()
        self.library = Library.open(self.settings.library_path)
        self.subjects = SubjectIndex.of(self.settings, self.embedder.name, self.library.identity())
        self.comparer = Comparer(self.library, self.embedder, self.subjects)

    def compare(self, subject: str, wanted: Wanted | None = None) -> Comparison:
        return self.comparer.compare(subject, wanted or Wanted()).comparison

    def close(self) -> None:
        self.subjects.close()
        self.library.close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    made.library.add_many(REPORTS)
    yield made
    made.close()


def told(comparison: Comparison) -> list[tuple[str, str, float]]:
    return [(comparison.name(row), row.status, row.value) for row in comparison.rows]


def silent(comparison: Comparison) -> list[str]:
    return [comparison.name(gap) for gap in comparison.gaps]


def test_results_come_before_plans_and_totals_before_parts(house: House) -> None:
    assert told(house.compare("油茶")) == [
        ("石矶镇 2020", "result", 4800.0),
        ("石矶镇 2021", "result", 5700.0),
        ("大塘镇 2021", "result", 11000.0),
        ("石矶镇 2022", "plan", 700.0),
    ]


@pytest.mark.parametrize("subject", ["油茶种植面积", "种了多少亩油茶", "油茶面积有多大？", "油茶種植面積"])
def test_a_subject_is_found_however_it_is_called(house: House, subject: str) -> None:
    assert told(house.compare(subject)) == told(house.compare("油茶"))


def test_parts_stay_beside_their_total(house: House) -> None:
    (row, *_) = house.compare("油茶").rows
    assert [other.value for other in row.others] == ["600"]


def test_a_part_stays_behind_even_where_it_says_more(house: House) -> None:
    house.library.put(stored_report("北港镇", 2021, "茶园面积2776亩，其中西王家村2904亩。"))
    (row,) = house.compare("茶园面积").rows
    assert (row.value, [other.value for other in row.others]) == (2776.0, ["2904"])


def test_a_town_with_several_reports_shows_its_change(house: House) -> None:
    changes = [row.change for row in house.compare("油茶").rows]
    assert changes == [None, Change(2020, 900.0, 18.8), None, None]


def test_a_report_that_does_not_say_is_a_gap(house: House) -> None:
    assert silent(house.compare("油茶")) == ["南浦街道 2021"]


def test_values_are_converted_to_one_unit(house: House) -> None:
    comparison = house.compare("财政收入")
    assert (comparison.unit, [row.value for row in comparison.rows]) == ("万元", [1320.0, 1400.0])


def test_what_nobody_reports_has_no_rows(house: House) -> None:
    comparison = house.compare("核电站")
    assert (comparison.rows, comparison.gaps_in_all) == ((), 4)


@pytest.mark.parametrize(
    ("wanted", "values", "gaps"),
    [
        (Wanted(county="云陂县"), [1.1], []),
        (Wanted(year=2020), [4800.0], []),
        (Wanted(year=2021), [5700.0, 11000.0], ["南浦街道 2021"]),
        (Wanted(status="plan"), [700.0], []),
        (Wanted(status="result"), [4800.0, 5700.0, 11000.0], ["南浦街道 2021"]),
    ],
)
def test_county_year_and_status_choose_statements_and_who_is_asked(
    house: House, wanted: Wanted, values: list[float], gaps: list[str]
) -> None:
    comparison = house.compare("油茶", wanted)
    assert [row.value for row in comparison.rows] == values
    assert (silent(comparison), comparison.gaps_in_all) == (gaps, len(gaps))


def test_a_part_says_how_much_there_is(house: House) -> None:
    comparison = house.compare("财政收入", Wanted(limit=1, offset=1, gaps=1))
    assert told(comparison) == [("石矶镇 2021", "result", 1400.0)]
    assert (comparison.rows_in_all, comparison.gaps_in_all) == (2, 2)
    assert comparison.rows[0].change == Change(2020, 80.0, 6.1)
    assert len(house.compare("财政收入", Wanted(gaps=1)).gaps) == 1


def test_namesakes_are_told_apart_by_their_counties(house: House) -> None:
    house.library.add_many([stored_report("石矶镇", 2021, "油茶面积90亩。", county=name) for name in ("甲县", "乙县")])
    names = [row[0] for row in told(house.compare("油茶"))]
    assert {"甲县石矶镇 2021", "乙县石矶镇 2021", "大塘镇 2021"} < set(names)


def test_samples_stay_out_beside_real_reports(tmp_path: Path) -> None:
    house = House(tmp_path)
    samples = [replace(each, report=replace(each.report, is_sample=True)) for each in REPORTS[:2]]
    house.library.add_many([*samples, *REPORTS[2:]])
    comparison = house.compare("油茶")
    house.close()
    assert [comparison.name(row) for row in comparison.rows] == ["大塘镇 2021"]
    assert (silent(comparison), comparison.gaps_in_all) == (["南浦街道 2021"], 1)


def test_subjects_of_reports_that_come_later_are_found(house: House) -> None:
    assert house.compare("茶叶").rows == ()
    house.library.add_many([stored_report("北坡乡", 2021, "茶叶种植面积300亩。")])
    assert told(house.compare("茶叶")) == [("北坡乡 2021", "result", 300.0)]


def test_a_removed_report_leaves_nothing_behind(house: House) -> None:
    assert house.compare("危房").rows
    house.library.remove(REPORTS[3].report.id)
    assert house.compare("危房").rows == ()


def test_an_empty_library_is_said(tmp_path: Path) -> None:
    house = House(tmp_path)
    with pytest.raises(UnknownReport, match="library_empty"):
        house.compare("油茶")
    house.close()


def test_without_an_embedder_the_words_answer_alone(tmp_path: Path) -> None:
    class Failing(CharacterEmbedder):
        def passages(self, texts: Sequence[str]) -> Vectors:
            raise offline()

    house = House(tmp_path, Failing())
    house.library.add_many(REPORTS)
    found = house.comparer.compare("财政收入")
    house.close()
    assert [row.value for row in found.comparison.rows] == [1320.0, 1400.0]
    assert found.notices == (Notice("compared_by_words_only"),)


def test_reports_without_figures_are_told_of_and_are_no_gaps(house: House) -> None:
    house.library.add(*parsed_report("北坡乡", 2021, "油茶面积30亩。"))
    found = house.comparer.compare("油茶")
    assert found.notices == (Notice("figures_not_read", count=1),)
    assert (silent(found.comparison), found.comparison.gaps_in_all) == (["南浦街道 2021"], 1)


class _Donkeys(CharacterEmbedder):
    """What speaks of donkeys means the same; any two other texts are as far from each other as from them."""

    dimension = 384

    def passages(self, texts: Sequence[str]) -> Vectors:
        return np.array([self.query(text) for text in texts], np.float32).reshape(-1, self.dimension)

    def query(self, text: str) -> Vectors:
        seed = hashlib.sha256(("驴" if "驴" in text else text).encode()).digest()
        numbers = np.random.default_rng(list(seed)).normal(size=self.dimension)
        vector: Vectors = (numbers / np.linalg.norm(numbers)).astype(np.float32)
        return vector


def test_where_no_subject_has_the_words_the_nearest_in_meaning_is_shown(tmp_path: Path) -> None:
    house = House(tmp_path, _Donkeys())
    house.library.add_many([*REPORTS, stored_report("北坡乡", 2021, "毛驴存栏300头。")])
    assert house.comparer.compare("驴子").notices == (Notice("subjects_without_vectors"),)
    follow_subjects(house, house.library.ids())
    found = house.comparer.compare("驴子")
    house.close()
    assert (found.comparison.by, told(found.comparison)) == ("meaning", [("北坡乡 2021", "result", 300.0)])
    assert found.notices == (Notice("nearest_in_meaning", words="驴子"),)


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


def test_a_share_changes_by_points(tmp_path: Path) -> None:
    rows = of_years(tmp_path, "森林覆盖率", "森林覆盖率达到69.5%。", "森林覆盖率达到70.1%。").rows
    assert [row.change for row in rows] == [None, Change(2020, 0.6, None, 0.6)]


def test_the_year_goes_before_its_months(tmp_path: Path) -> None:
    texts = ("1-9月财政收入1400万元。全年财政收入1320万元。", "上半年财政收入700万元。")
    rows = of_years(tmp_path, "财政收入", *texts).rows
    assert [(row.value, row.change) for row in rows] == [(1320.0, None), (700.0, None)]


def of_years(home: Path, subject: str, *sentences: str) -> Comparison:
    """What a town's reports of 2020 and the years behind it say."""
    house = House(home)
    house.library.add_many([stored_report("石矶镇", 2020 + index, text) for index, text in enumerate(sentences)])
    comparison = house.compare(subject)
    house.close()
    return comparison
