"""How `ask` in a terminal and the `serve` of the same data folder find each other and know each other.

A running `serve` writes into the data folder, for nobody but its owner, where it listens and a random key. Who comes
shows that it knows the key and is shown the same; all that is said then is JSON in bytes.
"""

import hashlib
import json
import os
import socket
import struct
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection, answer_challenge, deliver_challenge
from pathlib import Path

from rag.settings import Settings
from rag.types import JsonObject

LARGEST = 4_000_000  # bytes of a question with its conversation
PATIENCE = 5  # seconds for each word until both know each other: this machine may be busy
LOST = (OSError, EOFError, AuthenticationError, AssertionError, ValueError)  # all that a broken conversation raises
_LONGEST_ADDRESS = 100  # bytes; macOS takes 103 for a socket, Linux 107
_NO_MATTER = {"home", "threads", "parallel", "log"}  # settings that change no answer
_OF_AN_ENDPOINT = {"base_url", "api_key", "chat_model", "embedding_model"}


@dataclass(frozen=True, slots=True)
class Rendezvous:
    """Where a `serve` listens, and the key of its data folder's owner."""

    family: str
    address: str
    key: str

    @property
    def key_bytes(self) -> bytes:
        return self.key.encode("ascii")

    def write(self, path: Path) -> None:
        """Puts it down for the owner's eyes alone, whole or not at all."""
        half = path.with_name(f"{path.name}.part")
        half.unlink(missing_ok=True)
        with os.fdopen(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            json.dump(asdict(self), file)
        half.replace(path)


def read_rendezvous(path: Path) -> Rendezvous | None:
    """What a `serve` has put down; None where there is none, or nothing of use."""
    try:
        found = Rendezvous(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return found if all(isinstance(part, str) for part in asdict(found).values()) and found.key.isascii() else None


def address_in(folder: Path, platform: str = sys.platform) -> tuple[str, str] | None:
    """Family and address to listen at; None where the folder's path is too long for a socket.

    Windows has named pipes in a room of their own, whose names a stranger could wait at: they get a random one.
    """
    if platform == "win32":
        return "AF_PIPE", rf"\\.\pipe\zhenbao-{os.urandom(16).hex()}"
    address = str(folder / "serve.socket")
    return ("AF_UNIX", address) if len(os.fsencode(address)) <= _LONGEST_ADDRESS else None


def fingerprint(settings: Settings) -> str:
    """Tells settings apart that lead to other answers; says nothing of what they are."""
    passed_over = _NO_MATTER | (_OF_AN_ENDPOINT if settings.endpoint == "local" else set())
    values = {each.name: getattr(settings, each.name) for each in fields(settings) if each.name not in passed_over}
    plain = {name: str(value.absolute()) if isinstance(value, Path) else value for name, value in values.items()}
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def greet(connection: Connection, key: bytes, *, first: bool) -> None:
    """Has both ends show that they know the key; one of them is `first` to be asked. Raises one of LOST."""
    limit_waiting(connection, PATIENCE)
    if first:
        answer_challenge(connection, key)
        deliver_challenge(connection, key)
    else:
        deliver_challenge(connection, key)
        answer_challenge(connection, key)


def limit_waiting(connection: Connection, seconds: int) -> None:
    """Has what is read or written raise OSError after so many seconds without a byte; 0 waits for ever, as pipes do."""
    if sys.platform == "win32":
        return
    with socket.socket(fileno=os.dup(connection.fileno())) as same:
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            same.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", seconds, 0))


def send(connection: Connection, said: JsonObject) -> None:
    """Says something in JSON, whatever characters a terminal gave."""
    connection.send_bytes(json.dumps(said).encode("ascii"))


def receive(connection: Connection) -> JsonObject:
    """The next that the other end says. Raises one of LOST."""
    said = json.loads(connection.recv_bytes())
    if not isinstance(said, dict):
        raise ValueError("no JSON object")
    return said


def is_gone(connection: Connection) -> bool:
    """Whether the other end has left, or speaks out of turn; for the end whose turn it is."""
    with suppress(OSError):
        return connection.poll()
    return True
