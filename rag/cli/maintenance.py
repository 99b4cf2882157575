"""The commands that keep the library in order: edit, backup, restore, rebuild."""

from pathlib import Path
from typing import Annotated

import typer

from rag.cli.options import JsonOption, open_workspace
from rag.cli.progress import progress
from rag.cli.terminal import give, give_json, say
from rag.errors.messages import both
from rag.types import Notice

_REPORT_ID = Annotated[str, typer.Argument(metavar="ID", help="报告编号，可只写开头四位 the report's id")]
_FILE = Annotated[Path, typer.Argument(metavar="FILE", help="备份文件 the backup file")]


def _text(name: str, meaning: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(name, metavar="TEXT", help=meaning)
    return option


def edit(
    context: typer.Context,
    report_id: _REPORT_ID,
    title: Annotated[str | None, _text("--title", "标题 title")] = None,
    town: Annotated[str | None, _text("--town", "乡镇 town")] = None,
    level: Annotated[str | None, _text("--level", "级别，如 township、county level of the place")] = None,
    county: Annotated[str | None, _text("--county", "县区 county")] = None,
    city: Annotated[str | None, _text("--city", "市 city")] = None,
    province: Annotated[str | None, _text("--province", "省 province")] = None,
    year: Annotated[str | None, _text("--year", "报告年度 year reported on")] = None,
    plan_year: Annotated[str | None, _text("--plan-year", "计划年度 year planned")] = None,
    issuer: Annotated[str | None, _text("--issuer", "发文单位 issuer")] = None,
    addressee: Annotated[str | None, _text("--addressee", "主送单位 addressee")] = None,
    publish_date: Annotated[str | None, _text("--publish-date", "发布日期 date of publication")] = None,
    signing_date: Annotated[str | None, _text("--signing-date", "落款日期 date of signing")] = None,
    document_kind: Annotated[str | None, _text("--document-kind", "文种 kind of document")] = None,
    undo: Annotated[
        list[str] | None, typer.Option("--undo", metavar="FIELD", help="撤销更正，如 town take a correction back")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """手工更正报告的基本信息，重新导入后仍有效；空值表示报告没有写明。Correct metadata by hand."""
    given = {
        "title": title, "town": town, "level": level, "county": county, "city": city, "province": province,
        "year": year, "plan_year": plan_year, "issuer": issuer, "addressee": addressee, "publish_date": publish_date,
        "signing_date": signing_date, "document_kind": document_kind,
    }  # fmt: skip
    changes: dict[str, str | None] = {name: value for name, value in given.items() if value is not None}
    changes |= dict.fromkeys(name.replace("-", "_") for name in undo or [])
    if not changes:
        raise typer.BadParameter(both(Notice("nothing_to_correct")))
    from rag.library.as_json import report_json
    from rag.library.listing import Choice, listed, open_defects_of
    from rag.library.results import Scope

    with open_workspace(context) as workspace:
        report = workspace.edit(report_id, changes)
        held = listed(workspace.library, Choice(Scope(report_ids=frozenset({report.id}))))
        defects = open_defects_of(workspace.library, held)
    if as_json:
        give_json(report_json(held[0], defects[report.id]))
    else:
        give(f"已更正 {report.id} {report.label}。(corrected)")


def backup(context: typer.Context, file: _FILE) -> None:
    """把整个资料库备份成一个文件。The whole library as one file."""
    with open_workspace(context) as workspace:
        workspace.back_up(file)
    say(f"已备份到 {file}，{file.stat().st_size / 1e6:.1f} MB。(done)")


def restore(context: typer.Context, file: _FILE) -> None:
    """用备份替换资料库，并重建索引。Put a backup in the place of the library."""
    with open_workspace(context) as workspace, progress("重建索引 rebuilding") as show:
        workspace.restore(file, on_progress=show)
        count = workspace.library.totals().reports
    say(f"已恢复 {count} 份报告。(restored)")


def rebuild(context: typer.Context) -> None:
    """重新读取旧版程序读过的报告，并重建索引。Read again what has to be, and make the derived indexes again."""
    with open_workspace(context) as workspace, progress("重新读取并重建索引 reading and rebuilding") as show:
        workspace.rebuild(on_progress=show)
    say("索引已重建。(done)")
