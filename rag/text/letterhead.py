"""Shapes of the lines around the body: title, publication line, addressee, signature, date. They see folded lines."""

import re

from rag.text.clauses import COMMAS, SENTENCE_MARKS
from rag.text.dates import LOOSE_DATE, YEAR, years_in_digits
from rag.text.item_numbers import read_numbering
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN

_YEAR = re.compile(YEAR)
_TOWN = table("place_level")["town"]
_TITLE_END = concept("report_words", "account_words", "plan", "kind_of_document").any
_STAMP = re.compile(r"\s+(\d{4}-\d{1,2}-\d{1,2})$")
_COVERING = concept("covering_document").any
_TITLE = re.compile(rf".{{0,50}}{_TITLE_END}》?{_COVERING}?(?:\(.{{0,12}}\))?(?:{_STAMP.pattern})?")
_MARK = re.compile(rf"[{SENTENCE_MARKS}{COMMAS}:]")
_AROUND_TITLE = re.compile(rf"^{concept('about').any}|》?{_COVERING}$")
_JOINT = re.compile(rf"{concept('and', 'title_joint').any}|[,\s《》“”\"]")
_CLOCK = r"(?:\s+\d{1,2}:\d{2}(?::\d{2})?)"
_ITEM = table("publication_line")
_LABEL = (_ITEM["other"] | _ITEM["source"] | _ITEM["date"]).any
_PUBLICATION = re.compile(
    rf"(?:{LOOSE_DATE}{_CLOCK}?\s*)?(?:{_LABEL}\s*:.*|{_ITEM['name'].any}\s*:.*{_TITLE_END}.*)"
    rf"|{LOOSE_DATE}{_CLOCK}"
)
_PAGE_DATA = re.compile(rf"{_ITEM['font'].any}|{(_ITEM['counter'] | _ITEM['web_page_only']).any}\s*:")
_ORGANISATION = (
    rf"{concept('party').any}?[{HAN}]{{1,19}}?(?:[{HAN}]{concept('issuer_words').any}|{concept('town_body').any})"
)
_DATE = re.compile(LOOSE_DATE)
_SEAL = rf"(?:\s*\([{HAN}]{{1,2}}\))?"
_SIGNATURE = re.compile(rf"{_ORGANISATION}(?:[\s、]+{_ORGANISATION}){{0,3}}{_SEAL}")
_SIGNATURE_DATE = re.compile(rf"{_SIGNATURE.pattern}\s+{LOOSE_DATE}")
_ADDRESSED = table("addressee")
_ADDRESSEE = re.compile(rf"(?:{_ADDRESSED['start'].any}.{{0,19}}|.{{0,12}}{_ADDRESSED['end'].any})\s*:")
_SUBTITLE = re.compile(rf"[—–-]{{1,2}}.*{concept('occasion').any}")


def is_title(line: str) -> bool:
    """Whether a line looks like the title of a report: names a place or a year, ends in 总结, 计划, 报告 …"""
    named = _YEAR.search(years_in_digits(line)) or _TOWN.search(line)
    is_phrase = not _MARK.search(line) and read_numbering(line) is None
    return len(line) <= 60 and is_phrase and bool(named and _TITLE.fullmatch(line))


def title_core(line: str) -> str:
    """What two versions of one title have in common: without 关于…的报告, joining words, 度, spaces and marks.

    Example: the cores of "石矶镇2020年工作总结暨2021年工作计划" and "石矶镇2020年度工作总结与2021年工作计划" are equal.
    """
    inner = _AROUND_TITLE.sub("", _STAMP.sub("", line))
    return _JOINT.sub("", inner).replace("年度", "年")


def title_stamp(line: str) -> re.Match[str] | None:
    """The date of publishing that a page puts after a title; its group 1 is the date."""
    return _STAMP.search(line)


def is_publication(line: str) -> bool:
    """Whether a line is the page's own data: 来源, 发布时间, 作者 …"""
    return len(line) <= 120 and bool(_PUBLICATION.fullmatch(line)) and "。" not in line


def has_page_data(line: str) -> bool:
    """Whether a publication line is a web page's: 发布时间: …, 浏览次数: 12, 【字体: 大 中 小】."""
    return is_publication(line) and bool(_PAGE_DATA.search(line))


def is_signature(line: str) -> bool:
    """Whether a line holds nothing but the names of issuing bodies, with or without a date."""
    return len(line) <= 80 and bool(_SIGNATURE.fullmatch(line) or _SIGNATURE_DATE.fullmatch(line))


def is_date(line: str) -> bool:
    """Whether a line holds nothing but a date, in digits or Chinese numerals."""
    return len(line) <= 24 and bool(_DATE.fullmatch(line))


def is_addressee(line: str) -> bool:
    """Whether a line greets the reader: 县委:, 各位代表:"""
    return len(line) <= 30 and bool(_ADDRESSEE.fullmatch(line))


def is_letterhead(line: str) -> bool:
    """Whether a line is a publication line, a signature, a date or "——在……会议上", wherever it stands."""
    return is_publication(line) or is_signature(line) or is_date(line) or bool(_SUBTITLE.fullmatch(line))


def organisations(line: str) -> tuple[re.Match[str], ...]:
    """The issuing bodies a line names, in order."""
    return tuple(re.finditer(_ORGANISATION, line))
