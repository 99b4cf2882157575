"""Questions from a file."""

import json
from collections.abc import Callable

import pytest

from rag.answering.answers import Answer
from rag.cli.batch import answer_lines
from rag.errors import InputError
from rag.library.results import Scope
from rag.models.conversation import Turn
from rag.service import read_history
from tests.support.made_errors import busy
from tests.support.made_parts import made_answer


def ask(question: str, history: tuple[Turn, ...], scope: Scope) -> Answer:
    if question == "忙":
        raise busy()
    return made_answer(f"{question}|{[turn.content for turn in history]}|{scope}")


def rows(*lines: str, ask: Callable[..., Answer] = ask) -> list[dict[str, object]]:
    return [answer.row for answer in answer_lines(lines, ask)]


def test_answers_come_in_order_with_their_ids() -> None:
    found = rows('{"id": "乙", "question": "一"}', '{"id": 7, "question": "二"}', '{"question": "三"}')
    assert [row["id"] for row in found] == ["乙", 7, 3]


def test_history_and_scope_reach_the_answerer() -> None:
    line = {
        "question": "问",
        "history": [{"role": "user", "content": "前"}],
        "town": "石矶镇",
        "county": "衡州县",
        "year": 2020,
    }
    scope = Scope(("石矶镇",), "衡州县", (2020,))
    assert rows(json.dumps(line))[0]["question"] == f"问|['前']|{scope}"


def test_fields_of_others_are_left_alone() -> None:
    assert rows('{"question": "问", "must": ["1200亩"]}')[0]["outcome"] == "answered"


@pytest.mark.parametrize(
    ("line", "name", "code"),
    [
        ('{"id": "空", "question": "  "}', "空", "empty_question"),
        ("不是 JSON", 2, "line_not_json"),
        ("[" * 100_000, 2, "line_not_json"),
        ('["问"]', 2, "line_not_a_question"),
        ('{"id": "甲"}', "甲", "line_not_a_question"),
        ('{"id": "甲", "question": ""}', "甲", "line_not_a_question"),
        ('{"id": "甲", "question": "问", "history": [{"role": "wizard", "content": ""}]}', "甲", "line_not_a_question"),
        ('{"id": "甲", "question": "忙"}', "甲", "written_by_process"),
    ],
)
def test_a_bad_line_becomes_an_error_and_the_rest_goes_on(line: str, name: object, code: str) -> None:
    answers = list(answer_lines(['{"question": "一"}', line, '{"question": "三"}'], ask))
    assert [(answer.row["outcome"], answer.is_failed) for answer in answers] == [
        ("answered", False),
        ("error", True),
        ("answered", False),
    ]
    assert (answers[1].row["id"], answers[1].row["code"]) == (name, code)
    assert "\n" not in str(answers[1].row["message"])


def test_blank_lines_are_skipped_and_counted() -> None:
    assert [row["id"] for row in rows("\n", '{"question": "一"}\n')] == [2]


def test_lines_are_answered_as_they_come() -> None:
    taken: list[int] = []

    def lines() -> object:
        for number in (1, 2):
            taken.append(number)
            yield '{"question": "问"}'

    answers = answer_lines(lines(), ask)  # type: ignore[arg-type]
    next(answers)
    assert taken == [1]


def test_a_history_is_a_list_of_turns() -> None:
    assert read_history('[{"role": "user", "content": "前"}]') == (Turn("user", "前"),)
    with pytest.raises(InputError, match=r"history_not_turns.*role"):
        read_history('[{"role": "wizard", "content": "前"}]')
    with pytest.raises(InputError):
        read_history("nonsense")
