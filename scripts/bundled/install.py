"""Installs Zhenbao from the folder that this file lies in, on a machine without a network: `install.sh [FOLDER]`.

It runs in whatever Python the machine has, before anything is installed: the standard library alone, and no syntax
that Python 3.7 cannot read, so that it can say which one is needed. `bundle.json` says what the folder was made
for. Nothing is written before the machine, the files and the disk have been looked at.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
MODELS = "models"
SUMS = "SHA256SUMS"
WINDOWS = os.name == "nt"
BLOCK = 1 << 20
START = {
    "start.sh": '#!/bin/sh\nexec "$(dirname "$0")/venv/bin/zhenbao" serve "$@"\n',
    "start.cmd": '@echo off\r\nchcp 65001 >nul\r\n"%~dp0venv\\Scripts\\zhenbao.exe" serve %*\r\npause\r\n',
}


class Refused(Exception):
    """Why nothing is installed: a code, and a line in Chinese and in English."""

    def __init__(self, code: str, chinese: str, english: str) -> None:
        super().__init__(f"{code}：{chinese}({english})")


def main(arguments: list[str]) -> int:
    try:
        if arguments[:1] == ["--room"]:  # what `make` asks before it installs from an index
            require_room([(Path(arguments[1]).absolute(), int(arguments[2]))])
        else:
            install_into(Path(arguments[0] if arguments else Path.home() / "zhenbao").expanduser().absolute())
    except Refused as refusal:
        tell(str(refusal))
        return 1
    return 0


def install_into(target: Path) -> None:
    made = json.loads((HERE / "bundle.json").read_text(encoding="utf-8"))
    require_machine(made)
    require_room(needs(made, target))
    tell("核对文件 checking the files …")
    require_whole(HERE)
    install(made, target)
    start = target / ("start.cmd" if WINDOWS else "start.sh")
    tell(f"已装好，启动：{start} (installed; this starts it)")


def tell(line: str) -> None:
    sys.stderr.buffer.write((line + "\n").encode("utf-8"))
    sys.stderr.flush()


def this_python() -> str:
    """Example: "3.11"."""
    return "{}.{}".format(*sys.version_info[:2])


def this_machine() -> str:
    """System and processor, as in the names of bundles: "linux-x86_64", "macos-arm64", "windows-amd64"."""
    system = {"darwin": "macos", "win32": "windows"}.get(sys.platform, sys.platform)
    return f"{system}-{platform.machine().lower()}"


def require_machine(made: dict[str, Any]) -> None:
    """Wheels are made for one system and one Python."""
    if made["machine"] != this_machine():
        raise Refused(
            "wrong_machine",
            "这是 {} 的安装包，本机是 {}。".format(made["machine"], this_machine()),
            "This bundle is for {}, this machine is {}.".format(made["machine"], this_machine()),
        )
    if made["python"] != this_python():
        raise Refused(
            "wrong_python",
            "需要 Python {}，现在是 {}。".format(made["python"], this_python()),
            "Python {} is needed, this is {}.".format(made["python"], this_python()),
        )


def needs(made: dict[str, Any], target: Path) -> list[tuple[Path, int]]:
    """Folders and the bytes that go there; the model goes to the folder for a person's data."""
    data = Path(os.environ.get("ZHENBAO_MODELS") or os.environ.get("ZHENBAO_HOME") or Path.home()).expanduser()
    return [(target, made["installed_bytes"]), (data, made["model_bytes"])]


def require_room(needed: list[tuple[Path, int]]) -> None:
    """Tells what is needed and what is free on each disk."""
    disks: dict[int, tuple[Path, int]] = {}
    for folder, size in needed:
        there = existing(folder)
        first, more = disks.get(there.stat().st_dev, (there, 0))
        disks[there.stat().st_dev] = (first, more + size)
    for folder, size in disks.values():
        free = shutil.disk_usage(str(folder)).free
        said = f"{folder} 需要 {size / 1e9:.1f} GB 磁盘空间，现在剩余 {free / 1e9:.1f} GB。"
        meant = f"{size / 1e9:.1f} GB are needed on this disk, {free / 1e9:.1f} GB are free."
        if free < size:
            raise Refused("disk_full", said, meant)
        tell(f"{said}({meant})")


def existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next(each for each in [folder, *folder.parents] if each.exists())


def require_whole(folder: Path) -> None:
    """Every file of the list has the hash it had when the bundle was made."""
    for line in (folder / SUMS).read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ", 1)
        path = folder / name
        if not path.is_file() or sha256(path) != digest:
            raise Refused(
                "damaged",
                f"文件损坏或缺失，请重新复制整个文件夹：{name}。",
                "This file is damaged or missing, copy the whole folder again.",
            )


def sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(BLOCK), b""):
            digest.update(block)
    return digest.hexdigest()


def install(made: dict[str, Any], target: Path) -> None:
    """Makes the environment, fills it from the folder alone, puts the model where it belongs, and looks at it all."""
    scripts = target / "venv" / ("Scripts" if WINDOWS else "bin")
    tell("建立环境 making the environment …")
    make_environment(target / "venv")
    tell("安装 installing …")
    pip = [str(scripts / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index"]
    pip += ["--find-links", str(HERE / "wheels"), "--only-binary=:all:"]
    run([*pip, "--require-hashes", "--requirement", str(HERE / "requirements.lock")])
    run([*pip, "--no-deps", "--force-reinstall", str(HERE / "wheels" / made["wheel"])])
    if made["model_bytes"]:
        run([str(scripts / "zhenbao"), "model", "pull", "--from", str(HERE / MODELS)])
    for name, text in START.items():
        path = target / name
        path.write_bytes(text.encode("utf-8"))
        path.chmod(0o755)
    run([str(scripts / "zhenbao"), "doctor"])


def make_environment(folder: Path) -> None:
    try:
        import venv

        venv.create(str(folder), with_pip=True)
    except (ImportError, subprocess.CalledProcessError):
        raise Refused(
            "no_venv",
            "这个 Python 建不了环境：Debian、Ubuntu、统信、麒麟请装 python3-venv。",
            "This Python cannot make environments: install python3-venv.",
        ) from None
    except OSError as error:
        raise Refused("not_writable", f"无法写入 {folder}。", f"It cannot be written: {error.strerror}.") from error


def run(command: list[str]) -> None:
    """Runs one step without what a person's settings would have pip do; the program itself says what is wrong."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    done = subprocess.run(command, env=dict(kept, PIP_CONFIG_FILE=os.devnull))
    if done.returncode:
        raise Refused("step_failed", "这一步没有完成：{}。".format(" ".join(command)), "This step failed.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
