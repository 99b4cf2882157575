import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rag.errors import IndexDamaged
from rag.library.lexical import LexicalIndex
from rag.library.passages import passage_text
from rag.library.tokens import document_tokens, query_tokens
from rag.parsing.report import Report
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


def made(count: int) -> list[Report]:
    """Reports of a few passages each, which share some words and differ in others."""
    things = ("油茶", "茶叶", "烤烟", "脐橙", "水稻", "生猪", "道路")
    return [
        stored(
            f"甲{number}镇2020年总结\n"
            + "\n".join(
                f"{things[(number * 3 + line) % 7]}基地{number * line}亩，"
                f"{things[number % 7] * (number % 3)}增收{line}万元。"
                for line in range(1 + number % 5)
            )
        )[0]
        for number in range(60)
    ]


QUESTIONS = ("油茶基地有多少亩", "茶叶增收多少万元", "甲7镇的脐橙", "9亩", "生猪道路", "亩", "没有的")


@pytest.mark.parametrize("limits", [{}, {"report_ids": "half"}, {"kinds": ("plan",)}, {"kinds": ("result",), "k": 3}])
def test_nominated_passages_are_those_that_scoring_all_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limits: dict[str, object]
) -> None:
    reports = made(60)
    index = LexicalIndex(tmp_path / "lexical.sqlite3")
    index.upsert_many(reports)
    for report in reports[::4]:
        index.remove(report.id)
    if "report_ids" in limits:
        limits = limits | {"report_ids": [report.id for report in reports[::2]]}
    arguments: dict[str, Any] = {"report_ids": None, "kinds": None, "k": 20, **limits}
    found = [index.query(question, **arguments) for question in QUESTIONS]
    assert any(found) == (limits != {"kinds": ("plan",)})
    monkeypatch.setattr("rag.library.lexical._ALL_SCORED", 0)
    assert [index.query(question, **arguments) for question in QUESTIONS] == found


def test_scores_are_those_of_fts5(tmp_path: Path) -> None:
    reports = made(60)
    index = LexicalIndex(tmp_path / "lexical.sqlite3")
    index.upsert_many(reports)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(tokens, tokenize = \"unicode61 tokenchars '.%'\")")
        names = [(report, chunk) for report in reports for chunk in report.chunks]
        for report, chunk in names:
            tokens = " ".join(document_tokens(passage_text(report, chunk)))
            connection.execute("INSERT INTO words VALUES (?)", (tokens,))
        for question in QUESTIONS:
            asked = " OR ".join(f'"{token}"' for token in query_tokens(question))
            rows = connection.execute("SELECT rowid, -bm25(words) FROM words WHERE words MATCH ?", (asked,))
            expected = sorted((score for _, score in rows), reverse=True)
            found = index.query(question, report_ids=None, kinds=None, k=len(names))
            assert [match.score for match in found] == pytest.approx(expected)


def test_both_files_are_looked_at(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path / "lexical.sqlite3")
    index.upsert_many([ONE, OTHER])
    index.close()
    shutil.rmtree(tmp_path / "lexical")
    assert index.count() == -1
    assert index.passages() == set()
    index.upsert_many([ONE, OTHER])
    assert index.count() == 4


def test_a_damaged_inverted_index_is_named_and_can_be_reset(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path / "lexical.sqlite3")
    index.upsert(ONE)
    index.close()
    (tmp_path / "lexical" / "meta.json").write_text("no index", encoding="utf-8")
    with pytest.raises(IndexDamaged, match="lexical_index_damaged"):
        index.count()
    index.reset()
    index.upsert(ONE)
    assert index.count() == 3


def test_another_process_may_write_meanwhile(index: LexicalIndex, tmp_path: Path) -> None:
    other = LexicalIndex(tmp_path / "lexical.sqlite3")
    assert other.count() == 4
    index.remove(ONE.id)
    assert other.count() == 1
    assert found(other, "水稻") == []


def test_a_file_of_an_earlier_release_is_named(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "lexical.sqlite3")) as connection:
        connection.execute("CREATE TABLE passages (id INTEGER PRIMARY KEY)")
    index = LexicalIndex(tmp_path / "lexical.sqlite3")
    with pytest.raises(IndexDamaged, match="form 0"):
        index.count()


def test_a_damaged_file_is_named_and_can_be_reset(tmp_path: Path) -> None:
    path = tmp_path / "lexical.sqlite3"
    path.write_bytes(b"no database" * 500)
    index = LexicalIndex(path)
    with pytest.raises(IndexDamaged, match="lexical_index_damaged"):
        index.upsert(ONE)
    index.reset()
    index.upsert(ONE)
    assert index.count() == 3
