"""Recorded replies: found by what was sent, asked for where they may be, red where they are not."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TypeVar

import pytest
from pydantic import BaseModel, ConfigDict

from eval.options import Options
from eval.running import asking
from eval.running.recordings import Answering, RecordedModel, Recordings
from eval.running.runner import answering
from rag.errors import BadReply, InputError, ModelUnavailable
from rag.models.conversation import ChatRequest, Reply, Turn
from rag.models.engine import engine_of
from rag.settings import Settings
from tests.support.made_errors import bad_reply, offline
from tests.support.scripted_model import ScriptedModel

T = TypeVar("T", bound=BaseModel)
QWEN = Answering("qwen", "sha xllamacpp 1")
TURNS = [Turn("system", "只输出 JSON。"), Turn("user", "多少？")]


class Number(BaseModel):
    """What the model is asked for."""

    model_config = ConfigDict(extra="forbid")
    number: int


class Spoken(ScriptedModel):
    """A scripted model whose replies have a raw text, as a real one's do."""

    def complete(self, request: ChatRequest[T]) -> Reply[T]:
        reply = super().complete(request)
        return replace(reply, raw=reply.value.model_dump_json())


def _recorded(path: Path) -> Recordings:
    recordings = Recordings(path, QWEN)
    RecordedModel(recordings, Spoken({"number": 12})).complete(ChatRequest(TURNS, Number))
    recordings.save(only_used=True)
    return recordings


def test_a_recorded_reply_replays_without_a_model(tmp_path: Path) -> None:
    _recorded(tmp_path / "a.jsonl")
    recordings = Recordings(tmp_path / "a.jsonl")
    model = RecordedModel(recordings, None)
    reply = model.complete(ChatRequest(TURNS, Number))
    assert (reply.value.number, reply.tokens.prompt, model.name, recordings.missed) == (12, 100, "qwen", [])


@pytest.mark.parametrize(
    ("turns", "schema", "tokens"),
    [([TURNS[0], Turn("user", "多少?")], None, 600), (TURNS, {"type": "object"}, 600), (TURNS, None, 601)],
)
def test_whatever_was_sent_otherwise_misses(
    tmp_path: Path, turns: list[Turn], schema: dict[str, object] | None, tokens: int
) -> None:
    _recorded(tmp_path / "a.jsonl")
    recordings = Recordings(tmp_path / "a.jsonl")
    with pytest.raises(ModelUnavailable, match="not_recorded"):
        RecordedModel(recordings, None).complete(ChatRequest(turns, Number, schema=schema, max_tokens=tokens))
    assert len(recordings.missed) == 1


def test_a_missed_reply_is_asked_live_and_kept(tmp_path: Path) -> None:
    _recorded(tmp_path / "a.jsonl")
    recordings = Recordings(tmp_path / "a.jsonl", QWEN)
    other = [Turn("user", "几个？")]
    RecordedModel(recordings, Spoken({"number": 5})).complete(ChatRequest(other, Number))
    assert recordings.save(only_used=False) == 2
    assert RecordedModel(Recordings(tmp_path / "a.jsonl"), None).complete(ChatRequest(other, Number)).value.number == 5


def test_unused_replies_are_dropped_on_demand(tmp_path: Path) -> None:
    _recorded(tmp_path / "a.jsonl")
    recordings = Recordings(tmp_path / "a.jsonl", QWEN)
    RecordedModel(recordings, Spoken({"number": 5})).complete(ChatRequest([Turn("user", "几个？")], Number))
    assert recordings.save(only_used=True) == 1


def test_a_fresh_reply_takes_the_place_of_the_recorded_one(tmp_path: Path) -> None:
    _recorded(tmp_path / "a.jsonl")
    recordings = Recordings(tmp_path / "a.jsonl", QWEN)
    fresh = RecordedModel(recordings, Spoken({"number": 13}), looks_up=False).complete(ChatRequest(TURNS, Number))
    assert (fresh.value.number, recordings.save(only_used=True)) == (13, 1)
    assert RecordedModel(Recordings(tmp_path / "a.jsonl"), None).complete(ChatRequest(TURNS, Number)).value.number == 13


def test_another_model_file_or_server_starts_anew(tmp_path: Path) -> None:
    _recorded(tmp_path / "a.jsonl")
    recordings = Recordings(tmp_path / "a.jsonl", Answering("qwen", "sha xllamacpp 2"))
    reply = RecordedModel(recordings, Spoken({"number": 7})).complete(ChatRequest(TURNS, Number))
    assert (reply.value.number, len(recordings.missed)) == (7, 1)


def test_recordings_of_another_model_are_not_written_over(tmp_path: Path) -> None:
    _recorded(tmp_path / "a.jsonl")
    before = (tmp_path / "a.jsonl").read_bytes()
    with pytest.raises(InputError, match="recorded_with_another_model"):
        Recordings(tmp_path / "a.jsonl", Answering("gemma", "sha"), writes=True)
    assert (tmp_path / "a.jsonl").read_bytes() == before
    assert Recordings(tmp_path / "new.jsonl", Answering("gemma", "sha"), writes=True).answering.name == "gemma"


def test_a_long_recording_is_saved_on_the_way(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path / "a.jsonl", QWEN, writes=True)
    for number in range(45):
        RecordedModel(recordings, Spoken({"number": number})).complete(ChatRequest([Turn("user", str(number))], Number))
    assert len((tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()) == 1 + 40
    assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl"]


def test_without_writing_nothing_is_saved_on_the_way(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path / "a.jsonl", QWEN)
    for number in range(25):
        RecordedModel(recordings, Spoken({"number": number})).complete(ChatRequest([Turn("user", str(number))], Number))
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recordings = _recorded(tmp_path / "a.jsonl")
    before = (tmp_path / "a.jsonl").read_bytes()

    def failing(path: Path, *_: object, **__: object) -> int:
        path.touch()
        raise OSError("disk full")

    monkeypatch.setattr(Path, "write_text", failing)
    with pytest.raises(OSError, match="disk full"):
        recordings.save(only_used=False)
    assert (tmp_path / "a.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://user:secret@models.example:8443/v1?key=secret", "models.example:8443"),
        ("https://models.example/secret/v1", "models.example"),
        (None, "api.openai.com"),
    ],
)
def test_of_an_endpoint_only_the_host_is_recorded(tmp_path: Path, address: str | None, host: str) -> None:
    settings = Settings(tmp_path, "openai", address, "secret", chat_model="qwen3")
    recordings = Recordings(tmp_path / "a.jsonl", answering(settings))
    recordings.save(only_used=False)
    written = (tmp_path / "a.jsonl").read_text(encoding="utf-8")
    assert "secret" not in written
    assert f"{host} qwen3" in written


def test_a_bad_reply_replays_as_one(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path / "a.jsonl", QWEN)
    with pytest.raises(BadReply):
        RecordedModel(recordings, ScriptedModel(bad_reply())).complete(ChatRequest(TURNS, Number))
    recordings.save(only_used=True)
    with pytest.raises(BadReply, match="recorded_as_bad"):
        RecordedModel(Recordings(tmp_path / "a.jsonl"), None).complete(ChatRequest(TURNS, Number))


def test_an_unreachable_model_is_not_recorded(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path / "a.jsonl", QWEN)
    with pytest.raises(ModelUnavailable):
        RecordedModel(recordings, ScriptedModel(offline())).complete(ChatRequest(TURNS, Number))
    assert recordings.save(only_used=False) == 0


def test_the_file_holds_no_prompt_and_is_the_same_bytes_twice(tmp_path: Path) -> None:
    _recorded(tmp_path / "a.jsonl")
    _recorded(tmp_path / "b.jsonl")
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    assert "多少" not in (tmp_path / "a.jsonl").read_text(encoding="utf-8")


def test_another_file_is_no_recording(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(InputError):
        Recordings(tmp_path / "a.jsonl")


def test_no_other_engine_answers_in_the_place_of_the_one_that_replies_are_kept_under(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[Settings] = []

    def make(settings: Settings, cache: object) -> SimpleNamespace:
        taken.append(settings)
        return SimpleNamespace(close=lambda: None)

    monkeypatch.setattr(asking, "make_chat_model", make)
    settings = Settings(home=tmp_path, models=tmp_path)
    options = Options("set", tmp_path, tmp_path / "base", tmp_path / "limits", tmp_path / "a.jsonl", fresh=True)
    with ExitStack() as stack:
        asking._model_at_hand(options, settings, stack)
        asking._model_at_hand(options, replace(settings, endpoint="openai"), stack)
    assert [each.engine for each in taken] == [engine_of(settings).name, None]
