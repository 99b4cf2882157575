"""Whose the parts of Zhenbao are: what `doctor --licences` finds installed, and what docs/THIRD_PARTY.md says."""

import json
import re
from email.message import Message
from importlib.metadata import PackageMetadata
from pathlib import Path
from typing import cast

import pytest

from rag.cli.licences import NOT_STATED, licence_of, packages, parts
from rag.cli.main import run
from rag.models.model_file import CHAT_MODEL
from scripts.third_party import LOCKS, PAGES, locked, renewed, rows, section
from tests.support.paths import ROOT

TEXTS = {path.name: path.read_text(encoding="utf-8") for path in PAGES}


def _versions(lock: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


def test_the_packages_brought_along_are_those_of_the_locks() -> None:
    found = {package.name for package in packages()}
    assert found <= {name for lock in LOCKS for name in locked(lock)}
    assert {"openai", "chromadb", "numpy", "certifi", "pydantic-core"} <= found  # of others' needs too
    assert not {"pytest", "mypy", "ruff", "zhenbao"} & found


@pytest.mark.parametrize("page", sorted(TEXTS))
@pytest.mark.parametrize("lock", LOCKS)
def test_the_page_names_every_package_of_a_lock_and_no_other(page: str, lock: str) -> None:
    assert list(rows(TEXTS[page], lock)) == locked(lock)
    assert NOT_STATED not in section(TEXTS[page], lock)


@pytest.mark.parametrize("page", sorted(TEXTS))
def test_the_page_says_of_packages_what_they_say_themselves(page: str) -> None:
    versions = {name: numbers for lock in LOCKS for name, numbers in _versions(lock).items()}
    told = {name: licence for lock in LOCKS for name, licence in rows(TEXTS[page], lock).items()}
    here = {each.name: each.licence for each in packages() if versions[each.name] == {each.version}}
    assert len(here) > 100
    assert {name: told[name] for name in here} == here


@pytest.mark.parametrize("page", sorted(TEXTS))
def test_the_page_names_all_that_is_no_package(page: str) -> None:
    shown = section(TEXTS[page], "parts")
    assert shown == section(renewed(TEXTS[page]), "parts")
    assert [part for part in parts() if part.name not in shown] == []


def test_what_the_program_fetches_or_holds_is_among_the_parts() -> None:
    named = " ".join(part.name for part in parts())
    assert CHAT_MODEL.name in named
    assert all((ROOT / part.name).is_file() for part in parts() if part.name.startswith("rag/"))
    brought = {name for part in parts() for name in part.inside.split(", ") if name}
    assert brought <= {name for lock in LOCKS for name in locked(lock)}


@pytest.mark.parametrize(
    ("fields", "licence"),
    [
        ([("License-Expression", "MIT"), ("License", "other")], "MIT"),
        ([("License", "Apache 2.0"), ("Classifier", "License :: OSI Approved :: MIT License")], "Apache 2.0"),
        ([("License", "BSD\n\nCopyright …"), ("Classifier", "License :: OSI Approved :: BSD License")], "BSD License"),
        ([("License", "x" * 61)], NOT_STATED),
        ([("Classifier", "Topic :: Text")], NOT_STATED),
    ],
)
def test_a_licence_is_read_from_what_a_package_says(fields: list[tuple[str, str]], licence: str) -> None:
    metadata = Message()
    for name, value in fields:
        metadata[name] = value
    assert licence_of(cast(PackageMetadata, metadata)) == licence


def test_the_command_lists_parts_and_packages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--licences"]) == 0
    shown = capsys.readouterr().out
    assert "rag/text/divisions.txt · Apache-2.0" in shown and re.search(r"^  openai [\d.]+ · Apache-2\.0$", shown, re.M)
    assert run(["doctor", "--licences", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["packages"][0].keys() == {"name", "version", "licence"}
    assert len(told["parts"]) == len(parts())
    assert not (tmp_path / "home").exists()
