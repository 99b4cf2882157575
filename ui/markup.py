"""Building HTML out of text that nobody vouches for."""

import html
import re

_TEMPLATE_SIGNS = str.maketrans({"{": "&#123;", "}": "&#125;", "$": "&#36;", "`": "&#96;"})
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")  # line ends stay


class Markup(str):
    """HTML that is fit to be shown; any other string is text."""

    __slots__ = ()


def escape(text: str) -> Markup:
    """Text as HTML; also without the signs of Gradio's templates, so that nothing in a report is ever evaluated, and
    without control characters, which would turn the direction of what follows.

    Example: "<b>${x}" -> "&lt;b&gt;&#36;&#123;x&#125;"
    """
    shown = _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)
    return Markup(html.escape(shown, quote=True).translate(_TEMPLATE_SIGNS))


def element(tag: str, *content: str, **attributes: str | bool) -> Markup:
    """An element; content that is no Markup is escaped. `class_` and `aria_label` stand for class and aria-label.

    Example: element("p", "a<b", class_="claim") -> '<p class="claim">a&lt;b</p>'
    """
    written = "".join(_attribute(name, value) for name, value in attributes.items())
    return Markup(f"<{tag}{written}>{joined(*content)}</{tag}>")


def joined(*content: str) -> Markup:
    """Contents in a row, each escaped unless it is Markup."""
    return Markup("".join(part if isinstance(part, Markup) else escape(part) for part in content))


def note(text: str) -> Markup:
    """A quiet line that says what is going on, read out when it changes."""
    return element("p", text, class_="hint", role="status")


def failure(text: str) -> Markup:
    """A line that says what did not work, read out at once."""
    return element("p", text, class_="failure", role="alert")


def _attribute(name: str, value: str | bool) -> str:
    written = name.rstrip("_").replace("_", "-")
    if isinstance(value, bool):
        return f" {written}" if value else ""
    return f' {written}="{escape(value)}"'
