"""Zip containers, whether an archive or an Office file: opened with limits, so that no small file fills the memory."""

import io
import re
import zipfile
from dataclasses import dataclass

from rag.errors import UnreadableFile

MOST_FILES = 5000
LARGEST_CONTENT = 300_000_000  # bytes of all files together, unpacked
LARGEST_PART = 60_000_000  # bytes of XML; in memory it takes ten times as much
LARGEST_RATIO = 200  # unpacked to packed, of a file larger than _SMALL; text packs 10 to 30 times
_SMALL = 1_000_000
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_HEAD = 1000  # bytes of a part in which a declaration would stand
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Member:
    """One file in a container, by its name as the person wrote it."""

    name: str
    info: zipfile.ZipInfo

    @property
    def is_encrypted(self) -> bool:
        return bool(self.info.flag_bits & _ENCRYPTED)

    @property
    def is_link(self) -> bool:
        return (self.info.external_attr >> 28) == 0xA

    @property
    def escapes(self) -> bool:
        """Whether the name leads out of the folder that it is unpacked in."""
        name = self.name.replace("\\", "/")
        return name.startswith("/") or name[1:2] == ":" or ".." in name.split("/")


class Package:
    """An open container. Raises UnreadableFile for one that is broken or beyond the limits."""

    def __init__(self, content: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise UnreadableFile("package_damaged") from error
        self.members = tuple(Member(_name(info), info) for info in self._archive.infolist() if not info.is_dir())
        _check(self.members)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(member.name for member in self.members)

    def read(self, member: Member, most: int | None = None) -> bytes:
        """A member's bytes, at most as many as the container says, or its first `most`."""
        try:
            with self._archive.open(member.info) as file:
                return file.read(member.info.file_size if most is None else most)
        except Exception as error:  # zlib, lzma and bz2 each have errors of their own
            raise UnreadableFile("member_damaged", member=member.name) from error

    def check_parts(self) -> None:
        """Turns down XML that would fill the memory, or declares entities: Office never does, a parser may fetch them.

        Raises UnreadableFile.
        """
        for member in self.members:
            if not member.name.endswith((".xml", ".rels")):
                continue
            if member.info.file_size > LARGEST_PART:
                raise UnreadableFile("part_too_large", part=member.name, megabytes=member.info.file_size / 1e6)
            head = self.read(member, _HEAD)
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise UnreadableFile("part_declares_entities", part=member.name)


def _check(members: tuple[Member, ...]) -> None:
    if len(members) > MOST_FILES:
        raise UnreadableFile("too_many_members", count=len(members), most=MOST_FILES)
    total = sum(member.info.file_size for member in members)
    if total > LARGEST_CONTENT:
        raise UnreadableFile("too_large_unpacked", megabytes=total / 1e6, most=LARGEST_CONTENT / 1e6)
    for member in members:
        info = member.info
        if info.file_size > _SMALL and info.file_size > LARGEST_RATIO * max(info.compress_size, 1):
            times = info.file_size // max(info.compress_size, 1)
            raise UnreadableFile("looks_like_zip_bomb", member=member.name, times=times)


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name, to be shown on one line; programs on Chinese Windows write it in GBK without saying so."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", info.filename if info.flag_bits & _UTF8_NAME else _decoded(info))


def _decoded(info: zipfile.ZipInfo) -> str:
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
