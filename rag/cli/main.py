"""The command line: `zhenbao`. Names, JSON shapes and exit codes are a contract that other tools build on.

Exit codes: 0 done, 1 the work failed, 2 wrong usage, 130 interrupted.
"""

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from rag import __version__
from rag.cli import ask, library, maintenance, summarize, system, tables
from rag.cli.logs import set_up_logging
from rag.cli.options import MakeWorkspace
from rag.cli.proxies import spare_loopback
from rag.cli.terminal import give, prepare_streams, say
from rag.errors import ZhenbaoError
from rag.errors.messages import both
from rag.settings import read_settings

if TYPE_CHECKING:
    from rag.workspace import Workspace

_COMMANDS = (
    library.ingest,
    library.reports,
    library.remove,
    library.text,
    maintenance.edit,
    ask.ask,
    ask.search,
    summarize.summarize,
    tables.figures,
    tables.compare,
    system.mcp,
    maintenance.backup,
    maintenance.restore,
    maintenance.rebuild,
    system.doctor,
)


def command_line() -> typer.Typer:
    """All commands but those of the page, which `app.py` adds."""
    commands = typer.Typer(
        help="镇报：从乡镇年度工作总结中得到可核对的回答、摘要和表格。"
        "Checked answers and summaries from township annual work reports.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,  # plain help and usage errors: quicker, and nothing is cut off in a narrow window
    )
    commands.callback()(_options)
    for command in _COMMANDS:
        commands.command()(command)
    commands.add_typer(system.model, name="model")
    return commands


def _show_version(wanted: bool) -> None:
    if wanted:
        give(f"zhenbao {__version__}")
        raise typer.Exit


def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="版本 the version")
    ] = False,
) -> None:
    pass


def run(arguments: list[str], make_workspace: MakeWorkspace | None = None, commands: typer.Typer | None = None) -> int:
    """Runs one command and gives its exit code.

    `make_workspace` stands in for the workspace of the environment, so that tests bring their own.
    """
    prepare_streams()
    try:
        commands = commands or command_line()
        commands(arguments, prog_name="zhenbao", obj=make_workspace or _environment_workspace)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    except ZhenbaoError as error:
        say(both(error))
        return 1
    except OSError as error:  # such as a full disk; a closed pipe ends quietly before it comes here
        say(f"系统错误：{error.strerror or error} {error.filename or ''}。(system error)")
        return 1
    return 0


def _environment_workspace() -> "Workspace":
    from rag.workspace import Workspace

    settings = read_settings(os.environ)
    set_up_logging(settings.log)
    return Workspace(settings)


def main(commands: typer.Typer | None = None) -> None:
    """Runs the command of this process's arguments and ends the process with its exit code."""
    spare_loopback(os.environ)
    code = run(sys.argv[1:], commands=commands)
    try:
        sys.stdout.flush()
    except OSError:  # a closed pipe: BrokenPipeError, or on Windows a plain OSError
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.exit(code)
