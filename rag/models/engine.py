"""Which llama.cpp runs the embedded model: the one in the wheel, or the one that `make fast` built for this processor.

Both are the package xllamacpp, in one version. The wheel is compiled for any processor of the last ten years. The one
that was built uses all that this processor has, stands beside the models, and runs on such processors alone.
"""

import json
import platform
import sys
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from rag.errors import SettingError
from rag.settings import EngineName, Settings

PACKAGE = "xllamacpp"
MANIFEST = "engine.json"
_SETS = ("sse", "ssse", "avx", "amx", "fma", "f16c", "bmi", "gfni", "asimd", "sve", "sme", "i8mm", "bf16")

Reason = Literal[
    "asked_for", "built_for_this_processor", "none_built", "built_for_another_processor", "built_from_another_version"
]


@dataclass(frozen=True, slots=True)
class Engine:
    """A build of llama.cpp, and why it is the one in use."""

    name: EngineName
    version: str
    reason: Reason
    folder: Path | None = None
    """Where the package is imported from, None where it is installed."""

    @property
    def identity(self) -> str:
        """Tells one build from another: what adds up in another order may answer otherwise."""
        said = f"{PACKAGE} {self.version}"
        return f"{said} native {_fingerprint()}" if self.name == "native" else said


def engine_of(settings: Settings) -> Engine:
    """The engine that the settings ask for, else the quickest that is here and fits the processor.

    Raises SettingError where the built one is asked for and none fits.
    """
    installed = version(PACKAGE)
    folder = engine_folder(settings)
    fault = _fault(folder, installed)
    if settings.engine == "native" and fault:
        raise SettingError("engine_not_built", folder=folder)
    if settings.engine == "wheel":
        return Engine("wheel", installed, "asked_for")
    if fault:
        return Engine("wheel", installed, fault)
    return Engine("native", installed, "asked_for" if settings.engine else "built_for_this_processor", folder)


def engine_folder(settings: Settings) -> Path:
    """Where the built engine stands, if there is one."""
    return settings.models_path / "engine"


def manifest(version: str) -> str:
    """What is written beside a built engine: of which version it is, and for which processor."""
    return json.dumps({"version": version, "processor": instruction_sets()})


def instruction_sets() -> list[str]:
    """What this processor can do, as far as it matters to an engine; its kind where the system does not list that.

    Example: ["avx", "avx2", "bmi1", "f16c", "fma", "sse4_2"]
    """
    listed = Path("/proc/cpuinfo")
    if sys.platform == "linux" and listed.exists():
        for line in listed.read_text(encoding="ascii", errors="replace").splitlines():
            name, _, flags = line.partition(":")
            if name.strip() in ("flags", "Features"):
                return sorted(flag for flag in flags.split() if flag.startswith(_SETS))
    return [platform.machine(), platform.processor()]


def _fault(folder: Path, installed: str) -> Reason | None:
    """Why the engine in a folder cannot be used, None where it can."""
    try:
        built = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        version, processor = built["version"], built["processor"]
    except (OSError, ValueError, KeyError, TypeError):
        return "none_built"
    if version != installed:
        return "built_from_another_version"
    return None if processor == instruction_sets() else "built_for_another_processor"


def _fingerprint() -> str:
    return sha256(" ".join(instruction_sets()).encode()).hexdigest()[:12]
