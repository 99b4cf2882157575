"""Follow-ups: what they ask, what they are about, what is searched for."""

import pytest

from rag.answering.part_wording import about_one
from rag.answering.questions import Question, is_elliptical
from rag.models.conversation import Turn
from tests.support.held import understand
from tests.support.told_reports import told

REPORTS = (told("石矶镇", "种植油菜。"), told("石矶镇", "种植油菜。", year=2021), told("大塘镇", "种植油茶。"))
BEFORE = "石矶镇2020年种了多少油菜？"
HISTORY = (Turn("user", BEFORE), Turn("assistant", "5800亩。"))
TOWNS = ("石矶镇", "大塘镇")


def followed(text: str) -> Question:
    return understand(text, REPORTS, HISTORY)


@pytest.mark.parametrize(
    "text",
    [
        "明年呢？",
        "那产值呢？",
        "2021年呢",
        "通组公路硬化的情况呢？",
        "有多少户？",
        "油茶新造多少？",
        "完成了吗？",
        "还有哪两个村的油菜没种完？",
    ],
)
def test_what_says_too_little_alone_is_elliptical(text: str) -> None:
    assert is_elliptical(text)
    asked = followed(text)
    assert asked.query == f"{BEFORE} {text}"
    assert asked.previous == HISTORY[0]
    assert asked.previous_answer == HISTORY[1]


@pytest.mark.parametrize("text", ["那通组公路硬化了几公里呢？", "那里出栏多少黑山羊？", "敬老院的改造由谁负责呢？"])
def test_a_whole_question_is_not_elliptical(text: str) -> None:
    assert not is_elliptical(text)
    asked = followed(text)
    assert (asked.query, asked.previous, asked.previous_answer) == (f"石矶镇 {text}", None, None)


@pytest.mark.parametrize(
    ("text", "resolved"),
    [
        ("明年呢？", f"{BEFORE} 明年呢？"),
        ("烤烟呢？", f"{BEFORE} 烤烟呢？"),
        ("有多少户？", "有多少户？"),
        ("那里出栏多少黑山羊？", "那里出栏多少黑山羊？"),
    ],
)
def test_what_asks_for_nothing_itself_asks_what_the_one_before_did(text: str, resolved: str) -> None:
    assert followed(text).resolved == resolved


@pytest.mark.parametrize("text", ["明年呢？", "去年呢？", "2021年呢？", "后来呢？"])
def test_a_follow_up_of_time_alone_is_about_the_same_matter(text: str) -> None:
    assert "油菜" in followed(text).matter


@pytest.mark.parametrize("text", ["烤烟呢？", "那产值呢？", "那里出栏多少黑山羊？"])
def test_a_follow_up_with_words_of_its_own_is_about_them(text: str) -> None:
    assert "油菜" not in followed(text).matter


def test_words_of_time_are_not_the_matter() -> None:
    assert "明年" not in understand("石矶镇明年种多少油茶？", REPORTS).matter
    assert "已经" not in understand("石矶镇已经种了多少油茶？", REPORTS).matter


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("明年呢？", (2021,)),
        ("去年呢？", (2019,)),
        ("烤烟呢？", (2020,)),
        ("2021年呢？", (2021,)),
        ("下一年呢？", (2021,)),
    ],
)
def test_the_year_is_kept_or_moved(text: str, years: tuple[int, ...]) -> None:
    assert followed(text).years == years


def test_an_english_question_is_searched_with_its_chinese_terms() -> None:
    asked = understand("How much tobacco and camellia did Shiji Town grow?", REPORTS)
    assert asked.sought == f"{asked.text} 烤烟 油茶"
    assert understand(BEFORE, REPORTS).sought == BEFORE


def test_the_first_question_is_elliptical_of_nothing() -> None:
    asked = understand("明年呢？", REPORTS)
    assert (asked.previous, asked.query, asked.resolved) == (None, "明年呢？", "明年呢？")


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        (
            "石矶镇新修的通村公路和大塘镇硬化的通组公路，哪个长？",
            "石矶镇新修的通村公路有多长？",
            "大塘镇硬化的通组公路有多长？",
        ),
        ("石矶镇油菜面积与大塘镇油茶面积，谁的大？", "石矶镇油菜面积有多少？", "大塘镇油茶面积有多少？"),
        ("石矶和大塘哪个镇的油茶多？", "石矶的油茶有多少？", "大塘的油茶有多少？"),
        ("石矶镇和大塘镇的油茶面积相差多少？", "石矶镇的油茶面积多少？", "大塘镇的油茶面积多少？"),
    ],
)
def test_each_town_is_asked_for_its_own_part(text: str, one: str, other: str) -> None:
    assert about_one(text, "石矶镇", TOWNS) == one
    assert about_one(text, "大塘镇", TOWNS) == other


def test_a_towns_own_part_keeps_its_year() -> None:
    text = "石矶镇2021年和大塘镇2022年，哪个镇的油茶新造面积大？"
    assert about_one(text, "石矶镇", TOWNS) == "石矶镇2021年的油茶新造面积有多少？"


def test_the_year_that_was_asked_for_last_is_kept() -> None:
    later = Turn("user", "石矶镇2021年种了多少油菜？")
    assert understand("烤烟呢？", REPORTS, (*HISTORY, later)).years == (2021,)


@pytest.mark.parametrize("text", ["大塘镇呢？", "那大塘镇呢？", "大塘呢？"])
def test_a_follow_up_that_names_another_town_asks_the_same_of_it(text: str) -> None:
    asked = followed(text)
    assert (asked.query, asked.towns) == ("大塘镇2020年种了多少油菜?", ("大塘镇",))
    assert asked.previous == HISTORY[0]


@pytest.mark.parametrize("text", ["大塘镇种了多少油茶？", "石矶镇和大塘镇呢？", "大塘镇的产值呢？"])
def test_a_question_of_its_own_or_of_several_towns_is_not_moved(text: str) -> None:
    asked = followed(text)
    assert (asked.query, asked.previous) == (text, None)
