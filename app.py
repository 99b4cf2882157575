"""The one front door: `zhenbao`, the command line with the page's commands; `python app.py` is `zhenbao serve`."""

import sys

import typer

from rag.cli import main as command_line
from ui import commands


def every_command() -> typer.Typer:
    """The commands of the command line and those of the page."""
    every = command_line.command_line()
    every.command()(commands.serve)
    every.add_typer(commands.users, name="users")
    return every


def main() -> None:
    """Entry point of `zhenbao`."""
    command_line.main(every_command())


if __name__ == "__main__":
    sys.argv[1:1] = ["serve"]
    main()
