"""The commands that fill and show the library: ingest, reports, remove, text."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.cli.options import JsonOption, open_workspace
from rag.cli.progress import Show, progress
from rag.cli.terminal import give, give_json, say
from rag.errors import InputError
from rag.errors.messages import both
from rag.library.as_json import report_json
from rag.library.results import IngestResult
from rag.parsing.report import Defect, Report, ReportSource, open_defects
from rag.text.display import printable, shortened
from rag.types import JsonObject

if TYPE_CHECKING:
    from rag.library.ingest import IngestProgress

_STATUS = {
    "added": "新增 added",
    "unchanged": "未变 unchanged",
    "updated": "更新 updated",
    "duplicate": "重复 duplicate of",
    "failed": "失败 failed",
}
_REPORT_ID = Annotated[str, typer.Argument(metavar="ID", help="报告编号，可只写开头四位 the report's id")]


def ingest(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="文件或文件夹 files and folders")],
    as_json: JsonOption = False,
    sample: Annotated[bool, typer.Option("--sample", help="标记为样例 mark as samples")] = False,
) -> None:
    """导入报告文件或文件夹。Add report files and folders."""
    results: list[IngestResult] = []

    def show(result: IngestResult) -> None:
        results.append(result)
        if not as_json:
            give(_result_line(result))
        elif result.status == "failed":
            say(_result_line(result))

    with open_workspace(context) as workspace, progress("导入 ingesting") as show_progress:
        workspace.ingest(
            paths, on_result=show, on_progress=lambda done: _show_progress(show_progress, done), is_sample=sample
        )
    say(_tally(results))
    if as_json:
        give_json([_result_json(result) for result in results])
    if any(result.status == "failed" for result in results):
        raise typer.Exit(1)


def _show_progress(show: Show, done: "IngestProgress") -> None:
    left = "" if done.seconds_left is None else f" · 约剩 {_duration(done.seconds_left)} left"
    show(done.files, done.of_files, f" · {done.characters} 字 characters{left}")


def _duration(seconds: float) -> str:
    return f"{seconds / 60:.0f} 分 min" if seconds >= 90 else f"{seconds:.0f} 秒 s"


def _tally(results: list[IngestResult]) -> str:
    """Such as 共 3 个文件：新增 added 2，失败 failed 1."""
    counts = Counter[str](result.status for result in results)
    parts = [f"{name} {counts[status]}" for status, name in _STATUS.items() if counts[status]]
    return f"共 {len(results)} 个文件 files{'：' if parts else ''}{'，'.join(parts)}"


def _result_line(result: IngestResult) -> str:
    warnings = f"{len(result.defects)} 条提示 warnings" if result.defects else ""
    unnamed = next((defect.detail for defect in result.defects if defect.kind == "unnamed"), "")
    parts = [_STATUS[result.status], result.path, result.report_id or "", _told(result), unnamed, warnings]
    return "\t".join(part for part in parts if part)


def _told(result: IngestResult) -> str:
    return " ".join(both(detail) for detail in result.details)


def _result_json(result: IngestResult) -> JsonObject:
    return {
        "path": result.path,
        "status": result.status,
        "report": result.report_id,
        "detail": _told(result),
        "warnings": [asdict(defect) for defect in result.defects],
    }


def reports(context: typer.Context, as_json: JsonOption = False) -> None:
    """列出资料库里的报告。List what the library holds."""
    with open_workspace(context) as workspace:
        held = [(report, workspace.library.sources(report.id)) for report in workspace.library.every_report()]
        corrected = workspace.library.corrected()

    def former(report: Report) -> dict[str, str | int | None]:
        return corrected[report.id].former if report.id in corrected else {}

    if as_json:
        give_json([report_json(report, sources, former(report)) for report, sources in held])
    elif held:
        for report, sources in held:
            give(_report_lines(report, sources, former(report)))
    else:
        say("资料库是空的，请先运行 zhenbao ingest 文件夹。(the library is empty: ingest first)")


def _report_lines(report: Report, sources: list[ReportSource], corrected: Mapping[str, object]) -> str:
    """Two or more lines: what it is, how large, from which files, and what is wrong with it."""
    metadata = report.metadata
    plan = f"（计划 {metadata.plan_year}）" if metadata.plan_year else ""
    sample = "  样例 sample" if report.is_sample else ""
    facts = [
        metadata.issuer,
        metadata.publish_date or metadata.signing_date,
        f"{len(report.text)} 字 characters",
        f"{len(report.chunks)} 片段 chunks",
        "、".join(source.file.name for source in sources),
    ]
    lines = [f"{report.id}  {report.label}{plan}{sample}", "    " + " · ".join(fact for fact in facts if fact)]
    if corrected:
        former = "，".join(f"{name}（原文 found {value or '无 none'}）" for name, value in corrected.items())
        lines.append(f"    手工更正 corrected: {former}")
    return printable("\n".join(lines + _warning_lines(report, sources)))


def _warning_lines(report: Report, sources: list[ReportSource]) -> list[str]:
    """A line for each kind of warning, with its first place."""
    by_kind: dict[str, list[Defect]] = {}
    for source in sources:
        for defect in open_defects(report, source):
            by_kind.setdefault(defect.kind, []).append(defect)
    return [
        f"    ! {found[0].detail}：“{shortened(found[0].quote, 40)}”{f' 等 {len(found)} 处' if len(found) > 1 else ''}"
        for found in by_kind.values()
    ]


def remove(context: typer.Context, report_id: _REPORT_ID) -> None:
    """从资料库彻底移除一份报告。Remove one report everywhere."""
    with open_workspace(context) as workspace:
        report = workspace.library.report(report_id)
        workspace.remove(report.id)
    say(f"已移除 {report.id} {report.label}。(removed)")


def text(
    context: typer.Context,
    report_id: _REPORT_ID,
    source: Annotated[str | None, typer.Option(metavar="FILE", help="哪个文件 which of its files")] = None,
    clean: Annotated[bool, typer.Option("--clean", help="清理后的文本 the clean text")] = False,
) -> None:
    """输出报告的文本，引用的位置以它计数。Print the text that offsets count in."""
    with open_workspace(context) as workspace:
        report = workspace.library.report(report_id)
        sources = workspace.library.sources(report.id)
    if clean:
        give(report.text, end="")
        return
    chosen = [held for held in sources if source in (None, held.file.name)]
    names = tuple(held.file.name for held in sources)
    if not chosen:
        raise InputError("no_such_source", report=report.id, name=str(source), names=names)
    if source is None and len(sources) > 1:
        listed = "、".join(names)
        say(f"这份报告有 {len(sources)} 个文件（{listed}），输出第一个；可用 --source 指定。(the first of its files)")
    give(chosen[0].file.text, end="")
