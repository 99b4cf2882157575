"""Which runs of a Word document are shown: hidden and struck-out ones are not, by themselves or by their styles."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rag.formats.word_xml import W, child_value, is_on, value

_TOGGLES = ("vanish", "strike")  # what a paragraph's style turns on, a character style turns off again
_MOST_BASES = 30


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document."""

    by_id: Mapping[str, Any]
    defaults: Mapping[str, str]  # type of style to the id of its default
    everywhere: Any  # run properties of the whole document
    _known: dict[tuple[str, str | None, str], str | None] = field(default_factory=dict)

    @staticmethod
    def of(part: Any) -> "Styles":
        """Those that a document part has."""
        root = part.styles.element
        styles = list(root.iterchildren(f"{W}style"))
        defaults = {
            value(each, "type"): value(each, "styleId") for each in styles if value(each, "default") in ("1", "true")
        }
        everywhere = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        return Styles({value(each, "styleId"): each for each in styles}, defaults, everywhere)

    def chain(self, name: str | None, kind: str) -> Iterator[Any]:
        """A style and those that it is based on, the nearest first; the default one where none is named."""
        style = self.by_id.get(name or "", self.by_id.get(self.defaults.get(kind, "")))
        for _ in range(_MOST_BASES):
            if style is None:
                return
            yield style
            style = self.by_id.get(child_value(style, "basedOn") or "")

    def is_shown(self, properties: Any, paragraph: Any) -> bool:
        """Whether a run with these properties (None for none) is shown in a paragraph with those."""
        return not any(self._has(effect, properties, paragraph) for effect in (*_TOGGLES, "dstrike"))

    def is_raised(self, properties: Any) -> bool:
        """Whether a run is set as a superscript, by itself or by its style."""
        own = child_value(properties, "vertAlign") or self._of_style(
            "vertAlign", child_value(properties, "rStyle"), "character"
        )
        return own == "superscript"

    def _has(self, effect: str, properties: Any, paragraph: Any) -> bool:
        own = child_value(properties, effect)
        if own is not None:
            return is_on(own)
        if is_on(child_value(self.everywhere, effect)):
            return True
        of_paragraph = self._of_style(effect, child_value(paragraph, "pStyle"), "paragraph")
        of_run = self._of_style(effect, child_value(properties, "rStyle"), "character")
        if effect in _TOGGLES:
            return is_on(of_paragraph) != is_on(of_run)
        return is_on(of_paragraph if of_run is None else of_run)

    def _of_style(self, effect: str, name: str | None, kind: str) -> str | None:
        """What the nearest style that speaks of an effect says of it, None where none does."""
        key = (effect, name, kind)
        if key not in self._known:
            said = (child_value(style.find(f"{W}rPr"), effect) for style in self.chain(name, kind))
            self._known[key] = next((each for each in said if each is not None), None)
        return self._known[key]
