"""The page in a real browser, with scripted answers: every tab, both languages, a phone, keyboard and accessibility."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from eval.reporting.page import results_page
from eval.reporting.results import make_results
from eval.scoring.cases import score_case
from rag.answering.answers import Answer, Choice
from rag.library.lock import write_lock
from rag.library.results import IngestResult, Scope
from rag.types import Notice
from rag.verification.claims import Claim
from tests.support.eval_cases import FILE, made_item
from tests.support.eval_cases import REPORT as REPORT_TEXT
from tests.support.eval_cases import made_answer as made_golden_answer
from tests.support.made_parts import ScriptedWorkspace, made_answer, made_citation, made_report, made_source
from tests.support.served_page import browser_pages, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=\"document.title='broken'\">${document.title='broken'}{{1}}"
REPORT = made_report(body="（一）抓好粮食生产\n种植水稻1200亩。" + HOSTILE + "新修水渠3公里。" + "前" * 3000)
SLOW = threading.Event()


def reply(question: str) -> Answer:
    """Refuses questions about names; else quotes the report's first body sentence."""
    if "别处" in question:
        choices = (Choice("石矶镇种了什么？", Scope(("石矶镇",))), Choice("到底种了什么？", Scope()))
        return Answer(question, "refused", "scope_conflict", "zh-Hans", "筛选的是石矶镇。", choices=choices)
    if "谁" in question:
        return Answer(question, "refused", "not_in_reports", "zh-Hans", "报告没有写明。")
    source = made_source(REPORT, f"{REPORT.label}.txt")
    start = source.file.text.index("种植水稻")
    quoted = replace(made_citation(start=start, file=source.file.name), report=REPORT.id)
    other = replace(made_citation(HOSTILE, start=start + 10, file=source.file.name), report=REPORT.id)
    claims = (
        Claim("水稻1200亩。", "stated", None, "quoted", None, (quoted, other)),
        Claim(HOSTILE, "stated", None, "unsupported", "words_not_in_evidence", ()),
    )
    return replace(made_answer(question, *claims), evidence_citations=(quoted,))


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with browser_pages() as browser:
        yield browser


def stream(question: str, *, history: object, scope: object) -> Iterator[Answer]:
    """First the evidence; questions about what is slow wait until a test lets them go on."""
    answer = reply(question)
    if "慢" in question:
        yield replace(answer, outcome="evidence_only", claims=())
        SLOW.wait(30)
    yield answer


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> ScriptedWorkspace:
    workspace = ScriptedWorkspace(tmp_path_factory.mktemp("home"), REPORT, reply=reply)
    workspace.scripted_answerer.stream = stream  # type: ignore[method-assign, assignment]
    return workspace


@pytest.fixture(scope="module")
def address(workspace: ScriptedWorkspace) -> Iterator[str]:
    with served(workspace) as address:
        yield address


@pytest.fixture
def page(browser: "Browser", address: str) -> Iterator["Page"]:
    yield from opened(browser, address)


@pytest.fixture
def phone(browser: "Browser", address: str) -> Iterator["Page"]:
    yield from opened(browser, address, width=390)


def opened(browser: "Browser", address: str, width: int = 1280) -> Iterator["Page"]:
    context = browser.new_context(viewport={"width": width, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(".conversation .chip")
    yield page
    context.close()


def ask(page: "Page", question: str) -> None:
    page.fill("#question textarea", question)
    page.click("#send")
    page.wait_for_selector(f".exchange:has-text('{question}') .badge")


def tab(page: "Page", name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()


def wait_until_in_view(page: "Page", selector: str) -> None:
    page.wait_for_function(
        """selector => {
            const box = document.querySelector(selector)?.getBoundingClientRect();
            return box && box.top >= 0 && box.bottom <= innerHeight;
        }""",
        arg=selector,
    )


# asking


def test_a_mark_opens_the_source_at_its_sentence(page: "Page") -> None:
    ask(page, "种了多少水稻？")
    page.click(".claim.supported .mark >> nth=0")
    chosen = page.locator("#reader mark.chosen")
    assert chosen.inner_text() == "种植水稻1200亩。"
    wait_until_in_view(page, "#reader mark.chosen")
    head = page.locator("#reader header").inner_text()
    assert "石矶镇 2020" in head and "一、农业" in head


def test_the_second_mark_opens_the_second_quotation(page: "Page") -> None:
    ask(page, "种了多少水稻？")
    page.click(".claim.supported .mark >> nth=1")
    page.wait_for_function("document.querySelector('#reader mark.chosen')?.textContent.startsWith('<img')")


def test_the_answers_first_source_opens_by_itself_on_a_wide_screen(page: "Page") -> None:
    ask(page, "种了多少水稻？")
    page.wait_for_selector("#reader mark.chosen", state="visible")


def test_a_closed_reader_stays_closed_and_gives_the_focus_back(page: "Page") -> None:
    ask(page, "种了多少水稻？")
    page.click(".claim.supported .mark >> nth=0")
    page.wait_for_function("document.activeElement.matches('#reader h2')")
    page.keyboard.press("Escape")
    page.wait_for_selector("#reader", state="hidden")
    assert page.evaluate("document.activeElement.matches('.mark')")
    ask(page, "还种了什么？")
    assert page.locator("#reader").is_hidden()


def test_a_refusal_and_a_doubtful_sentence_are_told_apart(page: "Page") -> None:
    ask(page, "种了多少水稻？")
    ask(page, "镇长是谁？")
    assert page.locator(".exchange.answered .claim.unsupported .why").count() == 1
    assert page.locator(".exchange.refused .lead").inner_text() == "报告没有写明。"


def test_a_question_against_its_filter_is_asked_without_it_by_one_click(page: "Page") -> None:
    page.click("#town input")
    page.get_by_role("option", name="石矶镇").first.click()
    assert "石矶镇" in page.input_value("#town input")
    ask(page, "别处种了什么？")
    page.click(".exchange .chip:has-text('去掉地区筛选')")
    page.wait_for_selector(".exchange.answered:has-text('到底种了什么？')")
    assert page.locator(".exchange").count() == 1
    page.wait_for_function("document.querySelector('#town input').value === '全部乡镇'")


def test_text_of_reports_and_answers_does_not_run(page: "Page") -> None:
    ask(page, "种了多少水稻？")
    page.wait_for_selector("#reader mark.chosen")
    assert HOSTILE in page.locator("#conversation").inner_text()
    assert HOSTILE in page.locator("#reader").inner_text()
    assert page.locator("#conversation img, #reader img").count() == 0
    assert page.title() == "镇报 Zhenbao"


def test_nothing_is_fetched_from_elsewhere(browser: "Browser", address: str) -> None:
    fetched: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(address)
    page.wait_for_selector(".conversation .chip")
    page.close()
    assert [url for url in fetched if not url.startswith((address, "data:", "blob:"))] == []


def test_an_example_is_asked_with_one_click(page: "Page") -> None:
    page.click(".chip >> nth=0")
    page.wait_for_selector(".exchange .question:has-text('抓好粮食生产')")


def test_a_question_goes_with_the_keyboard_alone(page: "Page") -> None:
    page.focus("#question textarea")
    page.keyboard.type("种了多少水稻？")
    page.keyboard.press("Enter")
    page.wait_for_selector(".exchange .badge")
    page.focus(".claim.supported .mark >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_selector("#reader mark.chosen", state="visible")


def test_an_answer_can_be_stopped_and_asked_again(page: "Page") -> None:
    SLOW.clear()
    page.fill("#question textarea", "慢慢说")
    page.click("#send")
    page.wait_for_selector(".exchange.pending .evidence")
    page.click("#stop")
    page.wait_for_selector(".exchange.stopped .pending:has-text('已停止')")
    SLOW.set()
    page.click("button[data-act=retried]")
    page.wait_for_selector(".exchange .badge")
    assert page.locator(".exchange").count() == 1


def test_a_new_conversation_begins_empty(page: "Page") -> None:
    ask(page, "种了多少水稻？")
    page.click("#new")
    page.wait_for_selector(".conversation.empty .chip")


def test_the_conversation_is_exported_with_its_citations(page: "Page") -> None:
    ask(page, "种了多少水稻？")
    ask(page, "镇长是谁？")
    with page.expect_download() as waiting:
        page.click("#export")
    text = waiting.value.path().read_text(encoding="utf-8")
    assert "[^1-1]: “种植水稻1200亩。”" in text and "报告没有写明。" in text


def test_a_judged_answer_is_kept_as_a_candidate(page: "Page", workspace: ScriptedWorkspace) -> None:
    ask(page, "种了多少水稻？")
    page.click("button[data-verdict=down]")
    page.wait_for_selector("button[data-verdict=down][aria-pressed=true]")
    row = json.loads(workspace.settings.candidates_path.read_text(encoding="utf-8").splitlines()[-1])
    assert (row["verdict"], row["question"]) == ("down", "种了多少水稻？")


# the library


def test_an_upload_gives_a_result_per_file_and_a_new_row(
    page: "Page", workspace: ScriptedWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ingest(paths: list[Path], *, on_result: Callable[[IngestResult], None]) -> None:
        for path in paths:
            if path.stem == "坏":
                on_result(IngestResult(str(path), "failed", details=(Notice("no_text"),)))
            else:
                report = made_report("大塘乡", "衡州县", 2022)
                workspace.library.add(report, made_source(report, path.name))
                on_result(IngestResult(str(path), "added", report.id))

    monkeypatch.setattr(workspace, "ingest", ingest)
    files = [tmp_path / "大塘.txt", tmp_path / "坏.txt"]
    for file in files:
        file.write_text("内容", encoding="utf-8")
    tab(page, "资料")
    assert "把文件拖到这里" in page.locator("#upload").inner_text()  # whatever language the browser has
    page.set_input_files("#upload input[type=file]", files)
    page.wait_for_selector("#library-said td.failed")
    assert "文件里没有文字" in page.locator("#library-said").inner_text()
    page.wait_for_selector("#reports tr:has-text('大塘乡')")
    assert not list(workspace.settings.uploads_path.rglob("*.txt"))


def test_a_report_is_shown_with_its_defects_marked(page: "Page") -> None:
    tab(page, "资料")
    page.click("#reports tr:has-text('石矶镇') button:has-text('查看')")
    page.wait_for_selector("#reader mark.defect")
    assert page.locator("#reader mark.defect").first.inner_text() == "首页 > 政务公开"


def test_metadata_are_corrected_in_place(page: "Page", workspace: ScriptedWorkspace) -> None:
    report = made_report("错字镇", "衡州县", 2019)
    workspace.library.add(report, made_source(report, "错字.txt"))
    page.reload()
    tab(page, "资料")
    page.click("#reports tr:has-text('错字镇') button:has-text('修改')")
    page.fill("#edit-town textarea, #edit-town input", "正字镇")
    page.click("#save")
    page.wait_for_selector("#reports tr:has-text('正字镇')")
    workspace.library.remove(report.id)


def test_a_removed_report_goes_after_a_question(page: "Page", workspace: ScriptedWorkspace) -> None:
    report = made_report("多余镇", "衡州县", 2018)
    workspace.library.add(report, made_source(report, "多余.txt"))
    page.reload()
    tab(page, "资料")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.click("#reports tr:has-text('多余镇') button:has-text('删除')")
    assert page.locator("#reports tr:has-text('多余镇')").count() == 1
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("#reports tr:has-text('多余镇') button:has-text('删除')")
    page.wait_for_selector("#reports tr:has-text('多余镇')", state="detached")


def test_another_writer_is_explained(page: "Page", workspace: ScriptedWorkspace) -> None:
    with write_lock(workspace.settings.lock_path):
        tab(page, "资料")
        page.click("#rebuild")
        page.wait_for_selector("#library-said .failure:has-text('正由另一个程序写入')")


# the other tabs


def test_a_summary_is_read_and_taken_along(page: "Page") -> None:
    tab(page, "总结")
    assert page.locator("#summary-export").is_hidden()
    page.click("#summarize")
    page.wait_for_selector("#summary article")
    page.click("#summary .mark >> nth=0")
    with page.expect_download() as waiting:
        page.click("#summary-md")
    assert "种植水稻1200亩" in waiting.value.path().read_text(encoding="utf-8")


def test_a_comparison_leads_to_its_source(page: "Page") -> None:
    tab(page, "对比")
    page.fill("#compare-subject textarea, #compare-subject input", "水渠")
    page.keyboard.press("Enter")
    page.click("#compare .mark >> nth=0")
    page.wait_for_selector("#reader mark.chosen:has-text('新修水渠3公里')")


def test_the_evaluation_says_how_to_get_results_or_shows_them(page: "Page") -> None:
    tab(page, "评测")
    page.wait_for_selector("#evaluation :is(.hint, iframe)")


def test_the_written_page_of_a_run_is_shown_in_both_looks(
    browser: "Browser", workspace: ScriptedWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    case = score_case(made_item(), made_golden_answer(), {FILE: REPORT_TEXT}, ())
    written = tmp_path / "eval-results" / "my-set" / "index.html"
    written.parent.mkdir(parents=True)
    written.write_text(results_page(make_results("my-set", [case], {}), (), None), encoding="utf-8")
    with served(workspace) as address:
        page = browser.new_page(color_scheme="null")  # a choice of Playwright's would hold in the frame too
        page.goto(address)
        tab(page, "评测")
        frame = page.frame_locator("#evaluation iframe")
        frame.locator("details:has-text('新修水渠')").wait_for()
        frame.locator("nav button:has-text('wrong')").first.click()  # the page's own script
        frame.locator("#count:has-text('0 / 1')").wait_for()
        ground = "getComputedStyle(document.body).backgroundColor"
        light = page.frames[1].evaluate(ground)
        page.click("#theme")
        page.wait_for_selector("body.dark")
        page.frames[1].wait_for_function(f"{ground} !== '{light}'")
        page.close()


# around everything


def test_the_page_speaks_english_and_remembers_it(page: "Page") -> None:
    ask(page, "种了多少水稻？")
    page.click("#switch")
    page.wait_for_selector("button[role=tab]:has-text('Library')")
    page.wait_for_selector(".badge:has-text('partly not verified')")
    assert page.locator("#send").inner_text() == "Ask"
    page.reload()
    page.wait_for_selector("button[role=tab]:has-text('Library')")


def test_the_dark_look_is_remembered(page: "Page") -> None:
    page.click("#theme")
    page.wait_for_selector("body.dark")
    page.reload()
    page.wait_for_selector("body.dark .conversation .chip")


@pytest.mark.parametrize("name", ["问答", "总结", "对比", "资料", "评测"])
def test_a_phone_needs_no_sideways_scrolling(phone: "Page", name: str) -> None:
    ask(phone, "种了多少水稻？")
    tab(phone, name)
    phone.wait_for_timeout(300)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_a_phone_the_source_comes_up_from_below_when_asked_for(phone: "Page") -> None:
    ask(phone, "种了多少水稻？")
    assert phone.locator("#reader").is_hidden()
    phone.click(".claim.supported .mark >> nth=0")
    phone.wait_for_selector("#reader mark.chosen", state="visible")
    wait_until_in_view(phone, "#reader mark.chosen")


@pytest.mark.parametrize("name", ["问答", "总结", "对比", "资料", "评测"])
@pytest.mark.parametrize("is_dark", [False, True])
def test_nothing_serious_stands_in_the_way_of_anyone(page: "Page", name: str, is_dark: bool) -> None:
    from axe_playwright_python.sync_playwright import Axe

    if is_dark:
        page.click("#theme")
    ask(page, "种了多少水稻？")
    page.click(".claim.supported .mark >> nth=0")
    page.wait_for_selector("#reader mark.chosen", state="visible")
    tab(page, name)
    page.wait_for_timeout(500)
    found = Axe().run(page).response["violations"]
    serious = [
        (rule["id"], [node["html"][:160] for node in rule["nodes"]][:3])
        for rule in found
        if rule["impact"] in ("serious", "critical")
    ]
    assert serious == []
