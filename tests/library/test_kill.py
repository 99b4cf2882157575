"""A kill at any moment leaves whole reports or none, and the next writer brings the indexes in step."""

import random
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

from rag.library.health import check
from rag.library.indexing import Stores
from rag.library.lexical import LexicalIndex
from rag.library.library import Library
from rag.library.sentence_index import SentenceIndex
from rag.library.subject_index import SubjectIndex
from rag.library.vectors import VectorIndex
from rag.settings import Settings
from tests.support.generated_reports import CharacterEmbedder, stored, write_reports
from tests.support.paths import ROOT

FILES = 50
KILLS = 5
STEPS_PER_FILE = 6  # lines the driver says for each file: five steps and the result


def _start(home: Path, folder: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.support.ingesting_driver", str(home), str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)


def _kill_after(lines: int, home: Path, folder: Path) -> None:
    with _start(home, folder) as process:
        assert process.stdout is not None
        for _ in range(lines):
            assert process.stdout.readline(), "the driver ended before it could be killed"
        process.kill()


def test_killed_ingestions_leave_whole_reports_and_can_be_taken_up(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "files"
    paths = write_reports(folder, FILES)
    expected = {stored(path.read_text(encoding="utf-8"))[0] for path in paths}
    moments = random.Random(20)
    count = 0
    for _ in range(KILLS):
        # unchanged files say one line each; then a few files' worth of steps, ending within one of them
        _kill_after(count + moments.randrange(1, 8 * STEPS_PER_FILE), home, folder)
        library = Library.open(home / "library.sqlite3")
        assert set(library.every_report()) <= expected
        assert all(len(library.sources(report.id)) == 1 for report in library.every_report())
        count = library.totals().reports
        library.close()
    assert 0 < count < FILES

    with _start(home, folder) as process:
        assert process.stdout is not None
        process.stdout.read()
    assert process.returncode == 0

    settings = Settings(home=home)
    library = Library.open(settings.library_path)
    vectors = VectorIndex.of(settings, CharacterEmbedder.name)
    lexical = LexicalIndex(settings.lexical_path)
    assert set(library.every_report()) == expected
    sentences = SentenceIndex(settings.sentences_path)
    subjects = SubjectIndex.of(settings, CharacterEmbedder.name, library.identity())
    health = check(Stores(library, CharacterEmbedder(), vectors, lexical, sentences, subjects))
    assert health.is_healthy, health
    vectors.close()


def _bring_up_to_date(home: Path, *number: int) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "tests.support.migrating_driver", str(home), *map(str, number)]
    return subprocess.run(command, stdout=subprocess.PIPE, cwd=ROOT, check=False)


def _contents(home: Path) -> object:
    """The reports with their figures, corrections, aliases and files."""
    library = Library.open(home / "library.sqlite3")
    try:
        figures = library.rows("SELECT id, number, value, quote FROM figures JOIN reports ON position = report")
        aliases = library.rows("SELECT * FROM aliases ORDER BY alias")
        files = library.rows("SELECT report_id, name, sha256 FROM sources ORDER BY position")
        return list(library.every_report()), sorted(figures), library.corrected(), aliases, files
    finally:
        library.close()


def test_killed_migrations_lose_nothing_and_can_be_taken_up(tmp_path: Path) -> None:
    (earlier,) = sorted((Path(__file__).parent / "earlier").glob("*.zip"))[-1:]
    with zipfile.ZipFile(earlier) as archive:
        archive.extractall(tmp_path / "earlier")
    shutil.copytree(tmp_path / "earlier", tmp_path / "whole")
    statements = int(_bring_up_to_date(tmp_path / "whole").stdout)
    wanted, moments = _contents(tmp_path / "whole"), random.Random(4)
    for kill in range(3):
        home = tmp_path / str(kill)
        shutil.copytree(tmp_path / "earlier", home)
        killed = _bring_up_to_date(home, moments.randrange(1, statements))
        assert killed.returncode == -signal.SIGKILL
        assert _bring_up_to_date(home).returncode == 0
        assert _contents(home) == wanted
