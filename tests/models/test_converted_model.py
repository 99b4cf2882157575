"""The model's file in another form: made once, and never at the cost of what is there."""

import os
import threading
from pathlib import Path

import pytest

from rag.models import converted_model as converting
from rag.models.converted_model import converted_model, is_converted, remove_converted


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(converting, "version", lambda package: f"of-{package}")
    path = tmp_path / "small.gguf"
    path.write_bytes(b"GGUF")
    return path


def convert(path: Path, folder: Path) -> None:
    """Stands for the conversion."""
    assert path.read_bytes() == b"GGUF"
    assert not list(folder.iterdir())
    (folder / "openvino_model.xml").write_text("made", encoding="utf-8")


def never(path: Path, folder: Path) -> None:
    raise AssertionError(f"converted again: {path}")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"small.openvino.lock"}


def test_it_is_made_once(file: Path) -> None:
    assert not is_converted(file)
    folder = converted_model(file, convert)
    assert folder.name.startswith("small.openvino-of-openvino-genai-q8-4-")
    assert is_converted(file)
    assert names(folder) == {"openvino_model.xml"}
    assert converted_model(file, never) == folder
    assert names(file.parent) == {"small.gguf", folder.name}


@pytest.mark.parametrize(
    "left", ["small.openvino-2020.1", "small.openvino-of-openvino-genai-4-1", "small.openvino-cut"]
)
def test_what_another_release_made_or_left_behind_goes(left: str, file: Path) -> None:
    file.with_name(left).mkdir()
    folder = converted_model(file, convert)
    assert names(file.parent) == {"small.gguf", folder.name}


def test_another_file_of_the_same_name_is_made_anew(file: Path) -> None:
    before = converted_model(file, convert)
    os.utime(file, ns=(1, 1))
    assert not is_converted(file)
    after = converted_model(file, convert)
    assert before != after
    assert names(file.parent) == {"small.gguf", after.name}


def test_two_at_once_make_it_once(file: Path) -> None:
    begun, made = threading.Event(), []

    def slowly(path: Path, folder: Path) -> None:
        begun.set()
        convert(path, folder)
        made.append(folder)

    first = threading.Thread(target=converted_model, args=(file, slowly))
    first.start()
    assert begun.wait(10)
    folder = converted_model(file, slowly)
    first.join()
    assert len(made) == 1
    assert names(folder) == {"openvino_model.xml"}


@pytest.mark.parametrize("fault", [RuntimeError("no such architecture"), OSError(28, "No space left on device")])
def test_a_conversion_that_breaks_leaves_nothing(fault: Exception, file: Path) -> None:
    def broken(path: Path, folder: Path) -> None:
        (folder / "openvino_model.bin").write_bytes(b"half")
        raise fault

    with pytest.raises(type(fault)):
        converted_model(file, broken)
    assert names(file.parent) == {"small.gguf"}


def test_it_is_removed_with_the_file(file: Path) -> None:
    converted_model(file, convert)
    remove_converted(file)
    assert names(file.parent) == {"small.gguf"}
