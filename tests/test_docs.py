"""The pages on the evaluation say what is so: their examples load, their commands, targets and settings exist."""

import json
import re
import runpy
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml  # type: ignore[import-untyped]

from app import every_command
from eval.__main__ import main
from eval.golden import InvalidSet, load_set
from eval.reporting.gates import judge, read_limits
from eval.reporting.results import make_results
from eval.scoring.correctness import shortcomings
from eval.usage import make_parser
from rag import settings
from rag.errors.messages import both
from tests.support.paths import ROOT

SAMPLES = ROOT / "eval" / "sets" / "sample" / "reports"
WORKFLOW = ROOT / "docs" / "github-actions.yml"
PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
GUIDES = {name: text for name, text in PAGES.items() if name.startswith("evaluation.")}
TEXTS = PAGES | {
    name: (ROOT / name).read_text(encoding="utf-8")
    for name in ("README.md", "README.zh.md", "Makefile", "docs/github-actions.yml")
}


def _block(page: str, kind: str) -> str:
    """The one fenced block of a kind, such as `jsonl golden`."""
    found = re.findall(rf"^```{kind}\n(.*?)^```$", GUIDES[page], re.DOTALL | re.MULTILINE)
    assert len(found) == 1
    return str(found[0])


def _shell_lines(name: str, text: str) -> list[str]:
    """The lines a shell gets to see: fenced ones of a page, recipes of the Makefile, `run` of the workflow."""
    if name.endswith(".md"):
        fenced = re.findall(r"^```([^\n]*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
        return [line for kind, block in fenced if kind in ("", "sh") for line in block.splitlines()]
    return re.findall(r"^\t(.*)" if name == "Makefile" else r"^ +run: (.*)", text, re.MULTILINE)


def _commands(program: str) -> Iterator[tuple[str, list[str]]]:
    """Where a program is called, and with which arguments, up to a pipe or a redirection."""
    for name, text in TEXTS.items():
        for line in _shell_lines(name, text):
            match = re.search(rf"^(?:[A-Z_]+=\S+ |\$ )?(?:\$\(BIN\)/|\.venv/bin/)?{program} (.*)", line)
            if match:
                yield name, " ".join(shlex.split(match[1], comments=True)).partition(" > ")[0].split()


def test_every_page_stands_in_both_languages_with_the_same_commands() -> None:
    for name in PAGES:
        other = name.replace(".zh.md", ".md") if name.endswith(".zh.md") else name.replace(".md", ".zh.md")
        own, theirs = ([_program(line) for line in _shell_lines(each, PAGES[each])] for each in (name, other))
        assert own == theirs, name


def _program(line: str) -> str:
    """A line for the shell without its remark."""
    return line.partition(" # ")[0].strip()


@pytest.fixture(params=sorted(GUIDES))
def page(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def example(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The set of the worked example, as a reader makes it; the working directory is the folder it lies in."""
    folder = tmp_path / "my-set"
    (folder / "reports").mkdir(parents=True)
    for name in re.findall(r"reports/(\S+)", _block(page, "text")):
        shutil.copy(SAMPLES / name, folder / "reports")
    (folder / "golden.jsonl").write_text(_block(page, "jsonl golden"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def test_both_languages_show_the_same_blocks() -> None:
    blocks = [
        re.findall(r"^```(?:jsonl?|python|toml|text).*?^```$", t, re.DOTALL | re.MULTILINE) for t in GUIDES.values()
    ]
    assert len(blocks) == 2
    assert blocks[0] == blocks[1]


def test_the_example_loads_and_its_reference_answers_are_right(example: Path) -> None:
    loaded = load_set(example)
    kinds = "number multi_number list plan unanswerable wrong_premise followup comparison aggregate"
    assert {item.kind for item in loaded.items} >= set(kinds.split())
    for item in loaded.items:
        assert item.refuse or shortcomings(item, item.answer, loaded.towns) == ()


def test_the_broken_example_gives_the_messages_shown(example: Path, page: str) -> None:
    (example / "golden.jsonl").write_text(_block(page, "jsonl broken"), encoding="utf-8")
    with pytest.raises(InvalidSet) as caught:
        load_set(example)
    told = [both(each) for each in (caught.value.notice, *caught.value.faults)]
    assert "\n".join(told) == _block(page, "text faults").strip()


def test_the_wrong_answers_are_wrong_for_the_reason_shown(example: Path, page: str) -> None:
    loaded = load_set(example)
    items = {item.id: item for item in loaded.items}
    for row in map(json.loads, _block(page, "jsonl wrong").splitlines()):
        assert row["reason"] in map(str, shortcomings(items[row["id"]], row["answer"], loaded.towns))


def test_the_example_checks_itself(example: Path) -> None:
    assert main(["--set", str(example), "--check"]) == 0


def test_the_split_shown_divides_the_example(example: Path, page: str) -> None:
    (example / "split.json").write_text(_block(page, "json split"), encoding="utf-8")
    assert [main(["--set", str(example), "--check", "--split", half]) for half in ("tune", "check")] == [0, 0]


def test_the_script_writes_questions_without_choosing_reports(example: Path, page: str) -> None:
    Path("prepare.py").write_text(_block(page, "python prepare"), encoding="utf-8")
    runpy.run_path("prepare.py")
    questions = [json.loads(line) for line in Path("questions.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {key for question in questions for key in question} == {"id", "question", "history"}
    assert [question["id"] for question in questions] == [item.id for item in load_set(example).items]


def test_the_bounds_shown_are_read(page: str, tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(_block(page, "toml floors"), encoding="utf-8")
    limits = read_limits(path, "my-set")
    assert limits.floors["number.accuracy"] == 0.9
    assert limits.ceilings["wrong"] == 2
    assert judge(make_results("my-set", [], {}), None, limits) == ()


def test_every_eval_command_is_understood() -> None:
    commands = list(_commands(r"python -m eval"))
    assert {name for name, _ in commands} == {*GUIDES, "Makefile", "docs/github-actions.yml"}
    for _, arguments in commands:
        make_parser().parse_args(["7" if argument == "$SAMPLE" else argument for argument in arguments])


def test_every_zhenbao_command_exists() -> None:
    group = typer.main.get_group(every_command())
    commands = list(_commands("zhenbao"))
    assert "README.md" in {name for name, _ in commands}
    for name, (command, *rest) in commands:
        assert command in group.commands, f"{name}: zhenbao {command}"
        known = {option for parameter in _called(group.commands[command], rest).params for option in parameter.opts}
        assert {word for word in rest if word.startswith("--")} <= known, f"{name}: zhenbao {command}"


def _called(command: Any, rest: list[str]) -> Any:
    """The command itself, or that of a group: `model pull`."""
    commands = getattr(command, "commands", {})
    assert not commands or rest[0] in commands
    return commands[rest[0]] if commands else command


def test_every_option_named_in_the_text_exists(page: str) -> None:
    own = set(make_parser()._option_string_actions)
    commands = typer.main.get_group(every_command()).commands.values()
    theirs = {option for command in commands for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", GUIDES[page])) <= own | theirs
    assert own - {"-h", "--help", "--set"} <= set(re.findall(r"--[a-z-]+", GUIDES[page]))


def test_the_evaluations_help_names_no_command_that_is_missing() -> None:
    commands = typer.main.get_group(every_command()).commands
    named = re.findall(r"zhenbao (\w+)", make_parser().format_help())
    assert "ask" in named
    assert set(named) <= set(commands)


def test_every_setting_named_exists() -> None:
    known = str(settings.__doc__)
    for name, text in (PAGES | {"workflow": WORKFLOW.read_text(encoding="utf-8")}).items():
        for setting in re.findall(r"\b(?:ZHENBAO|OPENAI)_[A-Z_]+", text):
            assert setting in known, f"{name}: {setting}"


def test_every_make_target_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    variables = dict(re.findall(r"^([A-Z]+) := (\S+)$", makefile, re.MULTILINE))
    named = re.findall(r"^(\S+):(?!=)", makefile, re.MULTILINE)
    targets = {variables.get(name.strip("$()"), name) for name in named}
    for name, arguments in _commands("make"):
        assert next(a for a in arguments if "=" not in a) in targets, f"{name}: make {' '.join(arguments)}"


def test_the_workflow_is_sound() -> None:
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    assert set(workflow[True]) == {"push", "pull_request", "schedule", "workflow_dispatch"}  # YAML reads `on` as true
    for job in workflow["jobs"].values():
        for step in job["steps"]:
            assert ("uses" in step) != ("run" in step)
            assert re.fullmatch(r"actions/[a-z-]+@v\d+", step.get("uses", "actions/none@v1"))
    assert workflow["jobs"]["test"]["strategy"]["matrix"]["python"] == ["3.11", "3.12"]


def test_links_between_pages_lead_somewhere() -> None:
    for name, text in TEXTS.items():
        if name.endswith(".md"):
            folder = ROOT / "docs" if name in PAGES else ROOT
            for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
                assert (folder / target).exists(), f"{name}: {target}"
