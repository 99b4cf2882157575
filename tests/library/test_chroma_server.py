"""A Chroma server by its URL: several processes ingest at the same time and lose nothing."""

import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from rag.errors import IndexDamaged
from rag.library.health import check
from rag.library.indexing import Stores
from rag.library.lexical import LexicalIndex
from rag.library.library import Library
from rag.library.sentence_index import SentenceIndex
from rag.library.subject_index import SubjectIndex
from rag.library.vectors import VectorIndex
from rag.settings import Settings
from tests.support.generated_reports import CharacterEmbedder, write_reports
from tests.support.paths import ROOT

FILES = 12
PASSAGES = 11  # of each file


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of this machine alone."""
    program = shutil.which("chroma", path=str(Path(sys.executable).parent)) or "chroma"
    port, place = free_port(), tmp_path_factory.mktemp("server")
    command = [program, "run", "--path", str(place), "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        url = f"http://127.0.0.1:{port}"
        wait_for(f"{url}/api/v2/heartbeat", server)
        yield url
        server.terminate()


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    while server.poll() is None:
        try:
            with urlopen(address, timeout=1):
                return
        except OSError:
            continue
    pytest.fail("the server did not start")


def start(home: Path, folder: Path, url: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.support.ingesting_driver", str(home), str(folder), url]
    return subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)


def statuses(process: "subprocess.Popen[bytes]") -> list[str]:
    said, _ = process.communicate()
    assert process.returncode == 0
    return [line["status"] for line in map(json.loads, said.splitlines()) if "status" in line]


def is_healthy(home: Path, url: str) -> bool:
    settings = Settings(home=home, chroma_url=url)
    library = Library.open(settings.library_path)
    vectors = VectorIndex.of(settings, CharacterEmbedder.name, library.identity())
    lexical, sentences = LexicalIndex(settings.lexical_path), SentenceIndex(settings.sentences_path)
    subjects = SubjectIndex.of(settings, CharacterEmbedder.name, library.identity())
    health = check(Stores(library, CharacterEmbedder(), vectors, lexical, sentences, subjects))
    assert health.passages == library.totals().reports * PASSAGES
    library.close()
    return health.is_healthy


def test_two_processes_ingest_into_one_library_and_lose_nothing(url: str, tmp_path: Path) -> None:
    home, paths = tmp_path / "home", write_reports(tmp_path / "all", 2 * FILES)
    for name, some in (("a", paths[:FILES]), ("b", paths[FILES:])):
        (tmp_path / name).mkdir()
        for path in some:
            path.rename(tmp_path / name / path.name)
    processes = [start(home, tmp_path / name, url) for name in ("a", "b")]
    assert [statuses(process) for process in processes] == [["added"] * FILES] * 2
    library = Library.open(home / "library.sqlite3")
    assert library.totals().reports == 2 * FILES
    library.close()
    assert is_healthy(home, url)


def test_the_same_files_from_two_processes_are_stored_once(url: str, tmp_path: Path) -> None:
    write_reports(tmp_path / "files", 4)
    processes = [start(tmp_path / "home", tmp_path / "files", url) for _ in range(2)]
    told = [status for process in processes for status in statuses(process)]
    assert sorted(told) == ["added"] * 4 + ["unchanged"] * 4
    assert is_healthy(tmp_path / "home", url)


def test_two_libraries_share_a_server(url: str, tmp_path: Path) -> None:
    write_reports(tmp_path / "files", 2)
    for home in ("one", "other"):
        assert statuses(start(tmp_path / home, tmp_path / "files", url)) == ["added"] * 2
    assert is_healthy(tmp_path / "one", url)
    assert is_healthy(tmp_path / "other", url)


def test_a_server_that_does_not_answer_is_named(tmp_path: Path) -> None:
    port = free_port()
    settings = Settings(home=tmp_path, chroma_url=f"http://127.0.0.1:{port}")
    with pytest.raises(IndexDamaged, match=f"127.0.0.1:{port}"):
        VectorIndex.of(settings, "test-3").count()
