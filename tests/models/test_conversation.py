"""A request's key: recordings and caches of earlier versions are found by it, so it must not change."""

import pytest

from rag.answering.drafting import Draft
from rag.models.conversation import ChatRequest, ChoiceRequest, Tokens, Turn
from rag.summaries.phrasing import Wording

TURNS = (Turn("system", "规则"), Turn("user", "石矶镇有多少人？"))


@pytest.mark.parametrize(
    ("request_", "key"),
    [
        (ChatRequest(TURNS, Draft), "8de4da765ccc7bf768eef9a46fa9862f699462dad6d754b34a4c82ddcb544018"),
        (
            ChatRequest(TURNS, Wording, {"type": "object"}, max_tokens=160),
            "0f7eb8fd381db0caf2ac9295894f8271714484440bc61a356be5764945655a22",
        ),
        (ChoiceRequest(TURNS, ("能", "不能")), "de90156844f09202abba44d96a39e9eb9563e67acbe4b631d5559af52f71f024"),
    ],
    ids=["draft", "wording", "choice"],
)
def test_the_key_is_that_of_earlier_versions(request_: ChatRequest[Draft] | ChoiceRequest, key: str) -> None:
    assert request_.key("m1") == key


def test_who_listens_does_not_change_the_key() -> None:
    heard: list[str] = []
    assert ChatRequest(TURNS, Draft, hear=heard.append).key("m1") == ChatRequest(TURNS, Draft).key("m1")


def test_costs_add_up() -> None:
    assert Tokens(1, 2) + Tokens(10, 20) == Tokens(11, 22)
