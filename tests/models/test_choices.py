"""Which of a few words a model would say: from an endpoint, kept, recorded."""

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from eval.running.recordings import Answering, RecordedModel, Recordings, key_of
from rag.errors import ModelUnavailable, RequestRefused
from rag.models.access import Access
from rag.models.cache import Cache
from rag.models.chat import EndpointModel
from rag.models.conversation import Choice, ChoiceRequest, Tokens, Turn
from rag.models.reply_cache import CachedModel
from tests.support.made_errors import offline
from tests.support.scripted_model import ScriptedModel
from tests.support.stub_endpoint import Reply, Response, StubEndpoint, failure, said

TURNS = (Turn("system", "只输出“能”或“不能”。"), Turn("user", "能不能回答？"))
WORDS = ("能", "不能")
QWEN = Answering("qwen", "sha xllamacpp 1")


def likely(text: str, shares: Mapping[str, float]) -> Response:
    """A reply with the probabilities of what might have been said first."""
    completion = json.loads(said(text, tokens=(40, 1)).content)
    top = [{"token": token, "logprob": math.log(share), "bytes": None} for token, share in shares.items()]
    completion["choices"][0]["logprobs"] = {"content": [{**top[0], "top_logprobs": top}], "refusal": None}
    return Response(json.dumps(completion).encode())


def chosen(*replies: Reply) -> tuple[Choice, list[dict[str, object]]]:
    with StubEndpoint() as stub:
        stub.enqueue(*replies)
        model = EndpointModel(Access(stub.base_url, "key", "stub"), structured_mode="prompt")
        choice = model.choose(ChoiceRequest(TURNS, WORDS))
        model.close()
        return choice, stub.chats


def test_one_token_is_asked_for_with_the_likelihoods() -> None:
    choice, (sent,) = chosen(likely("能", {"能": 0.75, "不能": 0.25}))
    assert (sent["max_tokens"], sent["logprobs"], sent["top_logprobs"], sent["temperature"]) == (1, True, 10, 0)
    assert "response_format" not in sent
    assert (choice.shares, choice.tokens) == ((0.75, 0.25), Tokens(40, 1))
    assert choice.seconds > 0


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ({"能": 0.6, "不能": 0.2, "是": 0.2}, (0.75, 0.25)),
        ({"不": 0.5, "不能": 0.25, "能": 0.25}, (0.25, 0.75)),
        ({" 能": 0.3, "\n": 0.6, "不": 0.1}, (0.75, 0.25)),
        ({"能够": 0.9, "不": 0.1}, (0.0, 1.0)),
        ({"能": 1 / 3, "不": 2 / 3}, (0.333, 0.667)),
        ({"是": 1.0}, (0.0, 0.0)),
    ],
)
def test_tokens_that_begin_a_word_share_its_belief(shares: Mapping[str, float], expected: tuple[float, ...]) -> None:
    assert chosen(likely("能", shares))[0].shares == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("能", (1.0, 0.0)), (" 不能。", (0.0, 1.0)), ("是", (0.0, 0.0)), ("", (0.0, 0.0))]
)
def test_without_likelihoods_the_word_said_has_all(text: str, expected: tuple[float, ...]) -> None:
    assert chosen(said(text))[0].shares == expected


def test_an_endpoint_that_turns_likelihoods_down_is_asked_without_them() -> None:
    refused = failure(400, "Unsupported parameter", param="logprobs")
    choice, chats = chosen(refused, failure(400, "needs logprobs", param="top_logprobs"), "不能")
    assert choice.shares == (0.0, 1.0)
    assert [("logprobs" in sent, "top_logprobs" in sent) for sent in chats] == [
        (True, True),
        (False, True),
        (False, False),
    ]


def test_likelihoods_turned_down_without_naming_them_are_not_asked_for_again() -> None:
    with StubEndpoint() as stub:
        stub.enqueue(failure(400, "extra fields not permitted"), "能", "不能")
        model = EndpointModel(Access(stub.base_url, "key", "stub"), structured_mode="prompt")
        assert [model.choose(ChoiceRequest(TURNS, WORDS)).shares for _ in range(2)] == [(1.0, 0.0), (0.0, 1.0)]
        model.close()
        assert ["logprobs" in sent for sent in stub.chats] == [True, False, False]


def test_a_choice_that_is_turned_down_altogether_is_told() -> None:
    with pytest.raises(RequestRefused, match="context too long"):
        chosen(*[failure(400, "context too long")] * 2)


def test_an_endpoint_that_is_gone_is_told() -> None:
    with pytest.raises(ModelUnavailable):
        chosen(failure(401))


class Choosing(ScriptedModel):
    """Gives its choices in turn."""

    def __init__(self, *shares: float) -> None:
        super().__init__()
        self._shares = list(shares)

    def choose(self, request: ChoiceRequest) -> Choice:
        self.asked.append(list(request.turns))
        if not self._shares:
            raise offline()
        share = self._shares.pop(0)
        return Choice((share, round(1 - share, 3)), Tokens(50, 1), 0.1)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    cache = Cache(tmp_path / "cache.sqlite3")
    yield cache
    cache.close()


def test_the_same_choice_is_not_asked_twice(cache: Cache) -> None:
    behind = Choosing(0.9)
    model = CachedModel(behind, cache, "m1")
    first, second = model.choose(ChoiceRequest(TURNS, WORDS)), model.choose(ChoiceRequest(TURNS, WORDS))
    assert first.shares == second.shares == (0.9, 0.1)
    assert (second.tokens, second.seconds, len(behind.asked)) == (Tokens(50, 1), 0.0, 1)


@pytest.mark.parametrize("change", ["identity", "turns", "words", "order"])
def test_any_other_choice_is_asked_anew(cache: Cache, change: str) -> None:
    behind = Choosing(0.9, 0.4)
    CachedModel(behind, cache, "m1").choose(ChoiceRequest(TURNS, WORDS))
    turns = TURNS[1:] if change == "turns" else TURNS
    words = {"words": ("是", "否"), "order": WORDS[::-1]}.get(change, WORDS)
    choice = CachedModel(behind, cache, "m2" if change == "identity" else "m1").choose(ChoiceRequest(turns, words))
    assert (choice.shares[0], len(behind.asked)) == (0.4, 2)


def test_a_choice_that_failed_is_not_kept(cache: Cache) -> None:
    with pytest.raises(ModelUnavailable):
        CachedModel(Choosing(), cache, "m1").choose(ChoiceRequest(TURNS, WORDS))
    assert CachedModel(Choosing(0.9), cache, "m1").choose(ChoiceRequest(TURNS, WORDS)).shares[0] == 0.9


def test_a_spoiled_choice_is_asked_anew(cache: Cache) -> None:
    model = CachedModel(Choosing(0.9, 0.4), cache, "m1")
    model.choose(ChoiceRequest(TURNS, WORDS))
    keys = cache._rows("SELECT key, value FROM items WHERE kind = ?", ["choice"])
    cache._write([("choice", key, b"{}") for key in keys])
    assert model.choose(ChoiceRequest(TURNS, WORDS)).shares[0] == 0.4


def recorded(path: Path, share: float = 0.9) -> None:
    recordings = Recordings(path, QWEN)
    RecordedModel(recordings, Choosing(share)).choose(ChoiceRequest(TURNS, WORDS))
    assert recordings.save(only_used=True) == 1


def test_a_recorded_choice_replays_without_a_model(tmp_path: Path) -> None:
    recorded(tmp_path / "a.jsonl")
    recordings = Recordings(tmp_path / "a.jsonl")
    assert RecordedModel(recordings, None).choose(ChoiceRequest(TURNS, WORDS)) == Choice((0.9, 0.1), Tokens(50, 1), 0.0)
    assert recordings.missed == []


@pytest.mark.parametrize("change", ["turns", "words"])
def test_a_choice_that_was_not_recorded_is_missed(tmp_path: Path, change: str) -> None:
    recorded(tmp_path / "a.jsonl")
    recordings = Recordings(tmp_path / "a.jsonl")
    turns, words = (TURNS[1:], WORDS) if change == "turns" else (TURNS, WORDS[::-1])
    with pytest.raises(ModelUnavailable, match="not_recorded"):
        RecordedModel(recordings, None).choose(ChoiceRequest(turns, words))
    assert recordings.missed == [key_of(ChoiceRequest(turns, words), QWEN)]


def test_a_fresh_choice_takes_the_place_of_the_recorded_one(tmp_path: Path) -> None:
    recorded(tmp_path / "a.jsonl")
    recordings = Recordings(tmp_path / "a.jsonl", QWEN)
    assert RecordedModel(recordings, Choosing(0.4), looks_up=False).choose(ChoiceRequest(TURNS, WORDS)).shares[0] == 0.4
    recordings.save(only_used=True)
    assert RecordedModel(Recordings(tmp_path / "a.jsonl"), None).choose(ChoiceRequest(TURNS, WORDS)).shares[0] == 0.4


def test_a_choice_that_could_not_be_asked_is_not_recorded(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path / "a.jsonl", QWEN)
    with pytest.raises(ModelUnavailable):
        RecordedModel(recordings, Choosing()).choose(ChoiceRequest(TURNS, WORDS))
    assert recordings.save(only_used=False) == 0


def test_a_recorded_choice_holds_no_words(tmp_path: Path) -> None:
    recorded(tmp_path / "a.jsonl")
    (line,) = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()[1:]
    assert set(json.loads(line)) == {"key", "shares", "prompt", "completion"}
