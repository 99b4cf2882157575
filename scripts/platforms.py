"""Whether what is locked has a wheel on every platform: `python scripts/platforms.py` (or `make platforms`).

uv names the wheels of the locks from the package index; none is downloaded. They are held against the tags that pip
would take on each platform and Python, and gaps against the table of known ones in `platforms.toml`.
"""

import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from packaging.markers import Marker
from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms
from packaging.utils import parse_wheel_filename

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-ocr.lock")
PYTHONS = ((3, 11), (3, 12), (3, 13))
_OLDEST_GLIBC, _NEWEST_GLIBC = 17, 28  # 2.28 is what 麒麟 V10 and 统信 UOS 20 have


@dataclass(frozen=True, slots=True)
class Platform:
    """A system, and what pip takes and sees there."""

    name: str
    tags: tuple[str, ...]
    system: str
    sys_platform: str
    machine: str

    def environment(self, python: tuple[int, int]) -> dict[str, str]:
        """What markers see."""
        number = "{}.{}".format(*python)
        return {
            "os_name": "nt" if self.system == "Windows" else "posix",
            "sys_platform": self.sys_platform,
            "platform_system": self.system,
            "platform_machine": self.machine,
            "python_version": number,
            "python_full_version": f"{number}.0",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
        }

    def accepted(self, python: tuple[int, int]) -> frozenset[Tag]:
        """What a wheel may be tagged with."""
        interpreter = "cp{}{}".format(*python)
        return frozenset(cpython_tags(python, platforms=self.tags)) | frozenset(
            compatible_tags(python, interpreter, self.tags)
        )


def _manylinux(machine: str) -> tuple[str, ...]:
    return (
        *(f"manylinux_2_{minor}_{machine}" for minor in range(_NEWEST_GLIBC, _OLDEST_GLIBC - 1, -1)),
        f"manylinux2014_{machine}",
    )


PLATFORMS = (
    Platform("Windows", ("win_amd64",), "Windows", "win32", "AMD64"),
    Platform("macOS 14, arm64", tuple(mac_platforms((14, 0), "arm64")), "Darwin", "darwin", "arm64"),
    Platform("Linux, aarch64, glibc 2.28", _manylinux("aarch64"), "Linux", "linux", "aarch64"),
    Platform("Linux, x86_64, glibc 2.28", _manylinux("x86_64"), "Linux", "linux", "x86_64"),
)
AT_HOME = PLATFORMS[-1]


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """A package that a platform goes without; `missing` is the `wheel`, or by a marker the `package`."""

    package: str
    platform: str
    missing: str


def gaps(packages: Sequence[Mapping[str, Any]]) -> set[Gap]:
    """What is missing for any Python; `packages` as a pylock.toml lists them."""
    return {gap for platform in PLATFORMS for python in PYTHONS for gap in _gaps(packages, platform, python)}


def _gaps(packages: Iterable[Mapping[str, Any]], platform: Platform, python: tuple[int, int]) -> Iterator[Gap]:
    accepted = platform.accepted(python)
    wanted: dict[str, list[Mapping[str, Any]]] = {}
    for package in packages:
        wanted.setdefault(package["name"], []).append(package)
    for name, entries in wanted.items():
        here = [entry for entry in entries if _applies(entry, platform, python)]
        if not here and any(_applies(entry, AT_HOME, python) for entry in entries):
            yield Gap(name, platform.name, "package")
        if not all(accepted & _tags(entry) for entry in here):
            yield Gap(name, platform.name, "wheel")


def _applies(package: Mapping[str, Any], platform: Platform, python: tuple[int, int]) -> bool:
    return "marker" not in package or Marker(package["marker"]).evaluate(platform.environment(python))


def _tags(package: Mapping[str, Any]) -> frozenset[Tag]:
    """The tags of all wheels of one version."""
    names = (unquote(urlsplit(wheel["url"]).path.rpartition("/")[2]) for wheel in package.get("wheels", ()))
    return frozenset(tag for name in names for tag in parse_wheel_filename(name)[3])


def locked_packages() -> list[dict[str, Any]]:
    """The packages of the locks with the names of their wheels, from the package index."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--no-deps", "--no-header"]
    command += ["--python-version", "{}.{}".format(*PYTHONS[0]), "--format", "pylock.toml", *LOCKS]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        sys.exit("platforms: uv could not resolve the locks, see above")
    packages: list[dict[str, Any]] = tomllib.loads(done.stdout)["packages"]
    return packages


def known_gaps() -> dict[Gap, str]:
    """The table of gaps that are in order, each with the reason."""
    rows = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["gap"]
    return {Gap(row["package"], row["platform"], row["missing"]): row["reason"] for row in rows}


def main() -> None:
    packages, known = locked_packages(), known_gaps()
    found = gaps(packages)
    for gap in sorted(found | set(known)):
        state = known.get(gap, "NEW, not in platforms.toml") if gap in found else "NO GAP any more: out of the table"
        print(f"{gap.platform}: no {gap.missing} of {gap.package}. {state}")
    names = "; ".join(platform.name for platform in PLATFORMS)
    print(f"{len(packages)} locked packages on {names}")
    if found != set(known):
        sys.exit(1)


if __name__ == "__main__":
    main()
