"""Which format a file has, by what it holds: names lie, and many a .doc is a web page."""

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Literal

from rag.errors import UnreadableFile
from rag.formats.zip_package import Package

Kind = Literal["plain", "markdown", "webpage", "mhtml", "csv", "docx", "xlsx", "pdf", "image", "office", "archive"]

_PLAIN = ("", ".txt", ".text")
_TEXT_KINDS: dict[str, Kind] = {
    **dict.fromkeys(_PLAIN, "plain"),
    **dict.fromkeys((".md", ".markdown"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), "webpage"),
    **dict.fromkeys((".mht", ".mhtml"), "mhtml"),
    **dict.fromkeys((".csv", ".tsv"), "csv"),
}
_BINARY = (
    ".docx .docm .dotx .dotm .doc .dot .wps .rtf .odt .xlsx .xlsm .xls .pdf .zip"
    " .png .jpg .jpeg .gif .bmp .tif .tiff .webp"
).split()
_FOREIGN = ".ppt .pptx .rar .7z .gz .tar .ofd .et .ods .xlsb .caj .epub".split()
REPORT_SUFFIXES = frozenset({*_TEXT_KINDS, *_BINARY, *_FOREIGN} - {""})
"""Endings of files that a folder is searched for: those that can be read, and those that are documents all the same."""

_READABLE = ("txt", "md", "html", "mhtml", "docx", "doc", "rtf", "pdf", "xlsx", "csv", "png", "jpg", "zip")

_SIGNATURES: Sequence[tuple[bytes, Kind]] = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "office"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
)
_ARCHIVES: Sequence[tuple[bytes, str]] = ((b"\x1f\x8b", "gzip"), (b"Rar!\x1a", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7z"))
_PROGRAMS: Sequence[tuple[bytes, str]] = ((b"MZ", "Windows"), (b"\x7fELF", "Linux"))
_PACKAGES: Sequence[tuple[re.Pattern[str], Kind]] = (
    (re.compile(r"word/document\d*\.xml"), "docx"),  # document2.xml after some programs
    (re.compile(r"xl/workbook\.xml"), "xlsx"),
)
_FOREIGN_PACKAGES = (
    ("ppt/presentation.xml", "PowerPoint", "pdf"),
    ("xl/workbook.bin", "xlsb", "xlsx"),
    ("OFD.xml", "OFD", "pdf"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIL_HEAD = re.compile(rb"[a-z-]+:")
_TAG = re.compile(rb"<(?:br|/?(?:p|div|td|tr|li|h[1-6]))(?:\s[^<>]{0,300})?/?>")
_LEAST_TAGS = 3  # of a page that was copied into a text file
_PAGE_HEADS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<meta")


def kind_of(name: str, content: bytes) -> Kind:
    """The format of a file. Raises UnreadableFile for one that no reader is there for, with what to do.

    Example: kind_of("总结.doc", b"<html>…") == "webpage"
    """
    for signature, packing in _ARCHIVES:
        if content.startswith(signature):
            raise UnreadableFile("foreign_archive", packing=packing)
    for signature, system in _PROGRAMS:
        if content.startswith(signature):
            raise UnreadableFile("a_program", system=system)
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_package(content)
    if content.startswith(_OLE):
        return _kind_of_ole(content)
    if content.startswith(b"BM") or (content.startswith(b"RIFF") and content[8:12] == b"WEBP"):
        return "image"
    return _kind_of_text(name, content)


def _kind_of_package(content: bytes) -> Kind:
    package = Package(content)
    for pattern, kind in _PACKAGES:
        if any(pattern.fullmatch(name) for name in package.names):
            return kind
    for part, form, target in _FOREIGN_PACKAGES:
        if part in package.names:
            raise UnreadableFile("foreign_format", form=form, target=target)
    first = package.members[0] if package.members else None
    if first and first.name == "mimetype" and package.read(first).startswith(b"application/vnd.oasis.opendocument"):
        return "office"
    return "archive"


def _kind_of_ole(content: bytes) -> Kind:
    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if has("EncryptedPackage"):
        raise UnreadableFile("file_has_password")
    if has("WordDocument") or has("Workbook") or has("Book"):
        return "office"
    if has("PowerPoint Document"):
        raise UnreadableFile("foreign_format", form="PowerPoint", target="pdf")
    raise UnreadableFile("unknown_office_file")


def _kind_of_text(name: str, content: bytes) -> Kind:
    suffix = PurePath(name.rstrip(" .")).suffix.lower()
    head = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"%pdf-" in content[:1024].lower():
        return "pdf"
    if head.startswith(_PAGE_HEADS) or (head.startswith(b"<?xml") and b"<html" in head):
        return "webpage"
    if _MAIL_HEAD.match(head) and b"mime-version:" in head and b"multipart/related" in head:
        return "mhtml"
    if suffix in _PLAIN and len(_TAG.findall(content.lower())) >= _LEAST_TAGS:
        return "webpage"
    if suffix in _TEXT_KINDS:
        return _TEXT_KINDS[suffix]
    if suffix == ".xls" and b"\t" in content and b"\x00" not in content:
        return "csv"  # as many programs export
    if suffix in _BINARY:
        raise UnreadableFile("not_what_its_name_says", suffix=suffix)
    raise UnreadableFile("no_reader_for", suffix=suffix, readable=_READABLE)
