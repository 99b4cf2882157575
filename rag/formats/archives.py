"""Zip archives as the files in them. Nothing is written to disk."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from rag.errors import UnreadableFile
from rag.formats.detect import REPORT_SUFFIXES
from rag.formats.zip_package import Member, Package
from rag.text.normalization import HAN
from rag.types import Notice

LARGEST_FILE = 50_000_000  # bytes, in an archive or not
DEEPEST = 3  # archives inside each other
_MOST_IN_ALL = 5000  # files, those of inner archives included
_BARE = frozenset(suffix.removeprefix(".") for suffix in REPORT_SUFFIXES)
_ENDING = re.compile(r"\.\s*[A-Za-z0-9_~]{1,8}[\s.]*$")
_HAN = re.compile(f"[{HAN}]")
_LARGEST_IN_ALL = 500_000_000  # bytes, likewise


@dataclass(frozen=True, slots=True)
class Document:
    """One file to read: what people call it, such as 报告.zip/2021/石矶镇.docx, and its bytes."""

    label: str
    content: bytes

    @property
    def name(self) -> str:
        return _base_name(self.label)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that is not even opened, and why."""

    label: str
    reason: Notice

    @staticmethod
    def because(label: str, why: Notice) -> "Unreadable":
        """With the file's name before the reason, as in the errors of files that are opened."""
        return Unreadable(label, why.concerning(_base_name(label)))


class Unpacking:
    """Goes through an archive and those inside it; one file is in memory at a time. Counts against limits for all."""

    def __init__(self) -> None:
        self._files = 0
        self._bytes = 0

    def documents(self, label: str, content: bytes, depth: int = 1) -> Iterator[Document | Unreadable]:
        """Every file in an archive, in the order of their names; hidden files and those of other kinds are left out."""
        package = Package(content)
        members = sorted(package.members, key=lambda member: member.name)
        wanted = [member for member in members if _is_wanted(member)]
        if not wanted:
            yield Unreadable.because(label, Notice("nothing_to_read_in_archive"))
        for member in wanted:
            inner = f"{label}/{member.name}"
            reason = _refusal(member) or self._count(member)
            if reason:
                yield Unreadable.because(inner, reason)
                continue
            try:
                unpacked = package.read(member)
                if PurePosixPath(member.name).suffix.lower() != ".zip":
                    yield Document(inner, unpacked)
                elif depth == DEEPEST:
                    yield Unreadable.because(inner, Notice("archives_too_deep", most=DEEPEST))
                else:
                    yield from self.documents(inner, unpacked, depth + 1)
            except UnreadableFile as error:
                yield Unreadable.because(inner, error.notice)

    def _count(self, member: Member) -> Notice | None:
        self._files += 1
        self._bytes += member.info.file_size
        if self._files > _MOST_IN_ALL or self._bytes > _LARGEST_IN_ALL:
            return Notice("archive_beyond_limits")
        return None


def _base_name(label: str) -> str:
    return PurePosixPath(label.replace("\\", "/")).name


def is_report_name(name: str) -> bool:
    """Whether a file of this name is to be read: not hidden, not an editor's lock file, a document by its ending."""
    path = PurePosixPath(name.replace("\\", "/").rstrip(" ."))
    is_bare = path.name.lstrip(". ").lower() in _BARE  # a name of which only the ending is left
    parts = path.parts[:-1] if is_bare else path.parts
    is_hidden = any(part.startswith((".", "~$", "__MACOSX")) and part != ".." for part in parts)
    return not is_hidden and (is_bare or path.suffix.lower() in REPORT_SUFFIXES)


def _is_wanted(member: Member) -> bool:
    return is_report_name(member.name) or _lacks_ending(member.name) or _refusal_of_name(member) is not None


def _lacks_ending(name: str) -> bool:
    """Whether a file has a Chinese name without an ending, as where a program cut it: the content tells what it is."""
    base = _base_name(name)
    return not base.startswith(".") and not _ENDING.search(base) and _HAN.search(base) is not None


def _refusal_of_name(member: Member) -> Notice | None:
    if member.escapes:
        return Notice("path_leads_out_of_archive")
    return None if member.name.strip("./ ") else Notice("member_without_name")


def _refusal(member: Member) -> Notice | None:
    if reason := _refusal_of_name(member):
        return reason
    if member.is_link:
        return Notice("a_link_in_archive")
    if member.is_encrypted:
        return Notice("member_has_password")
    if member.info.file_size > LARGEST_FILE:
        return Notice("member_too_large", megabytes=member.info.file_size / 1e6, most=LARGEST_FILE / 1e6)
    return None
