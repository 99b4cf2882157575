"""Settings, read once from the environment at a door and passed on from there.

| variable | meaning |
|---|---|
| ZHENBAO_HOME | data folder; default: the platform's user data folder |
| ZHENBAO_ENDPOINT | `local` (default) or `openai` |
| OPENAI_BASE_URL | another OpenAI-compatible endpoint; setting it implies `openai` |
| OPENAI_API_KEY | its key; a key alone changes nothing |
| ZHENBAO_CHAT_MODEL, ZHENBAO_EMBEDDING_MODEL | its models; without the second, embeddings stay local |
| ZHENBAO_STRUCTURED_MODE | `json_schema`, `json_object` or `prompt`; default: probed once per endpoint |
| ZHENBAO_MODELS | folder of the embedded model's file, shared by all data folders; default: the platform's |
| ZHENBAO_MODEL_FILE | another GGUF file for the embedded model |
| ZHENBAO_ENGINE | what runs the embedded model: `wheel`, `native` or `openvino`; default: `native` if built |
| ZHENBAO_WORDING | `report`: answers in the report's words; `model`: in an endpoint's; default: by the endpoint |
| ZHENBAO_TIMEOUT | seconds to wait for one model reply; default 180 |
| ZHENBAO_PARALLEL | requests that another endpoint answers at once, for summaries; default 1 |
| ZHENBAO_THREADS | threads of the embedded model and the embedder; default: the processor's |
| ZHENBAO_CHROMA_URL | a Chroma server instead of the folder, such as http://127.0.0.1:8000 |
| ZHENBAO_LOG | `debug`, `info` or `warning`: notes on standard error from this level on; default: none |
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast, get_args

from rag.errors import SettingError

Endpoint = Literal["local", "openai"]
StructuredMode = Literal["json_schema", "json_object", "prompt"]
LogLevel = Literal["debug", "info", "warning"]
EngineName = Literal["openvino", "native", "wheel"]
Wording = Literal["report", "model"]
"""Whose words an answer has: the report's own, or a model's with the report's beside them."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the environment decides."""

    home: Path
    endpoint: Endpoint = "local"
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)  # kept out of reprs and logs
    chat_model: str | None = None
    embedding_model: str | None = None
    structured_mode: StructuredMode | None = None
    model_file: Path | None = None
    engine: EngineName | None = None
    wording: Wording = "report"
    timeout: float = 180.0
    threads: int | None = None
    parallel: int = 1
    chroma_url: str | None = None
    models: Path | None = None
    log: LogLevel | None = None

    @property
    def library_path(self) -> Path:
        return self.home / "library.sqlite3"

    @property
    def cache_path(self) -> Path:
        return self.home / "cache.sqlite3"

    @property
    def chroma_path(self) -> Path:
        return self.home / "chroma"

    @property
    def lexical_path(self) -> Path:
        return self.home / "lexical.sqlite3"

    @property
    def sentences_path(self) -> Path:
        return self.home / "sentences.sqlite3"

    @property
    def subjects_path(self) -> Path:
        """Where the vectors of figures' subjects are; their words are in a file beside it."""
        return self.home / "subjects"

    @property
    def lock_path(self) -> Path:
        return self.home / "write.lock"

    @property
    def serve_path(self) -> Path:
        """Where a running `serve` puts down how terminals reach it."""
        return self.home / "serve.json"

    @property
    def candidates_path(self) -> Path:
        return self.home / "candidates.jsonl"

    @property
    def users_path(self) -> Path:
        return self.home / "users"

    @property
    def uploads_path(self) -> Path:
        return self.home / "uploads"

    @property
    def models_path(self) -> Path:
        return self.models or self.home / "models"


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Settings from a mapping such as `os.environ`.

    Raises SettingError where a value cannot be used.
    """
    base_url = environ.get("OPENAI_BASE_URL") or None
    endpoint = _one_of(environ, "ZHENBAO_ENDPOINT", get_args(Endpoint)) or ("openai" if base_url else "local")
    model_file = environ.get("ZHENBAO_MODEL_FILE")
    return Settings(
        home=_folder(environ, "ZHENBAO_HOME"),
        endpoint=cast(Endpoint, endpoint),
        base_url=base_url,
        api_key=environ.get("OPENAI_API_KEY") or None,
        chat_model=environ.get("ZHENBAO_CHAT_MODEL") or None,
        embedding_model=environ.get("ZHENBAO_EMBEDDING_MODEL") or None,
        structured_mode=cast(
            StructuredMode | None, _one_of(environ, "ZHENBAO_STRUCTURED_MODE", get_args(StructuredMode))
        ),
        model_file=Path(model_file).expanduser() if model_file else None,
        engine=cast(EngineName | None, _one_of(environ, "ZHENBAO_ENGINE", get_args(EngineName))),
        wording=cast(Wording, _one_of(environ, "ZHENBAO_WORDING", get_args(Wording)) or _wording_of(endpoint)),
        timeout=_positive(environ, "ZHENBAO_TIMEOUT", 180.0),
        parallel=int(_positive(environ, "ZHENBAO_PARALLEL", 1)) or 1 if endpoint == "openai" else 1,
        threads=int(_positive(environ, "ZHENBAO_THREADS", 0)) or None,
        chroma_url=environ.get("ZHENBAO_CHROMA_URL") or None,
        models=_folder(environ, "ZHENBAO_MODELS", "models"),
        log=cast(LogLevel | None, _one_of(environ, "ZHENBAO_LOG", get_args(LogLevel))),
    )


def _wording_of(endpoint: str) -> Wording:
    """The embedded model points well and writes badly; whoever sets another endpoint wants it to write."""
    return "model" if endpoint == "openai" else "report"


def without_telemetry() -> None:
    """Has ONNX Runtime keep no device id and send nothing to its makers; whoever imports it calls this first.

    Its official builds do both from the moment of import unless the environment says so.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"


def _folder(environ: Mapping[str, str], name: str, below: str = "") -> Path:
    """The folder a variable names, else (one `below`) the platform's folder for a person's data."""
    if environ.get(name):
        return Path(environ[name]).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("zhenbao", appauthor=False) / below


def _one_of(environ: Mapping[str, str], name: str, allowed: Sequence[str]) -> str | None:
    value = environ.get(name) or None
    if value is not None and value not in allowed:
        raise SettingError("must_be_one_of", name=name, value=value, allowed=tuple(allowed))
    return value


def _positive(environ: Mapping[str, str], name: str, default: float) -> float:
    raw = environ.get(name)
    if not raw:
        return default
    try:
        value = float(raw)
    except ValueError:
        value = -1.0
    if value <= 0:
        raise SettingError("must_be_above_0", name=name, value=raw)
    return value
