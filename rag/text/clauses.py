"""Clauses: what stands between the commas, semicolons and full stops of a sentence."""

import re

COMMAS = "，,"
CLAUSE_MARKS = "，,；;。"
SENTENCE_MARKS = "。；;！!？?"
"""The marks themselves, to stand between the brackets of a pattern: rf"[^{CLAUSE_MARKS}]*"."""

CLAUSE_MARK = re.compile(rf"[{CLAUSE_MARKS}]")
"""Ends a clause; split by it, the marks are gone."""

CLAUSE_END = re.compile(rf"(?<=[{CLAUSE_MARKS}])")
"""The place behind a mark; split by it, each clause keeps its own."""

CLAUSE_BREAK = re.compile(rf"[{COMMAS}{SENTENCE_MARKS}\n:：]")
"""Ends what belongs to a figure or a negation: also question marks, colons and line ends."""

_ADVERBIAL = re.compile(rf"^在[^{CLAUSE_MARKS}\d]*(?:上|中|下|方面|期间)$")


def bare(clause: str) -> str:
    """A clause without blanks and marks around it.

    Example: bare(" 修渠3公里，") == "修渠3公里"
    """
    return clause.strip().rstrip(CLAUSE_MARKS)


def is_adverbial(clause: str) -> bool:
    """Whether a clause only says where or when, such as 在安全生产上: it answers nothing."""
    return bool(_ADVERBIAL.match(bare(clause)))
