"""Words around an amount: which of them name what it counts, and which only introduce it."""

import re

from rag.parsing.figures.noun_phrases import LONGEST_SUBJECT, shortened
from rag.text.clauses import CLAUSE_MARKS, COMMAS
from rag.text.item_numbers import label_length
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN
from rag.text.numerals import COUNTING
from rag.text.time_spans import time_spans

JOINS = re.compile(rf"{concept('and').any}$")
OPENED = re.compile(r"[（(](?![^（）()]*[）)])")  # a bracket that is not closed again
ONLY_TOTAL = re.compile(rf"[、\s]*|[{COMMAS}、\s]*{concept('total').any}\s*")
"""Between amounts of one thing: 34户64人; 10条，共计5795米."""
_ABOUT = table("approximation")["near_before"].any
_AMOUNT_BEGINS = rf"(?=(?:{_ABOUT})?[-\d{COUNTING}])"
_CHANGES = rf"(?:{concept('year_on_year').any})?(?:{concept('rate_of_change').any}|提高)"
DISTRIBUTED = re.compile(
    rf"(?P<names>[^{CLAUSE_MARKS}：:]+?)(?P<tail>的[^{CLAUSE_MARKS}、]+?)?{concept('in_order', 'each').any}"
    rf"(?P<change>{_CHANGES})?(?:{concept('reaching', 'reached').any}了?|是)?{_AMOUNT_BEGINS}"
)
IN_THE_SAME_ORDER = re.compile(
    rf"(?<=[{CLAUSE_MARKS}])(?:[较比]?{concept('past_year').any}(?:同期)?|{concept('year_on_year').any})?"
    rf"{concept('in_order').any}(?:[较比]{concept('past_year').any}(?:同期)?)?(?P<change>{_CHANGES}){_AMOUNT_BEGINS}"
)
AND = re.compile(rf"、|{concept('and').any}")

_LEADING = concept(
    "now", "the_year", "part_of_year", "lately", "own_town", "whole_town", "own_place", "also", "linking", "turning",
    "and", "total", "in_order", "already", "intention", "zeal", "manner", "before_subject",
)  # fmt: skip
_TRAILING = (
    concept("before_amount", "at_least", "and", "total", "in_order", "already") | table("approximation")["near_before"]
)
_LEAD = re.compile(rf"{_LEADING.any}|[{COMMAS}、/\s]")
_TAIL = re.compile(rf"(?:{_TRAILING.any}|[：:、（(“\"\s])$")

_EARLIER = rf"(?:{concept('past_year').any}|前一年|\d{{4}}年度?|{concept('earlier_time').any})(?:同期|[末底])?"
_COMPARED = rf"(?:{concept('year_on_year', 'in_order').any}|[较比同与]{_EARLIER}(?:相比)?)"
_SAMENESS = table("time_spans")["sameness"].any
_MEASURE = concept("measure", "rate_of_change").any
_BESIDE = rf"{concept('above_or_below').any}(?:{concept('compared_place').any})+"
GENERIC = re.compile(
    rf"{concept('general_modifier').any}*{_MEASURE}?|{_COMPARED}+(?:再?{_MEASURE})?"
    rf"|{concept('exceeding').any}|{_BESIDE}|{_SAMENESS}{_EARLIER}的?"
)
"""Words that say what is measured and not of what: 养殖面积, 年产值, 同比增长."""

_VERB = rf"{concept('making', 'activity').any}了?"
ENDS_IN_VERB = re.compile(rf"(?:^|(?<=[{HAN}、])){_VERB}$")
_MORE_OR_LESS = table("approximation")["near_after"] | table("approximation")["over_after"]
_RIGHT = re.compile(
    rf"(?:{concept('behind_amount').any}|{_MORE_OR_LESS.any}"
    rf"|[（(][^（）()]*[）)]|\s)*(?P<words>[^{CLAUSE_MARKS}：:、！!？?（(]*)"
)
_BASE_OF = re.compile(rf"(?:{concept('before_another_time').any}|{_SAMENESS})$")
_CHANGE = concept("rate_of_change", "changed_to", "brought_to").any
_CHANGED = re.compile(
    rf"(?:{_COMPARED}+(?:再?{_MEASURE})?|(?<!新){concept('rate_of_change', 'exceeding').any}|{_BESIDE})$"
)
ONLY_CHANGED = re.compile(rf"{_COMPARED}?{_CHANGE}[了到至]*")
"""Behind an amount: how the next one comes from it, 25起下降32%, 12亿元增加到20亿元."""
_WHOLE = table("quantity")["stock"] | table("quantity")["cumulative"]
_ADDED = re.compile(rf"{concept('the_year').any}?(?:{table('quantity')['new'].any})")
_TOWARDS = ("到", "至")
_CHANGED_TO = re.compile(rf"(?:{_CHANGE}[到至]|{concept('turned_into').any}[到至为在])了?$")
_OF_CHANGE = re.compile(rf"{concept('rate_of_change').any}$|^{_BESIDE}$")
_FOR_EACH = re.compile(rf"(?<=.)(?:每个?[百千万]?{concept('counted_per').any})+$")
_ALSO = re.compile(rf"(?<=[{HAN}])[（(]([{HAN}]{{1,2}})[）)]")  # 县（区）
_RIGHT_END = re.compile(rf"(?<=.)(?:{concept('behind_subject', 'already', 'in_order').any}|参与$).*$")
_PAREN = re.compile(r"[（(][^（）()]*[）)]?")
_MARKS = re.compile(r"['‘’“”\"「」『』《》【】\s（）()]")


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
    words = _CHANGED_TO.sub("", _FOR_EACH.sub("", words))
    while m := _TAIL.search(words):
        words = words[: m.start()]
    if any(character.isdigit() for character in words):
        words = words.rpartition("、")[2]
    return shortened(_MARKS.sub("", words).lstrip("、的"))


def joined(context: str, own: str) -> str:
    """A name behind what lends it what it is of."""
    return context if own in context else f"{context}{own}"


def tells_change(words: str) -> bool:
    """Whether general words say how much something changed: 同比增长, 净增."""
    return _OF_CHANGE.search(words) is not None


def without_change(subject: str) -> str:
    """What changes, of words that also say that it does.

    Example: without_change("粮食产量同比增长") == "粮食产量"
    """
    return _CHANGED.sub("", subject) or subject


def tells_whole(words: str) -> bool:
    """Whether the words before an amount say that it is of all there is by now: 总面积, 累计."""
    return _WHOLE.search(words) is not None


def without_added(subject: str) -> str:
    """What something is added to, of words that say that it is.

    Example: without_added("油茶当年新造") == "油茶"
    """
    return _ADDED.sub("", subject) or subject


def without_base_time(words: str) -> str:
    """The words before an amount without the time it is of, where another is compared with it.

    Example: without_base_time("事故比上年的") == "事故"
    """
    spans = list(time_spans(words))
    if not spans or words[spans[-1].end :] not in ("", "的"):
        return words
    before = words[: spans[-1].start]
    if before.endswith(_TOWARDS):
        return before  # 提升至今年的
    if (until := spans[-1].text[:1]) in _TOWARDS:
        return before + until  # 增加到2022年的
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
    m = _RIGHT.match(_ALSO.sub(r"\1", words))
    return _MARKS.sub("", _RIGHT_END.sub("", m["words"]))[:LONGEST_SUBJECT].rstrip("的、和与及") if m else ""
