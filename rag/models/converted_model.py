"""The chat model's file in OpenVINO's own form, which loads in two seconds where the file itself takes ten."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from glob import escape
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from rag.models.disk_room import room_in

_SIZE = 1.25  # of the file that it is made of
_WHOLE = "openvino_model.xml"


def converted_model(path: Path, convert: Callable[[str], object]) -> Path:
    """The folder with the converted form, made now where it is missing; the file itself where it cannot be made.

    `convert` reads the file that it is given and writes the form beside it. Forms of another release, or of another
    file of the same name, are removed.
    """
    file = path.stat()
    made_of = f"{file.st_size}-{file.st_mtime_ns}"  # another file of the same name is another model
    folder = path.with_name(f"{path.stem}.openvino-{version('openvino-genai')}-{made_of}")
    if (folder / _WHOLE).is_file():
        return folder
    room = room_in(path.parent, int(file.st_size * _SIZE))
    if room.free < room.needed:
        return path
    try:
        with TemporaryDirectory(prefix="openvino-", dir=path.parent) as place:
            made = Path(place) / "made"
            made.mkdir()
            os.link(path, made / path.name)
            convert(str(made / path.name))
            (made / path.name).unlink()
            remove_converted(path)
            made.rename(folder)
    except OSError:  # a folder that is not ours, a disk without links; another process was quicker
        return folder if (folder / _WHOLE).is_file() else path
    return folder


def remove_converted(path: Path) -> None:
    """Removes what was made of a model's file."""
    for folder in path.parent.glob(f"{escape(path.stem)}.openvino-*"):
        with suppress(OSError):
            shutil.rmtree(folder)
