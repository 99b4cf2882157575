"""A question that the running `serve` of the data folder answers, which has everything loaded.

Imports next to nothing: what this takes is what a person waits for.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, cast

from rag import __version__
from rag.settings import Settings
from rag.types import JsonObject

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a terminal has it."""

    question: str
    history: str | None = None
    """The text of the conversation's file."""
    towns: tuple[str, ...] = ()
    county: str | None = None
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as a terminal shows it."""

    row: JsonObject
    text: str
    notices: Sequence[str]


@dataclass(frozen=True, slots=True)
class Failed:
    """What went wrong, in a sentence."""

    sentence: str


def ask_serve(settings: Settings, asked: Asked, on_found: Callable[[int], None]) -> Shown | Failed | None:
    """What the running `serve` says; None where there is none, none for these settings, or it does not see it through.

    `on_found` is told of how many sentences the answer will be made.
    """
    if not settings.serve_path.exists():
        return None
    from multiprocessing.connection import Client

    from rag.cli.rendezvous import LOST, fingerprint, greet, limit_waiting, read_rendezvous, send

    at = read_rendezvous(settings.serve_path)
    if at is None:
        return None
    try:
        with Client(at.address, at.family) as connection:
            greet(connection, at.key_bytes, first=True)
            request = {"version": __version__, "settings": fingerprint(settings), **asdict(asked)}
            send(connection, request)
            limit_waiting(connection, 0)  # a model takes its time
            return _heard(connection, on_found)
    except LOST:
        return None


def _heard(connection: "Connection", on_found: Callable[[int], None]) -> Shown | Failed | None:
    from rag.cli.rendezvous import receive

    while True:
        said = cast(Any, receive(connection))
        if "found" in said:
            on_found(said["found"])
        elif "row" in said:
            return Shown(said["row"], said["text"], said["notices"])
        else:
            return Failed(said["error"]) if "error" in said else None
