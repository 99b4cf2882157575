"""A reply is asked for once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.answering.drafting import Draft
from rag.errors import ModelUnavailable
from rag.models.cache import Cache
from rag.models.conversation import ChatRequest, Tokens, Turn
from rag.models.reply_cache import CachedModel
from tests.support.made_errors import offline
from tests.support.scripted_model import ScriptedModel, claims

TURNS = [Turn("user", "石矶镇有多少人？")]


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    cache = Cache(tmp_path / "cache.sqlite3")
    yield cache
    cache.close()


def test_the_same_question_is_not_asked_twice(cache: Cache) -> None:
    behind = ScriptedModel(claims("有3万人"))
    model = CachedModel(behind, cache, "m1")
    first, second = model.complete(ChatRequest(TURNS, Draft)), model.complete(ChatRequest(TURNS, Draft))
    assert first.value == second.value
    assert second.tokens == Tokens(100, 20)
    assert len(behind.asked) == 1


@pytest.mark.parametrize("change", ["identity", "turns", "schema", "length"])
def test_anything_else_is_asked_anew(cache: Cache, change: str) -> None:
    behind = ScriptedModel(claims("有3万人"), claims("有4万人"))
    CachedModel(behind, cache, "m1").complete(ChatRequest(TURNS, Draft))
    model = CachedModel(behind, cache, "m2" if change == "identity" else "m1")
    turns = [*TURNS, Turn("user", "再说一遍")] if change == "turns" else TURNS
    schema = {"type": "object"} if change == "schema" else None
    reply = model.complete(ChatRequest(turns, Draft, schema=schema, max_tokens=9 if change == "length" else 600))
    assert reply.value.claims[0].text == "有4万人"


def test_a_failure_is_not_kept(cache: Cache) -> None:
    model = CachedModel(ScriptedModel(offline(), claims("有3万人")), cache, "m1")
    with pytest.raises(ModelUnavailable):
        model.complete(ChatRequest(TURNS, Draft))
    assert model.complete(ChatRequest(TURNS, Draft)).value.claims


def test_a_spoiled_entry_is_asked_anew(cache: Cache) -> None:
    model = CachedModel(ScriptedModel(claims("有3万人"), claims("有3万人")), cache, "m1")
    model.complete(ChatRequest(TURNS, Draft))
    cache._write(
        [("reply", key, b"{}") for key in cache._rows("SELECT key, value FROM items WHERE kind = ?", ["reply"])]
    )
    assert model.complete(ChatRequest(TURNS, Draft)).value.claims


def test_the_model_behind_is_started_where_it_can_be(cache: Cache) -> None:
    CachedModel(ScriptedModel(), cache, "m1").start()
    behind = StartedModel()
    CachedModel(behind, cache, "m1").start()
    assert behind.is_started


class StartedModel(ScriptedModel):
    """A model with something to start."""

    is_started = False

    def start(self, openings: object) -> None:
        self.is_started = True
