"""Opens a library of an earlier release and reads it again: `python -m tests.support.migrating_driver HOME [NUMBER]`.

Kills itself before the NUMBERth statement that the library's file is sent; without one it says how many there are.
"""

import os
import signal
import sqlite3
import sys
from functools import partial
from pathlib import Path
from unittest.mock import patch

from rag.settings import Settings
from rag.workspace import Workspace
from tests.support.generated_reports import CharacterEmbedder


class _Workspace(Workspace):
    @property
    def embedder(self) -> CharacterEmbedder:
        return self._part("embedder", CharacterEmbedder)


class _Counted(sqlite3.Connection):
    """A connection that counts what it is sent."""

    statements = 0
    last = 0

    def execute(self, *arguments: object) -> sqlite3.Cursor:
        _Counted.statements += 1
        if _Counted.statements == _Counted.last:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().execute(*arguments)  # type: ignore[arg-type]


def main() -> None:
    """Brings the library in the folder up to date."""
    _Counted.last = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    settings = Settings(home=Path(sys.argv[1]))
    connect = sqlite3.connect
    with _Workspace(settings) as workspace:
        with patch("rag.library.schema.sqlite3.connect", partial(connect, factory=_Counted)):
            workspace.library.totals()
        workspace.ingest([], on_result=lambda result: None)
        workspace.rebuild(on_progress=lambda done, total: None)
    print(_Counted.statements)  # noqa: T201


if __name__ == "__main__":
    main()
