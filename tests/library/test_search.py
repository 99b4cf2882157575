from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.library.indexing import Stores, bring_in_step, passage_texts
from rag.library.lexical import LexicalIndex
from rag.library.library import Library
from rag.library.results import Scope
from rag.library.search import Searcher, fuse
from rag.library.sentence_index import SentenceIndex
from rag.library.subject_index import SubjectIndex
from rag.library.vectors import VectorIndex
from rag.models.embedding import Vectors
from rag.parsing.report import Metadata
from rag.settings import Settings
from rag.types import Notice
from tests.support.generated_reports import CharacterEmbedder, stored
from tests.support.made_errors import offline

ONE = "甲县石矶镇2020年总结\n新增油茶基地115亩。\n水稻种植面积5.2万亩。\n计划新建广场2个。"
LATER = "甲县石矶镇2021年总结\n新增油茶基地98亩。\n计划新建公园3个。"
OTHER = "乙县大塘镇2020年总结\n新增茶叶基地30亩。\n计划新建学校1所。"


class House:
    """A library of three reports, and a searcher over it."""

    def __init__(self, home: Path) -> None:
        self.library = Library.open(home / "library.sqlite3")
        self.embedder = CharacterEmbedder()
        self.vectors = VectorIndex(home / "chroma", self.embedder.name)
        self.lexical = LexicalIndex(home / "lexical.sqlite3")
        self.subjects = SubjectIndex.of(Settings(home=home), self.embedder.name, self.library.identity())
        sentences = SentenceIndex(home / "sentences.sqlite3")
        self.stores = Stores(self.library, self.embedder, self.vectors, self.lexical, sentences, self.subjects)
        self.searcher = Searcher(self.library, self.embedder, self.vectors, self.lexical)

    def add(self, text: str) -> str:
        report, source = stored(text, f"{text[:12]}.txt")
        self.library.add(report, source)
        return report.id

    def found(self, query: str, **options: object) -> list[str]:
        return [hit.text for hit in self.searcher.search(query, **options).hits]  # type: ignore[arg-type]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    for text in (ONE, LATER, OTHER):
        house.add(text)
    bring_in_step(house.stores)
    yield house
    house.vectors.close()


def test_the_best_passage_comes_first_with_its_place(house: House) -> None:
    hit = house.searcher.search("石矶镇2020年水稻种植面积").hits[0]
    report = house.library.report(hit.report_id)
    assert hit.text == report.text[hit.chunk.start : hit.chunk.end] == "水稻种植面积5.2万亩。"
    assert hit.score > 0.9
    assert hit.lexical > 0


def test_scores_fall_from_first_to_last(house: House) -> None:
    scores = [hit.score for hit in house.searcher.search("油茶基地", k=7).hits]
    assert len(scores) == 7
    assert scores == sorted(scores, reverse=True)
    assert 0 <= scores[-1] <= scores[0] <= 1


def test_no_more_than_k_are_given(house: House) -> None:
    assert len(house.found("基地", k=2)) == 2


def test_a_town_limits_to_its_reports(house: House) -> None:
    assert set(house.found("基地", scope=Scope(towns=("大塘镇",)))) == {"新增茶叶基地30亩。", "计划新建学校1所。"}


def test_a_county_limits_to_its_reports(house: House) -> None:
    assert len(house.found("基地", scope=Scope(county="甲县"))) == 5


def test_a_year_stands_for_its_report_and_for_the_plans_made_for_it(house: House) -> None:
    found = house.found("新建", scope=Scope(towns=("石矶镇",), years=(2021,)))
    assert set(found) == {"新增油茶基地98亩。", "计划新建公园3个。", "计划新建广场2个。"}


def test_a_kind_limits_the_sections(house: House) -> None:
    found = house.found("基地", kinds=frozenset({"plan"}))
    assert set(found) == {"计划新建广场2个。", "计划新建公园3个。", "计划新建学校1所。"}


def test_results_of_a_year_leave_out_the_plans_for_it(house: House) -> None:
    scope = Scope(towns=("石矶镇",), years=(2021,))
    assert house.found("新建", scope=scope, kinds=frozenset({"result"})) == ["新增油茶基地98亩。"]


@pytest.mark.parametrize(
    "scope", [Scope(towns=("无此镇",)), Scope(county="丙县"), Scope(years=(1999,))], ids=["town", "county", "year"]
)
def test_a_scope_without_reports_finds_nothing(house: House, scope: Scope) -> None:
    assert house.found("基地", scope=scope) == []


def test_a_narrow_scope_in_a_large_library_does_not_starve(house: House) -> None:
    for number in range(30):
        house.add(f"乙县{number}号镇2020年总结\n" + "\n".join(f"新增油茶基地{item}亩。" for item in range(20)))
    bring_in_step(house.stores)
    scope = Scope(towns=("大塘镇",))
    assert len(house.found("新增油茶基地", scope=scope, k=2)) == 2


@pytest.mark.parametrize("query", ["", "  \n"])
def test_an_empty_query_finds_nothing(house: House, query: str) -> None:
    assert house.found(query) == []


def test_an_empty_library_finds_nothing(tmp_path: Path) -> None:
    house = House(tmp_path)
    result = house.searcher.search("基地")
    assert (result.hits, result.notices) == ([], ())
    house.vectors.close()


def test_the_same_search_gives_the_same_order(house: House) -> None:
    first = house.searcher.search("新建", k=7)
    assert first == house.searcher.search("新建", k=7)


def test_equal_scores_are_in_the_order_of_the_report(house: House) -> None:
    house.add("乙县平桥镇2020年总结\n清风徐来。\n清风徐来。\n清风徐来。")
    bring_in_step(house.stores)
    hits = house.searcher.search("清风徐来", scope=Scope(towns=("平桥镇",))).hits
    assert [hit.chunk.start for hit in hits] == sorted(hit.chunk.start for hit in hits)


def test_without_vectors_the_words_are_searched_alone_and_it_is_said(house: House) -> None:
    house.vectors.reset()
    result = house.searcher.search("油茶基地115亩")
    assert result.hits[0].text == "新增油茶基地115亩。"
    assert result.hits[0].score == 1.0
    assert result.notices == (Notice("searched_by_words_only"),)


def test_without_the_embedder_the_words_are_searched_alone(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(text: str) -> Vectors:
        raise offline()

    monkeypatch.setattr(house.embedder, "query", fail)
    result = house.searcher.search("油茶基地115亩")
    assert result.hits[0].text == "新增油茶基地115亩。"
    assert result.notices == (Notice("searched_by_words_only"),)


def test_without_the_lexical_index_the_vectors_are_searched_alone(house: House, tmp_path: Path) -> None:
    house.lexical.close()
    for ending in ("-wal", "-shm"):
        Path(f"{tmp_path / 'lexical.sqlite3'}{ending}").unlink(missing_ok=True)
    (tmp_path / "lexical.sqlite3").write_bytes(b"no database" * 500)
    result = house.searcher.search("新增油茶基地115亩")
    assert result.hits[0].text == "新增油茶基地115亩。"
    assert result.notices == (Notice("searched_by_meaning_only"),)


def test_a_report_not_indexed_yet_is_named(house: House) -> None:
    house.add("乙县平桥镇2020年总结\n新建桥梁9座。")
    result = house.searcher.search("油茶基地115亩")
    assert result.hits[0].text == "新增油茶基地115亩。"
    assert result.notices == (Notice("not_indexed_yet", reports=("乙县平桥镇 2020",)),)


def test_a_report_removed_a_moment_ago_is_not_found(house: House) -> None:
    removed = next(report.id for report in house.library.every_report() if report.metadata.town == "大塘镇")
    house.library.remove(removed)
    assert all(hit.report_id != removed for hit in house.searcher.search("茶叶基地", k=7).hits)


def test_passages_are_embedded_with_town_year_and_section() -> None:
    report = stored(ONE)[0]
    chunk = replace(report.chunks[0], section="一、农业")
    assert passage_texts(replace(report, chunks=(chunk,))) == ["石矶镇2020 一、农业\n新增油茶基地115亩。"]


def test_passages_of_a_report_that_names_nothing_are_embedded_as_they_are() -> None:
    report = replace(stored(ONE)[0], metadata=Metadata())
    assert passage_texts(report)[0] == "新增油茶基地115亩。"


def test_fusion_by_hand() -> None:
    first, second, third = ("a", 0), ("a", 1), ("b", 0)
    scores = fuse(
        [first, second, third], lexical={first: 8.0, second: 4.0}, dense={first: 0.7, second: 0.9, third: 0.8}
    )
    # words: 1, 0.5, 0 (third has none); meanings: 0, 1, 0.5
    assert scores == {first: 0.3, second: 0.85, third: 0.35}


def test_fusion_of_one_side_keeps_the_whole_range() -> None:
    first, second = ("a", 0), ("a", 1)
    assert fuse([first, second], lexical={first: 2.0, second: 4.0}, dense={}) == {first: 0.0, second: 1.0}
    assert fuse([first], lexical={}, dense={first: 0.5}) == {first: 1.0}
    assert fuse([], lexical={}, dense={}) == {}


@pytest.mark.parametrize("scope", [Scope(years=(2020,)), Scope(county="甲县"), Scope(towns=("石矶镇",), years=(2021,))])
def test_reports_too_many_to_list_are_sifted_out_of_what_is_found(
    house: House, scope: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = house.found("新增基地", scope=scope)
    monkeypatch.setattr("rag.library.search.MOST_LISTED", 0)
    assert house.found("新增基地", scope=scope) == listed != []
