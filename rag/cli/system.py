"""The commands around the library: doctor, mcp, model pull, model remove."""

import typer

from rag.cli.options import JsonOption, open_workspace
from rag.cli.progress import progress
from rag.cli.terminal import give, give_json, say
from rag.text.display import printable

model = typer.Typer(help="模型文件。The chat model's file.", no_args_is_help=True, rich_markup_mode=None)


def doctor(context: typer.Context, as_json: JsonOption = False) -> None:
    """检查资料库、索引和模型。Health of library, indexes and models."""
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
def pull(context: typer.Context) -> None:
    """下载并校验模型文件，可续传。Fetch and check the models' files."""
    from rag.models.embedder_file import pull_weights
    from rag.models.model_file import Progress, pull_model

    with open_workspace(context) as workspace, progress("下载模型 model", " MB", scale=1e6) as show:

        def on_progress(pulled: Progress) -> None:
            show(pulled.done, pulled.total)

        pull_weights(workspace.settings, on_progress=on_progress)
        path = pull_model(workspace.settings, on_progress=on_progress)
    say(f"模型已就绪：{path}。(the model is ready)")


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
