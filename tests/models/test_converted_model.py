"""The model's file in another form: made once, and never at the cost of what is there."""

import os
from pathlib import Path

import pytest

from rag.models import converted_model as converting
from rag.models.converted_model import converted_model, remove_converted
from rag.models.disk_room import Room


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(converting, "version", lambda package: f"of-{package}")
    path = tmp_path / "small.gguf"
    path.write_bytes(b"GGUF")
    return path


def convert(given: str) -> None:
    """Stands for the conversion: writes beside the file it is given."""
    assert Path(given).read_bytes() == b"GGUF"
    Path(given).with_name("openvino_model.xml").write_text("made", encoding="utf-8")


def never(given: str) -> None:
    raise AssertionError(f"converted again: {given}")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_it_is_made_once_and_holds_no_second_copy_of_the_file(file: Path) -> None:
    folder = converted_model(file, convert)
    assert folder.name.startswith("small.openvino-of-openvino-genai-4-")
    assert names(folder) == {"openvino_model.xml"}
    assert converted_model(file, never) == folder
    assert names(file.parent) == {"small.gguf", folder.name}


def test_what_another_release_made_goes(file: Path) -> None:
    before = file.with_name("small.openvino-2020.1")
    before.mkdir()
    folder = converted_model(file, convert)
    assert names(file.parent) == {"small.gguf", folder.name}


def test_another_file_of_the_same_name_is_made_anew(file: Path) -> None:
    before = converted_model(file, convert)
    os.utime(file, ns=(1, 1))
    after = converted_model(file, convert)
    assert before != after
    assert names(file.parent) == {"small.gguf", after.name}


def test_without_room_the_file_itself(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converting, "room_in", lambda folder, needed: Room(folder, needed, 0))
    assert converted_model(file, never) == file


def test_a_folder_that_cannot_be_written_to_is_no_fault(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    assert converted_model(file, never) == file
    assert names(file.parent) == {"small.gguf"}


def test_another_process_that_was_quicker_is_as_good(file: Path) -> None:
    def slowly(given: str) -> None:
        convert(given)
        converted_model(file, convert)

    folder = converted_model(file, slowly)
    assert names(folder) == {"openvino_model.xml"}
    assert names(file.parent) == {"small.gguf", folder.name}


def test_a_conversion_that_breaks_leaves_nothing(file: Path) -> None:
    def broken(given: str) -> None:
        raise RuntimeError("no such architecture")

    with pytest.raises(RuntimeError):
        converted_model(file, broken)
    assert names(file.parent) == {"small.gguf"}


def test_it_is_removed_with_the_file(file: Path) -> None:
    converted_model(file, convert)
    remove_converted(file)
    assert names(file.parent) == {"small.gguf"}
