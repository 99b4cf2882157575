"""The command line: `zhenbao`. Names, JSON shapes and exit codes are a contract that other tools build on.

Exit codes: 0 done, 1 the work failed, 2 wrong usage, 130 interrupted.
"""

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from rag import __version__, cli_answers, cli_library, cli_summaries, cli_system, cli_tables, cli_upkeep
from rag.errors import ZhenbaoError
from rag.settings import read_settings
from rag.start import MakeWorkspace
from rag.terminal import give, prepare_streams, say

if TYPE_CHECKING:
    from rag.workspace import Workspace

app = typer.Typer(
    help="镇报：从乡镇年度工作总结中得到可核对的回答、摘要和表格。"
    "Checked answers and summaries from township annual work reports.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help and usage errors: quicker, and nothing is cut off in a narrow window
)
for command in (
    cli_library.ingest,
    cli_library.reports,
    cli_library.remove,
    cli_library.text,
    cli_upkeep.edit,
    cli_answers.ask,
    cli_answers.search,
    cli_summaries.summarize,
    cli_tables.figures,
    cli_tables.compare,
    cli_system.serve,
    cli_upkeep.backup,
    cli_upkeep.restore,
    cli_upkeep.rebuild,
    cli_system.doctor,
):
    app.command()(command)
app.add_typer(cli_system.model, name="model")


def _show_version(wanted: bool) -> None:
    if wanted:
        give(f"zhenbao {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="版本 the version")
    ] = False,
) -> None:
    pass


def run(arguments: list[str], make_workspace: MakeWorkspace | None = None) -> int:
    """Runs one command and gives its exit code.

    `make_workspace` stands in for the workspace of the environment, so that tests bring their own.
    """
    prepare_streams()
    try:
        app(arguments, prog_name="zhenbao", obj=make_workspace or _environment_workspace)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    except ZhenbaoError as error:
        say(str(error))
        return 1
    except OSError as error:  # such as a full disk; a closed pipe ends quietly before it comes here
        say(f"系统错误：{error.strerror or error} {error.filename or ''}。(system error)")
        return 1
    return 0


def _environment_workspace() -> "Workspace":
    from rag.workspace import Workspace

    return Workspace(read_settings(os.environ))


def main() -> None:
    """Entry point of `zhenbao`."""
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.exit(code)


if __name__ == "__main__":
    main()
