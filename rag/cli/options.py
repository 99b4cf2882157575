"""How every command begins: the workspace it works in, and the options that many share."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from rag.cli.progress import progress
from rag.cli.terminal import say
from rag.errors.messages import both

if TYPE_CHECKING:
    from rag.library.results import Scope
    from rag.workspace import Workspace

MakeWorkspace = Callable[[], "Workspace"]

JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON print JSON")]
TownOption = Annotated[list[str] | None, typer.Option("--town", metavar="TOWN", help="只看这个乡镇 only this town")]
CountyOption = Annotated[str | None, typer.Option("--county", metavar="COUNTY", help="只看这个县区 only this county")]
YearOption = Annotated[list[int] | None, typer.Option("--year", metavar="YEAR", help="只看这一年 only this year")]

LimitOption = Annotated[int | None, typer.Option("--limit", min=0, metavar="N", help="最多列 N 条 at most N")]
OffsetOption = Annotated[int, typer.Option("--offset", min=0, metavar="N", help="跳过前 N 条 leave out the first N")]


def open_workspace(context: typer.Context) -> "Workspace":
    """The workspace of this start; names the host that questions and evidence go to, where it is another machine."""
    make: MakeWorkspace = context.obj
    workspace = make()
    if host := workspace.endpoint_host:
        say(f"模型服务：{host}，问题和相关原文会发送到那里。(questions and evidence are sent to this host)")
    return workspace


@contextmanager
def up_to_date(context: typer.Context) -> "Iterator[Workspace]":
    """The workspace, brought up to date."""
    with open_workspace(context) as workspace:
        bring_up_to_date(workspace)
        yield workspace


def bring_up_to_date(workspace: "Workspace") -> None:
    """Reads again what an earlier release stored, where that is little; else says what to do."""
    with progress("重新读取旧版存入的报告 reading again") as show:
        notice = workspace.catch_up(on_progress=show)
    if notice is not None:
        say(both(notice))


def scope_of(towns: list[str] | None, county: str | None, years: list[int] | None) -> "Scope":
    """The scope that the options give."""
    from rag.library.results import Scope

    return Scope(towns=tuple(towns or ()), county=county, years=tuple(years or ()))
