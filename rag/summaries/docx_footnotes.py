"""Footnotes for python-docx, which has none: the part of a Word file that holds them, and the marks that lead there."""

from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SMALL = '<w:sz w:val="18"/>'  # half points
_RAISED = f'<w:rPr>{_SMALL}<w:vertAlign w:val="superscript"/></w:rPr>'
_RULES = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
    for kind, number, mark in (("separator", -1, "separator"), ("continuationSeparator", 0, "continuationSeparator"))
)


@dataclass(slots=True)
class Footnotes:
    """Collects footnotes while a document is written; `attach` puts them into it."""

    notes: list[str] = field(default_factory=list)

    def add(self, paragraph: Paragraph, note: str) -> None:
        """A mark at the end of the paragraph that leads to the note."""
        self.notes.append(note)
        run = paragraph.add_run()
        run.font.superscript = True
        mark = OxmlElement("w:footnoteReference")
        mark.set(qn("w:id"), str(len(self.notes)))
        run._r.append(mark)

    def attach(self, document: Document) -> None:
        """Writes all notes into the document's package."""
        part = Part(PackURI("/word/footnotes.xml"), _CONTENT_TYPE, self._xml().encode(), document.part.package)
        document.part.relate_to(part, _RELATION)

    def _xml(self) -> str:
        notes = "".join(
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
            f"<w:r>{_RAISED}<w:footnoteRef/></w:r>"
            f'<w:r><w:rPr>{_SMALL}</w:rPr><w:t xml:space="preserve"> {escape(note)}</w:t></w:r></w:p></w:footnote>'
            for number, note in enumerate(self.notes, start=1)
        )
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        return f'{head}<w:footnotes xmlns:w="{_NAMESPACE}">{_RULES}{notes}</w:footnotes>'
