"""A seal on the folder of vectors: whether it is as the last process left it, and if not, whether it can be used.

A damaged graph file of Chroma's kills the process that reads it instead of raising an error. So whoever wrote last
seals the folder when done, and one without a matching seal (a killed writer, a changed disk) is first tried out in a
process of its own.
"""

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

_PROBE = "import sys; from rag.library.chroma import probe; sys.exit(0 if probe(*sys.argv[1:]) else 3)"
_DAMAGED = 3  # the exit code of a process that met an error instead of its death
_WRITTEN_OUT = "index_metadata.pickle"  # Chroma's, beside a graph that it reads; the files of others it makes anew
_FAULT = 0xC0000000  # from here on Windows has the exit codes of processes that did not end by themselves
_SECONDS = 300.0
_ROOT = Path(__file__).parents[2]


def seal(folder: Path) -> None:
    """Notes how the folder's graph files are now."""
    with suppress(OSError):
        if folder.is_dir():
            _note(folder).write_text(json.dumps(_state(folder)), encoding="utf-8")


def is_sealed(folder: Path) -> bool:
    """Whether nothing has changed since the folder was sealed; without a seal, whether there is nothing to read."""
    state = _state(folder)
    try:
        return bool(json.loads(_note(folder).read_text(encoding="utf-8")) == state)
    except FileNotFoundError:
        return not state
    except (OSError, ValueError):
        return False


def stands_a_trial(folder: Path, collection: str) -> bool:
    """Whether a process that searches the folder's vectors finds them, and lives to tell."""
    path = os.pathsep.join(part for part in (str(_ROOT), os.environ.get("PYTHONPATH")) if part)
    command = [sys.executable, "-c", _PROBE, str(folder), collection]
    try:
        done = subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, capture_output=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    except OSError:  # where no process may be started, there is no trial
        return True
    return 0 <= done.returncode < _FAULT and done.returncode != _DAMAGED


def _note(folder: Path) -> Path:
    return folder / "zhenbao-seal.json"


def _state(folder: Path) -> dict[str, list[int]]:
    """Size and time of every file of Chroma's graphs; of those that it has written out, and does not begin anew."""
    graphs = (file.parent for file in sorted(folder.glob(f"*/{_WRITTEN_OUT}")))
    stats = {str(file.relative_to(folder)): file.stat() for graph in graphs for file in sorted(graph.iterdir())}
    return {name: [found.st_size, found.st_mtime_ns] for name, found in stats.items()}
