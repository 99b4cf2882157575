"""Settings from an environment."""

from pathlib import Path

import pytest

from rag.errors import SettingError
from rag.settings import read_settings


def test_nothing_set_means_local_and_the_persons_folder() -> None:
    settings = read_settings({})
    assert settings.endpoint == "local"
    assert settings.home.name == "zhenbao"
    assert settings.models_path == settings.home / "models"


def test_a_key_alone_sends_nothing_abroad() -> None:
    assert read_settings({"OPENAI_API_KEY": "sk-1"}).endpoint == "local"


def test_an_address_means_that_endpoint() -> None:
    assert read_settings({"OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}).endpoint == "openai"


def test_the_models_folder_does_not_move_with_the_data(tmp_path: Path) -> None:
    moved = read_settings({"ZHENBAO_HOME": str(tmp_path)})
    assert moved.library_path == tmp_path / "library.sqlite3"
    assert moved.models_path == read_settings({}).models_path


def test_the_key_is_in_no_repr() -> None:
    assert "sk-secret" not in repr(read_settings({"OPENAI_API_KEY": "sk-secret"}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ZHENBAO_ENDPOINT", "azure"),
        ("ZHENBAO_STRUCTURED_MODE", "xml"),
        ("ZHENBAO_TIMEOUT", "soon"),
        ("ZHENBAO_TIMEOUT", "0"),
        ("ZHENBAO_THREADS", "-2"),
        ("ZHENBAO_LOG", "loud"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=f"must_be_.*name='{name}', value='{value}'"):
        read_settings({name: value})


def test_nothing_is_noted_unless_a_level_is_named() -> None:
    assert read_settings({}).log is None
    assert read_settings({"ZHENBAO_LOG": "info"}).log == "info"


def test_requests_at_once_are_for_another_endpoint() -> None:
    at_once = {"ZHENBAO_PARALLEL": "8", "ZHENBAO_HOME": "/tmp/x"}
    assert read_settings(at_once).parallel == 1
    assert read_settings({**at_once, "OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}).parallel == 8
