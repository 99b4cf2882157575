"""The whole way in a real browser with the embedded model, from the upload of reports to the export of a summary."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rag.models.model_file import model_path
from rag.settings import Settings, read_settings
from rag.workspace import Workspace
from tests.support.paths import SAMPLES
from tests.support.served_page import browser_pages, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOUND = read_settings({name: value for name, value in os.environ.items() if name.startswith("ZHENBAO_MODEL")})
pytestmark = [
    pytest.mark.model,
    pytest.mark.browser,
    pytest.mark.skipif(model_path(FOUND) is None, reason="the chat model has not been pulled"),
]
PATIENCE = 240_000  # milliseconds: a slow machine that does other things too


@pytest.fixture
def page(tmp_path: Path) -> Iterator["Page"]:
    settings = Settings(home=tmp_path, model_file=model_path(FOUND))
    with Workspace(settings) as workspace, served(workspace) as address, browser_pages() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(PATIENCE)
        page.goto(address)
        page.wait_for_selector("#start-reports")
        yield page


def ask(page: "Page", question: str) -> None:
    page.fill("#question textarea", question)
    page.click("#send")
    page.wait_for_selector(f".exchange[aria-label='{question}'] .badge")


def tab(page: "Page", name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()


def test_from_upload_to_export(page: "Page") -> None:
    tab(page, "资料")
    page.set_input_files("#upload input[type=file]", [SAMPLES / "shiji-2020.txt", SAMPLES / "shiji-2021.txt"])
    page.wait_for_selector("#reports tbody tr >> nth=1")

    tab(page, "问答")
    ask(page, "石矶镇2020年的粮食总产量是多少？")
    answered = page.locator(".exchange.answered").last
    assert "1.36万吨" in answered.inner_text()
    answered.locator(".claim.supported .mark").first.click()
    page.wait_for_selector("#reader mark.chosen:has-text('1.36万吨')")

    ask(page, "2021年呢？")
    assert "1.39万吨" in page.locator(".exchange.answered").last.inner_text()
    ask(page, "石矶镇2020年有几所大学？")
    assert page.locator(".exchange.refused").count() == 1
    with page.expect_download() as waiting:
        page.click("#export")
    assert "1.36万吨" in waiting.value.path().read_text(encoding="utf-8")

    tab(page, "对比")
    page.fill("#compare-subject textarea, #compare-subject input", "粮食总产量")
    page.click("#compare-go")
    page.wait_for_selector("#compare tr:has-text('2021')")
    page.locator("#compare .mark").first.click()
    page.wait_for_selector("#reader mark.chosen:has-text('万吨')")

    tab(page, "总结")
    page.click("#summarize")
    page.wait_for_selector("#summary article .cards li")
    with page.expect_download() as waiting:
        page.click("#summary-docx")
    assert waiting.value.path().read_bytes().startswith(b"PK")
