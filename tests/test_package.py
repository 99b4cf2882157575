"""What is installed: every file that is read beside the code, and locks that fit together."""

import re
import tomllib

import pytest

from scripts.lock_additions import additions, entries
from tests.support.paths import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DEVELOPMENT = ("sets", "recorded", "baselines")  # folders of eval that only a checkout needs
LOCKS = {path.name: path.read_text(encoding="utf-8") for path in ROOT.glob("requirements*.lock")}

BASE = """\
numpy==2.4.6 ; python_full_version < '3.12' \\
    --hash=sha256:aa \\
    --hash=sha256:ab
    # via chromadb
numpy==2.5.5 ; python_full_version >= '3.12' \\
    --hash=sha256:ba
    # via chromadb
"""
PYTEST = """\
pytest==9.2.0 \\
    --hash=sha256:ca
    # via zhenbao (pyproject.toml)
"""


@pytest.mark.parametrize("package", ["rag", "ui", "eval", "prompts"])
def test_every_file_beside_the_code_is_packaged(package: str) -> None:
    folder = ROOT / package
    found = {
        path.relative_to(folder) for path in folder.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")
    }
    beside = {path for path in found if package != "eval" or path.parts[0] not in DEVELOPMENT}
    globs = PROJECT["tool"]["setuptools"]["package-data"][package]
    packaged = {path.relative_to(folder) for pattern in globs for path in folder.glob(pattern)}
    assert beside - packaged == set()


def test_additions_are_what_the_base_has_not() -> None:
    assert additions(BASE, BASE + PYTEST) == PYTEST
    assert additions(BASE, BASE) == ""


def test_a_package_wanted_on_more_platforms_is_an_addition() -> None:
    everywhere = BASE.replace(" ; python_full_version < '3.12'", "", 1)
    assert additions(BASE, everywhere) == entries(everywhere)[0]


def test_another_version_than_the_base_has_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"numpy is 2\.6\.0 here"):
        additions(BASE, BASE.replace("2.5.5", "2.6.0"))


@pytest.mark.parametrize("name", sorted(LOCKS))
def test_locks_pin_by_hash_and_name_no_registry(name: str) -> None:
    assert "://" not in LOCKS[name]
    for entry in entries(LOCKS[name]):
        assert re.match(r"[\w.-]+==[^\s;]+( ; .*)? \\\n    --hash=sha256:", entry), entry.splitlines()[0]


@pytest.mark.parametrize("name", sorted(LOCKS.keys() - {"requirements.lock"}))
def test_the_other_locks_hold_only_what_they_add(name: str) -> None:
    assert additions(LOCKS["requirements.lock"], LOCKS[name]) == LOCKS[name] != ""


def test_every_dependency_is_locked() -> None:
    project = PROJECT["project"]
    extras = project["optional-dependencies"]
    wanted = {
        "requirements.lock": [*project["dependencies"], *extras["build"]],
        "requirements-dev.lock": [*extras["dev"], *extras["browser"], *extras["ocr"]],
        "requirements-ocr.lock": extras["ocr"],
        "requirements-engine.lock": PROJECT["dependency-groups"]["engine"],
    }
    assert wanted.keys() == LOCKS.keys()
    for name, requirements in wanted.items():
        pinned = set(re.findall(r"^([\w.-]+)==", LOCKS["requirements.lock"] + LOCKS[name], re.MULTILINE))
        assert {re.match(r"[\w.-]+", line)[0] for line in requirements} <= pinned  # type: ignore[index]
