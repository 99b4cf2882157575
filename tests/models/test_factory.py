"""Which chat model the settings mean."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import BaseModel

from rag.errors import ModelMissing, ModelUnavailable, RequestRefused, SettingError
from rag.models import factory as llm
from rag.models.access import endpoint_host
from rag.models.chat import EndpointModel
from rag.models.conversation import ChatRequest, Turn
from rag.models.engine import Engine
from rag.models.factory import LocalModel, make_chat_model
from rag.settings import Settings
from tests.support.stub_endpoint import StubEndpoint, failure, silence

TURNS = (Turn("user", "问题"),)


class Place(BaseModel):
    town: str


class FakeServer:
    """Stands for the embedded server: a stub endpoint answers in its place."""

    stub: StubEndpoint
    made: "list[FakeServer]"

    def __init__(self, path: Path, *, engine: Engine | None = None, threads: int | None = None) -> None:
        self.base_url, self.api_key = "", "key"
        self.is_running = self.is_given_up = False
        FakeServer.made.append(self)

    def start(self) -> None:
        self.base_url, self.is_running = FakeServer.stub.base_url, True

    def close(self) -> None:
        self.is_running = False


def _local(stub: StubEndpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, timeout: float = 10.0) -> LocalModel:
    FakeServer.stub, FakeServer.made = stub, []
    monkeypatch.setattr(llm, "LocalServer", FakeServer)
    file = tmp_path / "small.gguf"
    file.touch()
    model = make_chat_model(Settings(home=tmp_path, model_file=file, timeout=timeout), None)
    assert isinstance(model, LocalModel)
    return model


def test_by_default_the_embedded_model_and_no_host(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, api_key="sk-lying-around")
    assert make_chat_model(settings, None).name == "Qwen2.5-Coder-1.5B-Instruct"
    assert endpoint_host(settings) is None


def test_the_embedded_model_without_its_file_says_how_to_get_it(tmp_path: Path) -> None:
    model = make_chat_model(Settings(home=tmp_path), None)
    with pytest.raises(ModelMissing, match="no_model_file"):
        model.complete(ChatRequest(TURNS, Place))


def test_the_embedded_model_starts_with_the_first_question_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with StubEndpoint() as stub:
        model = _local(stub, tmp_path, monkeypatch)
        assert FakeServer.made == []
        stub.enqueue({"town": "甲镇"}, {"town": "乙镇"})
        assert [model.complete(ChatRequest(TURNS, Place)).value.town for _ in range(2)] == ["甲镇", "乙镇"]
        assert len(FakeServer.made) == 1
        model.close()
        assert not FakeServer.made[0].is_running


def test_the_embedded_model_can_be_started_ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with StubEndpoint() as stub:
        model = _local(stub, tmp_path, monkeypatch)
        model.start()
        model.start()
        assert [server.is_running for server in FakeServer.made] == [True]
        model.close()


def test_a_model_that_is_started_ahead_reads_how_prompts_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with StubEndpoint() as stub:
        model = _local(stub, tmp_path, monkeypatch)
        stub.enqueue("能", "能")
        model.start(
            ((Turn("system", "查证员"),), (Turn("system", "判断"), Turn("user", "例"), Turn("assistant", "能")))
        )
        assert [(chat["messages"][0]["content"], chat["max_tokens"]) for chat in stub.chats] == [
            ("查证员", 1),
            ("判断", 1),
        ]
        model.close()


def test_closing_does_not_wait_for_a_model_that_loads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loading, given_up = threading.Event(), threading.Event()

    def load(server: FakeServer) -> None:
        loading.set()
        assert given_up.wait(20)
        raise ModelUnavailable("model_cannot_be_loaded", path=tmp_path, reason="exit code -9")

    with StubEndpoint() as stub, ThreadPoolExecutor(1) as thread:
        model = _local(stub, tmp_path, monkeypatch)
        monkeypatch.setattr(FakeServer, "start", load)
        monkeypatch.setattr(FakeServer, "give_up", lambda server: given_up.set(), raising=False)
        started = thread.submit(model.start)
        assert loading.wait(20)
        model.close()
        with pytest.raises(ModelUnavailable):
            started.result()


def test_without_its_file_nothing_is_started_ahead(tmp_path: Path) -> None:
    LocalModel(Settings(home=tmp_path)).start()


def test_the_embedded_model_is_started_again_after_it_died(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with StubEndpoint() as stub:
        model = _local(stub, tmp_path, monkeypatch)
        stub.enqueue({"town": "甲镇"}, {"town": "乙镇"})
        model.complete(ChatRequest(TURNS, Place))
        FakeServer.made[0].is_running = False
        assert model.complete(ChatRequest(TURNS, Place)).value.town == "乙镇"
        model.close()


def test_a_reply_that_came_too_late_does_not_hold_up_the_next_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with StubEndpoint() as stub:
        model = _local(stub, tmp_path, monkeypatch, timeout=0.2)
        stub.enqueue(silence)
        with pytest.raises(ModelUnavailable, match=r"timed_out\(service=embedded_model"):
            model.complete(ChatRequest(TURNS, Place))
        assert not FakeServer.made[0].is_running


def test_a_request_turned_down_leaves_the_embedded_model_running(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with StubEndpoint() as stub:
        model = _local(stub, tmp_path, monkeypatch)
        stub.enqueue(failure(400, "too long"))
        with pytest.raises(RequestRefused):
            model.complete(ChatRequest(TURNS, Place))
        assert FakeServer.made[0].is_running
        model.close()


def test_another_endpoint_is_used_with_its_own_settings(tmp_path: Path) -> None:
    with StubEndpoint() as stub:
        settings = Settings(
            home=tmp_path, endpoint="openai", base_url=stub.base_url, chat_model="their-model", structured_mode="prompt"
        )
        stub.enqueue({"town": "石矶镇"})
        model = make_chat_model(settings, None)
        assert isinstance(model, EndpointModel) and endpoint_host(settings) == stub.host
        assert model.complete(ChatRequest(TURNS, Place)).value.town == "石矶镇"
        model.close()
        assert stub.chats[0]["model"] == "their-model"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"api_key": "k"}, r"setting_missing.*ZHENBAO_CHAT_MODEL"),
        ({"chat_model": "m"}, "key_and_address_missing"),
        ({"chat_model": "m", "api_key": "密钥"}, "key_not_ascii"),
        ({"chat_model": "m", "base_url": "example.org/v1"}, "example.org/v1"),
        ({"chat_model": "m", "base_url": "http://[broken"}, "OPENAI_BASE_URL"),
        ({"chat_model": "m", "base_url": "http://host:port/v1"}, "OPENAI_BASE_URL"),
    ],
)
def test_settings_that_cannot_work_are_told_before_any_question(
    values: dict[str, str], told: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingError, match=told):
        make_chat_model(Settings(home=tmp_path, endpoint="openai", **values), None)  # type: ignore[arg-type]


def test_a_key_without_an_address_means_openai(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, endpoint="openai", api_key="k", chat_model="m")
    assert endpoint_host(settings) == "api.openai.com"
