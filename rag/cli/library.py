"""The commands that fill and show the library: ingest, reports, remove, text."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.cli.options import (
    CountyOption,
    JsonOption,
    LimitOption,
    OffsetOption,
    TownOption,
    YearOption,
    open_workspace,
    scope_of,
)
from rag.cli.progress import Show, progress
from rag.cli.terminal import give, give_json, give_json_list, say
from rag.errors import InputError
from rag.errors.messages import both
from rag.text.display import printable, shortened
from rag.types import JsonObject, Order

if TYPE_CHECKING:
    from rag.library.ingest import IngestProgress
    from rag.library.listing import FiledDefect, Found, Listed
    from rag.library.reader import Lookup
    from rag.library.results import IngestResult, Scope
    from rag.parsing.report import Defect

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

    def show(result: "IngestResult") -> None:
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


def _tally(results: "list[IngestResult]") -> str:
    """Such as 共 3 个文件：新增 added 2，失败 failed 1."""
    counts = Counter[str](result.status for result in results)
    parts = [f"{name} {counts[status]}" for status, name in _STATUS.items() if counts[status]]
    return f"共 {len(results)} 个文件 files{'：' if parts else ''}{'，'.join(parts)}"


def _result_line(result: "IngestResult") -> str:
    warnings = f"{len(result.defects)} 条提示 warnings" if result.defects else ""
    unnamed = next((defect.detail for defect in result.defects if defect.kind == "unnamed"), "")
    parts = [_STATUS[result.status], result.path, result.report_id or "", _told(result), unnamed, warnings]
    return "\t".join(part for part in parts if part)


def _told(result: "IngestResult") -> str:
    return " ".join(both(detail) for detail in result.details)


def _result_json(result: "IngestResult") -> JsonObject:
    return {
        "path": result.path,
        "status": result.status,
        "report": result.report_id,
        "detail": _told(result),
        "warnings": [asdict(defect) for defect in result.defects],
    }


def reports(
    context: typer.Context,
    as_json: JsonOption = False,
    search: Annotated[
        str,
        typer.Option(metavar="WORDS", help="地名、标题、文件名、年份或编号里的词 words in place, title, file, id"),
    ] = "",
    town: TownOption = None,
    county: CountyOption = None,
    year: YearOption = None,
    warnings: Annotated[bool, typer.Option("--warnings", help="只列有提示的 only those with warnings")] = False,
    sort: Annotated[
        Order, typer.Option(help="按地名、年度、新近、字数或提示数 by place, year, newest, characters or warnings")
    ] = "place",
    limit: LimitOption = None,
    offset: OffsetOption = 0,
) -> None:
    """列出资料库里的报告。List what the library holds."""
    from rag.library.as_json import report_json
    from rag.library.listing import Choice, find

    with open_workspace(context) as workspace:
        library = workspace.library
        choice = Choice(_held_scope(library, town, county, year), search, with_warnings=warnings)
        found = find(library, choice, order=sort, limit=limit, offset=offset)
        if as_json:
            give_json_list(report_json(report, defects) for report, defects in _with_defects(library, found))
        else:
            for report, defects in _with_defects(library, found):
                give(_report_lines(report, defects))
        if not library.totals().reports:
            if not as_json:
                say("资料库是空的，请先运行 zhenbao ingest 文件夹。(the library is empty: ingest first)")
        elif not as_json or limit is not None or offset:
            say(_part_line(found, offset))


def _held_scope(library: "Lookup", towns: list[str] | None, county: str | None, years: list[int] | None) -> "Scope":
    """What the options give, by the library's own names: 石矶 is 石矶镇."""
    from rag.library.typed import names_called

    named = [name for town in towns or () for name in names_called(library, town) or [town]]
    counties = names_called(library, county) if county else []
    return scope_of(named, next(iter(counties), county), years)


def _with_defects(library: "Lookup", found: "Found") -> "Iterator[tuple[Listed, list[FiledDefect]]]":
    from rag.library.listing import open_defects_of

    for batch in found.batches(library):
        defects = open_defects_of(library, batch)
        yield from ((report, defects[report.id]) for report in batch)


def _part_line(found: "Found", offset: int) -> str:
    """Such as 共 1,200 份，列出第 1–50 份。(1–50 of 1,200 listed)."""
    if not found.positions:
        return f"共 {found.total:,} 份，没有列出。(none of {found.total:,} listed)"
    part = f"{offset + 1:,}–{offset + len(found.positions):,}"
    return f"共 {found.total:,} 份，列出第 {part} 份。({part} of {found.total:,} listed)"


def _report_lines(report: "Listed", defects: "list[FiledDefect]") -> str:
    """Two or more lines: what it is, how large, from which files, and what is wrong with it."""
    metadata = report.metadata
    plan = f"（计划 {metadata.plan_year}）" if metadata.plan_year else ""
    sample = "  样例 sample" if report.is_sample else ""
    facts = [
        metadata.issuer,
        metadata.publish_date or metadata.signing_date,
        f"{report.characters} 字 characters",
        f"{report.passages} 片段 chunks",
        "、".join(report.files),
    ]
    lines = [f"{report.id}  {report.label}{plan}{sample}", "    " + " · ".join(fact for fact in facts if fact)]
    if report.former:
        former = "，".join(f"{name}（原文 found {value or '无 none'}）" for name, value in report.former.items())
        lines.append(f"    手工更正 corrected: {former}")
    return printable("\n".join(lines + _warning_lines(defects)))


def _warning_lines(defects: "list[FiledDefect]") -> list[str]:
    """A line for each kind of warning, with its first place."""
    by_kind: dict[str, list[Defect]] = {}
    for each in defects:
        by_kind.setdefault(each.defect.kind, []).append(each.defect)
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
