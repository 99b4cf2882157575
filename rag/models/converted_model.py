"""The chat model's file in OpenVINO's own form, which loads in two seconds; making it takes a minute, once."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from glob import escape
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from rag.models.disk_room import Room, room_in

_SIZE = 3.5  # of the file that it is made of, while it is made; half of that stays
_WHOLE = "openvino_model.xml"

Convert = Callable[[Path, Path], None]
"""Makes the form of a file in an empty folder."""


def converted_model(path: Path, convert: Convert) -> Path:
    """The folder with the converted form, made now where it is missing.

    Forms of another release or of another file of the same name, and what is left of a conversion that was cut off,
    are removed. Raises OSError where the folder of the file cannot be written to or its disk is full.
    """
    from filelock import FileLock

    folder = _folder(path)
    if is_converted(path):
        return folder
    with FileLock(path.with_name(f"{path.stem}.openvino.lock")):
        if is_converted(path):  # by another process, meanwhile
            return folder
        remove_converted(path)
        with TemporaryDirectory(prefix=f"{path.stem}.openvino-", dir=path.parent) as place:
            made = Path(place) / "made"
            made.mkdir()
            convert(path, made)
            made.rename(folder)
    return folder


def is_converted(path: Path) -> bool:
    """Whether the form of this file is there."""
    return (_folder(path) / _WHOLE).is_file()


def room_for_conversion(path: Path, size: int) -> Room:
    """The room on the disk that making the form of a file of `size` bytes takes."""
    return room_in(path.parent, int(size * _SIZE))


def remove_converted(path: Path) -> None:
    """Removes what was made of a model's file."""
    for folder in path.parent.glob(f"{escape(path.stem)}.openvino-*"):
        with suppress(OSError):
            shutil.rmtree(folder)


def _folder(path: Path) -> Path:
    file = path.stat()
    made_of = f"{file.st_size}-{file.st_mtime_ns}"  # another file of the same name is another model
    return path.with_name(f"{path.stem}.openvino-{version('openvino-genai')}-q8-{made_of}")
