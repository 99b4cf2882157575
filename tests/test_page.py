"""What the page shows: escaped, tied to its sources, in order."""

import socket
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from app import require_free
from rag.errors import LibraryBusy, PortInUse
from rag.rendering import number_quotations
from rag.types import Answer, Claim, IngestResult, Scope, Turn
from tests.doubles import BODY, ScriptedWorkspace, made_answer, made_citation, made_report, made_source
from ui.chat_view import conversation_html, quotations_html
from ui.conversation import Exchange, ask, turns_of
from ui.library_view import (
    chosen_scope,
    example_questions,
    places_of,
    reports_html,
    results_html,
    years_of,
)
from ui.markup import Markup, element, escape, joined

HOSTILE = "<img src=x onerror=alert(1)>${alert(2)}{{3}}`"
HARMLESS = "&lt;img src=x onerror=alert(1)&gt;&#36;&#123;alert(2)&#125;&#123;&#123;3&#125;&#125;&#96;"


# markup


def test_text_is_escaped_also_for_templates() -> None:
    assert escape(HOSTILE) == HARMLESS


def test_an_element_escapes_text_and_keeps_markup() -> None:
    assert element("p", "a<b", element("b", "c"), class_="x") == '<p class="x">a&lt;b<b>c</b></p>'


def test_attributes_are_escaped_and_flags_stand_alone() -> None:
    assert element("details", id='"><', open=True) == '<details id="&quot;&gt;&lt;" open></details>'
    assert element("details", open=False) == "<details></details>"


def test_joining_keeps_markup_only() -> None:
    assert joined("<", Markup("<br>")) == "&lt;<br>"


# the conversation


def hostile_answer() -> Answer:
    citation = replace(made_citation(HOSTILE, start=0, file=HOSTILE), section=HOSTILE, town=HOSTILE)
    claims = (
        Claim(HOSTILE, "computed", HOSTILE, True, None, (citation,)),
        Claim(HOSTILE, "stated", None, False, HOSTILE, ()),
    )
    return replace(made_answer(HOSTILE, *claims), evidence_citations=(citation,), notices=(HOSTILE,))


@pytest.mark.parametrize("outcome", ["answered", "refused", "evidence_only"])
@pytest.mark.parametrize("is_pending", [True, False])
def test_nothing_in_a_report_becomes_markup(outcome: str, is_pending: bool) -> None:
    exchange = Exchange(replace(hostile_answer(), outcome=outcome, answer=HOSTILE), is_pending)  # type: ignore[arg-type]
    shown = conversation_html([exchange]) + quotations_html([exchange], lambda report, file: HOSTILE * 3)
    assert "<img" not in shown and "${" not in shown and "{{" not in shown
    assert HARMLESS in shown


def test_a_mark_leads_to_its_quotation() -> None:
    exchanges = [Exchange(made_answer("一")), Exchange(made_answer("二"))]
    assert 'href="#quotation-2-1"' in conversation_html(exchanges)
    quotations = quotations_html(exchanges, lambda report, file: "")
    assert quotations.index('id="quotation-2-1"') < quotations.index('id="quotation-1-1"')


def test_a_quotation_stands_highlighted_in_its_surroundings() -> None:
    text = "前" * 200 + "\n\n种植水稻1200亩。\n\n" + "后" * 200
    citation = made_citation(start=202)
    exchange = Exchange(made_answer("问", Claim("水稻。", "stated", None, True, None, (citation,))))
    shown = quotations_html([exchange], lambda report, file: text)
    assert "…" + "前" * 148 + "\n<mark>种植水稻1200亩。</mark>\n" + "后" * 148 + "…" in shown


def test_unsupported_claims_and_refusals_look_different() -> None:
    doubtful = made_answer("问", Claim("水稻9亩。", "stated", None, False, "figure_not_in_evidence", ()))
    assert '<p class="claim unsupported"><s>水稻9亩。</s>' in conversation_html([Exchange(doubtful)])
    refusal = Answer("谁？", "refused", "not_in_reports", "zh-Hans", "没有写明。")
    assert 'class="exchange refused"' in conversation_html([Exchange(refusal)])


def test_evidence_is_collapsed_beside_an_answer_and_open_when_it_is_all_there_is() -> None:
    bare = replace(made_answer(), outcome="evidence_only", reason="model_unavailable", claims=(), answer="没有模型。")
    assert '<details class="evidence">' in conversation_html([Exchange(made_answer())])
    assert '<details open class="evidence">' in conversation_html([Exchange(bare)])
    assert "种植水稻1200亩。" in quotations_html([Exchange(bare)], lambda report, file: "")
    assert '<details class="evidence">' in conversation_html([Exchange(bare, is_pending=True)])


# asking


class Turnstile:
    """Notes when the model's turn was taken."""

    def __init__(self, log: list[str]) -> None:
        self._log = log

    def __enter__(self) -> None:
        self._log.append("turn")

    def __exit__(self, *details: object) -> None:
        self._log.append("done")


def test_evidence_comes_before_the_models_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = replace(made_answer(), outcome="evidence_only", claims=())
    log: list[str] = []

    def stream(question: str, *, history: tuple[Turn, ...], scope: Scope) -> Iterator[Answer]:
        yield bare
        log.append("model")
        yield made_answer()

    workspace = ScriptedWorkspace(tmp_path, made_report())
    monkeypatch.setattr(workspace.scripted_answerer, "stream", stream)
    for exchange in ask(workspace, "问", Scope(), [], Turnstile(log)):
        log.append(f"{exchange.answer.outcome} {exchange.is_pending}")
    assert log == ["evidence_only True", "turn", "model", "done", "answered False"]


def test_the_conversation_so_far_goes_along(tmp_path: Path) -> None:
    workspace = ScriptedWorkspace(tmp_path, made_report())
    failed = Exchange(Answer("坏", "error", None, "zh-Hans", ""))
    list(ask(workspace, "问", Scope(), [Exchange(made_answer("前")), failed], nullcontext()))
    assert workspace.scripted_answerer.asked == [
        ("问", (Turn("user", "前"), Turn("assistant", "种植水稻1200亩。")), Scope())
    ]
    assert turns_of([Exchange(made_answer(), is_pending=True)]) == ()


def test_an_error_is_shown_in_its_place(tmp_path: Path) -> None:
    def reply(question: str) -> Answer:
        raise LibraryBusy("正在写入")

    (exchange,) = ask(ScriptedWorkspace(tmp_path, made_report(), reply=reply), "问", Scope(), [], nullcontext())
    assert "正在写入" in conversation_html([exchange])


def test_an_empty_library_asks_for_reports(tmp_path: Path) -> None:
    (exchange,) = ask(ScriptedWorkspace(tmp_path), "问", Scope(), [], nullcontext())
    assert exchange.answer.outcome == "error"
    assert number_quotations(exchange.answer.claims).citations == ()


# the library

QINGLAN = made_report("柳溪镇", "青岚县", 2021)
YUNPI = made_report("柳溪镇", "云陂县", 2022)


def test_the_table_escapes_names_and_warnings() -> None:
    report = made_report(HOSTILE, HOSTILE)
    source = made_source(report, HOSTILE)
    assert "<img" not in reports_html([(report, [source])])


def test_filters_keep_namesakes_apart() -> None:
    assert places_of([QINGLAN, YUNPI])[1:] == [("云陂县柳溪镇", "云陂县\t柳溪镇"), ("青岚县柳溪镇", "青岚县\t柳溪镇")]
    assert years_of([QINGLAN, YUNPI]) == [("全部 All", 0), ("2023", 2023), ("2022", 2022), ("2021", 2021)]


def test_a_choice_becomes_a_scope() -> None:
    assert chosen_scope("青岚县\t柳溪镇", 2021) == Scope(("柳溪镇",), "青岚县", (2021,))
    assert chosen_scope("\t柳溪镇", None) == Scope(("柳溪镇",))
    assert chosen_scope("", 0).is_open


def test_examples_come_from_the_reports() -> None:
    report = made_report(body=BODY.replace("一、农业", "（一）抓好粮食生产"))
    assert example_questions([report]) == ["石矶镇2020年“抓好粮食生产”方面做了什么？"]
    assert example_questions([]) == []


def test_each_upload_has_its_result() -> None:
    results = [IngestResult("folder/a.txt", "added", "0123456789ab"), IngestResult(HOSTILE, "failed", detail=HOSTILE)]
    shown = results_html(results, total=3)
    assert "<td>a.txt</td>" in shown and "还有 1 个文件" in shown and "<img" not in shown


def test_a_port_in_use_is_one_line() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(PortInUse, match="--port"):
            require_free("127.0.0.1", other.getsockname()[1])


def test_a_host_that_is_not_ours_is_one_line() -> None:
    with pytest.raises(PortInUse):
        require_free("192.0.2.1", 7860)
