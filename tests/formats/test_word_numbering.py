"""Numbers that Word puts before paragraphs: by style, by list, in every way of counting."""

from typing import Any

import pytest

from rag.text.list_numerals import list_numeral
from tests.support.made_word import add_style, body, level, lines, numbered, paragraph, run, set_numbering, styled

_LIST = '<w:abstractNum w:abstractNumId="1">{}</w:abstractNum>'
_NUMBER = '<w:num w:numId="9"><w:abstractNumId w:val="1"/></w:num>'
_FIRST, _SECOND = level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）")


def read(numbering: str, *paragraphs: tuple[str, str], styles: tuple[tuple[str, str], ...] = ()) -> list[str]:
    """The lines of paragraphs given as properties and text."""

    def make(made: Any) -> None:
        set_numbering(made, numbering)
        for name, inner in styles:
            add_style(made, name, inner)
        body(*(paragraph(run(text) if text else "", properties) for properties, text in paragraphs))(made)

    return lines(make)


def of_list(*levels: str) -> str:
    return _LIST.format("".join(levels)) + _NUMBER


def test_a_style_takes_its_number_from_the_one_it_is_based_on() -> None:
    number = "<w:pPr><w:numPr><w:numId w:val='9'/></w:numPr></w:pPr>"
    styles = (("Base", number), ("Part", "<w:basedOn w:val='Base'/>"), ("Big", "<w:basedOn w:val='Part'/>"))
    read_lines = read(of_list(_FIRST), (styled("Part"), "农业"), ("", "正文"), (styled("Big"), "工业"), styles=styles)
    assert read_lines == ["一、农业", "正文", "二、工业"]


def test_a_style_stands_at_the_level_that_names_it() -> None:
    number = "<w:pPr><w:numPr><w:numId w:val='9'/></w:numPr></w:pPr>"
    levels = (
        level(0, "chineseCounting", "%1、", "<w:pStyle w:val='Upper'/>"),
        level(1, "chineseCounting", "（%2）", "<w:pStyle w:val='Lower'/>"),
    )
    read_lines = read(
        of_list(*levels),
        (styled("Upper"), "农业"),
        (styled("Lower"), "种植"),
        (styled("Lower"), "养殖"),
        styles=(("Upper", number), ("Lower", number)),
    )
    assert read_lines == ["一、农业", "（一）种植", "（二）养殖"]


def test_level_and_list_come_from_where_each_is_named() -> None:
    number = "<w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='9'/></w:numPr></w:pPr>"
    properties = "<w:pPr><w:pStyle w:val='Item'/><w:numPr><w:ilvl w:val='0'/></w:numPr></w:pPr>"
    read_lines = read(
        of_list(_FIRST, _SECOND), (properties, "农业"), (styled("Item"), "种植"), styles=(("Item", number),)
    )
    assert read_lines == ["一、农业", "（一）种植"]


def test_a_paragraph_lays_down_the_number_of_its_style() -> None:
    number = "<w:pPr><w:numPr><w:numId w:val='9'/></w:numPr></w:pPr>"
    plain = "<w:pPr><w:pStyle w:val='Part'/><w:numPr><w:numId w:val='0'/></w:numPr></w:pPr>"
    styles = (("Part", number),)
    assert read(of_list(_FIRST), (styled("Part"), "甲"), (plain, "乙"), (styled("Part"), "丙"), styles=styles) == [
        "一、甲",
        "乙",
        "二、丙",
    ]


def test_a_list_whose_levels_a_numbering_style_has() -> None:
    def make(made: Any) -> None:
        linked = "<w:abstractNum w:abstractNumId='2'><w:numStyleLink w:val='Steps'/></w:abstractNum>"
        number = "<w:num w:numId='10'><w:abstractNumId w:val='2'/></w:num>"
        set_numbering(made, _LIST.format(_FIRST) + linked + _NUMBER + number)
        add_style(made, "Steps", "<w:pPr><w:numPr><w:numId w:val='9'/></w:numPr></w:pPr>", "numbering")
        body(paragraph(run("农业"), numbered(0, 10)))(made)

    assert lines(make) == ["一、农业"]


def test_legal_numbers_are_arabic_at_every_level() -> None:
    levels = (_FIRST, level(1, "chineseCounting", "%1.%2", "<w:isLgl/>"), level(2, "decimal", "%1.%2.%3"))
    read_lines = read(
        of_list(*levels), (numbered(0), "农业"), (numbered(1), "种植"), (numbered(2), "水稻"), (numbered(1), "养殖")
    )
    assert read_lines == ["一、农业", "1.1 种植", "一.一.1 水稻", "1.2 养殖"]


def test_a_number_redefines_a_level_and_starts_anew() -> None:
    override = f"<w:startOverride w:val='3'/>{level(0, 'upperLetter', '%1.')}"
    override = f"<w:lvlOverride w:ilvl='0'>{override}</w:lvlOverride>"
    own = f"<w:num w:numId='10'><w:abstractNumId w:val='1'/>{override}</w:num>"
    assert read(of_list(_FIRST) + own, (numbered(0), "甲"), (numbered(0, 10), "乙"), (numbered(0, 10), "丙")) == [
        "一、甲",
        "C.乙",
        "D.丙",
    ]


@pytest.mark.parametrize(
    ("restart", "last"),
    [("", "（一）丁"), ("<w:lvlRestart w:val='0'/>", "（三）丁"), ("<w:lvlRestart w:val='1'/>", "（一）丁")],
)
def test_where_a_level_begins_anew(restart: str, last: str) -> None:
    levels = (_FIRST, level(1, "chineseCounting", "（%2）", restart))
    paragraphs = ((0, "甲"), (1, "乙"), (1, "丙"), (0, "戊"), (1, "丁"))
    assert read(of_list(*levels), *((numbered(depth), text) for depth, text in paragraphs))[-1] == last


def test_an_empty_paragraph_counts_and_a_deleted_one_does_not() -> None:
    deleted = numbered(0).replace("</w:pPr>", "<w:rPr><w:del/></w:rPr></w:pPr>")
    assert read(of_list(_FIRST), (numbered(0), "甲"), (numbered(0), ""), (deleted, ""), (numbered(0), "乙")) == [
        "一、甲",
        "三、乙",
    ]


@pytest.mark.parametrize(
    ("text", "more", "line"),
    [
        ("第%1章", "", "第一章 农业"),
        ("第%1章", "<w:suff w:val='nothing'/>", "第一章农业"),
        ("%1", "<w:suff w:val='space'/>", "一 农业"),
        ("%1、", "<w:suff w:val='space'/>", "一、农业"),
        ("（%1）", "", "（一）农业"),
    ],
)
def test_what_stands_between_number_and_text(text: str, more: str, line: str) -> None:
    assert read(of_list(level(0, "chineseCounting", text, more)), (numbered(0), "农业")) == [line]


def test_a_format_that_older_programs_do_not_know() -> None:
    custom = (
        "<w:lvl w:ilvl='0'><w:start w:val='1'/><mc:AlternateContent><mc:Choice Requires='w14'>"
        "<w:numFmt w:val='custom' w:format='001, 002, 003, ...'/></mc:Choice><mc:Fallback><w:numFmt w:val='decimal'/>"
        "</mc:Fallback></mc:AlternateContent><w:lvlText w:val='%1号'/></w:lvl>"
    )
    assert read(of_list(custom), (numbered(0), "农业")) == ["001号 农业"]


@pytest.mark.parametrize(
    ("style", "numerals"),
    [
        ("chineseCounting", {1: "一", 10: "十", 12: "十二", 20: "二十", 105: "一百零五", 110: "一百一十"}),
        ("chineseLegalSimplified", {1: "壹", 3: "叁", 10: "壹拾", 12: "壹拾贰"}),
        ("ideographLegalTraditional", {2: "貳", 3: "參", 6: "陸"}),
        ("ideographTraditional", {1: "甲", 2: "乙", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("ideographZodiacTraditional", {1: "甲子", 13: "丙子", 60: "癸亥"}),
        ("ideographDigital", {9: "九", 10: "一〇", 21: "二一"}),
        ("taiwaneseCountingThousand", {10: "十", 21: "二十一"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 50: "㊿", 51: "51"}),
        ("decimalEnclosedCircleChinese", {3: "③"}),
        ("decimalEnclosedParen", {2: "⑵"}),
        ("decimalEnclosedFullstop", {2: "⒉"}),
        ("ideographEnclosedCircle", {1: "㊀", 2: "㊁"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalZero", {3: "03", 12: "12"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa"}),
        ("upperRoman", {4: "IV", 49: "XLIX"}),
        ("numberInDash", {2: "- 2 -"}),
        ("hebrew1", {2: "2"}),
    ],
)
def test_ways_of_counting(style: str, numerals: dict[int, str]) -> None:
    assert {number: list_numeral(number, style) for number in numerals} == numerals


def test_formal_numbers_in_a_document() -> None:
    levels = (level(0, "chineseLegalSimplified", "%1、"), level(1, "ideographTraditional", "%2、"))
    paragraphs = ((0, "本年回顾"), (1, "水利"), (1, "交通"), (0, "来年打算"))
    assert read(of_list(*levels), *((numbered(depth), text) for depth, text in paragraphs)) == [
        "壹、本年回顾",
        "甲、水利",
        "乙、交通",
        "贰、来年打算",
    ]
