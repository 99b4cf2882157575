"""Which state of the program turned a file's text into a report: cleaning, metadata, sentences, passages, tokens.

A fingerprint of the code itself, so that nobody has to remember to raise a number. Another fingerprint means
that a stored report is to be cleaned again; where that changes nothing, the report stays as it is.
"""

import hashlib
from functools import cache
from pathlib import Path

MODULES = """
    folding wording units numbering letterhead boilerplate outline wrapping repeats cleaning sentences places
    located whereabouts years metadata defects chunking parsing duplicates embedding lexical
""".split()
"""Everything between a decoded text and the entries of the indexes."""


@cache
def pipeline_version() -> str:
    """12 hexadecimal digits, the same as long as the code of these modules is."""
    whole = hashlib.sha256()
    for name in MODULES:
        whole.update(Path(__file__).with_name(f"{name}.py").read_bytes())
    return whole.hexdigest()[:12]
