"""What runs the embedded model: OpenVINO, a llama.cpp built for this processor, or the llama.cpp of the wheel.

OpenVINO reads prompts more than twice as fast, on processors with AVX-512, in memory for weights of eight bits. The
llama.cpp of the wheel is compiled for any processor of the last ten years; `make fast` compiles the same version for
all that this one has. `benchmarks/README.md` has the figures.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from rag.errors import SettingError
from rag.models.converted_model import is_converted
from rag.models.model_file import model_path
from rag.models.processor import has_avx512, instruction_sets, memory
from rag.settings import EngineName, Settings

LLAMA, OPENVINO = "xllamacpp", "openvino-genai"
MANIFEST = "engine.json"
_MEMORY = 7_000_000_000  # bytes; OpenVINO takes 6 while it makes its form of the model, and 4 from then on

Reason = Literal[
    "asked_for",
    "processor_has_avx512",
    "built_for_this_processor",
    "none_built",
    "built_for_another_processor",
    "built_from_another_version",
    "not_prepared",
]
Hindrance = Literal["not_installed", "no_avx512", "little_memory", "not_prepared"]
"""Why OpenVINO is not taken by itself."""


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine, and why it is the one in use."""

    name: EngineName
    version: str
    reason: Reason
    folder: Path | None = None
    """Where its package is imported from, None where it is installed."""

    @property
    def identity(self) -> str:
        """Tells one engine from another: what adds up in another order may answer otherwise."""
        match self.name:
            case "openvino":
                return f"{OPENVINO} {self.version}"
            case "native":
                return f"{LLAMA} {self.version} native {_fingerprint()}"
            case "wheel":
                return f"{LLAMA} {self.version}"

    @property
    def program(self) -> str:
        """The module that runs it in a process of its own."""
        return "rag.models.openvino_server" if self.name == "openvino" else "rag.models.llama_server"


def engine_of(settings: Settings) -> Engine:
    """The engine that the settings ask for, else the quickest of those that are ready here.

    Raises SettingError where one is asked for that is not here.
    """
    folder, llama = engine_folder(settings), version(LLAMA)
    fault = _fault(folder, llama)
    match settings.engine:
        case "openvino":
            return Engine("openvino", _openvino_version(), "asked_for")
        case "native" if fault:
            raise SettingError("engine_not_built", folder=folder)
        case "native":
            return Engine("native", llama, "asked_for", folder)
        case "wheel":
            return Engine("wheel", llama, "asked_for")
    hindrance = openvino_hindrance(settings)
    if hindrance is None:
        return Engine("openvino", _openvino_version(), "processor_has_avx512")
    if fault is None:
        return Engine("native", llama, "built_for_this_processor", folder)
    return Engine("wheel", llama, "not_prepared" if hindrance == "not_prepared" else fault)


def openvino_hindrance(settings: Settings) -> Hindrance | None:
    """Why OpenVINO would not be taken by itself, None where it is ready.

    What can be done about it comes last: where the form of the model is not made, nothing else is lacking.
    """
    try:
        version(OPENVINO)
    except PackageNotFoundError:
        return "not_installed"
    if not has_avx512():
        return "no_avx512"
    if memory() < _MEMORY:
        return "little_memory"
    path = model_path(settings)
    return None if path is not None and is_converted(path) else "not_prepared"


def engine_folder(settings: Settings) -> Path:
    """Where the built engine stands, if there is one."""
    return settings.models_path / "engine"


def manifest(version: str) -> str:
    """What is written beside a built engine: of which version it is, and for which processor."""
    return json.dumps({"version": version, "processor": instruction_sets()})


def _openvino_version() -> str:
    try:
        return version(OPENVINO)
    except PackageNotFoundError as error:
        raise SettingError("engine_not_installed", package=OPENVINO) from error


def _fault(folder: Path, installed: str) -> Reason | None:
    """Why the engine in a folder cannot be used, None where it can."""
    try:
        built = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        made_of, processor = built["version"], built["processor"]
    except (OSError, ValueError, KeyError, TypeError):
        return "none_built"
    if made_of != installed:
        return "built_from_another_version"
    return None if processor == instruction_sets() else "built_for_another_processor"


def _fingerprint() -> str:
    return sha256(" ".join(instruction_sets()).encode()).hexdigest()[:12]
