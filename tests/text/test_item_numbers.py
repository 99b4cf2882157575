"""Item numbers at the start of a line, and what only looks like one."""

import pytest

from rag.text.item_numbers import Numbering, begins_point, label_length, read_numbering


@pytest.mark.parametrize(
    ("line", "numbering"),
    [
        ("第二部分 2021年计划", Numbering("part", 2, 4)),
        ("三、抓项目", Numbering("chinese", 3, 2)),
        ("十二、其他", Numbering("chinese", 12, 3)),
        ("(一)抓党建", Numbering("chinese_bracket", 1, 3)),
        ("（十）抓文教", Numbering("chinese_bracket", 10, 3)),
        ("4、农业", Numbering("arabic", 4, 2)),
        ("1.壮大产业", Numbering("arabic", 1, 2)),
        ("（3）修路", Numbering("arabic_bracket", 3, 3)),
        ("②修渠", Numbering("circled", 2, 1)),
        ("壹、工作回顾", Numbering("formal", 1, 2)),
        ("参、工作打算", Numbering("formal", 3, 2)),
        ("拾贰、其他", Numbering("formal", 12, 3)),
        ("壹拾、其他", Numbering("formal", 10, 3)),
        ("乙、工业", Numbering("stem", 2, 2)),
        ("（丙）商贸", Numbering("stem", 3, 3)),
    ],
)
def test_reads_the_styles_of_reports(line: str, numbering: Numbering) -> None:
    assert read_numbering(line) == numbering


@pytest.mark.parametrize(
    "line", ["1.5万亩油茶", "30、100户", "一、二、三产业融合", "一是修路", "2021年工作", "一年来", "甲、乙两村"]
)
def test_quantities_and_phrases_are_no_numbers(line: str) -> None:
    assert read_numbering(line) is None


@pytest.mark.parametrize(
    ("line", "is_point"),
    [
        ("二是修路", True),
        ("三要修渠", True),
        ("第一，修桥", True),
        ("(一)修路", True),
        ("一年来", False),
        ("第三季度", False),
    ],
)
def test_points_of_a_list(line: str, is_point: bool) -> None:
    assert begins_point(line) is is_point


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("3.1 本年投资", "本年投资"),
        ("3.1本年投资", "本年投资"),
        ("3.2 人均收入", "人均收入"),
        ("1.2.3 新建公厕", "新建公厕"),
        ("（1）修路", "修路"),
        ("⑴修路", "修路"),
        ("一是2022年", "2022年"),
        ("第三，修路", "修路"),
        ("3 项目建设", "项目建设"),
        ("3.1万亩油茶", "3.1万亩油茶"),
        ("3.5 公里道路", "3.5 公里道路"),
        ("3.5 倍于上年", "3.5 倍于上年"),
        ("30、100户", "30、100户"),
        ("12个村", "12个村"),
    ],
)
def test_a_clause_has_its_words_behind_its_labels(clause: str, words: str) -> None:
    assert clause[label_length(clause) :] == words
