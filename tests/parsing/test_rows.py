"""Rows of names and figures: what the name says of its figure."""

import pytest

from rag.parsing.parse import parse
from rag.parsing.rows import captions, entries_in, kind_of_row
from rag.types import SourceFile


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("财政收入：1260万元，粮食产量：12600吨。", ["财政收入", "粮食产量"]),
        ("财政收入:1,260万元;粮食产量:12600吨", ["财政收入", "粮食产量"]),
        ("指标：粮食产量，2021年粮食产量：12600吨。", ["2021年粮食产量"]),
        ("增幅：-3.2%，占比：5%（含预算外）。", ["增幅", "占比"]),
        ("人口：约1200人，其中：脱贫人口：230人。", ["人口", "脱贫人口"]),
        ("完成三项工作：修路3公里。", []),  # a colon before words, not before a figure alone
        ("会议时间：2021年3月5日上午。", []),
        ("财政收入1260万元。", []),
        ("", []),
    ],
)
def test_entries_are_names_with_nothing_but_a_figure(sentence: str, names: list[str]) -> None:
    entries = entries_in(sentence)
    assert [entry.name for entry in entries] == names
    assert all(sentence[entry.figure - 1] in "：:" for entry in entries)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("粮食产量", None),
        ("粮食产量年度目标", "target"),
        ("粮食产量任务数", "target"),
        ("粮食产量计划", "plan"),
        ("2022年财政收入预期", "plan"),
        ("计划完成投资", "plan"),
        ("实际完成", "result"),
        ("完成计划", "result"),
        ("目标完成率", "result"),
        ("完成投资", "result"),
    ],
)
def test_a_name_says_whether_it_was_reached(name: str, status: str | None) -> None:
    (entry,) = entries_in(f"{name}：12")
    assert entry.status == status


@pytest.mark.parametrize(
    ("name", "year", "period", "words"),
    [
        ("粮食产量", None, None, "粮食产量"),
        ("2020年粮食产量", 2020, "2020年", "粮食产量"),
        ("2020年上半年粮食产量", 2020, "2020年上半年", "粮食产量"),
        ("上年粮食产量", 2020, "2020年", "粮食产量"),
        ("上年同期粮食产量", 2020, "2020年", "粮食产量"),
        ("本年粮食产量", 2021, "2021年", "粮食产量"),
        ("2019-2020年粮食产量", None, "2019-2020年", "粮食产量"),
        ("1—10月粮食产量", None, "2021年1—10月", "粮食产量"),
        ("1月至10月粮食产量", None, "2021年1月至10月", "粮食产量"),
        ("一季度粮食产量", None, "2021年一季度", "粮食产量"),
        ("前三季度粮食产量", None, "2021年前三季度", "粮食产量"),
        ("2020年第1季度粮食产量", 2020, "2020年第1季度", "粮食产量"),
        ("12月底存栏", None, "2021年12月底", "存栏"),
    ],
)
def test_a_name_says_when(name: str, year: int | None, period: str | None, words: str) -> None:
    (entry,) = entries_in(f"{name}：12吨")
    assert (entry.year(2021), entry.period(entry.year(2021) or 2021), entry.words) == (year, period, words)


@pytest.mark.parametrize(
    ("sentence", "around", "kind"),
    [
        ("财政收入：1260万元。", "plan", "plan"),
        ("2021年财政收入：1260万元。", "plan", "result"),
        ("2021年财政收入完成：1260万元。", "plan", "result"),
        ("2022年财政收入：1350万元。", "result", "plan"),
        ("造林目标：1000亩，造林完成：820亩。", "plan", "result"),  # of one time
        ("2021年造林：820亩，2022年造林：1000亩。", "plan", "plan"),  # of both
        ("2021年修路3公里。", "plan", "plan"),  # no row
    ],
)
def test_a_row_says_more_than_the_section_around_it(sentence: str, around: str, kind: str) -> None:
    assert kind_of_row(sentence, around, 2021) == kind  # type: ignore[arg-type]


def test_the_line_above_rows_says_when() -> None:
    sentences = [
        "一、基本情况",
        "2020年各村人口",
        "单位：人",
        "甲村人口：12人。",
        "乙村人口：13人。",
        "另有说明。",
        "丙村人口：14人。",
    ]
    assert list(captions(sentences)) == ["", "", "", "2020年", "2020年", "", ""]
    assert list(captions(["2019年和2020年各村人口", "甲村人口：12人。"])) == ["", ""]
    assert list(captions(["2020年修路。", "甲村人口：12人。"])) == ["", ""]


def test_sentences_of_rows_have_their_own_kind() -> None:
    text = "石矶镇2021年工作总结\n二、2022年工作计划\n2021年财政收入完成：1260万元。2022年财政收入目标：1350万元。\n"
    sentences = parse(SourceFile("甲.txt", "0" * 64, "utf-8", text)).report.sentences
    assert [sentence.kind for sentence in sentences if sentence.role == "body"] == ["result", "plan"]
