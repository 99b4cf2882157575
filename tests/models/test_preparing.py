"""Making the quickest engine ready."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from rag.errors import ModelUnavailable
from rag.models import engine, preparing
from rag.models.disk_room import Room
from rag.models.engine import Engine
from rag.models.model_file import CHAT_MODEL, target_path
from rag.models.preparing import prepare_engine, room_for_preparing
from rag.settings import EngineName, Settings

started: list[tuple[str, str]] = []


class Server:
    """Stands for the engine's process."""

    def __init__(self, path: Path, *, engine: Engine, threads: int | None) -> None:
        self.path, self.name = path, engine.name

    def start(self) -> None:
        started.append((self.path.name, self.name))

    def close(self) -> None:
        started.append((self.path.name, "closed"))


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A machine that can run OpenVINO, with the model's file of 100 bytes."""
    started.clear()
    monkeypatch.setattr(preparing, "LocalServer", Server)
    monkeypatch.setattr(engine, "version", lambda package: "1")
    monkeypatch.setattr(engine, "has_avx512", lambda: True)
    monkeypatch.setattr(engine, "memory", lambda: 8_000_000_000)
    monkeypatch.setattr(engine, "is_converted", lambda path: False)
    found = Settings(home=tmp_path, models=tmp_path)
    target_path(found).write_bytes(b"x" * 100)
    return found


def test_the_form_is_made_by_a_process_of_the_engine(settings: Settings) -> None:
    room = room_for_preparing(settings)
    assert room is not None
    assert (room.folder, room.needed) == (settings.models_path, 350)
    prepare_engine(settings)
    name = target_path(settings).name
    assert started == [(name, "openvino"), (name, "closed")]


def test_room_is_told_before_the_file_is_there(settings: Settings) -> None:
    target_path(settings).unlink()
    room = room_for_preparing(settings)
    assert room is not None
    assert room.needed == int(CHAT_MODEL.size * 3.5)


@pytest.mark.parametrize("name", ["wheel", "native"])
def test_nothing_where_another_is_asked_for(name: EngineName, settings: Settings) -> None:
    assert room_for_preparing(replace(settings, engine=name)) is None
    prepare_engine(replace(settings, engine=name))
    assert started == []


@pytest.mark.parametrize(("known", "value"), [("is_converted", lambda path: True), ("has_avx512", lambda: False)])
def test_nothing_where_it_is_ready_or_cannot_be(
    known: str, value: Callable[..., bool], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, known, value)
    prepare_engine(settings)
    assert started == []


def test_nothing_for_an_endpoint(settings: Settings) -> None:
    assert room_for_preparing(replace(settings, endpoint="openai")) is None


def test_a_full_disk_is_told_before_anything_is_made(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "room_for_conversion", lambda path, size: Room(path.parent, size, size - 1))
    with pytest.raises(ModelUnavailable, match="disk_full"):
        prepare_engine(settings)
    assert started == []
