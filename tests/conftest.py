"""What every test starts from: no person's data folder, no endpoint of the environment."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.settings import Settings, without_telemetry
from rag.workspace import Workspace
from tests.support.paths import SAMPLES

without_telemetry()  # before a test's module imports ONNX Runtime


@pytest.fixture(autouse=True)
def _own_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "ZHENBAO_ENDPOINT", "ZHENBAO_CHROMA_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ZHENBAO_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def sample_workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The sample reports, read, embedded and indexed once; tests only read from it."""
    with Workspace(Settings(home=tmp_path_factory.mktemp("samples"))) as workspace:
        workspace.ingest([SAMPLES], on_result=lambda result: None)
        yield workspace


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """Where everything must run, a test marked for its tools that skips itself has failed."""
    is_skipped = call.excinfo is not None and call.excinfo.errisinstance(pytest.skip.Exception)
    needs_tools = any(item.get_closest_marker(name) for name in ("model", "browser", "font"))
    if os.environ.get("ZHENBAO_TEST_ALL") and is_skipped and needs_tools:
        call.excinfo = pytest.ExceptionInfo.from_exception(AssertionError(f"skipped: {call.excinfo}"))
