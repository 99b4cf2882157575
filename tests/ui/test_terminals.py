"""`ask` in a terminal beside a running page: the same output, from the page's own service, or from its own work."""

import socket
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, replace
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import Any, cast

import pytest

from app import every_command
from rag import __version__
from rag.answering.answer import Answerer
from rag.answering.answers import Answer
from rag.cli.asking_serve import Asked
from rag.cli.main import run
from rag.cli.rendezvous import (
    LARGEST,
    Rendezvous,
    fingerprint,
    greet,
    read_rendezvous,
    receive,
    send,
)
from rag.errors import LibraryBusy
from rag.library.results import Scope
from rag.models.conversation import Turn
from rag.parsing.report import Report
from rag.service import Service
from rag.types import JsonObject, Notice
from tests.support.made_parts import ScriptedWorkspace, made_answer, made_report
from ui.terminals import terminals_answered

SHIJI = made_report("石矶镇", "衡州县", 2020)
QUESTION = "石矶镇种了多少水稻？"
EVERYWHERE = Scope()
Said = pytest.CaptureFixture[str]
Steps = Callable[[], Iterator[Answer]]


class StepwiseWorkspace(ScriptedWorkspace):
    """Answers with the steps of a test."""

    def __init__(self, home: Path, steps: Steps, *reports: Report) -> None:
        super().__init__(home, *reports)
        self._steps = steps

    @property
    def answerer(self) -> Answerer:
        return cast(Answerer, self)

    def stream(self, question: str, *, history: Sequence[Turn] = (), scope: Scope = EVERYWHERE) -> Iterator[Answer]:
        return self._steps()


def evidence_alone(question: str = QUESTION) -> Answer:
    return replace(made_answer(question), outcome="evidence_only", reason="model_unavailable", claims=())


def zhenbao(workspace: ScriptedWorkspace, *arguments: str) -> int:
    return run(list(arguments), lambda: workspace, every_command())


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@contextmanager
def running(workspace: ScriptedWorkspace) -> Iterator[Rendezvous]:
    """A page that answers terminals, without the page."""
    with terminals_answered(Service(workspace)):
        at = read_rendezvous(workspace.settings.serve_path)
        assert at is not None
        yield at


@contextmanager
def terminal(workspace: ScriptedWorkspace, at: Rendezvous, **changed: object) -> Iterator[Connection]:
    """A terminal that has asked."""
    with Client(at.address, at.family) as connection:
        greet(connection, at.key_bytes, first=True)
        request: dict[str, Any] = {"version": __version__, "settings": fingerprint(workspace.settings)}
        send(connection, {**request, **asdict(Asked(QUESTION)), **changed})
        yield connection


def refuse(question: str) -> Answer:
    return Answer(question, "refused", "not_in_reports", "zh-Hans", "报告没有写明。")


def fail(question: str) -> Answer:
    raise LibraryBusy("written_by_process", pid="7", command="zhenbao\n\x1b[2J")


def without_model(question: str) -> Answer:
    return replace(evidence_alone(question), notices=(Notice("compared_by_words_only"),))


@pytest.mark.parametrize("reply", [made_answer, refuse, fail, without_model])
@pytest.mark.parametrize(
    "options",
    [
        pytest.param((), id="text"),
        pytest.param(("--json",), id="json"),
        pytest.param(("--history", "good.json", "--town", "石矶镇", "--year", "2020", "--year", "2021"), id="talk"),
        pytest.param(("--history", "bad.json"), id="no conversation"),
        pytest.param(("--history", "nowhere.json"), id="no file"),
        pytest.param(("--history", "bytes.json"), id="no text"),
    ],
)
def test_the_output_is_the_same_with_and_without_a_page(
    home: Path,
    tmp_path: Path,
    capsys: Said,
    monkeypatch: pytest.MonkeyPatch,
    reply: Callable[[str], Answer],
    options: tuple[str, ...],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("good.json").write_text('[{"role": "user", "content": "前"}]', encoding="utf-8-sig")
    Path("bad.json").write_text('[{"role": "nobody"}]', encoding="utf-8")
    Path("bytes.json").write_bytes(b"\xff")
    asking, serving = ScriptedWorkspace(home, SHIJI, reply=reply), ScriptedWorkspace(home, reply=reply)
    alone = zhenbao(asking, "ask", QUESTION, *options), capsys.readouterr()
    asked = asking.scripted_answerer.asked.copy()
    with running(serving):
        assert (zhenbao(asking, "ask", QUESTION, *options), capsys.readouterr()) == alone
    assert asking.scripted_answerer.asked == asked
    assert serving.scripted_answerer.asked == asked


def test_an_empty_library_is_told_in_the_same_words(home: Path, capsys: Said) -> None:
    workspace = ScriptedWorkspace(home)
    alone = zhenbao(workspace, "ask", QUESTION), capsys.readouterr()
    with running(ScriptedWorkspace(home)):
        assert (zhenbao(workspace, "ask", QUESTION), capsys.readouterr()) == alone


def test_the_host_of_another_endpoint_is_named_all_the_same(home: Path, capsys: Said) -> None:
    asking, serving = ScriptedWorkspace(home, SHIJI), ScriptedWorkspace(home)
    for workspace in (asking, serving):
        workspace.settings = replace(
            workspace.settings, endpoint="openai", base_url="https://models.example.org/v1", api_key="sk-secret"
        )
    alone = zhenbao(asking, "ask", QUESTION), capsys.readouterr()
    with running(serving):
        assert (zhenbao(asking, "ask", QUESTION), capsys.readouterr()) == alone
    assert "models.example.org" in alone[1].err and len(serving.scripted_answerer.asked) == 1


def test_where_nothing_can_listen_the_page_goes_on(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise OSError("no sockets here")

    monkeypatch.setattr("ui.terminals.Listener", fail)
    asking = ScriptedWorkspace(home, SHIJI)
    with terminals_answered(Service(ScriptedWorkspace(home))):
        assert zhenbao(asking, "ask", QUESTION) == 0
    assert len(asking.scripted_answerer.asked) == 1


def test_evidence_comes_before_the_answer(home: Path) -> None:
    going_on = threading.Event()

    def steps() -> Iterator[Answer]:
        yield evidence_alone()
        assert going_on.wait(20)
        yield made_answer()

    serving = StepwiseWorkspace(home, steps, SHIJI)
    with running(serving) as at, terminal(serving, at) as connection:
        assert receive(connection) == {"found": 1}
        going_on.set()
        assert receive(connection).keys() == {"row", "text", "notices"}


def test_a_page_and_a_terminal_have_the_model_in_turn(home: Path) -> None:
    serving = StepwiseWorkspace(home, lambda: iter((evidence_alone(), made_answer())), SHIJI)
    service = Service(serving)
    with terminals_answered(service), ExitStack() as turn:
        at = read_rendezvous(serving.settings.serve_path)
        assert at is not None
        turn.enter_context(service.turn)
        with terminal(serving, at) as connection:
            assert receive(connection) == {"found": 1}
            assert not connection.poll(0.05)
            turn.close()
            assert "row" in receive(connection)


class Endless:
    """Evidence, and then no news, until somebody closes it."""

    def __init__(self) -> None:
        self.closed = threading.Event()

    def steps(self) -> Iterator[Answer]:
        try:
            while True:
                yield evidence_alone()
        finally:
            self.closed.set()


def test_the_model_is_stopped_when_the_terminal_leaves(home: Path) -> None:
    endless = Endless()
    serving = StepwiseWorkspace(home, endless.steps, SHIJI)
    with running(serving) as at:
        with terminal(serving, at) as connection:
            assert receive(connection) == {"found": 1}
        assert endless.closed.wait(20)


def test_a_page_that_ends_has_the_terminal_do_its_work_itself(home: Path) -> None:
    endless = Endless()
    serving = StepwiseWorkspace(home, endless.steps, SHIJI)
    with ExitStack() as page, terminal(serving, page.enter_context(running(serving))) as connection:
        assert receive(connection) == {"found": 1}
        page.close()
        assert receive(connection) == {"declined": "ending"} and endless.closed.is_set()
    assert not serving.settings.serve_path.exists()


def test_an_answer_that_breaks_off_is_begun_anew_without_a_word(home: Path, capsys: Said) -> None:
    def steps() -> Iterator[Answer]:
        yield evidence_alone()
        raise RuntimeError("a fault of ours")

    asking = ScriptedWorkspace(home, SHIJI)
    with running(StepwiseWorkspace(home, steps)):
        assert zhenbao(asking, "ask", QUESTION) == 0
    said = capsys.readouterr()
    assert said.err.count("找到 1 句原文") == 1 == said.err.count("\n")
    assert said.out.startswith("种植水稻1200亩。（原文）[1]")


def test_what_no_text_may_hold_is_asked_all_the_same(home: Path, capsys: Said) -> None:
    asking = ScriptedWorkspace(home, SHIJI)
    with running(ScriptedWorkspace(home)):
        assert zhenbao(asking, "ask", "一个坏字节\udcff？") == 0
    assert "找到 1 句原文" in capsys.readouterr().err


def asks_itself(asking: ScriptedWorkspace, serving: ScriptedWorkspace, capsys: Said) -> bool:
    assert zhenbao(asking, "ask", QUESTION) == 0
    said = capsys.readouterr()
    assert said.out.startswith("种植水稻1200亩。（原文）[1]") and said.err.count("\n") == 1
    return bool(asking.scripted_answerer.asked) and not serving.scripted_answerer.asked


def test_another_version_and_other_settings_are_declined(
    home: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking, serving = ScriptedWorkspace(home, SHIJI), ScriptedWorkspace(home)
    with running(serving) as at:
        with terminal(serving, at, version="0.0.1") as connection:
            assert receive(connection) == {"declined": "another version"}
        asking.settings = replace(asking.settings, timeout=1.0)
        with terminal(asking, at) as connection:
            assert receive(connection) == {"declined": "other settings"}
        assert asks_itself(asking, serving, capsys)


def test_reports_to_read_again_are_left_to_the_terminal(
    home: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking, serving = ScriptedWorkspace(home, SHIJI), ScriptedWorkspace(home)
    monkeypatch.setattr(type(serving.library), "unread", lambda library, limit=None: ["0123456789ab"])
    monkeypatch.setattr(ScriptedWorkspace, "catch_up", lambda workspace, on_progress: None)
    with running(serving):
        assert asks_itself(asking, serving, capsys)


@pytest.mark.parametrize(
    "left_behind",
    [
        pytest.param({}, id="nothing of use"),
        pytest.param({"family": "AF_UNIX", "address": "{folder}/gone", "key": "k"}, id="no socket"),
        pytest.param({"family": "AF_UNIX", "address": "{folder}/dead", "key": "k"}, id="nobody listens"),
        pytest.param({"family": "AF_PIPE", "address": "\\\\.\\pipe\\zhenbao-gone", "key": "k"}, id="another system's"),
        pytest.param({"family": "AF_MADE_UP", "address": "x", "key": "k"}, id="made up"),
    ],
)
def test_what_a_killed_page_left_is_passed_over_and_taken_over(
    home: Path, tmp_path: Path, capsys: Said, left_behind: dict[str, str]
) -> None:
    if sys.platform != "win32":
        with socket.socket(socket.AF_UNIX) as dead:
            dead.bind(str(tmp_path / "dead"))
    asking, serving = ScriptedWorkspace(home, SHIJI), ScriptedWorkspace(home)
    if left_behind:
        address = left_behind["address"].format(folder=tmp_path)
        Rendezvous(left_behind["family"], address, left_behind["key"]).write(serving.settings.serve_path)
    else:
        serving.settings.serve_path.write_text("{", encoding="utf-8")
    (home / "serve.socket").touch()
    assert asks_itself(asking, serving, capsys)
    with running(serving):
        zhenbao(asking, "ask", QUESTION)
    assert len(serving.scripted_answerer.asked) == len(asking.scripted_answerer.asked) == 1


def test_a_second_page_of_the_folder_leaves_the_first_its_terminals(home: Path) -> None:
    asking, first, second = ScriptedWorkspace(home, SHIJI), ScriptedWorkspace(home), ScriptedWorkspace(home)
    with running(first) as at:
        with terminals_answered(Service(second)):
            zhenbao(asking, "ask", QUESTION)
        assert read_rendezvous(first.settings.serve_path) == at
        zhenbao(asking, "ask", QUESTION)
    assert (len(first.scripted_answerer.asked), len(second.scripted_answerer.asked)) == (2, 0)
    with running(second):
        zhenbao(asking, "ask", QUESTION)
    assert not asking.scripted_answerer.asked


def test_a_folder_with_a_long_path_is_met_elsewhere(tmp_path: Path) -> None:
    home = tmp_path / ("long" * 30)
    asking, serving = ScriptedWorkspace(home, SHIJI), ScriptedWorkspace(home)
    with running(serving) as at:
        zhenbao(asking, "ask", QUESTION)
    assert serving.scripted_answerer.asked and not asking.scripted_answerer.asked
    assert at.family == "AF_PIPE" or not (Path(at.address).is_relative_to(home) or Path(at.address).parent.exists())


def say_nothing(connection: Connection, key: bytes) -> None:
    pass


def say_nonsense(connection: Connection, key: bytes) -> None:
    connection.send_bytes(b"\x00\xff" * 100)


def use_another_key(connection: Connection, key: bytes) -> None:
    with pytest.raises(AuthenticationError):
        greet(connection, b"another key", first=True)


def say_too_much(connection: Connection, key: bytes) -> None:
    greet(connection, key, first=True)
    with pytest.raises((OSError, EOFError)):
        connection.send_bytes(b" " * (LARGEST + 1))
        connection.recv_bytes()


def ask_nothing(connection: Connection, key: bytes) -> None:
    greet(connection, key, first=True)
    connection.send_bytes(b'{"question": "' + b"[" * 50_000)


def ask_for_more(connection: Connection, key: bytes) -> None:
    greet(connection, key, first=True)
    more: JsonObject = {"version": __version__, "settings": "", "question": 7, "command": "rm"}
    send(connection, more)


@pytest.mark.parametrize(
    "behave", [say_nothing, say_nonsense, use_another_key, say_too_much, ask_nothing, ask_for_more]
)
def test_whatever_a_terminal_does_others_are_answered(home: Path, behave: Callable[[Connection, bytes], None]) -> None:
    asking, serving = ScriptedWorkspace(home, SHIJI), ScriptedWorkspace(home)
    with running(serving) as at, Client(at.address, at.family) as connection:
        behave(connection, at.key_bytes)
        assert zhenbao(asking, "ask", QUESTION) == 0
        assert not asking.scripted_answerer.asked
        connection.close()


def test_one_terminal_too_many_does_its_work_itself(home: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.terminals._MOST", 1)
    asking, serving = ScriptedWorkspace(home, SHIJI), ScriptedWorkspace(home)
    with running(serving) as at, Client(at.address, at.family) as connection:
        greet(connection, at.key_bytes, first=True)
        assert asks_itself(asking, serving, capsys)


@pytest.mark.skipif(sys.platform == "win32", reason="sockets are of POSIX")
def test_a_page_that_does_not_answer_is_not_waited_for(
    home: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.cli.rendezvous.PATIENCE", 1)
    asking = ScriptedWorkspace(home, SHIJI)
    with socket.socket(socket.AF_UNIX) as mute:
        mute.bind(str(home / "serve.socket"))
        mute.listen()
        Rendezvous("AF_UNIX", str(home / "serve.socket"), "key").write(asking.settings.serve_path)
        assert asks_itself(asking, ScriptedWorkspace(home), capsys)
