"""Which runs of a Word document are shown: hidden and struck-out ones are not, by themselves or by their styles."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from rag.formats.word_xml import W, child_value, is_on, value

_TOGGLES = ("vanish", "strike")  # what a paragraph's style turns on, a character style turns off again
_EFFECTS = {f"{W}{name}": name for name in (*_TOGGLES, "dstrike")}
_RAISED = "superscript"
_MOST_BASES = 30


class Look(NamedTuple):
    """How a run is shown."""

    is_shown: bool
    is_raised: bool  # as a superscript


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document."""

    by_id: Mapping[str, Any]
    defaults: Mapping[str, str]  # type of style to the id of its default
    everywhere: Any  # run properties of the whole document
    _known: dict[tuple[str | None, str | None], frozenset[str]] = field(default_factory=dict)  # effects by styles

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

    def look(self, properties: Any, paragraph_style: str | None) -> Look:
        """How a run with these properties (None for none) is shown in a paragraph of that style."""
        own = {} if properties is None else {child.tag: value(child, "val") for child in properties}
        by_style = self._by_style(paragraph_style, own.get(f"{W}rStyle"))
        is_hidden = any(is_on(own[tag]) if tag in own else name in by_style for tag, name in _EFFECTS.items())
        raised = own.get(f"{W}vertAlign", _RAISED if _RAISED in by_style else "")
        return Look(not is_hidden, raised == _RAISED)

    def _by_style(self, paragraph_style: str | None, run_style: str | None) -> frozenset[str]:
        """What holds of a run that says nothing of it itself: the effects that hide it, and whether it is raised."""
        key = (paragraph_style, run_style)
        if key not in self._known:
            effects = [name for name in _EFFECTS.values() if self._has_effect(name, paragraph_style, run_style)]
            self._known[key] = frozenset((*effects, self._said("vertAlign", run_style, "character") or ""))
        return self._known[key]

    def _has_effect(self, effect: str, paragraph_style: str | None, run_style: str | None) -> bool:
        if is_on(child_value(self.everywhere, effect)):
            return True
        of_paragraph = self._said(effect, paragraph_style, "paragraph")
        of_run = self._said(effect, run_style, "character")
        if effect in _TOGGLES:
            return is_on(of_paragraph) != is_on(of_run)
        return is_on(of_paragraph if of_run is None else of_run)

    def _said(self, effect: str, name: str | None, kind: str) -> str | None:
        """What the nearest style that speaks of an effect says of it, None where none does."""
        said = (child_value(style.find(f"{W}rPr"), effect) for style in self.chain(name, kind))
        return next((each for each in said if each is not None), None)
