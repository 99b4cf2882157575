"""What endpoints write into the body of an error: OpenAI's object, a bare sentence, a list of faults, a web page."""

import html
import re
from collections.abc import Mapping

_SAYS = (
    "message",
    "msg",
    "detail",
    "error",
    "error_msg",
    "status_msg",
    "base_resp",
    "error_description",
    "errors",
    "reason",
)
_PAGE = re.compile(r"\s*<(?:!doctype|html|head|body|\?xml)", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(r"<(script|style).*?</\1>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_DEEPEST = 4


def said_in(body: object, depth: int = 0) -> str:
    """The words of an error's body, empty where it has none.

    Example: said_in({"detail": [{"loc": ["body", "seed"], "msg": "extra"}]}) == "body.seed: extra"
    """
    if isinstance(body, str):
        return words_of_page(body) if is_page(body) else body.strip()
    if depth == _DEEPEST:
        return ""
    if isinstance(body, list):
        return "; ".join(filter(None, (said_in(each, depth + 1) for each in body)))
    if not isinstance(body, Mapping):
        return ""
    words = next(filter(None, (said_in(body.get(key), depth + 1) for key in _SAYS)), "")
    place = body.get("loc")
    return f"{'.'.join(map(str, place))}: {words}" if isinstance(place, list) and words else words


def is_page(text: str) -> bool:
    """Whether a text is a web page, as proxies and sign-in pages answer."""
    return bool(_PAGE.match(text))


def words_of_page(page: str) -> str:
    """The title of a web page, or its first words."""
    title = _TITLE.search(page)
    words = _MARKUP.sub(" ", title[1] if title else page)
    return " ".join(html.unescape(words).split())
