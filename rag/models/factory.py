"""Which chat model: the embedded one, started with the first question, or the endpoint that the settings name."""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from pydantic import BaseModel

from rag.errors import ModelUnavailable, RequestRefused, SettingError
from rag.models.access import NO_KEY, OPENAI_URL, Access, endpoint_host
from rag.models.cache import Cache
from rag.models.chat import EndpointModel
from rag.models.conversation import ChatRequest, Choice, ChoiceRequest, Reply, Turn
from rag.models.engine import engine_of
from rag.models.grammar import grammar_of
from rag.models.local_server import LocalServer
from rag.models.model_file import chat_model_name, model_path, require_model
from rag.models.reply_cache import CachedModel
from rag.settings import Settings
from rag.types import Notice

_log = logging.getLogger(__name__)
T = TypeVar("T", bound=BaseModel)

_ANY_WORDS = ("能", "不能")
_LOCAL_TITLE = Notice("embedded_model")


class LocalModel:
    """The embedded model; its server starts with the first question and ends with the program."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._server: LocalServer | None = None
        self._starting: LocalServer | None = None
        self._model: EndpointModel | None = None

    @property
    def name(self) -> str:
        return chat_model_name(self._settings)

    def complete(self, request: ChatRequest[T]) -> Reply[T]:
        """See ChatModel."""
        with self._letting_go():
            return self._running().complete(request)

    def choose(self, request: ChoiceRequest) -> Choice:
        """See ChatModel."""
        with self._letting_go():
            return self._running().choose(request)

    @contextmanager
    def _letting_go(self) -> Iterator[None]:
        """Ends the server where it does not answer: a reply nobody waits for would hold up the next question."""
        try:
            yield
        except RequestRefused:
            raise
        except ModelUnavailable:
            _log.warning("the embedded model does not answer: its server is ended")
            self.close()
            raise

    def start(self, openings: Sequence[Sequence[Turn]] = ()) -> None:
        """Starts the server ahead of the first question, where there is a file to start it with.

        It reads the beginnings of prompts, which it then need not read again.
        """
        if model_path(self._settings) is None:
            return
        model = self._running()
        for turns in openings:
            model.choose(ChoiceRequest(turns, _ANY_WORDS))

    def close(self) -> None:
        """Ends the server, also while it loads the model; the next question starts it again."""
        if self._starting is not None:
            self._starting.give_up()
        with self._lock:
            if self._model:
                self._model.close()
            if self._server:
                self._server.close()
            self._model = self._server = None

    def _running(self) -> EndpointModel:
        with self._lock:
            if self._model is None or self._server is None or not self._server.is_running:
                self._server = self._started()
                self._model = self._client(self._server)
            return self._model

    def _started(self) -> LocalServer:
        """The server, by the engine of the settings; where the built one cannot run, by the installed one."""
        path, engine = require_model(self._settings), engine_of(self._settings)
        self._starting = server = LocalServer(path, engine=engine, threads=self._settings.threads)
        try:
            server.start()
        except ModelUnavailable:
            if engine.name == "wheel" or self._settings.engine or server.is_given_up:
                raise
            _log.warning("the engine %s does not start: llama.cpp takes its place", engine.name)
            self._starting = server = LocalServer(path, threads=self._settings.threads)
            server.start()
        finally:
            self._starting = None
        _log.info("the embedded model's server has started")
        return server

    def _client(self, server: LocalServer) -> EndpointModel:
        return EndpointModel(
            Access(server.base_url, server.api_key, self.name, self._settings.timeout, _LOCAL_TITLE),
            structured_mode=self._settings.structured_mode or "json_schema",
            grammar=grammar_of,
        )


def make_chat_model(settings: Settings, cache: Cache | None) -> EndpointModel | LocalModel:
    """The chat model the settings ask for. Nothing starts or connects before the first question.

    Raises SettingError where the settings for another endpoint are not complete.
    """
    if settings.endpoint == "local":
        return LocalModel(settings)
    if not settings.chat_model:
        raise SettingError("setting_missing", name="ZHENBAO_CHAT_MODEL")
    if not settings.base_url and not settings.api_key:
        raise SettingError("key_and_address_missing")
    if not (settings.api_key or "").isascii():
        raise SettingError("key_not_ascii")
    endpoint_host(settings)
    access = Access(settings.base_url or OPENAI_URL, settings.api_key or NO_KEY, settings.chat_model, settings.timeout)
    return EndpointModel(access, structured_mode=settings.structured_mode, cache=cache)


def cached_chat_model(settings: Settings, cache: Cache) -> CachedModel:
    """`make_chat_model` with its replies kept in the cache, apart for every model file, server and endpoint."""
    if settings.endpoint == "openai":
        identity = f"{settings.base_url} {settings.chat_model}"
    else:
        path = model_path(settings)
        size = path.stat().st_size if path is not None and path.is_file() else 0
        identity = f"{chat_model_name(settings)} {size} {engine_of(settings).identity}"
    return CachedModel(make_chat_model(settings, cache), cache, identity)
