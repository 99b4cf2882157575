"""Reading the XML of a Word document: names, values, parts."""

from typing import Any

from rag.errors import UnreadableFile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_OFF = ("0", "false", "off", "none")
DEEPEST = 20  # tables, boxes and controls inside each other


def value(element: Any, name: str) -> str:
    """An attribute of Word's own, empty where it is not there."""
    return str(element.get(f"{W}{name}") or "")


def child_value(element: Any, name: str) -> str | None:
    """What a child says, None where there is no such child."""
    child = None if element is None else element.find(f"{W}{name}")
    return None if child is None else value(child, "val")


def is_on(said: str | None) -> bool:
    """Whether a property is there and not turned off, by what `child_value` gives."""
    return said is not None and said.lower() not in _OFF


def number_of(text: str, otherwise: int) -> int:
    """A whole number, another where the text is none."""
    return int(text) if text.isascii() and text.isdigit() else otherwise


def related_part(part: Any, kind: str) -> Any:
    """The part of the package that a part names as its numbering, footnotes and so on; None where it names none."""
    for relation in part.rels.values():
        if relation.reltype == _RELATIONS + kind and not relation.is_external:
            return relation.target_part
    return None


def root_of(part: Any) -> Any:
    """The parsed content of a part that python-docx leaves as bytes."""
    from lxml import etree

    if hasattr(part, "element"):
        return part.element
    return etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))


def check_depth(depth: int) -> None:
    """Raises UnreadableFile for what no normal document has."""
    if depth > DEEPEST:
        raise UnreadableFile("document_nested_too_deeply")
