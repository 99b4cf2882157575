"""The places that reports are of or lie in, as rows: by name, and by all the forms that people give the name."""

import re
import sqlite3
from collections.abc import Iterator
from typing import Literal

from rag.parsing.report import Metadata
from rag.text.english import all_pinyin_of
from rag.text.lexicon import table
from rag.text.normalization import HAN, fold
from rag.text.place_names import short_name

Way = Literal["full", "plain", "short", "sound"]
"""A name with its level; the same without its peoples; without its level; in pinyin."""

_AUTONOMOUS = "自治"
_HAN = re.compile(rf"[{HAN}]")


def note_places(connection: sqlite3.Connection, report: int, metadata: Metadata) -> None:
    """Notes the places of a report in place of those noted before; `report` is its position."""
    forget_places(connection, report)
    for role, name in _named(metadata):
        connection.execute("INSERT INTO place_names (report, role, name) VALUES (?, ?, ?)", (report, role, name))
        connection.executemany(
            "INSERT OR IGNORE INTO place_forms (way, form, name) VALUES (?, ?, ?)",
            [(way, form, name) for way, form in forms_of(name)],
        )


def forget_places(connection: sqlite3.Connection, report: int) -> None:
    """Forgets the places of a report, and the forms of names that no other report has."""
    names = connection.execute("SELECT name FROM place_names WHERE report = ?", (report,)).fetchall()
    connection.execute("DELETE FROM place_names WHERE report = ?", (report,))
    connection.executemany(
        "DELETE FROM place_forms WHERE name = ?1 AND NOT EXISTS (SELECT 1 FROM place_names WHERE name = ?1)", names
    )


def forms_of(name: str) -> Iterator[tuple[Way, str]]:
    """What people call a place, folded.

    Example: forms_of("滑石侗族苗族乡") has ("full", "滑石侗族苗族乡"), ("plain", "滑石乡"), ("short", "滑石") …
    """
    short, plain = short_name(name), without_people(name)
    yield "full", fold(name)
    if plain:
        yield "plain", plain
    if short != name:
        yield "short", fold(short)
    spoken = {form for form in (name, short, plain) if _HAN.search(form)}
    yield from (("sound", sound) for sound in {sound for form in spoken for sound in all_pinyin_of(form)})


def without_people(name: str) -> str:
    """A name with its level but without the peoples and 自治 in it; empty where it has none.

    Example: without_people("滑石侗族苗族乡") == "滑石乡", without_people("石矶镇") == ""
    """
    short = short_name(name)
    end = next((end for end in _ends() if name.endswith(end)), "")
    plain = f"{short}{end}"
    return plain if end and short != name and len(plain) < len(name) else ""


def surroundings(metadata: Metadata) -> tuple[str, ...]:
    """What a report says that its place lies in."""
    return tuple(name for name in (metadata.county, metadata.city, metadata.province) if name and name != metadata.town)


def _named(metadata: Metadata) -> Iterator[tuple[str, str]]:
    if metadata.town:
        yield "own", metadata.town
    around = (("county", metadata.county), ("city", metadata.city), ("province", metadata.province))
    yield from ((role, name) for role, name in around if name and name != metadata.town)


def _ends() -> list[str]:
    words = table("place_level")
    return sorted((end.removeprefix(_AUTONOMOUS) for key in words for end in words[key]), key=len, reverse=True)
