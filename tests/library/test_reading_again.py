"""What an earlier release stored is read again: at once, in the background, or where somebody waits for it."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.errors import LibraryBusy
from rag.library.health import check
from rag.library.lock import write_lock
from rag.library.parser_version import pipeline_version
from rag.library.reading_again import catch_up
from rag.parsing.figures.indicators import read_indicators
from rag.parsing.report import Metadata
from rag.settings import Settings
from rag.workspace import Workspace, reading_again
from tests.support.generated_reports import CharacterEmbedder

EARLIER = sorted((Path(__file__).parent / "earlier").glob("*.zip"))
WITHOUT_FIGURES = [file for file in EARLIER if file.stem in ("0.1.0", "0.2.0", "0.3.0")]
without_figures = pytest.mark.parametrize("workspace", WITHOUT_FIGURES, ids=lambda file: file.stem, indirect=True)


class Counted(Workspace):
    """A data folder whose embedder keeps what it was asked."""

    @property
    def embedder(self) -> CharacterEmbedder:
        return self._part("embedder", CharacterEmbedder)


@pytest.fixture(params=EARLIER, ids=lambda file: file.stem)
def workspace(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workspace]:
    """The library as that version left it, its vectors made by another embedder."""
    with zipfile.ZipFile(request.param) as archive:
        archive.extractall(tmp_path / "home")
    with Counted(Settings(home=tmp_path / "home")) as workspace:
        workspace.ingest([], on_result=lambda result: None)
        yield workspace


def is_read(workspace: Workspace) -> bool:
    """Whether all figures of all reports are there, and nothing is out of step."""
    library = workspace.library
    counts = dict(library.rows("SELECT id, (SELECT count(*) FROM figures WHERE report = position) FROM reports"))
    wanted = {report.id: len(read_indicators(report)) for report in library.every_report()}
    return counts == wanted and not library.outdated(pipeline_version()) and check(workspace.stores).is_healthy


def outdated(workspace: Workspace) -> int:
    """How many of the two reports an earlier parser read: none where it is the present one."""
    count = len(workspace.library.outdated(pipeline_version()))
    assert count in (0, 2)
    return count


def kept(workspace: Workspace) -> object:
    """What a person did, and which reports and files there are."""
    library = workspace.library
    files = library.rows("SELECT report_id, sha256 FROM sources ORDER BY position")
    return files, library.corrected(), library.rows("SELECT * FROM aliases ORDER BY alias")


def test_a_rebuild_reads_all_again_and_keeps_what_was_done_by_hand(workspace: Workspace) -> None:
    workspace.library.add_alias("0123456789ab", "3d90a09b4385")
    before, steps = kept(workspace), outdated(workspace) + 2  # both are indexed anew
    seen: list[tuple[int, int]] = []
    workspace.rebuild(on_progress=lambda *step: seen.append(step))
    assert seen == [(step, steps) for step in range(1, steps + 1)]
    assert is_read(workspace)
    assert kept(workspace) == before


def test_it_is_read_in_the_background(workspace: Workspace) -> None:
    before, count = kept(workspace), outdated(workspace)
    workspace.read_again()
    workspace._reading_again.join()
    assert reading_again(workspace) == (count, count)
    assert is_read(workspace)
    assert kept(workspace) == before


def test_what_says_the_same_is_not_embedded_anew(workspace: Workspace) -> None:
    embedder = workspace.embedder
    assert isinstance(embedder, CharacterEmbedder)
    embedder.asked.clear()
    changed = {report.id: report.chunks for report in workspace.library.every_report()}
    workspace.read_again()
    workspace._reading_again.join()
    if all(workspace.library.report(report_id).chunks == chunks for report_id, chunks in changed.items()):
        subjects = {row[0] for row in workspace.library.rows("SELECT text FROM subjects")}
        assert set(embedder.asked) <= subjects  # which an earlier release did not embed


@without_figures
def test_a_few_are_read_while_somebody_waits(workspace: Workspace) -> None:
    seen: list[tuple[int, int]] = []
    assert catch_up(workspace.settings, workspace.stores, lambda *step: seen.append(step)) is None
    assert seen == [(1, 2), (2, 2)]
    assert not workspace.library.unread()
    assert check(workspace.stores).is_healthy


@without_figures
def test_many_are_left_to_a_rebuild(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.library.reading_again.FEW", 1)
    notice = catch_up(workspace.settings, workspace.stores, lambda done, total: None)
    assert notice is not None and (notice.code, notice.values["count"]) == ("reports_to_read_again", 2)
    assert len(workspace.library.unread()) == 2


@without_figures
def test_while_another_writes_nothing_is_read_again(workspace: Workspace) -> None:
    with write_lock(workspace.settings.lock_path):
        assert catch_up(workspace.settings, workspace.stores, lambda done, total: None) is None
    assert len(workspace.library.unread()) == 2


def test_a_correction_made_meanwhile_stays(workspace: Workspace) -> None:
    from rag.library.reading_again import _Again
    from rag.library.reading_pool import ReadingPool

    library = workspace.library
    with ReadingPool(0) as pool:
        again = _Again.begun(library, pool, "3d90a09b4385")
        library.correct("3d90a09b4385", replace(library.corrections("3d90a09b4385"), town="石鼓镇"))
        assert not again.stored(library, pool)
    assert library.report("3d90a09b4385").metadata.town == "石鼓镇"
    assert library.corrections("3d90a09b4385") != Metadata()


def test_a_report_removed_meanwhile_stays_away(workspace: Workspace) -> None:
    from rag.library.reading_again import _Again
    from rag.library.reading_pool import ReadingPool

    with ReadingPool(0) as pool:
        again = _Again.begun(workspace.library, pool, "3d90a09b4385")
        workspace.remove("3d90a09b4385")
        assert not again.stored(workspace.library, pool)
    assert workspace.library.totals().reports == 1


def test_others_wait_for_one_that_gives_way_and_are_refused_by_any_other(tmp_path: Path) -> None:
    import threading

    path, held, release = tmp_path / "lock", threading.Event(), threading.Event()

    def hold() -> None:
        with write_lock(path, gives_way=True):
            held.set()
            release.wait()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    threading.Timer(0.01, release.set).start()
    with write_lock(path), pytest.raises(LibraryBusy), write_lock(path):
        pass
    thread.join()
