"""Words around an amount: which of them name what it counts, and which only introduce it."""

import re

from rag.text.clauses import CLAUSE_MARKS, COMMAS
from rag.text.item_numbers import label_length
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN
from rag.text.numerals import COUNTING
from rag.text.time_spans import time_spans

LONGEST_SUBJECT = 30

JOINS = re.compile(rf"{concept('and').any}$")
OPENED = re.compile(r"[（(](?![^（）()]*[）)])")  # a bracket that is not closed again
ONLY_TOTAL = re.compile(rf"[、\s]*|[{COMMAS}、\s]*{concept('total').any}\s*")
"""Between amounts of one thing: 34户64人; 10条，共计5795米."""
DISTRIBUTED = re.compile(
    rf"(?P<names>[^{CLAUSE_MARKS}：:]+?)(?P<tail>的[^{CLAUSE_MARKS}、]+?)?{concept('in_order', 'each').any}"
    rf"(?:{concept('reaching', 'reached').any}了?|是)?(?=[\d{COUNTING}])"
)

_LEADING = concept(
    "now", "the_year", "part_of_year", "lately", "own_town", "whole_town", "own_place", "also", "linking", "turning",
    "and", "total", "in_order", "already", "intention", "zeal", "manner", "before_subject",
)  # fmt: skip
_TRAILING = (
    concept("before_amount", "at_least", "and", "total", "in_order", "already") | table("approximation")["near_before"]
)
_LEAD = re.compile(rf"{_LEADING.any}|[{COMMAS}、\s]")
_TAIL = re.compile(rf"(?:{_TRAILING.any}|[：:、（(“\"\s])$")

_EARLIER = rf"(?:{concept('past_year').any}|前一年|\d{{4}}年度?)(?:同期|[末底])?"
_COMPARED = rf"(?:{concept('year_on_year', 'in_order').any}|[较比]{_EARLIER})"
_MEASURE = concept("measure", "rate_of_change").any
GENERIC = re.compile(rf"{concept('general_modifier').any}*{_MEASURE}?|{_COMPARED}+(?:再?{_MEASURE})?")
"""Words that say what is measured and not of what: 养殖面积, 年产值, 同比增长."""

_VERB = rf"{concept('making', 'activity').any}了?"
ENDS_IN_VERB = re.compile(rf"(?:^|(?<=[{HAN}、])){_VERB}$")
_MORE_OR_LESS = table("approximation")["near_after"] | table("approximation")["over_after"]
_RIGHT = re.compile(
    rf"(?:{concept('behind_amount').any}|{_MORE_OR_LESS.any}"
    rf"|[（(][^（）()]*[）)]|\s)*(?P<words>[^{CLAUSE_MARKS}：:、！!？?（(]*)"
)
_BASE_OF = re.compile(rf"{concept('before_another_time').any}$")
_RIGHT_END = re.compile(rf"(?<=.)(?:{concept('behind_subject', 'already', 'in_order').any}|参与$).*$")
_PAREN = re.compile(r"[（(][^（）()]*[）)]?")
_MARKS = re.compile(r"[“”\"「」『』《》【】\s（）()]")


def is_general(words: str) -> bool:
    """Whether words do not say what is counted: none, a verb alone (完成), a measure alone (养殖面积)."""
    return bool(not words or GENERIC.fullmatch(words) or re.fullmatch(_VERB, words))


def bare_before(words: str) -> str:
    """The words before an amount without time, place, manner and what leads up to it.

    Example: bare_before("今年以来，我镇共完成油茶种植面积达") == "完成油茶种植面积"
    """
    words = _PAREN.sub("", words).strip("，,、 ")
    words = words[label_length(words) :]
    while length := _leading(words):
        words = words[length:]
    while m := _TAIL.search(words):
        words = words[: m.start()]
    if any(character.isdigit() for character in words):
        words = words.rpartition("、")[2]
    return _MARKS.sub("", words)[-LONGEST_SUBJECT:].lstrip("、的")


def without_base_time(words: str) -> str:
    """The words before an amount without the time it is of, where another is compared with it.

    Example: without_base_time("事故比上年的") == "事故"
    """
    spans = list(time_spans(words))
    if not spans or words[spans[-1].end :] not in ("", "的"):
        return words
    before = words[: spans[-1].start]
    return _BASE_OF.sub("", before) if _BASE_OF.search(before) else words


def _leading(words: str) -> int:
    """How many characters at the start say when, how or that something leads up to it."""
    span = next(time_spans(words), None)
    if span and span.start == 0:
        return span.end
    lead = _LEAD.match(words)
    return lead.end() if lead else 0


def bare_behind(words: str) -> str:
    """The words behind an amount up to where they go on to something else.

    Example: bare_behind("的冰糖橙提质改造已全部完成") == "冰糖橙提质改造"
    """
    m = _RIGHT.match(words)
    return _MARKS.sub("", _RIGHT_END.sub("", m["words"]))[:LONGEST_SUBJECT].rstrip("的、和与及") if m else ""
