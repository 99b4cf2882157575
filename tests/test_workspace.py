"""How the parts are put together, and let go."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from rag.errors import LibraryError
from rag.library.reader import Totals
from rag.settings import Settings
from rag.workspace import Workspace


def test_a_part_is_made_once_even_by_many_threads(tmp_path: Path) -> None:
    with Workspace(Settings(home=tmp_path)) as workspace:
        found: list[object] = []
        threads = [threading.Thread(target=lambda: found.append(workspace.library)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 8 and len({id(library) for library in found}) == 1


def test_closing_closes_the_library_and_a_new_one_is_made_on_demand(tmp_path: Path) -> None:
    workspace = Workspace(Settings(home=tmp_path))
    library = workspace.library
    workspace.close()
    with pytest.raises(LibraryError):
        library.generation()
    assert workspace.library.generation() == 0
    workspace.close()


def test_nothing_is_sent_anywhere_without_a_setting(tmp_path: Path) -> None:
    assert Workspace(Settings(home=tmp_path, api_key="key")).endpoint_host is None


def test_another_endpoint_has_a_host(tmp_path: Path) -> None:
    settings = replace(Settings(home=tmp_path), endpoint="openai", base_url="http://10.0.0.7:8000/v1")
    host = Workspace(settings).endpoint_host
    assert host is not None and "10.0.0.7" in host


@pytest.mark.parametrize(
    ("passages", "question", "is_ahead"),
    [
        (20_000, "石矶镇粮食总产量是多少？", True),
        (19_999, "石矶镇粮食总产量是多少？", False),
        (20_000, "哪些镇的报告提到了油茶？", False),
    ],
)
def test_a_large_graph_is_read_ahead_for_a_question_that_needs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, passages: int, question: str, is_ahead: bool
) -> None:
    began: list[object] = []
    monkeypatch.setattr("rag.library.vectors.VectorIndex.open_ahead", lambda self: began.append(self))
    with Workspace(Settings(home=tmp_path)) as workspace:
        monkeypatch.setattr(type(workspace.library), "totals", lambda self: Totals(1250, passages, 90_000))
        workspace.open_ahead(question)
    assert bool(began) == is_ahead
