"""Times in a text: how far each reaches, and which one an amount behind it is told for."""

import pytest

from rag.text.time_spans import governing, last_year_of_plan, opening, time_spans


@pytest.mark.parametrize(
    ("text", "reach", "year"),
    [
        ("1-10月", "part", None),
        ("1至11月", "part", None),
        ("1月至9月", "part", None),
        ("一至九月", "part", None),
        ("2022年1—9月份", "part", 2022),
        ("前10个月", "part", None),
        ("头三个月", "part", None),
        ("前三季度", "part", None),
        ("第一季度", "part", None),
        ("1-3季度", "part", None),
        ("今年上半年", "part", None),
        ("11月份", "part", None),
        ("截至11月底", "part", None),
        ("截至2022年9月30日", "part", 2022),
        ("到10月底", "part", None),
        ("国庆假期", "part", None),
        ("春节期间", "part", None),
        ("截至12月底", "year", None),
        ("截至2022年底", "year", 2022),
        ("2022年度", "year", 2022),
        ("二〇二二年", "year", 2022),
        ("全年", "year", None),
        ("五年来", "years", None),
        ("近三年", "years", None),
        ("过去五年", "years", None),
        ("“十三五”期间", "years", None),
        ("十四五时期", "years", None),
        ("本届政府任期内", "years", None),
        ("2018—2022年", "years", 2022),
        ("2018年以来", "years", 2018),
        ("2016年扶贫工作开展以来", "years", 2016),
        ("上年同期", "past", None),
        ("3月5日", "date", None),
        ("防汛期间", "date", None),
        ("截至目前", "now", None),
    ],
)
def test_one_time(text: str, reach: str, year: int | None) -> None:
    (span,) = time_spans(f"{text}")
    assert (span.reach, span.year, span.end) == (reach, year, len(text))


@pytest.mark.parametrize("text", ["五年级", "三年行动计划", "20人", "十年树木", "第3条", "1-2个", "月亮湾"])
def test_what_is_no_time(text: str) -> None:
    assert list(time_spans(text)) == []


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("1-10月完成收入", "1-10月"),
        ("前三季度完成投资3亿元，增长", "前三季度"),
        ("近三年新建公路", "近三年"),
        ("事故比上年的", "上年"),
        ("信访量较去年同期", "去年同期"),
        ("企业由2006年的", "2006年"),
        ("到2025年，产值达", "到2025年"),
        ("2022年，1-10月完成", "1-10月"),
        ("自2018年以来造林", "2018年以来"),
    ],
)
def test_an_amount_is_told_for_a_time_before_it(before: str, text: str) -> None:
    span = governing(before)
    assert span is not None and span.text == text


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("比2021年增长", id="compared with"),
        pytest.param("合格率由2021年的83%提高到", id="begins at"),
        pytest.param("收入是2015年的", id="measured by"),
        pytest.param("近三年造林4万亩，补助", id="of its own clause alone"),
        pytest.param("园区2018年列入试点，累计投入", id="of the event in its clause"),
        pytest.param("征集2023年实事41件，接收留言", id="of what is named there"),
        pytest.param("（秋季种植10万亩），建成", id="in a closed bracket"),
        pytest.param("承办冬季运动会，建成场馆", id="in a name"),
    ],
)
def test_a_time_holds_for_nothing_else(before: str) -> None:
    assert governing(before) is None


def test_months_are_of_the_year_named_before_them() -> None:
    span = governing("2021年全镇攻坚克难，上半年完成投资")
    assert span is not None and (span.reach, span.year) == ("part", 2021)


@pytest.mark.parametrize(
    ("text", "is_from_the_start"), [("上半年", True), ("1-9月", True), ("7-9月", False), ("下半年", False)]
)
def test_some_months_begin_with_the_year(text: str, is_from_the_start: bool) -> None:
    (span,) = time_spans(text)
    assert span.is_from_the_start is is_from_the_start


def test_a_sentence_opens_with_a_time_behind_its_label() -> None:
    span = opening("一是五年来，造林3万亩")
    assert span is not None and span.text == "五年来"
    assert opening("造林3万亩，五年来最多") is None


@pytest.mark.parametrize(("text", "year"), [("“十一五”期间", 2010), ("十四五时期", 2025), ("五年来", None)])
def test_a_plan_ends_in_a_year(text: str, year: int | None) -> None:
    assert last_year_of_plan(text) == year
