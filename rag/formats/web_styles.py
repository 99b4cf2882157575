"""What the style sheets in a web page say of an element: enough of CSS to know what is shown and how lists count."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

_WANTED = re.compile(r"display|visibility|text-decoration|list-style|mso-hide|font-size|white-space")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_SHOWN_MEDIA = re.compile(r"@media\s*(?:only\s+)?(?:all|screen)?\s*")
_COMPOUND = re.compile(r"(?P<tag>\*|[a-z][\w-]*)?(?P<marks>(?:[.#][\w-]+)*)", re.IGNORECASE)
_MARK = re.compile(r"([.#])([\w-]+)")
_MOST_RULES = 50  # for elements that look alike to a selector's last step
_STRIKING = ("s", "strike", "del")
_NOTHING: Mapping[str, str] = {}


class _Compound(NamedTuple):
    """One step of a selector: li.old#x."""

    tag: str
    classes: frozenset[str]
    name: str

    def fits(self, element: Any) -> bool:
        return (
            self.tag in ("", "*", element.tag)
            and self.name in ("", element.get("id"))
            and self.classes <= set((element.get("class") or "").split())
        )


class _Rule(NamedTuple):
    steps: tuple[_Compound, ...]  # the last is the element's own, those before stand somewhere around it
    weight: tuple[int, int, int, int]  # ids, classes, tags, place in the sheets
    said: Mapping[str, str]


@dataclass
class PageStyles:
    """The rules of a page by what their last step names."""

    rules: Mapping[str, list[_Rule]] = field(default_factory=dict)
    _alike: dict[tuple[str, ...], list[_Rule]] = field(default_factory=dict)  # by what rules can name of an element
    _last: tuple[Any, Mapping[str, str]] = (None, _NOTHING)  # asked about, and what was said: asked again and again

    @staticmethod
    def of(root: Any) -> "PageStyles":
        """Those in the page's own style elements."""
        rules: defaultdict[str, list[_Rule]] = defaultdict(list)
        place = 0
        for sheet in root.iter("style"):
            if not _SHOWN_MEDIA.fullmatch(f"@media {(sheet.get('media') or '').lower()}"):
                continue
            for selectors, said in _blocks(_COMMENT.sub(" ", sheet.text or "")):
                for selector in selectors.split(","):
                    place += 1
                    if rule := _rule(selector, place, said):
                        own = rule.steps[-1]
                        alike = rules[own.name or next(iter(sorted(own.classes)), own.tag)]
                        alike += [rule] if len(alike) < _MOST_RULES else []
        return PageStyles(rules)

    def of_element(self, element: Any) -> Mapping[str, str]:
        """Property and value, by the heaviest rule that speaks of it; what stands at the element weighs most."""
        if self._last[0] is not element:
            self._last = (element, self._said(element))
        return self._last[1]

    def _said(self, element: Any) -> Mapping[str, str]:
        inline = element.get("style")
        if not self.rules and not inline:
            return _NOTHING
        said: dict[str, str] = {}
        for rule in self._naming(element):
            if _stands_within(element, rule.steps[:-1]):
                said.update(rule.said)
        said.update(_declarations(inline or ""))
        return said

    def _naming(self, element: Any) -> list[_Rule]:
        """The rules whose last step names an element, the heaviest last."""
        key = (str(element.tag), element.get("id") or "", element.get("class") or "")
        if key not in self._alike:
            names = {key[0], "*", key[1], *key[2].split()} & self.rules.keys()
            found = [rule for name in names for rule in self.rules[name] if rule.steps[-1].fits(element)]
            self._alike[key] = sorted(found, key=lambda rule: rule.weight)
        return self._alike[key]


def is_hidden(said: Mapping[str, str]) -> bool:
    """Whether an element of which that is said takes no part in the page."""
    return (
        said.get("display") == "none"
        or said.get("visibility") in ("hidden", "collapse")
        or said.get("mso-hide") == "all"
        or said.get("font-size") in ("0", "0px", "0pt")
    )


def is_struck_out(element: Any, said: Mapping[str, str]) -> bool:
    """Whether an element is crossed out, by its kind or by its style."""
    lines = [said[name] for name in ("text-decoration-line", "text-decoration") if name in said]
    return any("line-through" in line for line in lines) if lines else element.tag in _STRIKING


def list_style(said: Mapping[str, str]) -> str:
    """How a list counts, as far as its style says: "decimal", "none" and so on."""
    words = (said.get("list-style-type") or said.get("list-style") or "").split()
    return next((word for word in words if word not in ("inside", "outside") and "(" not in word), "")


def keeps_lines(element: Any, said: Mapping[str, str]) -> bool:
    """Whether line ends inside an element are line ends on the page."""
    return said.get("white-space", "pre" if element.tag in ("pre", "textarea") else "").startswith(("pre", "break"))


def _blocks(sheet: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The selectors and declarations of a sheet, those for print and narrow windows left out."""
    start = depth = 0
    head = ""
    for mark in re.finditer("[{}]", sheet):
        if mark[0] == "{":
            if not depth:
                head, start = sheet[start : mark.start()].rpartition(";")[2].strip(), mark.end()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                inner, start = sheet[start : mark.start()], mark.end()
                if _SHOWN_MEDIA.fullmatch(head.lower()):
                    yield from _blocks(inner)
                elif not head.startswith("@") and (said := _declarations(inner)):
                    yield head, said


def _declarations(text: str) -> Mapping[str, str]:
    said = {}
    for declaration in text.split(";"):
        name, _, given = declaration.partition(":")
        if _WANTED.match(name.strip().lower()):
            said[name.strip().lower()] = given.lower().replace("!important", "").strip()
    return said


def _rule(selector: str, place: int, said: Mapping[str, str]) -> _Rule | None:
    steps = []
    for part in selector.replace(">", " ").split():
        match = _COMPOUND.fullmatch(part)
        if match is None:
            return None  # states, attributes, neighbours: not told from the page alone
        marks = _MARK.findall(match["marks"])
        classes = frozenset(name for sign, name in marks if sign == ".")
        name = next((name for sign, name in marks if sign == "#"), "")
        steps.append(_Compound((match["tag"] or "").lower(), classes, name))
    if not steps:
        return None
    weight = (
        sum(bool(step.name) for step in steps),
        sum(len(step.classes) for step in steps),
        sum(step.tag not in ("", "*") for step in steps),
    )
    return _Rule(tuple(steps), (*weight, place), said)


def _stands_within(element: Any, steps: tuple[_Compound, ...]) -> bool:
    around = element.iterancestors()
    return all(any(step.fits(ancestor) for ancestor in around) for step in reversed(steps))
