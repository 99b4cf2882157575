"""What runs the embedded model: the llama.cpp of the wheel, one built for this processor, or OpenVINO.

The wheel is compiled for any processor of the last ten years. `make fast` compiles the same version for all that this
processor has; what it makes stands beside the models, and runs on such processors alone. OpenVINO reads prompts quicker
still, but holds the model's weights less exactly and answers fewer questions right, so it is taken only where it is
asked for. `benchmarks/README.md` has the figures.
"""

import json
import platform
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from rag.errors import SettingError
from rag.settings import EngineName, Settings

LLAMA, OPENVINO = "xllamacpp", "openvino-genai"
MANIFEST = "engine.json"
_SETS = ("sse", "ssse", "avx", "amx", "fma", "f16c", "bmi", "gfni", "asimd", "sve", "sme", "i8mm", "bf16")

Reason = Literal[
    "asked_for",
    "built_for_this_processor",
    "none_built",
    "built_for_another_processor",
    "built_from_another_version",
]


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
    """The engine that the settings ask for, else the llama.cpp that was built here, else that of the wheel.

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
    return Engine("wheel", llama, fault) if fault else Engine("native", llama, "built_for_this_processor", folder)


def engine_folder(settings: Settings) -> Path:
    """Where the built engine stands, if there is one."""
    return settings.models_path / "engine"


def manifest(version: str) -> str:
    """What is written beside a built engine: of which version it is, and for which processor."""
    return json.dumps({"version": version, "processor": instruction_sets()})


def instruction_sets() -> list[str]:
    """What this processor can do, as far as it matters to an engine and the system tells.

    Example: ["avx", "avx2", "bmi1", "f16c", "fma", "sse4_2"]
    """
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for line in listed.read_text(encoding="ascii", errors="replace").splitlines():
            name, _, flags = line.partition(":")
            if name.strip() in ("flags", "Features"):
                return sorted(flag for flag in flags.split() if flag.startswith(_SETS))
    return [platform.machine(), platform.processor()]


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
