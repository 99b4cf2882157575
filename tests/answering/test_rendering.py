"""Answers, hits and reports as JSON and as text for a terminal."""

from dataclasses import replace
from pathlib import Path

import pytest

from rag.answering.answers import Answer
from rag.answering.rendering import answer_json, answer_text, error_json
from rag.answering.rendering import lead as lead_of
from rag.errors import InputError
from rag.library.as_json import hit_json, report_json
from rag.library.library import Library
from rag.library.listing import listed, open_defects_of
from rag.library.results import Hit
from rag.text.display import printable
from rag.verification.claims import Claim
from rag.verification.quotations import number_quotations
from tests.support.made_parts import made_answer, made_citation, made_report, made_source

RICE = made_citation("种植水稻1200亩。")
CANAL = made_citation("新修水渠3公里。", start=40)


def claim(text: str, *citations: object, reason: str | None = None) -> Claim:
    return Claim(text, "stated", None, "unsupported" if reason else "quoted", reason, citations)  # type: ignore[arg-type]


def test_a_quotation_keeps_its_number_wherever_it_is_cited() -> None:
    numbering = number_quotations([claim("a", RICE, CANAL), claim("b"), claim("c", CANAL)])
    assert numbering.citations == (RICE, CANAL)
    assert numbering.marks == ((1, 2), (), (2,))


def test_the_same_place_in_two_files_is_two_quotations() -> None:
    numbering = number_quotations([claim("a", RICE), claim("b", replace(RICE, file="副本.txt"))])
    assert numbering.marks == ((1,), (2,))


def test_answer_json_has_the_keys_of_the_contract() -> None:
    row = answer_json(made_answer())
    assert list(row) == [
        "question", "outcome", "reason", "language", "answer", "claims", "evidence", "nearest", "choices", "notices",
        "model", "tokens", "seconds",
    ]  # fmt: skip
    assert row["tokens"] == {"prompt": 0, "completion": 0}
    assert row["seconds"] == {"retrieve": 0.0, "model": 0.0, "verify": 0.0, "total": 0.0}


def test_a_claim_in_json_carries_its_citations() -> None:
    assert answer_json(made_answer())["claims"] == [
        {
            "text": "种植水稻1200亩。", "kind": "stated", "expression": None, "supported": True, "support": "quoted",
            "reason": None,
            "citations": [
                {
                    "report": "0123456789ab", "file": "石矶2020.txt", "page": None, "town": "石矶镇", "level": None,
                    "year": 2020, "report_year": 2020, "section": "一、农业", "role": "evidence",
                    "quote": "种植水稻1200亩。",
                    "start": 30, "end": 40,
                }
            ],
        }
    ]  # fmt: skip


def test_evidence_in_json_is_the_text_of_the_source_at_its_offsets() -> None:
    wrapped = made_citation("种植水稻\n1200亩。")
    row = answer_json(replace(made_answer(), evidence_citations=(wrapped,)))
    assert row["evidence"] == [
        {
            "number": 1, "report": "0123456789ab", "file": "石矶2020.txt", "town": "石矶镇", "level": None,
            "year": 2020, "section": "一、农业", "text": "种植水稻\n1200亩。", "start": 30, "end": 41,
        }
    ]  # fmt: skip


def test_error_json_has_the_shape_of_an_answer_and_says_what_went_wrong() -> None:
    row = error_json(InputError("line_not_json", line=3), "问题")
    assert set(row) == {*answer_json(made_answer()), "message", "code"}
    assert (row["outcome"], row["code"], row["question"]) == ("error", "line_not_json", "问题")
    assert row["message"] == "第 3 行不是有效的 JSON。(Line 3 is not valid JSON.)"


def test_a_hit_counts_in_the_source() -> None:
    report = made_report()
    source = made_source(report)
    row = hit_json(1, Hit(report.id, report.chunks[0], "", 0.25), report, source)
    assert row["text"] == "种植水稻1200亩。新修水渠3公里。"
    start, end = row["start"], row["end"]
    assert isinstance(start, int) and isinstance(end, int)
    assert source.file.text[start:end] == row["text"]


def test_a_report_row_tells_size_files_and_warnings() -> None:
    report = made_report()
    library = Library.open(Path(":memory:"))
    for name in ("a.txt", "b.txt"):
        source = made_source(report, name)
        library.add(report, replace(source, file=replace(source.file, sha256=name)))
    (listed_report,) = listed(library)
    row = report_json(listed_report, open_defects_of(library, [listed_report])[report.id])
    assert (row["town"], row["county"], row["year"], row["plan_year"]) == ("石矶镇", "衡州县", 2020, 2021)
    assert (row["characters"], row["chunks"], row["files"]) == (len(report.text), 1, ["a.txt", "b.txt"])
    assert row["warnings"] == [
        {
            "kind": "boilerplate",
            "detail": "网页导航",
            "quote": "首页 > 政务公开",
            "start": 0,
            "end": 9,
            "others": (),
            "file": name,
        }
        for name in ("a.txt", "b.txt")
    ]


def test_answer_text_marks_claims_and_lists_quotations_once() -> None:
    text = answer_text(made_answer("问", claim("水稻1200亩。", RICE), claim("水渠3公里。", CANAL, RICE)))
    assert text == (
        "水稻1200亩。（原文）[1]\n水渠3公里。（原文）[2][1]\n\n"
        "引用:\n[1] 石矶镇 2020 · 石矶2020.txt · 一、农业\n    种植水稻1200亩。\n"
        "[2] 石矶镇 2020 · 石矶2020.txt · 一、农业\n    新修水渠3公里。"
    )


def test_an_unsupported_claim_is_marked_with_its_reason() -> None:
    text = answer_text(
        made_answer("问", claim("水稻1200亩。", RICE), claim("水稻9亩。", reason="figure_not_in_evidence"))
    )
    assert "? 水稻9亩。 (未经核实：原文中没有这个数字)" in text


def test_a_refusal_is_its_sentence_alone() -> None:
    refusal = Answer(
        "谁？",
        "refused",
        "not_in_reports",
        "zh-Hans",
        "报告没有写明。",
        (claim("是张三。", reason="words_not_in_evidence"),),
    )
    assert answer_text(refusal) == "报告没有写明。"


def test_bare_evidence_is_listed_in_the_answers_language() -> None:
    answer = replace(
        made_answer(), outcome="evidence_only", reason="model_unavailable", claims=(), answer="No model.", language="en"
    )
    assert answer_text(answer) == (
        "No model.\n\nWhat the reports say:\n[1] 石矶镇 2020 · 石矶2020.txt · 一、农业\n    种植水稻1200亩。"
    )


def test_the_lead_is_what_stands_before_the_first_supported_claim() -> None:
    answer = made_answer("问", claim("水稻9亩。", reason="no_statement"), claim("水稻1200亩。", RICE))
    assert lead_of(replace(answer, answer="与报告不符。水稻1200亩。")) == "与报告不符。"
    assert lead_of(answer) == ""


@pytest.mark.parametrize("hostile", ["\x1b[2J", "\x07", "\x9b1m", "\u202e", "\r"])
def test_text_for_a_terminal_cannot_steer_it(hostile: str) -> None:
    assert printable(f"前{hostile[0]}后") == "前\N{REPLACEMENT CHARACTER}后"


def test_line_ends_and_tabs_stay() -> None:
    assert printable("甲\n乙\t丙") == "甲\n乙\t丙"
