from dataclasses import replace
from pathlib import Path

import pytest

from rag.errors import IndexDamaged
from rag.library.lexical import LexicalIndex
from rag.library.tokens import document_tokens, query_tokens
from tests.support.generated_reports import stored

ONE = stored("甲县石矶镇2020年总结\n新增油茶基地115亩。\n水稻种植面积5.2万亩。\n计划新建广场2个。")[0]
OTHER = stored("乙县大塘镇2020年总结\n新增茶叶基地30亩。")[0]


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    index = LexicalIndex(tmp_path / "lexical.sqlite3")
    index.upsert(ONE)
    index.upsert(OTHER)
    return index


def found(index: LexicalIndex, query: str, **limits: object) -> list[tuple[str, int]]:
    arguments = {"report_ids": None, "kinds": None, "k": 10, **limits}
    return [(match.report_id, match.chunk_index) for match in index.query(query, **arguments)]  # type: ignore[arg-type]


def test_documents_have_characters_and_pairs() -> None:
    assert document_tokens("发展产") == ["发", "展", "产", "发展", "展产"]


def test_numbers_stand_whole_with_and_without_what_follows() -> None:
    assert document_tokens("12.5亩") == ["12.5", "12.5亩", "亩"]
    assert document_tokens("增3%，达5G") == ["增", "3", "3%", "达", "5", "5g", "g"]


def test_queries_have_pairs_and_no_single_characters_beside_them() -> None:
    assert query_tokens("发展产业，发展") == ["发展", "展产", "产业"]


def test_a_single_character_alone_is_asked_as_it_is() -> None:
    assert query_tokens("油") == ["油"]


def test_a_unit_after_a_number_is_no_single_character_of_a_query() -> None:
    assert query_tokens("54人") == ["54", "54人"]


def test_traditional_and_full_width_text_is_folded() -> None:
    assert query_tokens("１１５畝") == query_tokens("115亩")


def test_the_passage_with_more_of_the_words_comes_first(index: LexicalIndex) -> None:
    assert found(index, "油茶基地有多少亩")[:2] == [(ONE.id, 0), (OTHER.id, 0)]


def test_a_number_is_not_found_inside_a_longer_one(index: LexicalIndex) -> None:
    assert found(index, "15") == []
    assert found(index, "115") == [(ONE.id, 0)]


def test_the_town_of_the_report_counts_as_words_of_its_passages(index: LexicalIndex) -> None:
    assert found(index, "大塘镇", k=1) == [(OTHER.id, 0)]


def test_only_the_given_reports_are_searched(index: LexicalIndex) -> None:
    assert found(index, "基地", report_ids={OTHER.id}) == [(OTHER.id, 0)]


def test_only_the_given_kinds_are_searched(index: LexicalIndex) -> None:
    assert found(index, "石矶镇", kinds={"plan"}, k=1) == [(ONE.id, 2)]


def test_scores_are_higher_for_better_matches(index: LexicalIndex) -> None:
    scores = [match.score for match in index.query("油茶基地", report_ids=None, kinds=None, k=10)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1] > 0


@pytest.mark.parametrize("query", ["", "，。！", '"', "AND", "NEAR(a b)", "tokens:*", "'; DROP TABLE words"])
def test_any_text_may_be_asked(index: LexicalIndex, query: str) -> None:
    assert found(index, query) == []


def test_upserting_again_replaces(index: LexicalIndex) -> None:
    shorter = replace(ONE, chunks=ONE.chunks[:1])
    index.upsert(shorter)
    assert index.count() == 2
    assert found(index, "水稻") == []


def test_a_removed_report_is_not_found(index: LexicalIndex) -> None:
    index.remove(ONE.id)
    assert index.count() == 1
    assert found(index, "水稻") == []


def test_a_damaged_file_is_named_and_can_be_reset(tmp_path: Path) -> None:
    path = tmp_path / "lexical.sqlite3"
    path.write_bytes(b"no database" * 500)
    index = LexicalIndex(path)
    with pytest.raises(IndexDamaged, match="lexical_index_damaged"):
        index.upsert(ONE)
    index.reset()
    index.upsert(ONE)
    assert index.count() == 3
