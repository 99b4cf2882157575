"""Passages are short, stay in their section, and together are the whole body."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rag.parsing.chunking import LONGEST_CHUNK
from rag.parsing.parse import parse
from rag.parsing.report import Report
from rag.types import SourceFile

PIECES = [
    "一、工作回顾\n",
    "（一）抓党建\n",
    "修路3公里，",
    "修渠1,200米。",
    "发放资金；",
    "\n",
    "  ",
    "二是修桥。",
    "全镇上下团结" * 30,
]
PIECES += [
    "石矶镇人民政府\n",
    "2020年12月28日\n",
    "下一步，我镇将修桥。",
    "三、2021年工作计划\n",
    "2、完成投资1.5万元。",
]


def report(text: str) -> Report:
    return parse(SourceFile("报告.txt", "", "utf-8", text)).report


def chunk_texts(text: str) -> list[str]:
    parsed = report(text)
    return [parsed.text[chunk.start : chunk.end] for chunk in parsed.chunks]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(deadline=None, derandomize=True)
def test_chunks_hold_every_body_character_once(text: str) -> None:
    parsed = report(text)
    held = [index for chunk in parsed.chunks for index in range(chunk.start, chunk.end)]
    body = [index for each in parsed.sentences if each.role == "body" for index in range(each.start, each.end)]
    assert held == sorted(set(held))
    assert [i for i in held if not parsed.text[i].isspace()] == [i for i in body if not parsed.text[i].isspace()]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(deadline=None, derandomize=True)
def test_chunks_are_short_and_of_one_section(text: str) -> None:
    parsed = report(text)
    for chunk in parsed.chunks:
        inside = [each for each in parsed.sentences if chunk.start < each.end and each.start < chunk.end]
        assert chunk.end - chunk.start <= LONGEST_CHUNK
        assert {(each.section, each.kind, each.role) for each in inside} == {(chunk.section, chunk.kind, "body")}


def test_headings_and_metadata_are_in_no_chunk() -> None:
    text = "石矶镇2020年工作总结\n一、工作回顾\n修路12公里。\n二、工作计划\n修桥1座。\n石矶镇人民政府\n2020年12月28日"
    assert chunk_texts(text) == ["修路12公里。", "修桥1座。"]


def test_results_and_plans_are_parted() -> None:
    assert chunk_texts("石矶镇2020年工作总结\n修路12公里。\n2021年，我镇将修桥。") == [
        "修路12公里。",
        "2021年，我镇将修桥。",
    ]


def test_a_paragraph_is_cut_before_its_items() -> None:
    first, second = "一是修路。" + "修路3公里，" * 30 + "完工。", "二是修渠。" + "修渠2公里，" * 30 + "通水。"
    assert chunk_texts(first + second) == [first, second]


def test_a_long_sentence_is_cut_between_clauses_not_in_numbers() -> None:
    pieces = chunk_texts("投资1,200万元,修路3公里," * 30)
    assert all(piece.startswith(("投资", "修路")) and piece.endswith(",") for piece in pieces)
