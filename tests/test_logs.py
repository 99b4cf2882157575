"""Notes for whoever looks for a fault: what was tried again, left out and made anew, and nothing of a text."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.cli.logs import set_up_logging
from rag.cli.main import run
from rag.settings import LogLevel
from tests.support.stub_endpoint import Body, Reply, StubEndpoint, failure, streamed

KEY = "sk-marked-key"
QUESTION = "石矶镇2020年新修榫头桥多少座？"
REPORT = "衡州县石矶镇2020年工作总结\n一、2020年工作总结\n全年新修榫头桥12座，投资30万元。\n全年种植水稻800亩。\n"
MARKS = ("榫头", "水稻", "石矶", "多少座", KEY)
_NOTE = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ (?:DEBUG|INFO|WARNING) (rag[\w.]*): .+$", re.MULTILINE)


@pytest.fixture
def _own_logging() -> Iterator[None]:
    ours = logging.getLogger("rag")
    before = ours.handlers, ours.propagate, ours.level
    yield
    ours.handlers, ours.propagate, ours.level = before


def _echoing(body: Body) -> Reply:
    """Repeats what it was sent, in refusals and in replies that fit no schema."""
    said = f"{body['messages'][-1]['content']} {KEY}"
    if "response_format" in body or "logprobs" in body:
        return failure(400, said)
    if body.get("stream"):
        return streamed(said)
    return "能" if body["max_tokens"] == 1 else said


@pytest.fixture
def stub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StubEndpoint]:
    """An endpoint that the environment names, with everything noted."""
    with StubEndpoint(fallback=_echoing) as stub:
        monkeypatch.setenv("ZHENBAO_LOG", "debug")
        monkeypatch.setenv("ZHENBAO_CHAT_MODEL", "stub")
        monkeypatch.setenv("ZHENBAO_EMBEDDING_MODEL", "stub")
        monkeypatch.setenv("OPENAI_BASE_URL", stub.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        yield stub


@pytest.mark.usefixtures("_own_logging")
def test_nothing_of_question_report_or_key_is_noted(
    stub: StubEndpoint, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home, file = tmp_path / "home", tmp_path / "总结.txt"
    file.write_text(REPORT, encoding="utf-8")
    written = ""

    def notes(*arguments: str) -> dict[str, str]:
        """What a command notes, by module."""
        nonlocal written
        assert run([*arguments]) == 0
        found: dict[str, str] = {}
        for note in _NOTE.finditer(capsys.readouterr().err):
            found[note[1]] = found.get(note[1], "") + note[0]
            written += note[0]
        return found

    stub.enqueue_embeddings(failure(503, f"{REPORT} {KEY}", headers={"Retry-After-Ms": "1"}))
    assert "answers 503" in notes("ingest", str(file))["rag.models.client"]
    asked = notes("ask", QUESTION)
    assert "by prompt, as probed" in asked["rag.models.structured"]
    assert "asked again" in asked["rag.models.chat"]
    (home / "chroma" / "chroma.sqlite3").write_bytes(b"no database" * 500)
    (home / "cache.sqlite3").write_bytes(b"no database" * 500)
    asked = notes("ask", QUESTION)
    assert "begun anew" in asked["rag.models.cache"]
    assert "by words alone" in asked["rag.library.search"]
    assert "made again" in notes("ingest", str(file))["rag.library.indexing"]
    assert not [mark for mark in MARKS if mark in written]


@pytest.mark.usefixtures("_own_logging")
@pytest.mark.parametrize(("level", "noted"), [("info", ["one", "two"]), ("warning", ["two"]), (None, [])])
def test_notes_of_the_level_and_above_go_to_standard_error(
    level: LogLevel | None, noted: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logging(level)
    log = logging.getLogger("rag.library.search")
    log.info("one")
    log.warning("two")
    said = capsys.readouterr()
    assert [line.rpartition(": ")[2] for line in said.err.splitlines()] == noted
    assert said.out == ""


@pytest.mark.usefixtures("_own_logging")
def test_what_libraries_log_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("debug")
    logging.getLogger("openai").debug("the whole prompt")
    assert capsys.readouterr().err == ""
