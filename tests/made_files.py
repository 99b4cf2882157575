"""The same report in each format, made from its text: paragraphs as an office would write them."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from html import escape

LINES_ON_PAGE = 28
CHARACTERS_ON_LINE = 34
_SIZE = 14
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
        indent = "" if len(paragraph) < CHARACTERS_ON_LINE and not paragraph.endswith("。") else "　　"
        rows += wrapped(indent + paragraph)
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
    lines, line, width = [], "", 0.0
    for character in paragraph:
        own = 0.5 if character.isascii() else 1.0
        if width + own > CHARACTERS_ON_LINE:
            lines.append(line)
            line, width = "", 0.0
        line, width = line + character, width + own
    return [*lines, line] if line.strip() else lines


def pdf(pages: Sequence[Sequence[str]], *, numbered: bool = True, password: str | None = None) -> bytes:
    """A page for each list of lines, set in a Chinese font that readers bring."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    file = io.BytesIO()
    canvas = Canvas(file, invariant=True, encrypt=StandardEncryption(password, strength=128) if password else None)
    for number, page in enumerate(pages, start=1):
        canvas.setFont("STSong-Light", _SIZE)
        for row, line in enumerate(page):
            _draw(canvas, line, _TOP - row * _SIZE * 1.8)
        if numbered:
            canvas.drawString(290, _FOOT, f"- {number} -")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw(canvas: object, line: str, height: float) -> None:
    """Draws the cells of a line that has tabs 120 points apart, any other line at the left margin."""
    left = _LEFT + _SIZE * (len(line) - len(line.lstrip("　")))
    for column, cell in enumerate(line.strip("　").split("\t")):
        canvas.drawString(left + 120 * column, height, cell)  # type: ignore[attr-defined]


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
