"""Installs what is missing, fetches the models, and opens the page: run by `start.sh` and `start.cmd`.

Only the standard library is at hand here. What the lock names is installed again only where the lock has changed.
"""

import argparse
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
OLDEST, NEWEST = (3, 11), (3, 13)
_SYSTEMS_WITH_SCREEN = ("win32", "darwin")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: that of the page, or 1 where it could not come so far."""
    parser = argparse.ArgumentParser(description="启动镇报 Starts Zhenbao")
    parser.add_argument("--desktop", action="store_true", help="放入桌面的程序列表 put it among the desktop's programs")
    options = parser.parse_args(arguments)
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        print("需要 Python 3.11 至 3.13。(Python 3.11 to 3.13 is needed)", file=sys.stderr)
        return 1
    if options.desktop:
        print(add_to_desktop(os.environ))
        return 0
    try:
        install(ROOT)
        return open_page(ROOT)
    except subprocess.CalledProcessError:
        print("没有装好，原因见上。(not installed, see above)", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def install(root: Path) -> None:
    """Makes the environment with what the lock names. Raises CalledProcessError, once the program said why."""
    environment = root / ".venv"
    stamp, wanted = environment / ".started", _fingerprint(root)
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    print("安装所需的程序，第一次要几分钟。(installing, some minutes the first time)", flush=True)
    python = str(program(environment, "python"))
    if not _has_pip(python):
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(environment)], check=True)
    pip = [python, "-m", "pip", "install", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "--requirement", str(root / "requirements.lock")], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(root)], check=True)
    stamp.write_text(wanted, encoding="utf-8")


def open_page(root: Path) -> int:
    """Fetches the models unless they are there, and serves the page until the person ends it."""
    zhenbao = str(program(root / ".venv", "zhenbao"))
    if subprocess.run([zhenbao, "model", "pull"], check=False).returncode != 0:
        print("模型没有取到，先不用模型打开网页。(no model yet, the page opens without)", file=sys.stderr)
    shown = ["--open"] if has_screen(os.environ, sys.platform) else []
    return subprocess.run([zhenbao, "serve", *shown], check=False).returncode


def program(environment: Path, name: str, system: str = os.name) -> Path:
    """Where an environment has its programs."""
    return environment / "Scripts" / f"{name}.exe" if system == "nt" else environment / "bin" / name


def has_screen(environ: Mapping[str, str], system: str) -> bool:
    """Whether a browser can be shown: else one that writes into the terminal might take it over."""
    return system in _SYSTEMS_WITH_SCREEN or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def add_to_desktop(environ: Mapping[str, str]) -> Path:
    """Writes the desktop's entry, which needs the whole path, and gives its place."""
    data = Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    entry = data / "applications" / "zhenbao.desktop"
    text = (ROOT / "scripts" / "zhenbao.desktop").read_text(encoding="utf-8")
    entry.parent.mkdir(parents=True, exist_ok=True)
    entry.write_text(text.replace("@START@", quoted(str(ROOT / "scripts" / "start.sh"))), encoding="utf-8")
    return entry


def quoted(path: str) -> str:
    """A path as the Exec line of a desktop entry takes it.

    Example: quoted("/my files/100%/start.sh") == '"/my files/100%%/start.sh"'
    """
    return '"' + re.sub(r'(["`$])', r"\\\\\1", path).replace("%", "%%") + '"'


def _has_pip(python: str) -> bool:
    try:
        return subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _fingerprint(root: Path) -> str:
    """Changes with the lock, and with the Python that installs it."""
    lock = (root / "requirements.lock").read_bytes() + (root / "pyproject.toml").read_bytes()
    return f"{hashlib.sha256(lock).hexdigest()} {sys.version_info.major}.{sys.version_info.minor}\n"


if __name__ == "__main__":
    sys.exit(main())
