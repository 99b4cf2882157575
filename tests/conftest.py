"""What every test starts from: no person's data folder, no endpoint of the environment."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.settings import Settings
from rag.workspace import Workspace

SAMPLES = Path(__file__).parent.parent / "eval" / "sets" / "sample" / "reports"


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
