"""The text of one paragraph of a Word document as Word shows it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rag.formats.equations import AND, powers_of_ten, raised
from rag.formats.word_equations import equation_text, field_equation
from rag.formats.word_styles import Styles
from rag.formats.word_symbols import symbol, symbols
from rag.formats.word_xml import M, W, child_value, is_on, number_of, value

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHOICE, _FALLBACK = f"{_MC}Choice", f"{_MC}Fallback"
_BOX = f"{W}txbxContent"
LEFT_OUT = frozenset(f"{W}{name}" for name in "del moveFrom rPr pPr sdtPr sdtEndPr rubyPr rt".split())
_SHOWN = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_NOTES = (f"{W}footnoteReference", f"{W}endnoteReference")
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_OBJECTS = (f"{W}object", f"{W}subDoc", _CHART, _DIAGRAM)
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_DRAWN_WORDS = "{urn:schemas-microsoft-com:vml}textpath"  # WordArt
_BETWEEN_EQUATIONS = "；"  # that stand below each other
_TICKED, _BLANK = "☑", "☐"


@dataclass(slots=True)
class Unread:
    """What a document shows and no text tells."""

    objects: int = 0  # charts, diagrams, embedded and linked files
    pictures: int = 0


@dataclass(slots=True)
class _Field:
    """A field whose end has not been reached: its instruction, then what it shows."""

    instruction: str = ""
    is_result: bool = False


@dataclass(slots=True)
class Paragraph:
    """What is shown of a paragraph."""

    styles: Styles
    properties: Any = None
    unread: Unread = field(default_factory=Unread)
    boxes: list[Any] = field(default_factory=list)  # text boxes, each once
    notes: set[tuple[str, str]] = field(default_factory=set)  # tag and id of the notes that it refers to
    _style: str | None = None
    _pieces: list[tuple[str, bool]] = field(default_factory=list)  # with whether they are raised
    _fields: list[_Field] = field(default_factory=list)

    @staticmethod
    def of(element: Any, styles: Styles, unread: Unread) -> "Paragraph":
        """Reads a paragraph."""
        paragraph = Paragraph(styles, element.find(f"{W}pPr"), unread)
        paragraph._style = child_value(paragraph.properties, "pStyle")
        paragraph._read(element)
        return paragraph

    @property
    def text(self) -> str:
        text = mark = ""
        for piece, is_raised in [*self._pieces, ("", False)]:
            if is_raised:
                mark += piece
            else:
                text += (raised(text, mark) if mark else "") + piece
                mark = ""
        return powers_of_ten(text)

    @property
    def runs_on(self) -> bool:
        """Whether its end is deleted or hidden, so that the next paragraph stands in the same line."""
        mark = None if self.properties is None else self.properties.find(f"{W}rPr")
        is_deleted = mark is not None and any(mark.find(f"{W}{name}") is not None for name in ("del", "moveFrom"))
        return is_deleted or is_on(child_value(mark, "vanish")) or is_on(child_value(mark, "specVanish"))

    def _read(self, element: Any, is_raised: bool = False) -> None:
        for child in element.iterchildren():
            if child.tag == f"{W}t":
                self._add(symbols(_font(child), child.text or ""), is_raised)
            elif child.tag in _SHOWN:
                self._add(_SHOWN[child.tag])
            elif child.tag == f"{W}sym":
                self._add(symbol(value(child, "font"), value(child, "char")))
            elif child.tag == f"{W}r":
                look = self.styles.look(child.find(f"{W}rPr"), self._style)
                if look.is_shown:
                    self._read(child, look.is_raised)
            elif child.tag == f"{M}oMath":
                self._equation(child)
            elif child.tag == _BOX:
                self.boxes.append(child)
            elif not self._of_a_field(child) and not is_left_out(child):
                self._shape_or_note(child)
                self._read(child, is_raised)

    def _equation(self, element: Any) -> None:
        text = equation_text(element, self._is_unseen)
        before = element.getprevious()
        if before is not None and before.tag == element.tag and element.getparent().tag == f"{M}oMathPara":
            self._add(_BETWEEN_EQUATIONS)
        is_fraction = len(element) > 0 and element[0].tag == f"{M}f" and text[:1].isdigit()
        is_mixed = is_fraction and bool(self._pieces) and self._pieces[-1][0][-1:].isdigit()
        self._add((AND if is_mixed else "") + text)

    def _is_unseen(self, element: Any) -> bool:
        if element.tag in (f"{M}r", f"{W}r"):
            return not self.styles.look(element.find(f"{W}rPr"), self._style).is_shown
        return is_left_out(element)

    def _shape_or_note(self, element: Any) -> None:
        if element.tag in _NOTES:
            self.notes.add((element.tag, value(element, "id")))
        if element.tag == _DRAWN_WORDS and not _is_watermark(element.getparent()):
            self._add(element.get("string") or "")
        self.unread.objects += element.tag in _OBJECTS
        self.unread.pictures += element.tag in _PICTURES

    def _of_a_field(self, element: Any) -> bool:
        """Takes in what makes a field; whether the element was that."""
        if element.tag == f"{W}fldSimple" and not "".join(element.itertext()).strip():
            self._add(field_equation(value(element, "instr")))
        elif element.tag == f"{W}instrText":
            if self._fields and not self._fields[-1].is_result:
                self._fields[-1].instruction += element.text or ""
        elif element.tag == f"{W}fldChar":
            self._at_mark(element)
        else:
            return False
        return True

    def _at_mark(self, mark: Any) -> None:
        """At the beginning of a field, at the end of its instruction, and at its own."""
        kind = value(mark, "fldCharType")
        if kind == "begin":
            self._add(_chosen(mark.find(f"{W}ffData")))
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].is_result = True
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            self._add("" if ended.is_result else field_equation(ended.instruction))

    def _add(self, text: str, is_raised: bool = False) -> None:
        """Adds shown text; what stands inside a field's instruction belongs to that."""
        outer = next((each for each in reversed(self._fields) if not each.is_result), None)
        if outer is not None:
            outer.instruction += text
        elif text:
            self._pieces.append((text, is_raised))


def _font(text: Any) -> str:
    """The font in which a run's Latin letters are set, as far as the run says."""
    fonts = text.getparent().find(f"{W}rPr/{W}rFonts")
    return "" if fonts is None else value(fonts, "ascii") or value(fonts, "hAnsi")


def _is_watermark(shape: Any) -> bool:
    return "rotation:" in (shape.get("style") or "") or "watermark" in (shape.get("id") or "").lower()


def is_left_out(element: Any) -> bool:
    """Whether nothing of an element is shown: deletions, prompts of empty controls, the older of two versions."""
    if element.tag in LEFT_OUT:
        return True
    if element.tag == f"{W}sdt":
        return is_on(child_value(element.find(f"{W}sdtPr"), "showingPlcHdr"))
    if element.tag == _FALLBACK:
        return any(sibling.tag == _CHOICE for sibling in element.itersiblings(preceding=True))
    return str(element.tag).endswith("}drawing") and any(
        child.get("hidden") in ("1", "true") for child in element.iterfind("*/*") if str(child.tag).endswith("}docPr")
    )


def _chosen(form: Any) -> str:
    """What an old form field shows that holds no text: the entry chosen from a list, or a ticked box."""
    if form is None:
        return ""
    choices, box = form.find(f"{W}ddList"), form.find(f"{W}checkBox")
    if choices is not None:
        entries = [value(entry, "val") for entry in choices.iterchildren(f"{W}listEntry")]
        place = number_of(child_value(choices, "result") or child_value(choices, "default") or "", 0)
        return entries[place] if place < len(entries) else ""
    if box is not None:
        ticked = child_value(box, "checked")
        return _TICKED if is_on(child_value(box, "default") if ticked is None else ticked) else _BLANK
    return ""


def references(element: Any) -> Iterator[tuple[str, str]]:
    """Tag and id of every note that an element refers to, shown or not."""
    for tag in _NOTES:
        yield from ((tag, value(each, "id")) for each in element.iter(tag))
