"""Errors and notices as lines for people and as lines for logs."""

import pickle

import pytest

from rag import errors
from rag.errors import InputError, UnreadableFile, ZhenbaoError
from rag.errors.messages import both, message
from rag.types import Notice

TABLES = {
    "zh": {"too_many": "有 {count:,} 页，超过上限。", "no_source": "取不到：{reasons}。", "only": "只能是 {allowed}。"},
    "en": {"too_many": "It has {count:,} pages.", "no_source": "No source: {reasons}.", "only": "Only {allowed}."},
}


@pytest.fixture(autouse=True)
def tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.errors.messages.sentences", lambda language: TABLES[language])


def test_an_error_is_a_line_in_each_language() -> None:
    error = InputError("too_many", count=1200)
    assert message(error, "zh") == "有 1,200 页，超过上限。"
    assert message(error, "en") == "It has 1,200 pages."


def test_a_door_that_does_not_know_the_reader_gives_both() -> None:
    assert both(InputError("too_many", count=2)) == "有 2 页，超过上限。(It has 2 pages.)"


def test_what_an_error_is_about_stands_first_and_once() -> None:
    error = UnreadableFile("too_many", count=2)
    error.put_down_to("a.pdf")
    assert message(error, "en") == "a.pdf: It has 2 pages."
    assert both(error) == "a.pdf：有 2 页，超过上限。(It has 2 pages.)"
    assert (error.code, error.values) == ("too_many", {"count": 2})


def test_several_values_are_listed_in_the_marks_of_the_language() -> None:
    assert both(InputError("only", allowed=("a", "b"))) == "只能是 a、b。(Only a, b.)"


def test_sentences_inside_a_sentence_lose_their_full_stop() -> None:
    reasons = (Notice("too_many", about="x", count=1), Notice("too_many", count=2))
    assert message(Notice("no_source", reasons=reasons), "zh") == "取不到：x：有 1 页，超过上限；有 2 页，超过上限。"
    assert message(Notice("no_source", reasons=reasons), "en") == "No source: x: It has 1 pages; It has 2 pages."


def test_a_message_is_one_line_whatever_the_values() -> None:
    assert message(Notice("only", allowed="a\nb\u2028c", about="d\re"), "en") == "d e: Only a b c."


def test_values_are_not_searched_for_placeholders() -> None:
    assert message(Notice("only", allowed="{count}"), "en") == "Only {count}."


def test_logs_show_code_and_values_and_no_long_text() -> None:
    assert str(InputError("only", allowed=("a", "b"))) == "only(allowed=('a', 'b'))"
    assert str(UnreadableFile("too_many", about="a.pdf", count=2)) == "too_many(count=2) about 'a.pdf'"
    assert len(str(InputError("only", allowed="长" * 10_000))) < 100


def test_an_error_passes_from_process_to_process() -> None:
    copy = pickle.loads(pickle.dumps(UnreadableFile("too_many", about="a.pdf", count=2)))
    assert isinstance(copy, UnreadableFile)
    assert copy.notice == Notice("too_many", about="a.pdf", count=2)


def test_every_error_of_the_tree_takes_a_code() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, ZhenbaoError)]
    assert len(kinds) >= 17
    assert {kind("only", allowed="a").code for kind in kinds} == {"only"}
