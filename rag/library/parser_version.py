"""Which state of the program turned a file's text into a report: cleaning, metadata, sentences, passages, tokens.

A fingerprint of the code and the word lists themselves, so that nobody has to remember to raise a number. Another
fingerprint means that a stored report is to be cleaned again; where that changes nothing, the report stays as it is.
"""

import hashlib
from functools import cache
from pathlib import Path

_HOUSE = Path(__file__).parents[1]
_PARTS = (
    "text",
    "parsing",
    "library/passages.py",
    "library/tokens.py",
)  # two packages, what is embedded of a passage, its tokens


@cache
def pipeline_version() -> str:
    """12 hexadecimal digits, the same as long as all is the same between a decoded text and the indexes."""
    return fingerprint(_HOUSE)


def fingerprint(house: Path) -> str:
    """The same for the parts as they stand below a folder."""
    whole = hashlib.sha256()
    for file in sorted(file for part in _PARTS for file in _files(house / part)):
        whole.update(file.relative_to(house).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return whole.hexdigest()[:12]


def _files(part: Path) -> list[Path]:
    """A file itself, or the code and word lists of a package."""
    return [part] if part.is_file() else [file for file in part.rglob("*") if file.suffix in (".py", ".txt")]
