"""The commands around the library: doctor, mcp, model pull, model remove."""

from pathlib import Path
from typing import Annotated

import typer

from rag.cli.options import JsonOption, open_workspace
from rag.cli.progress import progress
from rag.cli.terminal import give, give_json, say
from rag.errors import ModelUnavailable
from rag.errors.messages import both
from rag.settings import Settings
from rag.text.display import printable

LicencesOption = Annotated[
    bool, typer.Option("--licences", help="所含软件、模型和数据的许可 licences of what is inside, nothing else")
]
FromOption = Annotated[
    Path | None,
    typer.Option("--from", metavar="PATH", help="不下载，从这个文件或文件夹复制 copy it from this file or folder"),
]

model = typer.Typer(help="模型文件。The chat model's file.", no_args_is_help=True, rich_markup_mode=None)


def doctor(context: typer.Context, as_json: JsonOption = False, licences: LicencesOption = False) -> None:
    """检查资料库、索引和模型。Health of library, indexes and models."""
    if licences:
        import rag.cli.licences as third_party

        if as_json:
            give_json(third_party.as_json())
        else:
            give("\n".join(third_party.as_lines()))
        return
    from rag.cli.doctor import examine, is_healthy

    with open_workspace(context) as workspace:
        checks = examine(workspace)
    healthy = is_healthy(checks)
    if as_json:
        give_json({"healthy": healthy, "checks": [check.row for check in checks]})
    else:
        for check in checks:
            mark = {"good": "✓", "note": "·", "bad": "✗"}[check.state]
            give(printable(f"{mark} {check.label}：{check.summary}"))
    if not healthy:
        raise typer.Exit(1)


@model.command("pull")
def pull(context: typer.Context, source: FromOption = None) -> None:
    """下载并校验模型文件，可续传。Fetch and check the models' files."""
    from rag.models.embedder_file import WEIGHTS, pull_weights
    from rag.models.model_copy import copies
    from rag.models.model_file import CHAT_MODEL, Progress, pull_model, room_for_pull
    from rag.models.preparing import room_for_preparing

    folder = source.parent if source and not source.is_dir() else source
    with open_workspace(context) as workspace:
        for room in (room_for_pull(workspace.settings), room_for_preparing(workspace.settings)):
            if room:
                say(both(room.notice))
        with progress("取模型 model", " MB", scale=1e6) as show:

            def on_progress(pulled: Progress) -> None:
                show(pulled.done, pulled.total)

            pull_weights(workspace.settings, on_progress=on_progress, sources=copies(folder, WEIGHTS))
            path = pull_model(workspace.settings, on_progress=on_progress, sources=copies(source, CHAT_MODEL))
        _prepare_engine(workspace.settings)
    say(f"模型已就绪：{path}。(the model is ready)")


def _prepare_engine(settings: Settings) -> None:
    """A quicker engine is no condition: where it cannot be had, a line says so."""
    from rag.models.preparing import prepare_engine, room_for_preparing

    if room_for_preparing(settings) is None:
        return
    say("正在为本机处理器准备模型，约需一分钟……(preparing the model for this processor, about a minute)")
    try:
        prepare_engine(settings)
    except ModelUnavailable as error:
        say(f"{both(error.notice)}\n仍用 llama.cpp。(llama.cpp stays in use)")


@model.command("remove")
def remove(context: typer.Context) -> None:
    """删除模型文件，释放空间。Remove the model's file."""
    from rag.models.model_file import remove_model

    with open_workspace(context) as workspace:
        remove_model(workspace.settings)
    say("模型文件已删除。(removed)")


def mcp(context: typer.Context) -> None:
    """作为 MCP 工具（标准输入输出）。Serve MCP tools over stdin and stdout."""
    from rag.cli.mcp_server import make_server
    from rag.service import Service

    with open_workspace(context) as workspace:
        make_server(Service(workspace)).run("stdio")
