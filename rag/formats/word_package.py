"""Word packages that python-docx does not open as they stand, made so that it does."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

from rag.formats.zip_package import Package

_MAIN = b"wordprocessingml.document.main+xml"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_DOCUMENT = re.compile(r"word/document\d*\.xml")
_TYPES = "[Content_Types].xml"
_ENTRY = re.compile(rb"<(?:\w+:)?(?:Default|Override)\b[^>]*>")
_KINDS = re.compile(rb"application/vnd\.(?:ms-word\.|openxmlformats-officedocument\.wordprocessingml\.)[\w.]*main\+xml")
_OF_XML = re.compile(rb'(?:Extension="|PartName="[^"]*\.)xml"', re.IGNORECASE)


def open_word(content: bytes) -> Any:
    """The python-docx document of a package. Raises UnreadableFile for one that is hostile or broken."""
    from docx import Document

    package = Package(content)
    package.check_parts()
    types = next((package.read(member) for member in package.members if member.name == _TYPES), b"")
    usual = _as_documents(_without_embedded(types))
    if usual != types:
        content = _changed(package, lambda name, part: usual if name == _TYPES else part)
    main = next((package.read(member) for member in package.members if _DOCUMENT.fullmatch(member.name)), b"")
    if _STRICT.search(main):
        content = _changed(Package(content), _transitional)
    return Document(io.BytesIO(content))


def _is_embedded(entry: bytes) -> bool:
    """Whether an entry of the list of types names whole documents inside: they are packages, and no XML."""
    return _MAIN in entry and not _OF_XML.search(entry)


def _as_documents(types: bytes) -> bytes:
    """The list of types with templates and documents that hold macros as what they are to a reader: documents."""
    return _KINDS.sub(b"application/vnd.openxmlformats-officedocument." + _MAIN, types)


def _without_embedded(types: bytes) -> bytes:
    def entry(match: re.Match[bytes]) -> bytes:
        name = re.sub(rb'ContentType="[^"]*"', b'ContentType="application/octet-stream"', match[0])
        return name if _is_embedded(match[0]) else match[0]

    return _ENTRY.sub(entry, types)


def _transitional(name: str, part: bytes) -> bytes:
    """The names of the strict standard as the usual ones: they differ in their first half alone."""
    return (
        _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", part)
        if name.endswith((".xml", ".rels"))
        else part
    )


def _changed(package: Package, change: Callable[[str, bytes], bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as made:
        for member in package.members:
            made.writestr(member.name, change(member.name, package.read(member)))
    return file.getvalue()
