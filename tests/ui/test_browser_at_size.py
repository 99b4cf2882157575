"""The page over many reports in a real browser: pages, search, and pickers by keyboard."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.support.made_parts import ScriptedWorkspace
from tests.support.many_reports import many_reports
from tests.support.served_page import browser_pages, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> ScriptedWorkspace:
    """120 reports of as many towns in 100 counties."""
    workspace = ScriptedWorkspace(tmp_path_factory.mktemp("home"))
    workspace.library.add_many(many_reports(120, years=1))
    return workspace


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with browser_pages() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(workspace: ScriptedWorkspace) -> Iterator[str]:
    with served(workspace) as address:
        yield address


@pytest.fixture
def page(browser: "Browser", address: str) -> Iterator["Page"]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(".conversation .chip")
    yield page
    context.close()


def tab(page: "Page", name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()


def part(page: "Page", said: str) -> None:
    page.wait_for_selector(f"#library-part:has-text('{said}')")


def rows(page: "Page") -> int:
    return page.locator("#reports tbody tr").count()


def option(page: "Page", picker: str, text: str) -> None:
    page.wait_for_selector(f"{picker} [role=option]:has-text('{text}')")


def test_the_library_is_turned_page_by_page(page: "Page") -> None:
    tab(page, "资料")
    part(page, "共 120 份，第 1–50 份")
    assert rows(page) == 50 and page.locator("#previous").is_disabled()
    page.click("#next")
    part(page, "第 51–100 份")
    page.click("#next")
    part(page, "第 101–120 份")
    assert rows(page) == 20 and page.locator("#next").is_disabled()
    page.click("#previous")
    part(page, "第 51–100 份")


def test_a_search_begins_at_its_first_page_and_says_how_many_there_are(page: "Page") -> None:
    tab(page, "资料")
    page.click("#next")
    part(page, "第 51–100 份")
    page.fill("#search-reports textarea", "2019")
    part(page, "第 1–50 份")
    page.fill("#search-reports textarea", "衡州县")
    part(page, "符合的有 2 份，第 1–2 份（资料库共 120 份）")
    assert rows(page) == 2 and page.locator("#next").is_hidden()
    page.click("#with-warnings input")
    part(page, "没有符合的报告（资料库共 120 份）")
    page.click("#switch")
    part(page, "No report matches (120 in the library)")


def test_the_list_is_sorted(page: "Page") -> None:
    tab(page, "资料")
    page.click("#order input")
    page.click("#order [role=option]:has-text('最近导入的在前')")
    page.wait_for_selector("#reports tbody tr:first-child:has-text('00119-')")


def test_a_town_is_picked_by_its_sound_with_the_keyboard_alone(page: "Page", workspace: ScriptedWorkspace) -> None:
    page.focus("#town input")
    page.keyboard.type("hengzhoushiji")
    option(page, "#town", "衡州县石矶镇 · hengzhoushiji")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('#town input').value === '衡州县石矶镇'")
    page.focus("#question textarea")
    page.keyboard.type("种了多少水稻？")
    page.keyboard.press("Enter")
    page.wait_for_selector(".exchange .badge")
    scope = workspace.scripted_answerer.asked[-1][2]
    assert (scope.county, scope.towns) == ("衡州县", ("石矶镇",))


def test_a_picked_town_stays_while_another_is_typed_and_dropped(page: "Page") -> None:
    page.click("#town input")
    page.keyboard.type("衡山")
    page.wait_for_function(
        "[...document.querySelectorAll('#town [role=option]')].filter(o => o.offsetHeight).length === 3"
    )
    page.click("#town [role=option]:has-text('衡山县石矶镇')")
    page.wait_for_function("document.querySelector('#town input').value === '衡山县石矶镇'")
    page.click("#town input")
    page.keyboard.type("岳")
    option(page, "#town", "岳源县石矶镇")
    assert page.locator("#town [role=option][aria-selected=true]").inner_text().endswith("衡山县石矶镇")
    page.keyboard.press("Escape")
    page.focus("#question textarea")
    page.wait_for_function("document.querySelector('#town input').value === '衡山县石矶镇'")
    page.click("#switch")
    page.wait_for_selector("button[role=tab]:has-text('Library')")
    assert page.input_value("#town input") == "衡山县石矶镇"


def test_more_than_are_shown_are_said_to_be_there(page: "Page") -> None:
    page.click("#town input")
    option(page, "#town", "继续输入以缩小范围")
    assert page.locator("#town [role=option]").count() == 1 + 30 + 1


def test_a_report_is_picked_by_place_and_year_and_summarised(page: "Page", workspace: ScriptedWorkspace) -> None:
    tab(page, "总结")
    page.click("#summary-report input")
    page.keyboard.type("岳阳石矶2019")
    option(page, "#summary-report", "岳阳县石矶镇 2019")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('#summary-report input').value === '岳阳县石矶镇 2019'")
    page.click("#summarize")
    page.wait_for_selector("#summary article")
    asked = workspace.library.report(workspace.scripted_summarizer.asked[-1])
    assert asked.label == "岳阳县石矶镇 2019"
