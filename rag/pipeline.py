"""Which state of the program turned a file's text into a report: cleaning, metadata, sentences, passages, tokens.

A fingerprint of the code itself, so that nobody has to remember to raise a number. Another fingerprint means
that a stored report is to be cleaned again; where that changes nothing, the report stays as it is.
"""

import hashlib
import re
from functools import cache
from pathlib import Path

_ROOMS = ("parsing", "duplicates")  # with all that they import
_LAST_STEPS = ("embedding", "lexical")  # what is embedded of a passage, and its tokens
_IMPORT = re.compile(r"^from rag\.([\w.]+) import", re.MULTILINE)


@cache
def pipeline_version() -> str:
    """12 hexadecimal digits, the same as long as the code between a decoded text and the indexes is."""
    whole = hashlib.sha256()
    for name in sorted({*pipeline_modules(), *_LAST_STEPS}):
        whole.update(_code(name).encode())
    return whole.hexdigest()[:12]


def pipeline_modules() -> set[str]:
    """The modules that make a report of a decoded text."""
    found: set[str] = set()
    waiting = set(_ROOMS)
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= set(_IMPORT.findall(_code(name))) - found
    return found


def _code(name: str) -> str:
    return Path(__file__).parent.joinpath(*name.split(".")).with_suffix(".py").read_text(encoding="utf-8")
