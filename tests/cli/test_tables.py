"""`figures` and `compare`: what goes where, and with which exit code."""

import json
from pathlib import Path

import pytest

from rag.cli.main import run
from rag.models.embedding import CachedEmbedder
from rag.settings import Settings
from rag.workspace import Workspace
from tests.support.figure_reports import parsed_report, stored_report
from tests.support.generated_reports import CharacterEmbedder

Said = pytest.CaptureFixture[str]
KEYS = {
    "report", "file", "town", "level", "year", "topic", "subject", "value", "approx", "unit", "value_base", "unit_base",
    "period_or_asof", "status", "quote", "start", "end",
}  # fmt: skip


class _Workspace(Workspace):
    """Real but for the embedder."""

    @property
    def embedder(self) -> CachedEmbedder:
        return CachedEmbedder(CharacterEmbedder(), self.cache)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two reports of one town, one of another."""
    made = _Workspace(Settings(home=tmp_path / "home"))
    for town, year, results, plans in (
        ("石矶镇", 2020, "油茶面积4800余亩。改造危房28户。", "新造油茶1200亩。"),
        ("石矶镇", 2021, "油茶面积5700亩。", ""),
        ("南浦街道", 2021, "慰问党员63名。", ""),
    ):
        made.library.add_many([stored_report(town, year, results, plans)])
    return made


def zhenbao(workspace: Workspace, *arguments: str) -> int:
    return run(list(arguments), lambda: workspace)


def test_figures_json_has_the_promised_fields_and_true_offsets(capsys: Said, workspace: Workspace) -> None:
    assert zhenbao(workspace, "figures", "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == 5
    for row in rows:
        assert set(row) >= KEYS
        text = workspace.library.sources(row["report"])[0].file.text
        assert text[row["start"] : row["end"]] == row["quote"]


@pytest.mark.parametrize(
    ("options", "values"),
    [
        (("--town", "石矶"), ["5700", "4800", "28", "1200"]),
        (("--town", "石磯鎮", "--year", "2021"), ["5700", "1200"]),
        (("--topic", "农业"), ["4800", "1200", "5700"]),
        (("--year", "2021"), ["63", "1200", "5700"]),
        (("--year", "1999"), []),
    ],
)
def test_figures_are_chosen_by_town_year_and_topic(
    capsys: Said, workspace: Workspace, options: tuple[str, ...], values: list[str]
) -> None:
    assert zhenbao(workspace, "figures", "--json", *options) == 0
    assert sorted(row["value"] for row in json.loads(capsys.readouterr().out)) == sorted(values)


def test_figures_for_people_is_a_line_each(capsys: Said, workspace: Workspace) -> None:
    assert zhenbao(workspace, "figures", "--town", "石矶镇", "--year", "2020", "--topic", "农业农村") == 0
    assert capsys.readouterr().out == "石矶镇 2020 农业农村\t油茶面积\t4800余亩\t油茶面积4800余亩\n"


def test_figures_go_to_files_and_nothing_to_standard_output(capsys: Said, workspace: Workspace, tmp_path: Path) -> None:
    csv, xlsx = tmp_path / "a" / "figures.csv", tmp_path / "figures.xlsx"
    assert zhenbao(workspace, "figures", "--csv", str(csv), "--xlsx", str(xlsx)) == 0
    assert (capsys.readouterr().out, len(csv.read_bytes().splitlines())) == ("", 6)
    assert xlsx.read_bytes().startswith(b"PK")


def test_a_topic_that_there_is_not_fails_with_the_topics_there_are(capsys: Said, workspace: Workspace) -> None:
    assert zhenbao(workspace, "figures", "--topic", "航天") == 1
    assert "农业农村" in capsys.readouterr().err


def test_an_unknown_town_fails(capsys: Said, workspace: Workspace) -> None:
    assert zhenbao(workspace, "figures", "--town", "无名镇") == 1
    assert capsys.readouterr().out == ""


def test_compare_json_has_rows_by_town_and_year_changes_and_gaps(capsys: Said, workspace: Workspace) -> None:
    assert zhenbao(workspace, "compare", "油茶", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["subject"], found["unit"], found["by"]) == ("油茶", "亩", "words")
    assert [(row["town"], row["year"], row["status"], row["value"]) for row in found["rows"]] == [
        ("石矶镇", 2020, "result", 4800.0),
        ("石矶镇", 2021, "result", 5700.0),
        ("石矶镇", 2021, "plan", 1200.0),
    ]
    assert found["rows"][1]["change"] == {"since": 2020, "difference": 900.0, "percent": 18.8, "points": None}
    assert found["rows"][0]["figure"]["quote"] == "油茶面积4800余亩"
    assert [gap["town"] for gap in found["gaps"]] == ["南浦街道"]


def test_compare_for_people_shows_values_changes_and_gaps(capsys: Said, workspace: Workspace) -> None:
    assert zhenbao(workspace, "compare", "油茶") == 0
    assert capsys.readouterr().out == (
        "石矶镇 2020\t完成 result\t4,800余亩\t\t油茶面积\t油茶面积4800余亩\n"
        "石矶镇 2021\t完成 result\t5,700亩\t比2020年 +18.8%\t油茶面积\t油茶面积5700亩\n"
        "石矶镇 2021\t计划 plan\t1,200亩\t\t新造油茶\t新造油茶1200亩\n"
        "南浦街道 2021\t—\t没有写到完成数 no result\n"
    )


def test_a_part_of_the_figures_is_the_same_in_every_form(capsys: Said, workspace: Workspace, tmp_path: Path) -> None:
    assert zhenbao(workspace, "figures", "--json") == 0
    every = json.loads(capsys.readouterr().out)
    for offset in range(6):
        csv = tmp_path / f"{offset}.csv"
        some = ("--limit", "2", "--offset", str(offset))
        assert zhenbao(workspace, "figures", "--json", *some, "--csv", str(csv)) == 0
        assert json.loads(capsys.readouterr().out) == every[offset : offset + 2]
        assert len(csv.read_text(encoding="utf-8").splitlines()) == 1 + len(every[offset : offset + 2])


def test_reports_of_an_earlier_release_are_told_of(
    capsys: Said, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.library.reading_again.FEW", 0)  # too many to read again while somebody waits
    workspace.library.add(*parsed_report("北坡乡", 2021, "油茶面积30亩。"))
    for command in ("figures", "compare"):
        subject = ("油茶",) if command == "compare" else ()
        assert zhenbao(workspace, command, *subject, "--json") == 0
        said = capsys.readouterr()
        assert "1 份报告由旧版导入" in said.err
        assert "北坡乡" not in said.out


@pytest.mark.parametrize(
    ("options", "towns"),
    [
        (("--year", "2021", "--status", "result"), ["石矶镇"]),
        (("--status", "plan"), ["石矶镇"]),
        (("--county", "无名县"), []),
        (("--limit", "1", "--offset", "1"), ["石矶镇"]),
    ],
)
def test_a_comparison_is_chosen_by_county_year_and_status(
    capsys: Said, workspace: Workspace, options: tuple[str, ...], towns: list[str]
) -> None:
    assert zhenbao(workspace, "compare", "油茶", "--json", *options) == 0
    assert [row["town"] for row in json.loads(capsys.readouterr().out)["rows"]] == towns


def test_a_part_of_a_comparison_says_so(capsys: Said, workspace: Workspace) -> None:
    assert zhenbao(workspace, "compare", "油茶", "--limit", "1") == 0
    said = capsys.readouterr()
    assert said.out.startswith("石矶镇 2020")
    assert "共 3 条 rows，列出了 1。" in said.err


def test_a_status_that_there_is_not_fails(capsys: Said, workspace: Workspace) -> None:
    assert zhenbao(workspace, "compare", "油茶", "--status", "done") == 1
    assert "result" in capsys.readouterr().err


@pytest.mark.font
def test_compare_draws_a_picture(capsys: Said, workspace: Workspace, tmp_path: Path) -> None:
    picture = tmp_path / "油茶.svg"
    assert zhenbao(workspace, "compare", "油茶", "--plot", str(picture)) == 0
    assert "石矶镇 2021" in picture.read_text(encoding="utf-8")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("arguments", [("油茶", "--plot", "a.pdf"), (" ",), ()])
def test_compare_wrongly_used_is_exit_2(capsys: Said, workspace: Workspace, arguments: tuple[str, ...]) -> None:
    assert zhenbao(workspace, "compare", *arguments) == 2
    assert capsys.readouterr().out == ""


def test_nothing_to_draw_fails(capsys: Said, workspace: Workspace, tmp_path: Path) -> None:
    assert zhenbao(workspace, "compare", "xyz", "--plot", str(tmp_path / "a.svg")) == 1
    assert not (tmp_path / "a.svg").exists()
