"""Who may sign in: a file of names and hashed passwords, one `name:salt:hash` a line."""

import hashlib
import hmac
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rag.errors import InputError, SettingError

SHORTEST_PASSWORD = 8
_NAME = re.compile(r"[\w.@-]{1,64}")
_COST = 2**14  # of scrypt: about 50 ms and 16 MB a try
_NOBODY = "00:00"  # tried for unknown names, so that the time taken does not tell which names there are


@dataclass(frozen=True, slots=True)
class Users:
    """Names with the salt and hash of their passwords."""

    known: Mapping[str, str]

    def admits(self, name: str, password: str) -> bool:
        """Whether the password is that of the name."""
        salt, _, expected = self.known.get(name, _NOBODY).partition(":")
        return hmac.compare_digest(_hash(password, bytes.fromhex(salt)), expected) and name in self.known

    def with_user(self, name: str, password: str) -> "Users":
        """With one more user, or another password for a known one. Raises InputError where either cannot be used."""
        if not _NAME.fullmatch(name):
            raise InputError("user_name_not_allowed", name=name)
        if len(password) < SHORTEST_PASSWORD:
            raise InputError("password_too_short", least=SHORTEST_PASSWORD)
        salt = os.urandom(16)
        return Users({**self.known, name: f"{salt.hex()}:{_hash(password, salt)}"})

    def without(self, name: str) -> "Users":
        """Without a user. Raises InputError where nobody has the name."""
        if name not in self.known:
            raise InputError("no_such_user", name=name)
        return Users({known: secret for known, secret in self.known.items() if known != name})


def read_users(path: Path) -> Users:
    """The users of a file; none where there is no file. Raises SettingError for a line that is none of ours."""
    if not path.is_file():
        return Users({})
    known: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        name, _, secret = line.partition(":")
        if not re.fullmatch(r"[0-9a-f]{32}:[0-9a-f]{64}", secret):
            raise SettingError("not_a_users_line", path=path, line=number)
        known[name] = secret
    return Users(known)


def write_users(path: Path, users: Users) -> None:
    """Writes the file whole, for its owner's eyes only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    new.touch(mode=0o600)
    new.write_text("".join(f"{name}:{secret}\n" for name, secret in sorted(users.known.items())), encoding="utf-8")
    new.replace(path)


def _hash(password: str, salt: bytes) -> str:
    return hashlib.scrypt(password.encode(), salt=salt, n=_COST, r=8, p=1, dklen=32).hex()
