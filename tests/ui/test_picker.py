"""What the pickers of towns and reports offer."""

from pathlib import Path

import pytest

from rag.service import Service
from tests.support.made_parts import ScriptedWorkspace, made_report
from tests.support.many_reports import many_reports
from ui.picker import MOST, Picker, ReportChoices, TownChoices
from ui.shell import Shell

SHIJI, LIUXI, NAMESAKE = made_report(), made_report("柳溪镇", "青岚县"), made_report("柳溪镇", "云陂县", 2021)


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    return Shell(Service(ScriptedWorkspace(tmp_path_factory.mktemp("few"), SHIJI, LIUXI, NAMESAKE)))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    workspace = ScriptedWorkspace(tmp_path_factory.mktemp("many"))
    workspace.library.add_many(many_reports(100, years=1))
    return Shell(Service(workspace))


def towns(shell: Shell) -> Picker:
    return Picker(shell, TownChoices(shell.library))


def reports(shell: Shell) -> Picker:
    return Picker(shell, ReportChoices(shell.library))


def test_a_small_library_is_offered_whole_namesakes_apart(shell: Shell) -> None:
    assert towns(shell).offered("", "", "en") == [
        ("All towns", ""),
        ("云陂县柳溪镇", "云陂县\t柳溪镇"),
        ("衡州县石矶镇", "衡州县\t石矶镇"),
        ("青岚县柳溪镇", "青岚县\t柳溪镇"),
    ]


def test_a_large_one_says_that_there_are_more(many: Shell) -> None:
    for typed in ("", "石"):
        everything, *offered, (hint, value) = towns(many).offered(typed, "", "zh")
        assert (everything, len(offered)) == (("全部乡镇", ""), MOST)
        assert ("继续输入" in hint, value) == (True, "")


def test_what_is_picked_stays_in_its_place_whatever_is_typed(many: Shell) -> None:
    picked = towns(many).offered("", "", "zh")[9]
    for typed in ("", "shij", "石矶", "没有"):
        assert towns(many).offered(typed, picked[1], "zh")[1] == picked


def test_what_is_found_by_its_sound_carries_it_so_that_the_browser_keeps_it(shell: Shell) -> None:
    assert towns(shell).offered("shi", "", "zh") == [("全部乡镇", ""), ("衡州县石矶镇 · shi", "衡州县\t石矶镇")]
    assert ("衡州县石矶镇", "衡州县\t石矶镇") in towns(shell).offered("石", "", "zh")


def test_where_nothing_fits_it_is_said(shell: Shell) -> None:
    assert towns(shell).offered("大塘", "青岚县\t柳溪镇", "zh") == [
        ("全部乡镇", ""),
        ("青岚县柳溪镇", "青岚县\t柳溪镇"),
        ("没有符合的", "青岚县\t柳溪镇"),
    ]


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("青岚县\t柳溪镇", "青岚县\t柳溪镇"),
        ("shiji", "衡州县\t石矶镇"),  # typed, and no other
        ("柳溪", ""),
        ("衡州县\t柳溪镇", ""),
        ("大塘", ""),
        ("", ""),
        (None, ""),
        (["石矶"], ""),
    ],
)
def test_what_stands_in_the_box_is_a_known_town_or_all(shell: Shell, given: object, meant: str) -> None:
    assert towns(shell).meant(given) == meant


def test_what_was_picked_before_stays_where_something_unknown_was_typed(shell: Shell) -> None:
    assert towns(shell).meant("大塘", "青岚县\t柳溪镇") == "青岚县\t柳溪镇"
    assert towns(shell).meant("石矶", "青岚县\t柳溪镇") == "衡州县\t石矶镇"
    assert towns(shell).meant("", "青岚县\t柳溪镇") == ""
    assert towns(shell).meant("大塘", "青岚县\t没有镇") == ""


def test_a_report_is_offered_newest_first_and_is_the_newest_until_picked(shell: Shell) -> None:
    labels = [label for label, _ in reports(shell).offered("", "", "zh")]
    assert labels[0] == "云陂县柳溪镇 2021" and len(labels) == 3
    assert reports(shell).meant(None) == NAMESAKE.id
    assert reports(shell).meant("石矶2020") == SHIJI.id
    assert reports(shell).meant(LIUXI.id) == LIUXI.id


def test_an_empty_library_offers_no_report(tmp_path: Path) -> None:
    shell = Shell(Service(ScriptedWorkspace(tmp_path)))
    assert (reports(shell).offered("", "", "zh"), reports(shell).meant(None)) == ([], "")
