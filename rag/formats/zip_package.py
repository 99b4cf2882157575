"""Zip containers, whether an archive or an Office file: opened with limits, so that no small file fills the memory."""

import io
import struct
import zipfile
from dataclasses import dataclass

from rag.errors import UnreadableFile
from rag.formats.file_names import names_of

MOST_FILES = 5000
LARGEST_CONTENT = 300_000_000  # bytes of all files together, unpacked
LARGEST_PART = 60_000_000  # bytes of XML; in memory it takes ten times as much
LARGEST_RATIO = 200  # unpacked to packed, of a file larger than _SMALL; text packs 10 to 30 times
_SMALL = 1_000_000
_HEAD = 1000  # bytes of a part in which a declaration would stand
_ENCRYPTED = 0x1
_NAME_FLAG = 0x08  # of the second byte of the flags
_END, _ENTRY = b"PK\x05\x06", b"PK\x01\x02"


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
        return self.name.startswith("/") or self.name[1:2] == ":" or ".." in self.name.split("/")


class Package:
    """An open container. Raises UnreadableFile for one that is broken or beyond the limits."""

    def __init__(self, content: bytes) -> None:
        try:
            self._archive = _opened(content)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, IndexError) as error:
            raise UnreadableFile("package_damaged") from error
        infos = self._archive.infolist()
        named = zip(names_of(infos), infos, strict=True)
        self.members = tuple(Member(name, info) for name, info in named if not name.endswith("/"))
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


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except UnicodeDecodeError:  # its names are said to be UTF-8 and are not
        return zipfile.ZipFile(io.BytesIO(_without_name_flags(content)))


def _without_name_flags(content: bytes) -> bytes:
    """An archive whose headers say nothing of the encoding of names."""
    cleared = bytearray(content)
    end = content.rfind(_END)
    count, _, place = struct.unpack_from("<HII", content, end + 10)
    for _ in range(count if end >= 0 else 0):
        if content[place : place + 4] != _ENTRY:
            break
        name, extra, comment = struct.unpack_from("<HHH", content, place + 28)
        (header,) = struct.unpack_from("<I", content, place + 42)
        cleared[place + 9] &= ~_NAME_FLAG & 0xFF
        cleared[header + 7] &= ~_NAME_FLAG & 0xFF
        place += 46 + name + extra + comment
    return bytes(cleared)


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
