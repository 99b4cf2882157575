"""Naming: every amount with its own subject, also where several share a sentence."""

import pytest

from rag.parsing.figures.amounts import read_amounts
from rag.parsing.figures.subjects import Named, name_amounts
from rag.text.parsed_text import ParsedText


def named(text: str) -> list[Named]:
    parsed = ParsedText(text)
    return list(name_amounts(parsed.folded, read_amounts(parsed)))


def subjects(text: str) -> list[str]:
    return [each.subject for each in named(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("维修山塘8处", ["维修山塘"]),
        ("今年以来，全镇共发放补贴达20万元", ["发放补贴"]),
        ("组建三个考核组", ["组建考核组"]),
        ("已经完成800亩的柑橘提质改造", ["柑橘提质改造"]),
        ("总投资2亿元的养殖小区进展顺利", ["养殖小区总投资"]),
        ("全年无一起交通事故", ["交通事故"]),
        ("16人竞聘上岗", ["竞聘上岗"]),
        ("①新建公厕3座", ["新建公厕"]),
        ("1.茶叶产量345吨", ["茶叶产量"]),
        ("(2)建桥2座", ["建桥"]),
        ("4.2 项目到位资金2860万元", ["项目到位资金"]),
        ("第三，修路5公里", ["修路"]),
        ("五年来累计造林3万亩", ["造林"]),
        ("1.1亿人口的消费市场", ["消费市场"]),
        ("荣获二等奖3个", ["荣获二等奖"]),
        ("7个地（市）参与", ["地市"]),
        ("贫困发生率降至0.5%", ["贫困发生率"]),
        ("失业率控制在3.5%以内", ["失业率"]),
        ("增速由-2.3%转为1.5%", ["增速", "增速"]),
        ("粮食面积2万亩/产量6万吨", ["粮食面积", "粮食面积产量"]),
        ("城市低保标准提高到每月650元", ["城市低保标准"]),
    ],
)
def test_a_subject_stands_before_or_behind_its_amount(text: str, expected: list[str]) -> None:
    assert subjects(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共带动200余人就业，农民创收300余万元", ["带动就业", "农民创收"]),
        ("拆除违建93处，共计9312平方米", ["拆除违建", "拆除违建"]),
        ("拆除违建93处9312平方米", ["拆除违建", "拆除违建"]),
        ("贫困户共计599户1822人已脱贫", ["贫困户脱贫", "贫困户脱贫"]),
        ("发展合作社3家，养殖面积1000余亩，年产值800万元", ["发展合作社", "发展合作社养殖面积", "发展合作社年产值"]),
        ("建成服务中心15个，其中镇级1个，村级14个", ["建成服务中心", "建成服务中心镇级", "建成服务中心村级"]),
        ("下辖11个行政村、1个社区", ["下辖行政村", "社区"]),
        ("粮食播种面积3.2万亩（其中早稻2.7万亩）", ["粮食播种面积", "粮食播种面积早稻"]),
        ("大户、中户、小户分别达到5户、30户、100户", ["大户", "中户", "小户"]),
    ],
)
def test_amounts_of_one_sentence_have_each_their_own_subject(text: str, expected: list[str]) -> None:
    assert subjects(text) == expected


def test_a_general_word_takes_up_the_clause_before() -> None:
    assert subjects("大力推广机插秧技术，推广面积达2千余亩") == ["推广机插秧技术推广面积"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("油茶当年新造600亩，总面积4800亩", ["油茶当年新造", "油茶总面积"]),
        ("新增投资3亿元，累计达20亿元", ["新增投资", "投资"]),
        ("新建桥梁3座，累计投资200万元", ["新建桥梁", "新建桥梁投资"]),
    ],
)
def test_a_whole_in_the_unit_of_what_was_added_is_not_what_was_added(text: str, expected: list[str]) -> None:
    assert subjects(text) == expected


def test_the_quotation_is_the_clause_that_holds_both() -> None:
    text = "今年成效明显，维修山塘8处，群众满意"
    (one,) = named(text)
    assert text[one.start : one.end] == "维修山塘8处"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("存款3亿元，比年初增加2亿元", ["存款", "存款比年初增加"]),
        ("财政收入5亿元，超任务2万元，同口径增长8%", ["财政收入", "财政收入超任务", "财政收入同口径增长"]),
        ("产量由2017年的2吨增加到2022年的3吨", ["产量", "产量"]),
        ("收入3万元，比2021年的2万元增长10%", ["收入", "收入", "收入增长"]),
        ("粮食产量增长5%，达到2万吨", ["粮食产量增长", "粮食产量"]),
        ("存款增长5%，税收2亿元，同比增长8%", ["存款增长", "存款税收", "存款税收同比增长"]),
        ("林地3万亩（折合2000公顷）", ["林地", "林地折合"]),
        ("办结率由去年的85%提升至今年的97%", ["办结率", "办结率"]),
    ],
)
def test_a_change_is_named_by_what_changes(text: str, expected: list[str]) -> None:
    assert subjects(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("接待游客3万人，茶叶收入8万元，分别增长2%和3%", ["接待游客", "茶叶收入", "接待游客增长", "茶叶收入增长"]),
        ("粮食产量2吨，茶叶产量3吨，同比分别增长3%、5%", ["粮食产量", "茶叶产量", "粮食产量增长", "茶叶产量增长"]),
        ("工业产值、投资和零售额分别增长8%、12%和9%", ["工业产值增长", "投资增长", "零售额增长"]),
        ("一、二、三产业分别增长2%、3%、4%", ["一、二、三产业分别增长"] * 3),
    ],
)
def test_changes_in_the_same_order_have_their_own_names(text: str, expected: list[str]) -> None:
    assert subjects(text) == expected
