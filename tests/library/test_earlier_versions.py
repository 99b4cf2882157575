"""A library made by each earlier version opens, keeps what it holds, and is not embedded anew."""

import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from rag.library.health import check
from rag.models.embedding import LocalEmbedder
from rag.settings import Settings
from rag.workspace import Workspace
from tests.support.paths import SAMPLES

EARLIER = sorted((Path(__file__).parent / "earlier").glob("*.zip"))
WITH_OTHER_WORDS = ("0.1.0", "0.2.0", "0.3.0")  # the index of words was of another form


@pytest.fixture(params=EARLIER, ids=lambda file: file.stem)
def workspace(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workspace]:
    """The library as that version left it, in a data folder of this version's."""
    with zipfile.ZipFile(request.param) as archive:
        archive.extractall(tmp_path / "home")
    with Workspace(Settings(home=tmp_path / "home")) as workspace:
        yield workspace


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passages that are embedded."""
    texts: list[str] = []
    embed = LocalEmbedder.passages

    def passages(self: LocalEmbedder, given: Sequence[str]) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
        texts.extend(text for text in given if "\n" in text)  # subjects of figures have no line end
        return embed(self, given)

    monkeypatch.setattr(LocalEmbedder, "passages", passages)
    return texts


def test_its_reports_are_there_with_their_corrections(workspace: Workspace) -> None:
    held = {report.id: report.metadata for report in workspace.library.every_report()}
    assert {metadata.town for metadata in held.values()} == {"石矶镇", "大塘镇"}
    assert {metadata.level for metadata in held.values()} == {"township"}
    datang = next(report for report, metadata in held.items() if metadata.town == "大塘镇")
    assert (datang, held[datang].issuer) == ("3d90a09b4385", "石矶镇人民政府办公室")
    assert workspace.library.corrections(datang).issuer == "石矶镇人民政府办公室"


@pytest.mark.parametrize("workspace", EARLIER, ids=lambda file: file.stem, indirect=True)
def test_it_is_searched_at_once(workspace: Workspace, embedded: list[str], request: pytest.FixtureRequest) -> None:
    file: Path = request.node.callspec.params["workspace"]
    expected = ["searched_by_meaning_only"] if file.stem in WITH_OTHER_WORDS else []
    found = workspace.searcher.search("粮食总产量", k=3)
    assert found.hits and [notice.code for notice in found.notices] == expected
    assert workspace.catch_up(on_progress=lambda done, total: None) is None
    found = workspace.searcher.search("粮食总产量", k=3)
    assert found.hits and not found.notices
    assert not embedded


def test_what_says_the_same_is_neither_doubled_nor_embedded_anew(workspace: Workspace, embedded: list[str]) -> None:
    before = {report.id for report in workspace.library.every_report()}
    statuses: list[str] = []
    workspace.ingest(
        [SAMPLES / "shiji-2021.txt", SAMPLES / "datang-2022.txt"],
        on_result=lambda result: statuses.append(result.status),
    )
    assert statuses == ["unchanged", "unchanged"]
    assert {report.id for report in workspace.library.every_report()} == before
    assert not embedded
    health = check(workspace.stores)
    assert health.is_healthy


@pytest.mark.parametrize("workspace", EARLIER, ids=lambda file: file.stem, indirect=True)
def test_it_holds_what_it_held(workspace: Workspace, request: pytest.FixtureRequest) -> None:
    file = request.node.callspec.params["workspace"].with_suffix(".json")
    now = {
        report.id: [report.metadata.town, report.metadata.year, len(report.chunks), len(report.text)]
        for report in workspace.library.every_report()
    }
    assert now == json.loads(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("workspace", [EARLIER[-1]], ids=lambda file: file.stem, indirect=True)
def test_its_figures_can_be_compared_at_once(workspace: Workspace) -> None:
    reached = workspace.library.rows("SELECT quote FROM figures WHERE reached")
    told = workspace.library.rows("SELECT quote FROM figures WHERE instr(quote, '达到')")
    assert reached == told != []
    (row, *_) = workspace.comparer.compare("粮食总产量").comparison.rows
    assert row.figure.quote
