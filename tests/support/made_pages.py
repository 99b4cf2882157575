"""PDFs of every kind of page, made here, with what is right to read from them. The towns are invented."""

import io
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.support.made_files import PICTURE, wrapped
from tests.support.page_objects import pdf_of_objects

FONT = "STSong-Light"
SIZE = 12
WIDTH, HEIGHT = 595, 842
LEFT, TOP = 60, 760

TITLE = "衡州县石矶镇2021年工作总结"
GRAIN = "全年粮食总产量1.39万吨，比上年增长2.4%，油菜籽产量620吨，生猪出栏1.15万头，完成植树造林1860亩，新建高标准农田3200亩，带动农户1460户增收。"
INDUSTRY = "规模以上工业企业11家，完成工业总产值7.82亿元，增长6.3%，工业税收940万元，新增就业岗位380个，引进项目4个，到位资金1.7亿元。"
PEOPLE = "城乡居民医疗保险参保率97.8%，发放救助金215万元，改造危房38户，硬化村组公路12.6公里，新建文化广场5个，受益群众8600人。"
GREEN = "关停养殖场6家，治理河道9.5公里，空气优良天数341天，秸秆综合利用率94%，森林覆盖率达到67.2%，建成污水处理站3座。"
PARAGRAPHS = (GRAIN, INDUSTRY, PEOPLE, GREEN)
FACTS = ("粮食产量1.39万吨", "财政收入1404万元", "油菜籽产量620吨", "工业产值7.82亿元", "生猪出栏1.15万头", "新增就业380人")
TABLE = (
    ("指标", "单位", "2020年", "2021年"),
    ("粮食产量", "吨", "13600", "13900"),
    ("财政收入", "万元", "1310", "1404"),
    ("生猪出栏", "头", "10800", "11500"),
    ("油菜籽产量", "吨", "590", "620"),
    ("工业产值", "万元", "73600", "78200"),
)


@dataclass(frozen=True, slots=True)
class MadePages:
    """A PDF and what is right: sentences that stay whole, in this order; rows of cells; what is no text of it."""

    name: str
    content: bytes
    whole: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    absent: tuple[str, ...] = ()
    is_unreadable: bool = False  # nothing or not all of it can be read: a refusal or a warning is right


def drawn(*pages: Callable[[Any], None], landscape: bool = False, password: str | None = None) -> bytes:
    """A PDF of pages that functions draw on a canvas; `password` is the owner's only."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    file = io.BytesIO()
    encryption = StandardEncryption("", ownerPassword=password, strength=128) if password else None
    size = (HEIGHT, WIDTH) if landscape else (WIDTH, HEIGHT)
    canvas = Canvas(file, pagesize=size, invariant=True, encrypt=encryption)
    for draw in pages:
        canvas.setFont(FONT, SIZE)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def lines_of(*paragraphs: str, widths: int = 18) -> list[str]:
    """Paragraphs in lines of so many characters, the first of each indented by two; marks hang over the margin."""
    return [line for each in paragraphs for line in _broken("\u3000\u3000" + each, widths)]


def _broken(text: str, widths: int) -> Iterator[str]:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    line = ""
    for character in text:
        if stringWidth(line + character, FONT, SIZE) > widths * SIZE and character not in "，。；、：":
            yield line
            line = ""
        line += character
    yield line


def column(canvas: Any, lines: Iterable[str], left: float = LEFT, top: float = TOP, *, pitch: float = 18) -> float:
    """Draws lines below each other; where the next would stand."""
    for line in lines:
        indent = len(line) - len(line.lstrip("\u3000"))
        canvas.drawString(left + indent * SIZE, top, line.strip("\u3000"))
        top -= pitch
    return top


def title(canvas: Any, text: str = TITLE, top: float = HEIGHT - 50, width: float = WIDTH) -> None:
    """A title in larger print, in the middle."""
    canvas.setFont(FONT, 18)
    canvas.drawCentredString(width / 2, top, text)
    canvas.setFont(FONT, SIZE)


def rows(
    canvas: Any, table: Sequence[Sequence[str]], top: float = TOP, *, left: float = LEFT, step: float = 110,
    height: float = 22, ruled: bool = False,
) -> float:  # fmt: skip
    """Draws a table, its cells wrapped at line breaks, with ruling lines or without; where the next row would stand."""
    for row in table:
        lines = max(cell.count("\n") + 1 for cell in row)
        foot = top - height - (lines - 1) * SIZE * 1.2
        for number, cell in enumerate(row):
            for index, line in enumerate(cell.split("\n")):
                canvas.drawString(left + 4 + number * step, top - 15 - index * SIZE * 1.2, line)
            if ruled:
                canvas.rect(left + number * step, foot, step, top - foot)
        top = foot
    return top


def two_columns(left: Sequence[str], right: Sequence[str], *, lower: float = 0, by_line: bool = True) -> bytes:
    """A page in two columns, drawn line by line across both or one after the other; the right one may stand lower."""

    def draw(canvas: Any) -> None:
        title(canvas)
        drawn_rows = [(left, LEFT, 0.0), (right, 320, lower)]
        if not by_line:
            drawn_rows.reverse()
            for lines, place, down in drawn_rows:
                column(canvas, lines, place, TOP - down)
            return
        for index in range(max(len(left), len(right))):
            for lines, place, down in drawn_rows:
                column(canvas, lines[index : index + 1], place, TOP - down - 18 * index)

    return drawn(draw)


def turned(degrees: int, draw: Callable[[Any], None]) -> Callable[[Any], None]:
    """A page whose content is turned inside it, as a sheet put in sideways; the page itself is not marked."""

    def turn(canvas: Any) -> None:
        canvas.saveState()
        if degrees == 90:
            canvas.translate(WIDTH, 0)
        elif degrees == 270:
            canvas.translate(0, HEIGHT)
        else:
            canvas.translate(WIDTH, HEIGHT)
        canvas.rotate(degrees)
        draw(canvas)
        canvas.restoreState()

    return turn


def marked_as_turned(degrees: int, draw: Callable[[Any], None]) -> Callable[[Any], None]:
    """The same on a page that is marked as turned, so that a viewer shows it upright."""

    def turn(canvas: Any) -> None:
        turned(degrees, draw)(canvas)
        canvas.setPageRotation(degrees)

    return turn


def sideways_table(canvas: Any) -> None:
    """A table with its heading, for a page that is wider than high."""
    title(canvas, "附表：2021年主要指标", WIDTH - 60, HEIGHT)
    rows(canvas, TABLE, WIDTH - 90)


def body(*paragraphs: str, head: Callable[[Any], None] | None = None) -> Callable[[Any], None]:
    """A page of paragraphs below a title."""

    def draw(canvas: Any) -> None:
        if head:
            head(canvas)
        title(canvas)
        column(canvas, lines_of(*paragraphs, widths=38))

    return draw


def over_two_pages(decorate: Callable[[Any, int], None], count: int = 2) -> bytes:
    """Paragraphs that run over the ends of all pages, each page decorated by its number."""
    lines = lines_of(*PARAGRAPHS, widths=38)
    share = len(lines) // count

    def page(number: int) -> Callable[[Any], None]:
        stop = None if number == count else number * share

        def draw(canvas: Any) -> None:
            decorate(canvas, number)
            canvas.setFont(FONT, SIZE)
            if number == 1:
                title(canvas)
            column(canvas, lines[(number - 1) * share : stop])

        return draw

    return drawn(*(page(number) for number in range(1, count + 1)))


def head_with_number(canvas: Any, number: int) -> None:
    """石矶镇政务 2022年第2期 ... 第1页, small, at the top."""
    canvas.setFont(FONT, 9)
    canvas.drawString(LEFT, HEIGHT - 25, "石矶镇政务\u30002022年第2期")
    canvas.drawRightString(WIDTH - 60, HEIGHT - 25, f"第{number}页")


def footnote(canvas: Any, number: int) -> None:
    """A note at the foot of the first page, in smaller print below a short line."""
    if number == 1:
        canvas.line(LEFT, 112, LEFT + 120, 112)
        canvas.setFont(FONT, 9)
        canvas.drawString(LEFT, 100, "①本文数据为快报数，均按当年价格计算。")
    canvas.setFont(FONT, 9)
    canvas.drawCentredString(WIDTH / 2, 40, f"- {number} -")


def facts(canvas: Any, *, columns: int = 2, numbered: bool = False) -> None:
    """Key figures side by side, each a statement of its own."""
    title(canvas)
    for index, fact in enumerate(FACTS):
        text = f"{index + 1}.{fact}" if numbered else fact
        place = LEFT + index % columns * (WIDTH - 120) / columns
        canvas.drawString(place, TOP - 30 * (index // columns), text)


def scanned(canvas: Any, stamp: str = "") -> None:
    """A page that is one picture, with a stamp in the text layer."""
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(io.BytesIO(PICTURE.read_bytes())), 0, 0, WIDTH, HEIGHT)
    canvas.setFont(FONT, 8)
    canvas.drawRightString(WIDTH - 40, 20, stamp)


def hidden_text(canvas: Any, lines: Iterable[str]) -> None:
    """Text that is not shown, as recognition programs lay it over the picture of a page."""
    text = canvas.beginText(LEFT, TOP)
    text.setTextRenderMode(3)
    text.setLeading(18)
    for line in lines:
        text.textLine(line)
    canvas.drawText(text)


def watermark(canvas: Any) -> None:
    """内部资料 in large grey letters across the page."""
    canvas.saveState()
    canvas.setFont(FONT, 60)
    canvas.setFillGray(0.8)
    canvas.translate(WIDTH / 2, HEIGHT / 2)
    canvas.rotate(45)
    canvas.drawCentredString(0, 0, "内部资料注意保存")
    canvas.restoreState()


def letter_by_letter(canvas: Any) -> None:
    """Each character in a piece of its own."""
    top = TOP
    for line in [TITLE, *lines_of(*PARAGRAPHS, widths=38)]:
        for index, character in enumerate(line):
            if character != "\u3000":
                canvas.drawString(LEFT + index * SIZE, top, character)
        top -= 20


def widths_text() -> list[str]:
    """The paragraphs in the lines of print of the other made files."""
    return [line for each in PARAGRAPHS for line in wrapped(each)]


def without_map(text: str) -> bytes:
    """A font that the file brings without saying which characters its glyphs are."""
    glyphs = b"".join((index % 200 + 1).to_bytes(2, "big") for index, _ in enumerate(text))
    stream = b"BT /F1 12 Tf 60 700 Td <" + glyphs.hex().encode() + b"> Tj ET"
    return pdf_of_objects(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        zlib.compress(stream),
        "<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+SimSun /Encoding /Identity-H /DescendantFonts [6 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+SimSun /FontDescriptor 7 0 R /DW 1000"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        "<< /Type /FontDescriptor /FontName /ABCDEF+SimSun /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0"
        " /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
    )
