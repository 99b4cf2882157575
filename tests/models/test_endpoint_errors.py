"""Whatever the client raises becomes one of our errors, for chats and for embeddings."""

import inspect
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx2
import openai
import pytest

from rag.errors import ModelError, ModelUnavailable
from rag.errors.messages import both
from rag.models.access import Access
from rag.models.cache import Cache
from rag.models.conversation import Turn
from rag.models.endpoint import Endpoint
from rag.models.remote_embedder import RemoteEmbedder
from tests.support.stub_endpoint import StubEndpoint, failure

KEY = "sk-very-secret"
ACCESS = Access("http://models.example:8443/v1", KEY, "stub")
_REQUEST = httpx2.Request("POST", "http://models.example/v1")
_GIVEN: dict[str, Any] = {
    "message": f"rejected {KEY}",
    "request": _REQUEST,
    "response": httpx2.Response(418, request=_REQUEST),
    "body": None,
    "completion": openai.types.chat.ChatCompletion(id="", choices=[], created=0, model="", object="chat.completion"),
}


def _with_subclasses(kind: type[Exception]) -> Iterator[type[Exception]]:
    yield kind
    for each in kind.__subclasses__():
        yield from _with_subclasses(each)


def _made(kind: type[Exception]) -> Exception:
    """An error as the client would raise it; where its constructor asks for more, without running that."""
    if kind.__init__ is Exception.__init__:
        return kind("out of order")
    wanted = [
        name
        for name, parameter in inspect.signature(kind).parameters.items()
        if parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
    ]
    if set(wanted) <= _GIVEN.keys():
        return kind(**{name: _GIVEN[name] for name in wanted})
    return kind.__new__(kind)


KINDS = sorted({*_with_subclasses(openai.OpenAIError), *_with_subclasses(httpx2.HTTPError)}, key=lambda k: k.__name__)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    cache = Cache(tmp_path / "cache.sqlite3")
    yield cache
    cache.close()


def _failing_client(error: Exception) -> SimpleNamespace:
    def create(**request: object) -> None:
        raise error

    creating = SimpleNamespace(create=create)
    return SimpleNamespace(chat=SimpleNamespace(completions=creating), embeddings=creating)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_no_error_of_the_client_leaks(kind: type[Exception], cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    client = _failing_client(_made(kind))
    monkeypatch.setattr("rag.models.client.make_client", lambda access: client)
    endpoint, embedder = Endpoint(ACCESS), RemoteEmbedder(ACCESS, cache)
    for ask in (lambda: endpoint.say([Turn("user", "问")], max_tokens=9, form={}), lambda: embedder.query("问")):
        with pytest.raises(ModelError, match=r"models\.example:8443") as caught:
            ask()
        assert KEY not in str(caught.value) and "\n" not in str(caught.value)
        assert KEY not in both(caught.value) and "\n" not in both(caught.value)


@pytest.mark.parametrize(("status", "words"), [(401, "OPENAI_API_KEY"), (404, "ZHENBAO_EMBEDDING_MODEL")])
def test_an_embedding_error_says_which_setting_to_look_at(status: int, words: str, cache: Cache) -> None:
    with StubEndpoint() as stub:
        stub.enqueue_embeddings(failure(status))
        access = Access(stub.base_url, KEY, "m", model_setting="ZHENBAO_EMBEDDING_MODEL")
        with pytest.raises(ModelUnavailable) as caught:
            RemoteEmbedder(access, cache).query("问")
    assert words in both(caught.value)
