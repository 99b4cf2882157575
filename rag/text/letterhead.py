"""Shapes of the lines around the body: title, publication line, addressee, signature, date. They see folded lines."""

import re

from rag.text.clauses import COMMAS, SENTENCE_MARKS
from rag.text.dates import LOOSE_DATE, YEAR, years_in_digits
from rag.text.item_numbers import read_numbering
from rag.text.letter_spacing import closed
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN
from rag.text.place_chain import places_at, places_in_title

_LONGEST_TITLE, _LONGEST_LINE = 60, 80
_YEAR = re.compile(YEAR)
_TITLE_END = concept("report_words", "account_words", "plan", "kind_of_document", "kind_of_table").any
_UNIT_BEHIND = re.compile(rf"\s*\({concept('unit_label').any}[:：]?[^()]*\)$")
_STAMP = re.compile(r"\s+(\d{4}-\d{1,2}-\d{1,2})$")
_COVERING = concept("covering_document").any
_MEETING = rf"(?:[—–\-\s(]*(?:{LOOSE_DATE})?\s*{concept('at').any}.{{2,45}}{concept('occasion').any}\)?)"
_TITLE = re.compile(rf".{{0,50}}{_TITLE_END}》?{_COVERING}?(?:\(.{{0,12}}\))?{_MEETING}?(?:{_STAMP.pattern})?")
_MEETING_END = re.compile(rf"{_MEETING}$")
_MEETING_OF = re.compile(rf"{_MEETING}的")
_GOVERNMENT_REPORT = concept("government_report")
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
_SUBTITLE = re.compile(rf"[—–-]{{1,2}}.*{concept('occasion').any}|{_MEETING}")
_JOINED_ON = re.compile(rf"(?:{concept('and', 'title_joint').any})")


def is_title(line: str) -> bool:
    """Whether a line looks like the title of a report: names a place or a year, ends in 总结, 计划, 报告 …"""
    line = _UNIT_BEHIND.sub("", _without_label(closed(line)))
    is_phrase = len(line) <= _LONGEST_TITLE and not _MARK.search(line) and read_numbering(line) is None
    if not is_phrase or not _TITLE.fullmatch(line):
        return False
    is_named = _YEAR.search(years_in_digits(line)) or places_in_title(line)
    return bool(is_named) or _GOVERNMENT_REPORT.pattern.match(line) is not None


def _without_label(line: str) -> str:
    """A line without the mark behind the place that it is headed with: 石矶镇:2022年工作总结."""
    label, _, rest = line.partition(":")
    places = places_at(label) if rest else ()
    return f"{label}{rest}" if places and places[-1].end == len(label) else line


def goes_on_title(line: str) -> bool:
    """Whether a line is the second half of a title: 和2023年工作计划, 暨2023年工作安排的报告."""
    line = closed(line)
    joint = _JOINED_ON.match(line)
    return joint is not None and bool(is_title(line[joint.end() :]) or _TITLE.fullmatch(line))


def begins_title(line: str, title: str) -> bool:
    """Whether a line is a part of the title next to it: the place or the year that is missing there, or the meeting.

    Example: begins_title("云陂县石矶镇", "2022年工作总结")
    """
    line = closed(line).strip()
    places = places_in_title(line)
    is_place = bool(places) and places[-1].end == len(line) and not places_in_title(title)
    is_year = bool(_YEAR.fullmatch(years_in_digits(line))) and not _YEAR.search(years_in_digits(title))
    return is_place or is_year or bool(_MEETING_OF.fullmatch(line))


def is_occasion(line: str) -> bool:
    """Whether a line says at which meeting a report was held: ——2022年1月5日在石矶镇第三届人民代表大会上."""
    return len(line) <= _LONGEST_LINE and bool(_SUBTITLE.fullmatch(closed(line)))


def title_core(line: str) -> str:
    """What two versions of one title have in common: without 关于…的报告, joining words, 度, spaces and marks.

    Example: the cores of "石矶镇2020年工作总结暨2021年工作计划" and "石矶镇2020年度工作总结与2021年工作计划" are equal.
    """
    inner = _AROUND_TITLE.sub("", _STAMP.sub("", line))
    return _JOINT.sub("", inner).replace("年度", "年")


def title_stamp(line: str) -> re.Match[str] | None:
    """The date of publishing that a page puts after a title; its group 1 is the date."""
    return _STAMP.search(line)


def title_meeting(line: str) -> re.Match[str] | None:
    """The meeting that a title ends with: 政府工作报告——2022年1月5日在石矶镇第三届人民代表大会上."""
    return _MEETING_END.search(line)


def is_publication(line: str) -> bool:
    """Whether a line is the page's own data: 来源, 发布时间, 作者 …"""
    return len(line) <= 120 and bool(_PUBLICATION.fullmatch(line)) and "。" not in line


def has_page_data(line: str) -> bool:
    """Whether a publication line is a web page's: 发布时间: …, 浏览次数: 12, 【字体: 大 中 小】."""
    return is_publication(line) and bool(_PAGE_DATA.search(line))


def is_signature(line: str) -> bool:
    """Whether a line holds nothing but the names of issuing bodies, with or without a date."""
    line = closed(line)
    is_organisation = bool(_SIGNATURE.fullmatch(line) or _SIGNATURE_DATE.fullmatch(line)) or _names_body(line)
    return len(line) <= _LONGEST_LINE and is_organisation


def _names_body(line: str) -> bool:
    """Whether a line is the name of a place's public body: 云陂县水利局."""
    places = places_at(line)
    return len(places) > 1 and places[-1].level == "bureau" and places[-1].end == len(line)


def is_date(line: str) -> bool:
    """Whether a line holds nothing but a date, in digits or Chinese numerals."""
    return len(line) <= 24 and bool(_DATE.fullmatch(line))


def is_addressee(line: str) -> bool:
    """Whether a line greets the reader: 县委:, 各位代表:"""
    return len(line) <= 30 and bool(_ADDRESSEE.fullmatch(line))


def is_letterhead(line: str) -> bool:
    """Whether a line is a publication line, a signature, a date or "——在……会议上", wherever it stands."""
    return is_publication(line) or is_signature(line) or is_date(line) or is_occasion(line)


def organisations(line: str) -> tuple[re.Match[str], ...]:
    """The issuing bodies a line names, in order."""
    return tuple(re.finditer(".+" if _names_body(line) else _ORGANISATION, line))
