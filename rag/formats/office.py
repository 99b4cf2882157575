"""Older Office formats (.doc, .rtf, .wps, .odt, .xls), converted by an installed LibreOffice and read on from there."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rag.errors import UnreadableFile
from rag.formats.extract import Extract
from rag.formats.sheets import read_workbook
from rag.formats.word import read_word

_SECONDS = 120
_DETACHED: Mapping[str, Any] = {
    **dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL),
    "start_new_session": True,
}
_PROGRAMS = ("soffice", "libreoffice")
_PROGRAM_FILES = ("ProgramFiles", "ProgramFiles(x86)")
_MAC_FOLDER = "/Applications/LibreOffice.app/Contents/MacOS"
_SHEETS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"), b"opendocument.spreadsheet")


def read_office(content: bytes) -> Extract:
    """What LibreOffice makes of a file. Raises UnreadableFile where it is not installed or does not succeed."""
    program = find_program(os.environ)
    is_sheet = any(mark in content for mark in _SHEETS) and "WordDocument".encode("utf-16-le") not in content
    target = "xlsx" if is_sheet else "docx"
    if program is None:
        raise UnreadableFile("needs_libreoffice", target=target)
    with tempfile.TemporaryDirectory(prefix="zhenbao-", ignore_cleanup_errors=True) as folder:
        converted = _convert(program, Path(folder), content, target)
    return read_workbook(converted) if is_sheet else read_word(converted)


def find_program(environ: Mapping[str, str]) -> str | None:
    """LibreOffice by PATH, or where the installers of Windows and macOS put it, which no PATH names."""
    installed = [Path(environ[name], "LibreOffice", "program") for name in _PROGRAM_FILES if name in environ]
    places = [environ.get("PATH", os.defpath), *map(str, installed), _MAC_FOLDER]
    return next((found for name in _PROGRAMS if (found := shutil.which(name, path=os.pathsep.join(places)))), None)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Ends a process with its children: the program proper is a child of the one started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], check=False, capture_output=True)


def _convert(program: str, folder: Path, content: bytes, target: str) -> bytes:
    """Runs it with a profile of its own: one that is open in a window would refuse, and macros stay off."""
    source = folder / "source"
    source.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    options = ["--headless", "--norestore", "--nolockcheck", "--convert-to", target, "--outdir", str(folder)]
    with subprocess.Popen([program, profile, *options, str(source)], **_DETACHED) as process:
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired as error:
            _end(process)
            raise UnreadableFile("conversion_too_slow", seconds=_SECONDS, target=target) from error
    try:
        return (folder / f"source.{target}").read_bytes()
    except OSError as error:
        raise UnreadableFile("not_converted", target=target) from error
