"""What is no question about what reports say: told apart from questions that only begin or sound like it."""

import pytest

from rag.answering.intents import Intent, intent_of, without_small_talk
from rag.answering.questions import understand
from rag.library.in_memory import places_of
from rag.models.conversation import Turn
from tests.support.asked_library import of_place

PLACES = places_of([of_place("石矶镇", "种植水稻1200亩。"), of_place("大塘镇", "安装路灯60盏。")])


def intent(text: str) -> Intent | None:
    return intent_of(understand(text, PLACES))


@pytest.mark.parametrize("text", ["你好", "您好！", "你好，你能做什么？", "请问怎么用？", "hello", "What can you do?"])
def test_a_greeting_or_a_call_for_help(text: str) -> None:
    assert intent(text) == Intent("help")


@pytest.mark.parametrize("text", ["谢谢！", "明白了，谢谢你", "thank you so much"])
def test_thanks(text: str) -> None:
    assert intent(text) == Intent("thanks")


@pytest.mark.parametrize(
    "text",
    [
        "有哪些报告？", "资料库里有几个镇的报告？", "石矶镇有哪几年的报告？", "一共收录了多少份年报",
        "報告是哪一年的？", "库里有什么？", "Which reports do you have?", "how many towns are in the library",
    ],
)  # fmt: skip
def test_what_the_library_has(text: str) -> None:
    assert intent(text) == Intent("library")


@pytest.mark.parametrize(
    "text",
    [
        "总结一下", "帮我总结石矶镇2021年的工作", "石矶镇2021年工作总结", "请概括石矶镇2021年报告的主要内容", "概述",
        "Summarize the 2021 report of Shiji Town", "please give me a short summary of the annual report",
    ],
)  # fmt: skip
def test_a_whole_report_summed_up(text: str) -> None:
    assert intent(text) == Intent("summary")


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("对比各镇的粮食总产量", "粮食总产量"),
        ("各乡镇油茶面积对比", "油茶面积"),
        ("对比一下粮食产量", "粮食产量"),
        ("對比各鎮的糧食產量", "粮食产量"),
        ("对比石矶镇和大塘镇", ""),
        ("各镇对比", ""),
    ],
)
def test_a_comparison_over_reports(text: str, subject: str) -> None:
    assert intent(text) == Intent("compare", subject)


@pytest.mark.parametrize(
    "text",
    [
        "您好，请问石矶镇种了多少亩水稻？",
        "你好，石矶镇呢？",
        "总结一下石矶镇的扶贫工作",
        "石矶镇2021年工作总结里提到了哪些问题？",
        "Summarize the poverty work of Shiji Town",
        "哪些镇的报告提到了油茶？",
        "石矶镇有多少份材料？",
        "石矶镇上交了几份报告？",
        "石矶镇有哪些村？",
        "比较突出的问题有哪些？",
        "与上年比较，粮食产量增长多少？",
        "比较好的做法",
        "对比石矶镇和大塘镇的粮食产量",
        "石矶镇和大塘镇的粮食产量相比，哪个高？",
    ],
)
def test_questions_stay_questions(text: str) -> None:
    assert intent(text) is None


def test_a_text_made_to_be_read_in_many_ways_takes_no_time() -> None:
    assert intent("干什么的" * 200 + "甲") is None
    assert intent("Summarize " + "a" * 900 + "!x") is None
    assert intent("对比" + "列出来" * 200 + "甲" + "列出来" * 200) is not None


def test_a_conversation_is_read_without_what_was_said_beside_it() -> None:
    asked, answered = Turn("user", "石矶镇种了多少亩水稻？"), Turn("assistant", "1200亩。")
    talk = [Turn("user", "你好"), Turn("assistant", "可以这样问……"), asked, answered, Turn("user", "谢谢！")]
    assert without_small_talk([*talk, Turn("assistant", "不客气。")]) == [asked, answered]
