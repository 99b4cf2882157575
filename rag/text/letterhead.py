"""Shapes of the lines around the body: title, publication line, addressee, signature, date. They see folded lines."""

import re

from rag.text.item_numbers import read_numbering

_CHINESE_YEAR = r"二[〇○零o0][一二三四五六七八九〇○零o0]{2}"
_YEAR = re.compile(rf"(?:19|20)\d\d|{_CHINESE_YEAR}")
_TITLE_END = r"(?:总结|计划|报告|情况|思路|打算|安排|要点|汇报|回顾|设想|部署|材料)"
_STAMP = re.compile(r"\s+(\d{4}-\d{1,2}-\d{1,2})$")
_TITLE = re.compile(rf".{{0,50}}{_TITLE_END}》?(?:的(?:通知|函))?(?:\(.{{0,12}}\))?(?:{_STAMP.pattern})?")
_PLACE = re.compile(r"[镇乡]|街道")
_SENTENCE_MARKS = re.compile(r"[。;!?,:]")
_LABEL = (
    r"(?:信息|文章)?来源|稿源|发布(?:时间|日期|单位|机构|人)|作者|供稿|(?:责任)?编辑|责编|审核|[一二三]审"
    r"|(?:发文|成文|公开|生成)(?:日期|机关|机构|单位|字号|方式)|索\s?引\s?号|文\s?号|信息(?:分类|名称|类别)|主题(?:词|分类)"
    r"|名\s?称(?=\s*:.*(?:总结|报告|计划|要点))"
)
_PAGE_DATA = re.compile(
    r"(?:浏览|阅读|点击|访问)(?:次数|量|数)?\s*:|字(?:体|号)|发布(?:时间|日期)\s*:|作者\s*:|编辑\s*:"
)
_DATE_TIME = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
_TIME_STAMP = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s+\d{1,2}:\d{2}(?::\d{2})?")
_PUBLICATION = re.compile(rf"(?:{_DATE_TIME}\s*)?(?:{_LABEL}|时间|日期)\s*:.*|{_TIME_STAMP.pattern}")
_ORGANISATION = (
    r"(?:中共|中国共产党)?[一-鿿]{2,20}?(?:委员会|人民政府|办事处|党政(?:综合)?办(?:公室)?"
    r"|(?<=[镇乡])(?:党委|政府)|(?<=街道)党工委)"
)
_DATE = re.compile(
    rf"\(?((?:19|20)\d\d|{_CHINESE_YEAR})\s*[年.\-/]\s*(\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s*(?:月|[.\-/])?"
    r"\s*(?:(\d{1,2}|[一二三四五六七八九十]{1,3})\s*日?)?\)?"
)
_SIGNATURE = re.compile(rf"{_ORGANISATION}(?:[\s、]+{_ORGANISATION}){{0,3}}(?:\s*\(章\))?")
_SIGNATURE_DATE = re.compile(rf"({_SIGNATURE.pattern})\s+({_DATE.pattern})")
_ADDRESSEE = re.compile(
    r"(?:尊敬的)?(?:各位.{0,16}|同志们|.{0,12}(?:县|区|市|镇|乡|州|上级)?(?:委|政府|办公室|领导|办))\s*:"
)
_SUBTITLE = re.compile(r"[—–-]{1,2}.{0,20}在.*(?:会议|大会|会)上")


def is_title(line: str) -> bool:
    """Whether a line looks like the title of a report: names a place or a year, ends in 总结, 计划, 报告 …"""
    named = _YEAR.search(line) or _PLACE.search(line)
    is_phrase = not _SENTENCE_MARKS.search(line) and read_numbering(line) is None
    return len(line) <= 60 and is_phrase and bool(named and _TITLE.fullmatch(line))


def title_core(line: str) -> str:
    """What two versions of one title have in common: without 关于…的报告, joining words, 度, spaces and marks.

    Example: the cores of "石矶镇2020年工作总结暨2021年工作计划" and "石矶镇2020年度工作总结与2021年工作计划" are equal.
    """
    inner = re.sub(r"^关于(?:印发)?|》?的(?:报告|汇报|通知|函)$", "", _STAMP.sub("", line))
    return re.sub(r"[暨与及和、,\s《》“”\"]|(?<=年)度", "", inner)


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


def last_date(line: str) -> re.Match[str] | None:
    """The last date in a line; its groups are the raw year, month and (where given) day."""
    return next(reversed(list(_DATE.finditer(line))), None)


def organisations(line: str) -> tuple[re.Match[str], ...]:
    """The issuing bodies a line names, in order."""
    return tuple(re.finditer(_ORGANISATION, line))
