"""Text made fit for where it is shown: one line of a given length, a terminal, Markdown."""

import re
from collections.abc import Sequence


def shortened(text: str, limit: int = 60) -> str:
    """One line of at most `limit` characters; a cut is shown by …"""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def printable(text: str) -> str:
    """Text without control characters, so that a report cannot steer a terminal; line ends and tabs stay."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "\N{REPLACEMENT CHARACTER}", text)


def joined(lines: Sequence[str]) -> str:
    """Lines as a text without more than one empty line between them."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def escape_markdown(text: str) -> str:
    """Text that Markdown shows as it stands, without control characters and without links made of bare addresses.

    Example: "<b>5*3</b>" -> "\\<b\\>5\\*3\\</b\\>"
    """
    return re.sub(r"([\\`*_\[\]<>#|~&]|:(?=//)|(?<=www)\.)", r"\\\1", printable(text), flags=re.IGNORECASE)
