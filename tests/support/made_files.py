"""The same report in each format, made from its text: paragraphs as an office would write them."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from html import escape
from pathlib import Path
from typing import Any

PICTURE = Path(__file__).parent / "pictures" / "shiji.png"
LINES_ON_PAGE = 28
_FONT = "STSong-Light"  # readers bring it with them
_SIZE = 14
_WIDTH = 34 * _SIZE
_LEFT, _TOP, _FOOT = 60, 780, 40


def as_txt(text: str) -> bytes:
    return text.encode()


def as_markdown(text: str) -> bytes:
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    title, *others = paragraphs
    return "\n\n".join([f"# {title}", *others]).encode()


def as_html(text: str) -> bytes:
    body = "\n".join(f"<p>{escape(line.strip(' '))}</p>" for line in text.splitlines() if line.strip())
    menu = (
        '<nav><a href="/">首页</a></nav><ul><li><a href="/a">走进本镇</a></li><li><a href="/b">新闻中心</a></li></ul>'
    )
    head = "<head><meta charset=utf-8><script>var menu = 1;</script><style>p { color: red }</style></head>"
    return f"<!DOCTYPE html><html>{head}<body>{menu}<div>{body}</div></body></html>".encode()


def as_mhtml(text: str) -> bytes:
    archive = MIMEMultipart("related")
    archive.attach(MIMEText(as_html(text).decode(), "html", "utf-8"))
    return archive.as_bytes()


def as_docx(text: str) -> bytes:
    from docx import Document

    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def as_xlsx(text: str) -> bytes:
    return workbook([[line] for line in text.splitlines()])


def as_pdf(text: str) -> bytes:
    """Pages of full lines, with page numbers; paragraphs begin with an indent of two characters."""
    rows: list[str] = []
    for line in text.splitlines():
        paragraph = line.strip()
        rows += wrapped("　　" + paragraph if paragraph.endswith("。") else paragraph)
    return pdf([rows[start : start + LINES_ON_PAGE] for start in range(0, len(rows), LINES_ON_PAGE)])


FORMATS: Mapping[str, Callable[[str], bytes]] = {
    "txt": as_txt,
    "md": as_markdown,
    "html": as_html,
    "mhtml": as_mhtml,
    "docx": as_docx,
    "xlsx": as_xlsx,
    "pdf": as_pdf,
}


def wrapped(paragraph: str) -> list[str]:
    """The lines of a paragraph as print has them: of equal width, with a last one that is shorter."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    register_font()
    lines, line = [], ""
    for character in paragraph:
        if stringWidth(line + character, _FONT, _SIZE) > _WIDTH and character not in "，。；、：":
            lines.append(line)
            line = ""
        line += character
    return [*lines, line] if line.strip() else lines


def register_font() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))


@dataclass(frozen=True, slots=True)
class Pieces:
    """A line that is drawn in pieces, in this order, each at a place counted in characters; "　" is a gap."""

    pieces: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Scan:
    """A page that is a picture."""

    picture: bytes


def scan() -> Scan:
    """A page that is the picture of two lines: 石矶镇2021年工作总结 and 全年修建公路12公里。"""
    return Scan(PICTURE.read_bytes())


def pdf(pages: Sequence[Sequence[str | Pieces] | Scan], *, numbered: bool = True, password: str | None = None) -> bytes:
    """A page for each list of lines, set in a Chinese font that readers bring."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    register_font()
    file = io.BytesIO()
    canvas = Canvas(file, invariant=True, encrypt=StandardEncryption(password, strength=128) if password else None)
    for number, page in enumerate(pages, start=1):
        canvas.setFont(_FONT, _SIZE)
        if isinstance(page, Scan):
            canvas.drawImage(ImageReader(io.BytesIO(page.picture)), 60, 700, 400, 100)
        else:
            for row, line in enumerate(page):
                _draw(canvas, line, _TOP - row * _SIZE * 1.8)
        if numbered and not isinstance(page, Scan):
            canvas.drawString(290, _FOOT, f"- {number} -")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw(canvas: Any, line: str | Pieces, height: float) -> None:
    """Draws the cells of a line that has tabs 120 points apart, any other line at the left margin.

    Office programs draw a line as one piece with gaps, and afterwards into them what is set in another font.
    """
    if isinstance(line, Pieces):
        for place, piece in line.pieces:
            text = canvas.beginText(_LEFT + _SIZE * place, height)
            text.setFont(_FONT, _SIZE)
            shown = " -1000 ".join(f"<{part.encode('utf-16-be').hex()}>" for part in piece.split("　"))
            text._code.append(f"[{shown}] TJ")  # 1000 thousandths of a character to the right
            canvas.drawText(text)
        return
    left = _LEFT + _SIZE * (len(line) - len(line.lstrip("　")))
    for column, cell in enumerate(line.strip("　").split("\t")):
        canvas.drawString(left + 120 * column, height, cell)


def workbook(rows: Sequence[Sequence[object]], formats: Mapping[str, str] | None = None) -> bytes:
    """A workbook of one sheet; `formats` gives number formats by cell name."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def archive(files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of files by name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return file.getvalue()
