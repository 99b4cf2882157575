"""Errors and notices as sentences: codes are looked up in `messages.zh.toml` and `messages.en.toml` and filled in."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from rag.errors import ZhenbaoError
from rag.types import Notice, Value

MessageLanguage = Literal["zh", "en"]
_STOPS = "。."
_COLON: Mapping[MessageLanguage, str] = {"zh": "：", "en": ": "}
_COMMA: Mapping[MessageLanguage, str] = {"zh": "、", "en": ", "}
_SEMICOLON: Mapping[MessageLanguage, str] = {"zh": "；", "en": "; "}


def message(said: ZhenbaoError | Notice, language: MessageLanguage) -> str:
    """One line that says what is wrong, and of what, and what to do about it.

    Example: message(UnreadableFile("no_pages", about="a.pdf"), "en") == "a.pdf: The PDF has no pages."
    """
    notice = said.notice if isinstance(said, ZhenbaoError) else said
    about = _line(notice.about) + _COLON[language] if notice.about else ""
    return about + _sentence(notice, language)


def both(said: ZhenbaoError | Notice) -> str:
    """The line in Chinese with the English after it, for doors that do not know the reader.

    Example: both(UnreadableFile("no_pages", about="a.pdf")) == "a.pdf：PDF 里没有页面。(The PDF has no pages.)"
    """
    notice = said.notice if isinstance(said, ZhenbaoError) else said
    return f"{message(notice, 'zh')}({_sentence(notice, 'en')})"


@cache
def sentences(language: MessageLanguage) -> Mapping[str, str]:
    """The sentence of every code in a language, its placeholders in braces as in `str.format`."""
    path = Path(__file__).parent / f"messages.{language}.toml"
    found: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))
    return found


def _sentence(notice: Notice, language: MessageLanguage) -> str:
    values = {name: _filling(value, language) for name, value in notice.values.items()}
    return sentences(language)[notice.code].format(**values)


def _filling(value: Value, language: MessageLanguage) -> str | int | float:
    """A value as it stands inside a sentence; what is a sentence itself comes without its full stop."""
    match value:
        case Notice():
            return message(value, language).rstrip(_STOPS)
        case tuple():
            is_clauses = any(isinstance(part, Notice) for part in value)
            comma = _SEMICOLON[language] if is_clauses else _COMMA[language]
            return comma.join(str(_filling(part, language)) for part in value)
        case int() | float():
            return value
        case _:
            return _line(str(value))


def _line(text: str) -> str:
    return " ".join(text.splitlines())
