"""What the page costs does not depend on how many reports there are: steps of SQLite, counted."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from rag.library.typed import years
from rag.service import Service
from rag.verification.claims import Claim
from tests.support.made_parts import ScriptedWorkspace, made_answer, made_citation
from tests.support.many_reports import many_reports
from ui.library_list import LibraryList
from ui.library_tab import LibraryTab
from ui.picker import Picker, ReportChoices, TownChoices
from ui.shell import Shell
from ui.start_panel import StartPanel
from ui.suggestions import example_questions, follow_up_questions

Use = Callable[[Shell], object]


@pytest.fixture(scope="module")
def shells(tmp_path_factory: pytest.TempPathFactory) -> list[Shell]:
    """The same page over 100 and 1,000 reports, one a town and read already; 衡州县 is whole in both."""
    many = many_reports(1000, years=1)
    of_one_county = [each for each in many if each.report.metadata.county == "衡州县"]
    few = [*of_one_county, *(each for each in many if each not in of_one_county)][:100]
    shells = []
    for stored in (few, many):
        workspace = ScriptedWorkspace(tmp_path_factory.mktemp(str(len(stored))))
        workspace.library.add_many(stored)
        workspace.library._connection.execute("UPDATE reports SET read_by = 'now'")
        shells.append(Shell(Service(workspace)))
    return shells


def towns(shell: Shell) -> Picker:
    return Picker(shell, TownChoices(shell.library))


def reports(shell: Shell) -> Picker:
    return Picker(shell, ReportChoices(shell.library))


def follow_ups(shell: Shell) -> object:
    citation = replace(made_citation(), report=many_reports(1, years=1)[0].report.id)
    return follow_up_questions(
        made_answer("问", Claim("水稻。", "stated", None, "quoted", None, (citation,))), shell.library
    )


USES: dict[str, Use] = {
    "the first page of the library": lambda shell: LibraryList(shell).shown("", "place", False, "zh", 0),
    "by year": lambda shell: LibraryList(shell).shown("", "year", False, "zh", 0),
    "the last added": lambda shell: LibraryList(shell).shown("", "newest", False, "zh", 0),
    "what is read again": lambda shell: LibraryTab(shell)._reading("zh"),
    "towns to begin with": lambda shell: towns(shell).offered("", "", "zh"),
    "a town picked": lambda shell: towns(shell).offered("", "衡州县\t石矶镇", "zh"),
    "a town typed": lambda shell: towns(shell).offered("石", "", "zh"),
    "a town's sound typed": lambda shell: towns(shell).offered("shij", "", "zh"),
    "a town with its county": lambda shell: towns(shell).offered("衡州县石矶", "", "zh"),
    "years": lambda shell: years(shell.library),
    "reports to begin with": lambda shell: reports(shell).offered("", "", "zh"),
    "a report typed": lambda shell: reports(shell).offered("石矶2019", "", "zh"),
    "the start panel": lambda shell: StartPanel(shell)._looked("zh"),
    "examples": lambda shell: example_questions(shell.library),
    "follow-ups": follow_ups,
}


@pytest.mark.parametrize("name", USES)
def test_ten_times_the_reports_cost_no_more(shells: list[Shell], name: str) -> None:
    few, many = (steps(shell, USES[name]) for shell in shells)
    assert many <= 1.3 * few


def steps(shell: Shell, use: Use) -> int:
    """How many instructions SQLite's machine executes."""
    connection, executed = shell.library._connection, [0]

    def on_step() -> int:
        executed[0] += 1
        return 0

    connection.set_progress_handler(on_step, 1)
    try:
        assert use(shell)
    finally:
        connection.set_progress_handler(None, 1)
    return executed[0]
