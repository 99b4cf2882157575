"""Leaves in a lock file only what it adds to another: `python scripts/lock_additions.py requirements.lock FILE...`.

uv writes every lock whole, since it knows no other way. A lock of additions is installed together with the one it adds
to (`pip install --require-hashes -r requirements.lock -r requirements-dev.lock`).
"""

import re
import sys
from pathlib import Path

_PIN = re.compile(r"([\w.-]+)==(\S+)")


def entries(lock: str) -> list[str]:
    """A lock by requirement: its line with version and marker, its hashes, and the remarks on who wants it."""
    return re.findall(r"^\S.*\n(?:[ ].*\n)*", lock, re.MULTILINE)


def _requirement(entry: str) -> str:
    """Example: 'numpy==2.4.6 ; python_full_version < "3.12" \\' and its hashes -> 'numpy==2.4.6 ; python_…'"""
    return entry.splitlines()[0].removesuffix("\\").strip()


def additions(base: str, whole: str) -> str:
    """The entries of `whole` that `base` has not.

    Raises ValueError where a package has another version than in `base`: the two could not be installed together.
    """
    known = {_requirement(entry) for entry in entries(base)}
    versions: dict[str, set[str]] = {}
    for name, version in _PIN.findall("\n".join(sorted(known))):
        versions.setdefault(name, set()).add(version)
    added = [entry for entry in entries(whole) if _requirement(entry) not in known]
    for entry in added:
        name, version = _PIN.match(entry).groups()  # type: ignore[union-attr]
        if version not in versions.get(name, {version}):
            raise ValueError(f"{name} is {version} here and {' '.join(sorted(versions[name]))} in the base")
    return "".join(added)


def main() -> None:
    base, *locks = (Path(name) for name in sys.argv[1:])
    known = base.read_text(encoding="utf-8")
    for lock in locks:
        lock.write_text(additions(known, lock.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
