"""The embedded server as a process. Tests marked `model` need its file and take half a minute."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from rag.errors import ModelMissing, ModelUnavailable
from rag.models.access import Access
from rag.models.chat import EndpointModel
from rag.models.conversation import ChatRequest, Turn
from rag.models.grammar import grammar_of
from rag.models.local_server import LocalServer
from rag.models.model_file import model_path
from rag.settings import read_settings
from tests.support.paths import ROOT

FILE = model_path(read_settings({"ZHENBAO_MODEL_FILE": os.environ.get("ZHENBAO_MODEL_FILE", "")}))
needs_model = pytest.mark.skipif(FILE is None, reason="the chat model has not been pulled")


class Road(BaseModel):
    kilometres: int


def test_without_a_file_nothing_starts(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="model_file_gone"):
        LocalServer(tmp_path / "none.gguf").start()


def test_a_file_that_is_no_model_is_one_quiet_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + bytes(100))
    server = LocalServer(broken)
    with pytest.raises(ModelUnavailable, match=r"model_cannot_be_loaded.*broken\.gguf") as caught:
        server.start()
    assert "\n" not in str(caught.value)
    assert not server.is_running
    assert capfd.readouterr() == ("", "")


def test_closing_what_never_started_does_nothing(tmp_path: Path) -> None:
    server = LocalServer(tmp_path / "none.gguf")
    server.close()
    server.close()
    assert not server.is_running


@pytest.fixture(scope="module")
def server() -> Iterator[LocalServer]:
    assert FILE is not None
    with LocalServer(FILE, threads=2, context=2048) as running:
        yield running


def _model(server: LocalServer, key: str | None = None) -> EndpointModel:
    access = Access(server.base_url, key or server.api_key, "embedded")
    return EndpointModel(access, structured_mode="json_schema", grammar=grammar_of)


@pytest.mark.model
@needs_model
def test_a_question_is_answered_within_its_schema(server: LocalServer) -> None:
    schema = {"type": "object", "properties": {"kilometres": {"type": "integer", "enum": [3, 5]}}}
    model = _model(server)
    reply = model.complete(ChatRequest([Turn("user", "修路3公里。修了几公里？答 JSON。")], Road, schema=schema))
    model.close()
    assert reply.raw == '{"kilometres": 3}'


@pytest.mark.model
@needs_model
def test_nobody_without_the_key_is_served(server: LocalServer) -> None:
    model = _model(server, "another key")
    with pytest.raises(ModelUnavailable):
        model.complete(ChatRequest([Turn("user", "你好")], Road))
    model.close()


def _ends(process: int) -> bool:
    """Whether a process that is no child of ours ends within ten seconds."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        state = Path(f"/proc/{process}/stat")
        if not state.exists() or state.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z":
            return True
        threading.Event().wait(0.05)
    return False


_OWNER = """
import os, sys, threading, time
from pathlib import Path
from rag.models.local_server import LocalServer
from rag.models.access import Access
from rag.models.chat import EndpointModel
from rag.models.conversation import ChatRequest, Turn
from pydantic import BaseModel
class Essay(BaseModel):
    text: str
server = LocalServer(Path(sys.argv[1]), threads=2, context=2048)
server.start()
model = EndpointModel(Access(server.base_url, server.api_key, "m"), structured_mode="prompt")
ask = lambda: model.complete(ChatRequest([Turn("user", "写一篇长文。")], Essay, max_tokens=900))
threading.Thread(target=ask, daemon=True).start()
print(server._process.pid, flush=True)
if sys.argv[2] == "killed":
    os.kill(os.getpid(), 9)
"""


@pytest.mark.model
@needs_model
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize(("ending", "code"), [("ends", 0), ("killed", -9)])
def test_the_server_ends_with_its_owner_in_the_middle_of_a_reply(ending: str, code: int) -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", _OWNER, str(FILE), ending],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    output, errors = owner.communicate(timeout=120)
    assert (owner.returncode, errors) == (code, "")
    assert _ends(int(output))
