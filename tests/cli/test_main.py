"""The command line: what goes where, and with which exit code."""

import io
import json
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app import every_command
from rag import __version__
from rag.answering.answers import Answer
from rag.cli.main import run
from rag.cli.terminal import give_json, give_json_list
from rag.errors import LibraryBusy
from rag.errors.messages import both
from rag.library.ingest import IngestProgress
from rag.library.results import IngestResult, Scope
from rag.models.conversation import Turn
from rag.parsing.report import Defect
from rag.types import Notice
from rag.workspace import Workspace
from tests.support.made_parts import (
    ScriptedSummarizer,
    ScriptedWorkspace,
    made_answer,
    made_report,
    made_source,
    made_summary,
)

SHIJI = made_report("石矶镇", "衡州县", 2020)
QINGLAN = made_report("柳溪镇", "青岚县", 2021)
YUNPI = made_report("柳溪镇", "云陂县", 2021)
Said = pytest.CaptureFixture[str]
Make = Callable[..., ScriptedWorkspace]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes a workspace in the test's own folder."""
    return lambda *reports, **options: ScriptedWorkspace(tmp_path / "home", *reports, **options)


def zhenbao(workspace: Workspace | None, *arguments: str) -> int:
    return run(list(arguments), (lambda: workspace) if workspace is not None else None, every_command())


# reports, text, remove


def test_version(capsys: Said) -> None:
    assert zhenbao(None, "--version") == 0
    assert capsys.readouterr().out == f"zhenbao {__version__}\n"


@pytest.mark.parametrize(
    "arguments", [("nonsense",), ("ask",), ("ask", "问", "--batch", "-"), ("ask", " "), ("summarize",)]
)
def test_wrong_usage_is_exit_2_and_nothing_on_standard_output(capsys: Said, arguments: tuple[str, ...]) -> None:
    assert zhenbao(None, *arguments) == 2
    said = capsys.readouterr()
    assert (said.out, "Traceback" in said.err) == ("", False)
    assert said.err


def test_reports_json_is_a_list_of_rows(capsys: Said, make: Make) -> None:
    assert zhenbao(make(SHIJI), "reports", "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["id"], row["town"], row["files"]) == (SHIJI.id, "石矶镇", ["衡州县石矶镇 2020.txt"])


def test_reports_of_an_empty_library_is_an_empty_list(capsys: Said, make: Make) -> None:
    assert zhenbao(make(), "reports", "--json") == 0
    assert capsys.readouterr().out == "[]\n"


def test_reports_for_people_names_size_and_warnings(capsys: Said, make: Make) -> None:
    zhenbao(make(SHIJI), "reports")
    assert capsys.readouterr().out == (
        f"{SHIJI.id}  衡州县石矶镇 2020（计划 2021）\n"
        f"    {len(SHIJI.text)} 字 characters · 1 片段 chunks · 衡州县石矶镇 2020.txt\n"
        "    ! 网页导航：“首页 > 政务公开”\n"
    )


def test_reports_come_in_parts_and_the_person_is_told_which(capsys: Said, make: Make) -> None:
    workspace = make(SHIJI, QINGLAN, made_report("大塘镇", "衡州县", 2021))
    assert zhenbao(workspace, "reports", "--json", "--limit", "1", "--offset", "1") == 0
    said = capsys.readouterr()
    assert [row["town"] for row in json.loads(said.out)] == ["石矶镇"]
    assert "共 3 份，列出第 2–2 份" in said.err
    zhenbao(workspace, "reports", "--limit", "0")
    said = capsys.readouterr()
    assert (said.out, "没有列出" in said.err) == ("", True)


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--search", "大塘"), ["大塘镇"]),
        (("--town", "石矶"), ["石矶镇"]),
        (("--town", "石磯鎮", "--town", "大塘"), ["大塘镇", "石矶镇"]),
        (("--county", "衡州"), ["大塘镇", "石矶镇"]),
        (("--year", "2021", "--county", "衡州县", "--sort", "year"), ["大塘镇", "石矶镇"]),  # planned in 石矶镇
        (("--warnings",), ["大塘镇"]),
        (("--town", "没有镇"), []),
    ],
)
def test_reports_are_chosen_by_place_year_words_and_warnings(
    capsys: Said, make: Make, options: tuple[str, ...], found: list[str]
) -> None:
    workspace = make(SHIJI, QINGLAN)
    report = made_report("大塘镇", "衡州县", 2021)
    conflict = Defect("figure_conflict", "两处数字不一致", "3公里", 50, 53)
    workspace.library.add(report, replace(made_source(report, "大塘.txt"), defects=(conflict,)))
    assert zhenbao(workspace, "reports", "--json", *options) == 0
    assert [row["town"] for row in json.loads(capsys.readouterr().out)] == found


def test_a_streamed_list_is_written_as_a_whole_one(capsys: Said) -> None:
    rows = [{"名": "甲\n乙", "all": [1, {"b": []}]}, {"名": "丙"}]
    give_json_list(iter(rows))
    streamed = capsys.readouterr().out
    give_json(rows)
    assert streamed == capsys.readouterr().out


def test_a_row_is_written_before_the_next_is_read(capsys: Said) -> None:
    def rows() -> Iterator[int]:
        yield 1
        assert capsys.readouterr().out == "[\n  1"
        yield 2

    give_json_list(rows())
    assert capsys.readouterr().out == ",\n  2\n]\n"


def test_text_is_the_source_to_the_letter(capsys: Said, make: Make) -> None:
    assert zhenbao(make(SHIJI), "text", SHIJI.id[:6]) == 0
    assert capsys.readouterr().out == "首页 > 政务公开\r\n" + SHIJI.text


def test_clean_text(capsys: Said, make: Make) -> None:
    zhenbao(make(SHIJI), "text", SHIJI.id, "--clean")
    assert capsys.readouterr().out == SHIJI.text


def test_text_of_one_of_several_files(capsys: Said, make: Make) -> None:
    workspace = make(SHIJI)
    other = made_source(SHIJI, "副本.txt")
    workspace.library.add(SHIJI, replace(other, file=replace(other.file, text="副" + other.file.text)))
    assert zhenbao(workspace, "text", SHIJI.id, "--source", "副本.txt") == 0
    assert capsys.readouterr().out.startswith("副首页")


def test_an_unknown_file_is_told_with_the_known_ones(capsys: Said, make: Make) -> None:
    assert zhenbao(make(SHIJI), "text", SHIJI.id, "--source", "别的.txt") == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "衡州县石矶镇 2020.txt" in said.err


@pytest.mark.parametrize("arguments", [("text", "ffffffff"), ("remove", "ffffffff")])
def test_an_unknown_report_is_one_line_and_exit_1(capsys: Said, make: Make, arguments: tuple[str, ...]) -> None:
    assert zhenbao(make(SHIJI), *arguments) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)


# ingest


def ingesting(make: Make, monkeypatch: pytest.MonkeyPatch, *results: IngestResult) -> ScriptedWorkspace:
    def ingest(paths: list[Path], *, on_result: Callable[[IngestResult], None], **others: object) -> None:
        for result in results:
            on_result(result)

    workspace = make()
    monkeypatch.setattr(workspace, "ingest", ingest)
    return workspace


ADDED = IngestResult("a.txt", "added", "0123456789ab")
FAILED = IngestResult("b.pdf", "failed", details=(Notice("no_pages", about="b.pdf"),))


def test_ingest_tells_a_line_a_file(capsys: Said, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    assert zhenbao(ingesting(make, monkeypatch, ADDED), "ingest", "a.txt") == 0
    assert capsys.readouterr().out == "新增 added\ta.txt\t0123456789ab\n"


def test_a_failed_file_is_exit_1(capsys: Said, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    assert zhenbao(ingesting(make, monkeypatch, ADDED, FAILED), "ingest", "--json", ".") == 1
    said = capsys.readouterr()
    assert [row["status"] for row in json.loads(said.out)] == ["added", "failed"]
    assert "b.pdf：PDF 里没有页面。(The PDF has no pages.)" in said.err


def test_ingest_ends_with_a_tally_on_standard_error(capsys: Said, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    zhenbao(ingesting(make, monkeypatch, ADDED, FAILED), "ingest", "--json", ".")
    said = capsys.readouterr()
    assert said.err.splitlines()[-1] == "共 2 个文件 files：新增 added 1，失败 failed 1"
    assert json.loads(said.out)


def test_progress_tells_files_characters_and_time_on_standard_error(
    capsys: Said, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ingest(paths: list[Path], *, on_progress: Callable[[IngestProgress], None], **others: object) -> None:
        on_progress(IngestProgress(1, 4, 2700, 180.0))
        on_progress(IngestProgress(4, 4, 9900, 0.0))

    workspace = make()
    monkeypatch.setattr(workspace, "ingest", ingest)
    zhenbao(workspace, "ingest", ".")
    assert capsys.readouterr().err.splitlines()[:2] == [
        "导入 ingesting 1/4 · 2700 字 characters · 约剩 3 分 min left",
        "导入 ingesting 4/4 · 9900 字 characters · 约剩 0 秒 s left",
    ]


# edit, backup, restore


def test_an_edited_report_is_shown_as_corrected(capsys: Said, make: Make) -> None:
    workspace = make(SHIJI)
    assert zhenbao(workspace, "edit", SHIJI.id[:6], "--town", "石鼓镇", "--year", "2021", "--county", "") == 0
    assert f"{SHIJI.id} 石鼓镇 2021" in capsys.readouterr().out
    zhenbao(workspace, "reports", "--json")
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["town"], row["county"], row["year"]) == ("石鼓镇", None, 2021)
    assert row["corrected"] == {"town": "石矶镇", "county": "衡州县", "year": 2020}
    zhenbao(workspace, "reports")
    assert "手工更正 corrected: town（原文 found 石矶镇）" in capsys.readouterr().out


def test_a_correction_is_taken_back(capsys: Said, make: Make) -> None:
    workspace = make(SHIJI)
    zhenbao(workspace, "edit", SHIJI.id, "--town", "石鼓镇")
    capsys.readouterr()
    assert zhenbao(workspace, "edit", SHIJI.id, "--undo", "town", "--json") == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["town"], row["corrected"]) == ("石矶镇", {})


@pytest.mark.parametrize("arguments", [("--year", "去年"), ("--undo", "mayor"), ("--publish-date", "1月")])
def test_a_correction_that_cannot_be_is_one_line_and_exit_1(
    capsys: Said, make: Make, arguments: tuple[str, ...]
) -> None:
    assert zhenbao(make(SHIJI), "edit", SHIJI.id, *arguments) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)


def test_an_edit_without_a_field_is_wrong_usage(make: Make) -> None:
    assert zhenbao(make(SHIJI), "edit", SHIJI.id) == 2


def test_a_library_goes_into_a_file_and_comes_back(capsys: Said, make: Make, tmp_path: Path) -> None:
    workspace = make(SHIJI)
    assert zhenbao(workspace, "backup", str(tmp_path / "safe")) == 0
    workspace.library.add(QINGLAN, made_source(QINGLAN))
    assert zhenbao(workspace, "restore", str(tmp_path / "safe")) == 0
    assert "1 份报告" in capsys.readouterr().err
    assert [report.id for report in workspace.library.every_report()] == [SHIJI.id]


def test_a_file_that_is_no_backup_is_one_line_and_exit_1(capsys: Said, make: Make, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("a letter")
    assert zhenbao(make(SHIJI), "restore", str(tmp_path / "letter.txt")) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)


# ask


def test_ask_shows_claims_and_quotations(capsys: Said, make: Make) -> None:
    assert zhenbao(make(SHIJI), "ask", "种了多少水稻？") == 0
    assert capsys.readouterr().out.startswith("种植水稻1200亩。（原文）[1]\n\n引用:\n[1] 石矶镇 2020 · 石矶2020.txt")


def test_ask_json_is_one_answer(capsys: Said, make: Make) -> None:
    assert zhenbao(make(SHIJI), "ask", "种了多少水稻？", "--json") == 0
    assert json.loads(capsys.readouterr().out)["outcome"] == "answered"


def test_options_reach_the_answerer(tmp_path: Path, make: Make) -> None:
    history = tmp_path / "history.json"
    history.write_text('[{"role": "user", "content": "前"}]', encoding="utf-8")
    workspace = make(SHIJI)
    options = ("--town", "石矶镇", "--county", "衡州县", "--year", "2020", "--history", str(history))
    zhenbao(workspace, "ask", "问", *options)
    assert workspace.scripted_answerer.asked == [("问", (Turn("user", "前"),), Scope(("石矶镇",), "衡州县", (2020,)))]


def test_without_a_model_the_evidence_is_shown_and_the_exit_code_is_1(capsys: Said, make: Make) -> None:
    def reply(question: str) -> Answer:
        return replace(
            made_answer(question),
            outcome="evidence_only",
            reason="model_unavailable",
            claims=(),
            notices=(Notice("compared_by_words_only"),),
        )

    assert zhenbao(make(SHIJI, reply=reply), "ask", "问") == 1
    said = capsys.readouterr()
    assert "种植水稻1200亩。" in said.out
    assert "(The embedder is unavailable" in said.err and "The embedder" not in said.out


def test_a_refusal_is_done_work(capsys: Said, make: Make) -> None:
    refusal = Answer("谁？", "refused", "not_in_reports", "zh-Hans", "报告没有写明。")
    assert zhenbao(make(SHIJI, reply=lambda question: refusal), "ask", "谁？") == 0
    assert capsys.readouterr().out == "报告没有写明。\n"


@pytest.mark.parametrize(
    "arguments", [("ask", "问"), ("search", "问"), ("summarize", "石矶镇"), ("summarize", "--all")]
)
def test_an_empty_library_asks_for_reports_first(capsys: Said, make: Make, arguments: tuple[str, ...]) -> None:
    assert zhenbao(make(), *arguments) == 1
    assert "zhenbao ingest" in capsys.readouterr().err


def test_batch_answers_each_line_and_fails_at_the_end(capsys: Said, make: Make, tmp_path: Path) -> None:
    batch = tmp_path / "questions.jsonl"
    batch.write_bytes(
        '\ufeff{"id": "甲", "question": "一"}\n坏\n'.encode() + b"\xff\n" + '{"question": "四"}\n'.encode()
    )
    assert zhenbao(make(SHIJI), "ask", "--batch", str(batch)) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["id"], row["outcome"]) for row in rows] == [
        ("甲", "answered"),
        (2, "error"),
        (3, "error"),
        (4, "answered"),
    ]


def test_batch_reads_standard_input(capsys: Said, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO('{"question": "一"}'.encode()), encoding="utf-8"))
    assert zhenbao(make(SHIJI), "ask", "--batch", "-") == 0
    assert json.loads(capsys.readouterr().out)["question"] == "一"


@pytest.mark.parametrize("option", ["--batch", "--history"])
def test_a_missing_file_is_one_line(capsys: Said, make: Make, tmp_path: Path, option: str) -> None:
    question = ("问",) if option == "--history" else ()
    assert zhenbao(make(SHIJI), "ask", *question, option, str(tmp_path / "nowhere")) == 1
    assert capsys.readouterr().err.count("\n") == 1


# search


def test_search_json_gives_offsets_in_the_source(capsys: Said, make: Make) -> None:
    assert zhenbao(make(SHIJI), "search", "水稻", "--json") == 0
    said = capsys.readouterr()
    (row,) = json.loads(said.out)
    assert made_source(SHIJI).file.text[row["start"] : row["end"]] == row["text"] == "种植水稻1200亩。新修水渠3公里。"
    assert "本次只按词语检索" in said.err and "so words alone were searched" in said.err


def test_search_k(capsys: Said, make: Make) -> None:
    zhenbao(make(SHIJI, QINGLAN, YUNPI), "search", "水稻", "-k", "2", "--json")
    assert len(json.loads(capsys.readouterr().out)) == 2


# summarize


def test_summarize_json_is_the_schema(capsys: Said, make: Make) -> None:
    assert zhenbao(make(SHIJI), "summarize", "石矶镇", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == made_summary().model_dump(mode="json")


def test_summarize_takes_the_newest_and_says_so(capsys: Said, make: Make) -> None:
    newer = made_report("石矶镇", "衡州县", 2021)
    workspace = make(SHIJI, newer)
    assert zhenbao(workspace, "summarize", "石矶镇") == 0
    assert workspace.scripted_summarizer.asked == [newer.id]
    assert "衡州县石矶镇 2020" in capsys.readouterr().err


def test_namesakes_are_told_apart(capsys: Said, make: Make) -> None:
    assert zhenbao(make(QINGLAN, YUNPI), "summarize", "柳溪镇") == 1
    assert "云陂县柳溪镇、青岚县柳溪镇" in capsys.readouterr().err
    assert zhenbao(make(), "summarize", "柳溪镇", "--county", "青岚县") == 0


def test_all_summaries_go_into_a_folder(make: Make, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert zhenbao(make(SHIJI, QINGLAN), "summarize", "--all", "--out", str(out)) == 0
    assert sorted(path.name for path in out.iterdir()) == sorted(
        [f"衡州县石矶镇-2020-{SHIJI.id}.md", f"青岚县柳溪镇-2021-{QINGLAN.id}.md"]
    )


def test_one_failing_summary_does_not_stop_the_others(capsys: Said, make: Make) -> None:
    workspace = make(SHIJI, QINGLAN)
    workspace.scripted_summarizer = ScriptedSummarizer(failing=[SHIJI.id])
    assert zhenbao(workspace, "summarize", "--all", "--format", "json") == 1
    said = capsys.readouterr()
    assert len(json.loads(said.out)) == 1
    assert "衡州县石矶镇 2020：英文摘要需要模型" in said.err


def test_all_leaves_samples_out(make: Make) -> None:
    sample = made_report("样例镇", None, 2020, is_sample=True)
    workspace = make(SHIJI, sample)
    zhenbao(workspace, "summarize", "--all")
    assert workspace.scripted_summarizer.asked == [SHIJI.id]


def test_a_place_that_cannot_be_written_is_one_line(capsys: Said, make: Make, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert zhenbao(make(SHIJI), "summarize", "石矶镇", "--out", str(blocked / "x.md")) == 1
    assert "无法写入" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_summary_as_a_file_of_an_office(make: Make, tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"石矶镇.{kind}"
    assert zhenbao(make(SHIJI), "summarize", "石矶镇", "--format", kind, "--out", str(out)) == 0
    assert out.read_bytes()[:2] == b"PK"
    assert zhenbao(make(), "summarize", "石矶镇", "--format", kind) == 2


def test_length_and_language_are_passed_on(make: Make) -> None:
    workspace = make(SHIJI)
    assert zhenbao(workspace, "summarize", "石矶镇", "--length", "paragraph", "--language", "en") == 0
    assert workspace.scripted_summarizer.wanted == [("paragraph", "en")]


def test_all_says_how_many_were_done_and_failed(capsys: Said, make: Make) -> None:
    workspace = make(SHIJI, QINGLAN)
    workspace.scripted_summarizer = ScriptedSummarizer(failing=[SHIJI.id])
    zhenbao(workspace, "summarize", "--all")
    said = capsys.readouterr().err
    assert "[2/2] 青岚县柳溪镇 2021" in said
    assert "摘要完成 1 份，失败 1 份" in said


# how things end


ESCAPING = LibraryBusy("written_by_process", pid="7", command="zhenbao\n\x1b[2J")


def test_an_error_is_one_line(capsys: Said, make: Make) -> None:
    def reply(question: str) -> Answer:
        raise ESCAPING

    assert zhenbao(make(SHIJI, reply=reply), "ask", "问") == 1
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"{both(ESCAPING)}\n".replace("\x1b", "\N{REPLACEMENT CHARACTER}"))


def test_an_interruption_is_quiet(capsys: Said, make: Make) -> None:
    def reply(question: str) -> Answer:
        raise KeyboardInterrupt

    assert zhenbao(make(SHIJI, reply=reply), "ask", "问") == 130
    assert capsys.readouterr().err == ""


def test_the_host_of_another_endpoint_is_named(capsys: Said, make: Make) -> None:
    workspace = make(SHIJI)
    workspace.settings = replace(workspace.settings, endpoint="openai", base_url="https://models.example.org/v1")
    zhenbao(workspace, "reports", "--json")
    said = capsys.readouterr()
    assert "models.example.org" in said.err and "models.example.org" not in said.out


def test_a_setting_that_cannot_be_used_is_one_line(
    capsys: Said, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ZHENBAO_HOME", str(tmp_path))
    monkeypatch.setenv("ZHENBAO_ENDPOINT", "cloud")
    assert zhenbao(None, "reports") == 1
    assert "ZHENBAO_ENDPOINT" in capsys.readouterr().err


def test_a_port_in_use_is_one_line(capsys: Said, make: Make) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert zhenbao(make(SHIJI), "serve", "--port", str(other.getsockname()[1])) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_removal_is_told_with_the_name(capsys: Said, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    removed: list[str] = []
    workspace = make(SHIJI)
    monkeypatch.setattr(workspace, "remove", removed.append)
    assert zhenbao(workspace, "remove", SHIJI.id[:5]) == 0
    assert removed == [SHIJI.id]
    assert "衡州县石矶镇 2020" in capsys.readouterr().err
