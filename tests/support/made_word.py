"""Word documents made for tests: from pieces of their XML, as programs write them."""

import io
from collections.abc import Callable
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from rag.formats.word import read_word

MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
COMPATIBLE = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
HTML, MHTML, PLAIN = "text/html", "message/rfc822", "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def document(make: Callable[[Any], None]) -> bytes:
    """A document that a test fills."""
    made = Document()
    make(made)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def lines(make: Callable[[Any], None]) -> list[str]:
    """The lines read of a document that a test fills."""
    return read_word(document(make)).text.splitlines()


def element(tag: str, inner: str) -> Any:
    """An element of Word's, its names declared."""
    return parse_xml(f"<w:{tag} {nsdecls('w', 'r')} {MATH} {COMPATIBLE}>{inner}</w:{tag}>")


def paragraph(inner: str, properties: str = "") -> Any:
    return element("p", properties + inner)


def run(text: str, properties: str = "") -> str:
    """A run; its properties are given as their elements."""
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}<w:t>{text}</w:t></w:r>"


def body(*elements: Any) -> Callable[[Any], None]:
    """Fills a document with elements, in this order."""

    def make(made: Any) -> None:
        for each in elements:
            made.element.body.insert(len(made.element.body) - 1, each)

    return make


def text_of(*runs: str, properties: str = "") -> str:
    """What is read of one paragraph."""
    return "\n".join(lines(body(paragraph("".join(runs), properties))))


def add_style(made: Any, name: str, inner: str, kind: str = "paragraph") -> None:
    made.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{inner}</w:style>'
        )
    )


def set_numbering(made: Any, inner: str) -> None:
    made.part.numbering_part._element = parse_xml(f"<w:numbering {nsdecls('w')} {COMPATIBLE}>{inner}</w:numbering>")


def level(depth: int, style: str, text: str, more: str = "") -> str:
    """A level of a list; `more` holds further elements of it."""
    counted = f'<w:start w:val="1"/><w:numFmt w:val="{style}"/>'
    return f'<w:lvl w:ilvl="{depth}">{counted}{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbered(depth: int | None, number: int | None = 9) -> str:
    """Properties of a paragraph that is numbered by itself."""
    place = "" if depth is None else f'<w:ilvl w:val="{depth}"/>'
    named = "" if number is None else f'<w:numId w:val="{number}"/>'
    return f"<w:pPr><w:numPr>{place}{named}</w:numPr></w:pPr>"


def styled(name: str) -> str:
    return f'<w:pPr><w:pStyle w:val="{name}"/></w:pPr>'


def add_part(made: Any, name: str, kind: str, content: bytes, relation: str) -> str:
    """Puts a part into the package; its relation's id."""
    part = Part(PackURI(f"/word/{name}"), kind, content, made.part.package)
    return str(made.part.relate_to(part, relation))


def add_chunk(made: Any, name: str, kind: str, content: bytes) -> None:
    """An alternative chunk at the end of the body."""
    relation = add_part(made, name, kind, content, RELATIONSHIP_TYPE.A_F_CHUNK)
    chunk = parse_xml(f'<w:altChunk {nsdecls("w", "r")} r:id="{relation}"/>')
    made.element.body.insert(len(made.element.body) - 1, chunk)
