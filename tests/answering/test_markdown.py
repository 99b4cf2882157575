"""Answers as Markdown."""

from dataclasses import replace

import pytest

from rag.answering.answers import Answer
from rag.answering.markdown import answer_markdown
from rag.text.display import escape_markdown, shortened
from rag.verification.claims import Claim
from tests.support.made_parts import made_answer, made_citation


def test_an_answer_has_footnotes() -> None:
    assert answer_markdown(made_answer()) == (
        "**石矶镇种了多少水稻？**\n\n种植水稻1200亩。（原文）[^1]\n\n"
        "[^1]: “种植水稻1200亩。” — 石矶镇 2020 · 石矶2020.txt · 一、农业\n"
    )


def test_an_unsupported_claim_is_struck_out() -> None:
    answer = made_answer("问", Claim("水稻9亩。", "stated", None, "unsupported", "figure_not_in_evidence", ()))
    assert "~~水稻9亩。~~ (未经核实：原文中没有这个数字)" in answer_markdown(answer)


def test_a_refusal_gives_its_sentence() -> None:
    answer = Answer("谁？", "refused", "not_in_reports", "zh-Hans", "报告没有写明。")
    assert answer_markdown(answer) == "**谁？**\n\n报告没有写明。\n"


def test_a_wrapped_quotation_stays_on_its_footnote_line() -> None:
    claim = Claim("水稻。", "stated", None, "quoted", None, (made_citation("种植\r\n  水稻。"),))
    assert "[^1]: “种植 水稻。” — " in answer_markdown(made_answer("问", claim))


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("<b>5*3</b>", r"\<b\>5\*3\</b\>"),
        ("[a](b)", r"\[a\](b)"),
        ("# 一 | 二", r"\# 一 \| 二"),
        ("粮食2.5%", "粮食2.5%"),
    ],
)
def test_markup_in_a_report_is_shown_not_obeyed(text: str, escaped: str) -> None:
    assert escape_markdown(text) == escaped


def test_a_shortened_text_shows_its_cut() -> None:
    assert shortened("一二三\n四五六", 4) == "一二三…"
    assert shortened("一二", 4) == "一二"


def test_a_lead_comes_before_the_claims() -> None:
    answer = replace(made_answer(), reason="premise_corrected", answer="与报告不符。种植水稻1200亩。")
    assert "\n\n与报告不符。\n\n种植水稻1200亩。（原文）[^1]" in answer_markdown(answer)
