"""Builds the embedded model's engine for this machine's processor: `make fast`, ten minutes on two cores.

The source is that of the installed package, in the same version, held to its hash in requirements.lock; what builds it
is held to requirements-engine.lock. A C++ compiler has to be there. The engine stands beside the models and is taken
from the next start on; until it is whole, and wherever it cannot run, the installed one goes on working.
"""

import os
import shutil
import subprocess
import sys
import venv
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from rag.models.engine import LLAMA, MANIFEST, engine_folder, manifest
from rag.settings import read_settings
from scripts.lock_additions import entries

ROOT = Path(__file__).parent.parent
ROOM = 3_000_000_000  # bytes, for what lies about while it is built
_COMPILERS = ("c++", "g++", "clang++", "cl")
_OPTIONS = (  # without what would be fetched from elsewhere while it builds
    *("-DLLAMA_LLGUIDANCE=OFF", "-DLLAMA_BUILD_BORINGSSL=OFF", "-DLLAMA_USE_PREBUILT_UI=OFF"),
    *("-DLLAMA_BUILD_TESTS=OFF", "-DLLAMA_BUILD_EXAMPLES=OFF", "-DGGML_NATIVE=ON"),
)


def main() -> int:
    """Builds it, in place of one that was built before."""
    settings = read_settings(os.environ)
    folder = engine_folder(settings)
    if not any(map(shutil.which, _COMPILERS)):
        return _say("没有 C++ 编译器：请安装 g++ 或 clang。(a C++ compiler is needed: install g++ or clang)", 1)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="engine-", dir=folder.parent) as place:
        if shutil.disk_usage(place).free < ROOM:
            return _say(f"{folder.parent} 所在磁盘需要 3 GB 空间。(3 GB are needed on this disk)", 1)
        _say("正在为本机处理器编译引擎，约需十分钟……(building, this takes about ten minutes)")
        try:
            built = build(Path(place))
        except subprocess.CalledProcessError as error:
            return _say(f"没有编译成，仍用原有引擎，退出码 {error.returncode}。(not built, the installed one stays)", 1)
        (built / MANIFEST).write_text(manifest(version(LLAMA)), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        built.rename(folder)
    return _say(f"已编译：{folder}，下次启动起使用。(built, in use from the next start on)")


def build(place: Path) -> Path:
    """The folder below `place` that the built package can be imported from.

    Raises CalledProcessError where a step fails; its own messages are on standard error.
    """
    tools, wheels, built = place / "tools", place / "wheels", place / "engine"
    venv.create(tools, with_pip=True)
    programs = tools / ("Scripts" if os.name == "nt" else "bin")
    python = str(programs / "python")
    source, builder = place / "source.txt", place / "builder.txt"
    source.write_text(_locked(LLAMA), encoding="utf-8")
    builder.write_text(_locked("setuptools"), encoding="utf-8")
    environment = {**os.environ, "CMAKE_ARGS": " ".join(_OPTIONS), "CMAKE_GENERATOR": "Ninja"}
    environment["PATH"] = os.pathsep.join([str(programs), os.environ.get("PATH", "")])
    pip = [python, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    made = ["--no-deps", "--no-build-isolation", "--no-binary", LLAMA, "--wheel-dir", str(wheels)]
    for step in (
        ["install", "--require-hashes", "-r", str(builder), "-r", str(ROOT / "requirements-engine.lock")],
        ["wheel", *made, "--require-hashes", "-r", str(source)],
        ["install", "--no-deps", "--no-index", "--find-links", str(wheels), "--target", str(built), LLAMA],
    ):
        subprocess.run([*pip, *step], check=True, env=environment, stdout=sys.stderr)
    subprocess.run([python, "-c", f"import {LLAMA}"], check=True, env={**os.environ, "PYTHONPATH": str(built)})
    return built


def _locked(package: str) -> str:
    """A package's entry in the lock; a source is among its hashes."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return next(entry for entry in entries(lock) if entry.startswith(f"{package}=="))


def _say(message: str, code: int = 0) -> int:
    sys.stderr.write(message + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
