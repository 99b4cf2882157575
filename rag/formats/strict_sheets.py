"""Workbooks saved as "Strict Open XML": the same parts under other names, which openpyxl takes for empty ones."""

import io
import zipfile

from rag.formats.zip_package import Package

_NAMES = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
}
_HEAD = 4000  # bytes of the workbook's part, in which its names are declared


def usual(content: bytes, package: Package) -> bytes:
    """A workbook under the names that are usual, itself where it has them already."""
    texts = [member for member in package.members if member.name.endswith((".xml", ".rels"))]
    workbook = next((package.read(member) for member in texts if member.name == "xl/workbook.xml"), b"")
    if not any(name in workbook[:_HEAD] for name in _NAMES):
        return content
    parts = {member.name: package.read(member) for member in texts}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, part in parts.items():
            for strict, name in _NAMES.items():
                part = part.replace(strict, name)
            archive.writestr(path, part)
    return file.getvalue()
