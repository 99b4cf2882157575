"""How the parts are put together, and let go."""

import threading
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from rag.answering.answers import Answer
from rag.errors import LibraryBusy, LibraryError
from rag.library.reader import Totals
from rag.models.conversation import Turn
from rag.settings import Settings
from rag.workspace import Workspace
from tests.support.data_folder import House
from tests.support.made_parts import PlainWorkspace, ScriptedWorkspace, made_answer, made_report


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


def test_what_a_first_question_needs_is_loaded_ahead(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    house = House(Settings(home=tmp_path), tmp_path / "files")
    house.ingest(house.write("衡州县石矶镇2020年工作总结\n一、农业\n种植水稻1200亩。新修水渠3公里。\n"))
    house.close()
    with PlainWorkspace(Settings(home=tmp_path)) as workspace:
        warm(workspace)
        assert {
            "library",
            "vectors",
            "lexical",
            "sentences",
            "subjects",
            "answerer",
            "model",
        } <= workspace._parts.keys()
    assert not caplog.records  # no model file is nothing to speak of


def test_a_fault_while_loading_ahead_is_noted_and_the_rest_is_loaded(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    def busy(question: str) -> Answer:
        raise LibraryBusy("written_by_another")

    started: list[tuple[tuple[Turn, ...], ...]] = []
    with ScriptedWorkspace(tmp_path, made_report(), reply=busy) as workspace:
        workspace._parts["model"] = SimpleNamespace(start=started.append)
        warm(workspace)
    assert [record.getMessage() for record in caplog.records] == ["not loaded ahead (LibraryBusy)"]
    [openings] = started
    assert [turns[0].role for turns in openings] == ["system", "system"]
    assert capsys.readouterr().err == ""


def test_an_empty_library_is_asked_nothing_ahead(tmp_path: Path) -> None:
    with ScriptedWorkspace(tmp_path) as workspace:
        warm(workspace)
        assert workspace.scripted_answerer.asked == []


def test_nothing_more_is_loaded_ahead_once_the_workspace_is_closed(tmp_path: Path) -> None:
    loading, closed = threading.Event(), threading.Event()

    def reply(question: str) -> Answer:
        loading.set()
        assert closed.wait(20)
        return made_answer(question)

    workspace = ScriptedWorkspace(tmp_path, made_report(), reply=reply)
    workspace.warm()
    warming = workspace._parts["warming"]
    assert loading.wait(20)
    workspace.close()
    closed.set()
    cast(Any, warming).join()
    assert "model" not in workspace._parts


def warm(workspace: Workspace) -> None:
    """Loads ahead, and waits for it."""
    workspace.warm()
    cast(Any, workspace._parts["warming"]).join()
