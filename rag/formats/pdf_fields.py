"""The fields of a PDF's form: what was filled in, at its place in the print around it."""

from collections.abc import Iterator, Sequence
from typing import Any

from rag.formats.printed import Box, Glyph

_BLANK = frozenset(" \u00a0\u3000_")  # what is printed where something is to be filled in
_TOUCHES = 1.0  # point


def filled_in(glyphs: Sequence[Glyph], fields: Sequence[Glyph]) -> Sequence[Glyph]:
    """The characters of a page and the values of its fields, in the room of the blanks that were left for them."""
    if not fields:
        return glyphs
    placed = [_in_its_blank(_on_line(field, glyphs), glyphs) for field in fields]
    return (*_outside(glyphs, placed), *placed)


def _outside(glyphs: Sequence[Glyph], fields: Sequence[Glyph]) -> Iterator[Glyph]:
    """The glyphs without those that a field covers: blanks, and lines to write on."""
    boxes = [Box(field.left, field.top, field.right, field.bottom) for field in fields]
    return (
        glyph for glyph in glyphs if not any(box.holds((glyph.left + glyph.right) / 2, glyph.middle) for box in boxes)
    )


def _on_line(field: Glyph, glyphs: Sequence[Glyph]) -> Glyph:
    """The field as high as the print beside it, on its line."""
    beside = [glyph for glyph in glyphs if field.top <= glyph.middle <= field.bottom]
    if not beside:
        return field
    nearest = min(beside, key=lambda glyph: max(field.left - glyph.right, glyph.left - field.right))
    return field._replace(top=nearest.top, bottom=nearest.bottom)


def _in_its_blank(field: Glyph, glyphs: Sequence[Glyph]) -> Glyph:
    """The field as wide as the blanks around it that were left for it."""
    left, right = field.left, field.right
    blanks = [glyph for glyph in glyphs if glyph.text in _BLANK and field.top <= glyph.middle <= field.bottom]
    for glyph in sorted(blanks, key=lambda glyph: glyph.left):
        if glyph.left <= right + _TOUCHES:
            right = max(right, glyph.right) if glyph.right > left else right
    for glyph in sorted(blanks, key=lambda glyph: glyph.right, reverse=True):
        if glyph.right >= left - _TOUCHES:
            left = min(left, glyph.left) if glyph.left < right else left
    return field._replace(left=left, right=right)


def fields_of(page: Any, form: Any) -> Iterator[Glyph]:
    """What is filled in: texts, choices and check marks of a form, and notes written onto the page."""
    from ctypes import byref, create_string_buffer

    from pypdfium2 import raw

    def value(read: Any, *arguments: Any) -> str:
        room = read(*arguments, None, 0)
        buffer = create_string_buffer(room)
        read(*arguments, raw.cast(buffer, raw.POINTER(raw.FPDF_WCHAR)), room)
        return buffer.raw[:room].decode("utf-16-le", errors="replace").rstrip("\0").strip()

    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        hidden = raw.FPDFAnnot_GetFlags(annotation) & (raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW)
        text = ""
        if kind == raw.FPDF_ANNOT_WIDGET and not hidden:
            field = raw.FPDFAnnot_GetFormFieldType(form, annotation)
            if field in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
                text = "√" if raw.FPDFAnnot_IsChecked(form, annotation) else ""
            elif field in (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX):
                text = value(raw.FPDFAnnot_GetFormFieldValue, form, annotation)
        elif kind == raw.FPDF_ANNOT_FREETEXT and not hidden:
            text = value(raw.FPDFAnnot_GetStringValue, annotation, b"Contents")
        box = raw.FS_RECTF()
        if text and raw.FPDFAnnot_GetRect(annotation, byref(box)):
            yield Glyph(" ".join(text.split()), box.left, -box.top, box.right, -box.bottom)
        raw.FPDFPage_CloseAnnot(annotation)
