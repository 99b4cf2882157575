"""The page in a real browser: asking, citation marks, hostile text, nothing fetched from elsewhere."""

import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app import launch_page
from rag.types import Answer, Claim, IngestResult
from tests.doubles import ScriptedWorkspace, made_answer, made_citation, made_report, made_source

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
HOSTILE = "<img src=x onerror=\"document.title='broken'\">${document.title='broken'}{{1}}"
REPORT = made_report(body="（一）抓好粮食生产\n种植水稻1200亩。" + HOSTILE + "新修水渠3公里。")


def reply(question: str) -> Answer:
    """Refuses questions about names; else quotes the report's first body sentence."""
    if "谁" in question:
        return Answer(question, "refused", "not_in_reports", "zh-Hans", "报告没有写明。")
    source = made_source(REPORT, f"{REPORT.label}.txt")
    start = source.file.text.index("种植水稻")
    quoted = replace(made_citation(start=start, file=source.file.name), report=REPORT.id)
    other = replace(made_citation(HOSTILE, start=start + 10, file=source.file.name), report=REPORT.id)
    claims = (
        Claim("水稻1200亩。", "stated", None, True, None, (quoted, other)),
        Claim(HOSTILE, "stated", None, False, "words_not_in_evidence", ()),
    )
    return replace(made_answer(question, *claims), evidence_citations=(quoted,))


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    if CHROMIUM is None:
        pytest.skip("no chromium")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> ScriptedWorkspace:
    return ScriptedWorkspace(tmp_path_factory.mktemp("home"), REPORT, reply=reply)


@pytest.fixture(scope="module")
def address(workspace: ScriptedWorkspace) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    page = launch_page(workspace, host="127.0.0.1", port=port)
    yield f"http://127.0.0.1:{port}"
    page.close(verbose=False)


@pytest.fixture
def page(browser: "Browser", address: str) -> Iterator["Page"]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    page.wait_for_selector("#examples button")
    yield page
    page.close()


def ask(page: "Page", question: str) -> None:
    page.fill("#question textarea", question)
    page.click("#send")
    page.wait_for_selector(f".exchange:has-text('{question}') .badge")


def test_a_mark_brings_its_quotation_into_view(page: "Page") -> None:
    ask(page, "种了多少水稻？")
    page.click("a.mark >> nth=0")
    chosen = page.locator(".quotation.chosen")
    assert chosen.locator("mark").inner_text() == "种植水稻1200亩。"
    assert "石矶镇 2020" in chosen.inner_text()
    box = chosen.bounding_box()
    assert box is not None and 0 <= box["y"] < 900


def test_a_refusal_and_a_doubtful_sentence_are_told_apart(page: "Page") -> None:
    ask(page, "种了多少水稻？")
    ask(page, "镇长是谁？")
    assert page.locator(".exchange.answered .claim.unsupported .why").count() == 1
    assert page.locator(".exchange.refused .lead").inner_text() == "报告没有写明。"


def test_text_of_reports_and_answers_does_not_run(page: "Page") -> None:
    ask(page, "种了多少水稻？")
    assert HOSTILE in page.locator("#conversation").inner_text()
    assert HOSTILE in page.locator("#sources").inner_text()
    assert page.locator("#conversation img, #sources img").count() == 0
    assert page.title() == "镇报 Zhenbao"


def test_nothing_is_fetched_from_elsewhere(browser: "Browser", address: str) -> None:
    fetched: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(address)
    page.wait_for_selector("#examples button")
    page.close()
    assert [url for url in fetched if not url.startswith((address, "data:", "blob:"))] == []


def test_an_example_fills_the_box(page: "Page") -> None:
    page.click("#examples button >> nth=0")
    page.wait_for_function("document.querySelector('#question textarea').value.includes('抓好粮食生产')")


def test_an_upload_gives_a_result_per_file_and_a_new_row(
    page: "Page", workspace: ScriptedWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ingest(paths: list[Path], *, on_result: Callable[[IngestResult], None]) -> None:
        for path in paths:
            if path.stem == "坏":
                on_result(IngestResult(str(path), "failed", detail="文件是空的"))
            else:
                report = made_report("大塘乡", "衡州县", 2022)
                workspace.library.add(report, made_source(report, path.name))
                on_result(IngestResult(str(path), "added", report.id))

    monkeypatch.setattr(workspace, "ingest", ingest)
    files = [tmp_path / "大塘.txt", tmp_path / "坏.txt"]
    for file in files:
        file.write_text("内容", encoding="utf-8")
    page.get_by_role("tab", name="资料 Library").click()
    page.set_input_files("#upload input[type=file]", files)
    page.wait_for_selector("#results td.failed")
    assert "文件是空的" in page.locator("#results").inner_text()
    page.wait_for_selector("#reports tr:has-text('大塘乡')")


def test_a_phone_needs_no_sideways_scrolling(browser: "Browser", address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(address)
    page.wait_for_selector("#examples button")
    ask(page, "种了多少水稻？")
    width = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert width <= 390
