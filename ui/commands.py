"""The page's commands: serve, and the users who may sign in."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.cli.options import open_workspace
from rag.cli.terminal import give, say
from rag.text.display import printable

if TYPE_CHECKING:
    from rag.workspace import Workspace
    from ui.users import Users

users = typer.Typer(help="网页的登录用户。Who may sign in to the page.", no_args_is_help=True, rich_markup_mode=None)

UsersOption = Annotated[
    Path | None, typer.Option("--users", metavar="FILE", help="登录用户文件，默认在数据文件夹中 file of users")
]
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="用户名 the name")]


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="监听地址 address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="端口 port")] = 7860,
    users: UsersOption = None,
    opens: Annotated[bool, typer.Option("--open", help="在浏览器中打开 show it in the browser")] = False,
) -> None:
    """打开网页；本机以外的地址须登录。Serve the web page; other machines have to sign in."""
    from rag.models.access import is_loopback
    from ui.server import serve_page

    with open_workspace(context) as workspace:
        known = _known(workspace, users) if users or not is_loopback(host) else None
        workspace.read_again()
        serve_page(workspace, host=host, port=port, users=known, opens=opens)


@users.command("add")
def add(
    context: typer.Context,
    name: NameArgument,
    password: Annotated[
        str, typer.Option(prompt=True, confirmation_prompt=True, hide_input=True, help="密码 password")
    ],
    file: UsersOption = None,
) -> None:
    """增加用户，或改密码。Add a user, or change a password."""
    from ui.users import write_users

    with open_workspace(context) as workspace:
        write_users(_path(workspace, file), _known(workspace, file).with_user(name, password))
    say(f"用户 {name} 可以登录了；运行中的网页重启后生效。(may sign in after a restart)")


@users.command("remove")
def remove(context: typer.Context, name: NameArgument, file: UsersOption = None) -> None:
    """删除用户。Remove a user."""
    from ui.users import write_users

    with open_workspace(context) as workspace:
        write_users(_path(workspace, file), _known(workspace, file).without(name))
    say(f"用户 {name} 已删除；运行中的网页重启后生效。(removed, after a restart)")


@users.command("list")
def list_(context: typer.Context, file: UsersOption = None) -> None:
    """列出用户。List the users."""
    with open_workspace(context) as workspace:
        for name in sorted(_known(workspace, file).known):
            give(printable(name))


def _path(workspace: "Workspace", file: Path | None) -> Path:
    return file or workspace.settings.users_path


def _known(workspace: "Workspace", file: Path | None) -> "Users":
    from ui.users import read_users

    return read_users(_path(workspace, file))
