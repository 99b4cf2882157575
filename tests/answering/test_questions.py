"""What rules read out of a question."""

import pytest

from rag.answering.part_wording import about_one
from rag.answering.questions import language_of, reworded
from rag.models.conversation import Turn
from rag.parsing.report import Metadata, Report
from tests.support.held import understand


def report(town: str, county: str = "云陂县", year: int = 2020) -> Report:
    metadata = Metadata(town=town, county=county, year=year, plan_year=year + 1)
    return Report(f"{town}{year}", metadata, "", (), (), ())


REPORTS = [
    report("石矶镇"),
    report("石矶镇", year=2021),
    report("大塘镇"),
    report("鹤鸣乡", "青岚县"),
    report("南浦街道", "澄江区"),
]


@pytest.mark.parametrize(
    ("text", "towns"),
    [
        ("石矶镇2020年粮食总产量是多少？", ("石矶镇",)),
        ("大塘和石矶哪个镇的油茶多？", ("大塘镇", "石矶镇")),
        ("鶴鳴鄉修了多少公里路？", ("鹤鸣乡",)),
        ("How many households in Shiji Town were lifted out of poverty?", ("石矶镇",)),
        ("南浦改造了几个老旧小区？", ("南浦街道",)),
        ("哪个镇的油茶最多？", ()),
    ],
)
def test_towns_by_any_of_their_names(text: str, towns: tuple[str, ...]) -> None:
    assert understand(text, REPORTS).towns == towns


@pytest.mark.parametrize("text", ["青龙镇2020年的财政收入是多少？", "请问青龙镇有多少人？"])
def test_a_town_that_the_library_does_not_have(text: str) -> None:
    assert understand(text, REPORTS).unknown_towns == ("青龙镇",)


@pytest.mark.parametrize(
    "text", ["哪些乡镇种了油茶？", "全镇有多少人？", "这几个镇里谁的公路长？", "五个镇的报告都提到了什么？"]
)
def test_a_common_noun_is_no_town(text: str) -> None:
    assert understand(text, REPORTS).unknown_towns == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [("石矶镇有多少人？", "zh-Hans"), ("石磯鎮有多少戶？", "zh-Hant"), ("How many people?", "en")],
)
def test_language_and_script(text: str, language: str) -> None:
    assert language_of(text) == language


def test_years_of_the_question() -> None:
    assert understand("石矶镇2020年和2021年的粮食产量", REPORTS).years == (2020, 2021)


def test_an_amount_is_no_year() -> None:
    assert understand("石矶镇2000多万元是怎么花的？", REPORTS).years == ()


def test_a_model_puts_no_year_into_a_question() -> None:
    asked = understand("石矶镇2020年修了几座桥？", REPORTS)
    again = reworded(asked, "石矶镇2020年比2019年多建桥梁多少座？")
    assert (again.text, again.years, again.towns) == ("石矶镇2020年比多建桥梁多少座？", (2020,), ("石矶镇",))


@pytest.mark.parametrize(
    ("question", "asks_plan"),
    [
        ("石矶镇今年税收要增长多少？", True),
        ("石矶镇税收预期增长多少？", True),
        ("石矶镇要推动哪几个产业转型？", True),
        ("石矶镇主要种了什么？", False),
        ("石矶镇修桥要多少钱？", False),
        ("石矶镇要求干部做什么？", False),
        ("石矶镇今年主要种了什么？", False),
        ("石矶镇今年替民工要回多少工钱？", False),
        ("石矶镇税收是不是超过预期？", False),
    ],
)
def test_what_is_to_come_this_year_is_a_plan(question: str, asks_plan: bool) -> None:
    assert understand(question, REPORTS[:1]).asks_plan is asks_plan


def test_the_county_of_a_town_is_not_what_a_question_is_about() -> None:
    asked = understand("云陂县石矶镇种了多少油茶？", REPORTS)
    assert "云陂" not in asked.matter and "石矶" not in asked.matter


def test_a_year_in_english() -> None:
    assert understand("How many households did Shiji Town relocate in 2020?", REPORTS).years == (2020,)


def test_a_follow_up_keeps_the_town_and_moves_the_year() -> None:
    history = [Turn("user", "石矶镇2020年种了多少油菜？"), Turn("assistant", "5800亩。")]
    asked = understand("明年呢？", REPORTS, history)
    assert asked.towns == ("石矶镇",)
    assert asked.years == (2021,)
    assert asked.asks_plan
    assert asked.query == "石矶镇2020年种了多少油菜？ 明年呢？"


def test_a_whole_question_without_a_town_takes_only_the_town() -> None:
    history = [Turn("user", "石矶镇2020年种了多少油菜？"), Turn("assistant", "5800亩。")]
    asked = understand("那里出栏多少黑山羊？", REPORTS, history)
    assert asked.query == "石矶镇 那里出栏多少黑山羊？"
    assert asked.previous is None


def test_a_question_with_its_own_town_is_no_follow_up() -> None:
    history = [Turn("user", "石矶镇2020年种了多少油菜？"), Turn("assistant", "5800亩。")]
    asked = understand("大塘镇有多少人？", REPORTS, history)
    assert asked.towns == ("大塘镇",)
    assert asked.previous is None


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("石矶镇和大塘镇哪个镇的油茶多？", "石矶镇的油茶有多少？"),
        ("石矶镇和大塘镇的危房改造一共多少户？", "石矶镇的危房改造多少户？"),
        ("大塘镇和石矶镇新增就业的人数分别是多少？", "石矶镇新增就业的人数是多少？"),
        ("石矶镇和大塘镇，谁清理的垃圾更多？", "石矶镇的清理的垃圾有多少？"),
        ("石矶镇和大塘镇的油茶发展规模有什么不同？", "石矶镇的油茶发展规模有多少？"),
        ("石矶镇和大塘镇的党建工作有哪些区别？", "石矶镇的党建工作怎么样？"),
        ("石矶镇与大塘镇的水稻面积一样吗？", "石矶镇的水稻面积有多少？"),
    ],
)
def test_one_towns_part_of_a_question_about_two(text: str, one: str) -> None:
    assert about_one(text, "石矶镇", ("石矶镇", "大塘镇")) == one


def test_a_year_that_is_only_planned_for_asks_for_the_plan() -> None:
    assert understand("大塘镇2021年种多少油茶？", REPORTS).asks_plan
    assert not understand("石矶镇2021年种多少油茶？", REPORTS).asks_plan


def test_asked_as_done() -> None:
    assert understand("石矶镇的派出所大楼建成了吗？", REPORTS).asks_done
    assert not understand("石矶镇建设了几条公路？", REPORTS).asks_done


def test_the_longer_name_wins_where_one_holds_the_other() -> None:
    assert understand("大塘镇有多少人？", [report("大塘镇"), report("塘镇")]).towns == ("大塘镇",)
