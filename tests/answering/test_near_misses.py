"""True words of the report that answer something else than what is asked."""

import pytest

from rag.answering.near_misses import is_near_miss
from rag.verification.excerpts import whole_sentence
from tests.support.held import understand
from tests.support.told_reports import shown, told

REPORTS = [told("石矶镇", "种植油茶300亩。")]


def misses(question: str, text: str) -> bool:
    return is_near_miss(understand(question, REPORTS), [whole_sentence(item) for item in shown(text)])


@pytest.mark.parametrize(
    ("question", "answer", "near"),
    [
        ("石矶镇粮食为什么减产？", "受夏秋连旱影响，粮食减产0.6万吨。", "粮食总产量15.3万吨。"),
        ("石矶镇的光伏电站建在哪个村？", "在双桥村建成光伏电站1座。", "建成村级光伏扶贫电站4座。"),
        ("石矶镇肉牛出栏多少头？", "肉牛出栏9200头，存栏8000头。", "肉牛存栏9200头。"),
        ("石矶镇农村居民收入总额是多少？", "农村居民总收入3.2亿元。", "农村居民人均可支配收入13950元。"),
        ("石矶镇城镇居民收入多少？", "城镇、农村居民人均收入分别为3万元和1万元。", "农村居民人均收入1万元。"),
        ("石矶镇哪个村收入最高？", "双桥村以62万元居首。", "最少的西岭村为12万元。"),
        ("石矶镇财政收入增长多少？", "财政收入2100万元，增长3.5%。", "财政收入2100万元。"),
        ("石矶镇2020年油茶面积有多大？", "油茶总面积4800亩。", "油茶当年新造600亩。"),
        ("石矶镇财政收入多少万元？", "财政收入2100万元，增长3.5%。", "财政收入增长3.5%。"),
        ("石矶镇的森林覆盖率是多少？", "森林覆盖率达81.5%。", "造林1.5万亩，森林覆盖率稳步提升。"),
        ("石矶镇收了多少亩油茶？", "油茶采收900亩。", "油菜收获5400亩。"),
        ("石矶镇奶牛存栏多少头？", "奶牛存栏90头。", "肉牛存栏800头。"),
        ("石矶镇计划修多少公里路？", "计划修路12公里。", "修路8公里。"),
        ("石矶镇把什么地方建成了花海？", "把双桥水库周边建成花海。", "把荒地建成花海。"),
        ("石矶镇人均财政收入多少元？", "人均财政收入620元。", "财政收入跨上2000万元台阶。"),
        ("石矶镇人均财政收入多少元？", "按人均算，财政收入620元。", "财政收入2100万元，人均财政收入增长5%。"),
        (
            "石矶镇人均财政收入多少元？",
            "人均财政收入620元。",
            "人均财政收入增长5%，财政收入跨上两级，达到2100万元。",
        ),
        ("石矶镇孤儿生活费每月多少元？", "孤儿生活费提高到每月1100元。", "孤儿生活费每月提高100元。"),
        ("石矶镇2020年新增就业多少人？", "2020年新增就业276人。", "五年来，新增就业1340人。"),
        ("石矶镇2020年财政收入多少元？", "五年来，财政收入年年增长，达到2100万元。", "五年来，财政收入累计9800万元。"),
        ("石矶镇旅游收入多少元？", "旅游收入增长12%，达到310万元。", "旅游收入增长12%，粮食产值620万元。"),
        ("石矶镇平均每个人增收多少？", "农民人均增收620元。", "农户户均增收2100元。"),
        ("石矶镇茶农为什么能多挣620元？", "由于新增名优茶，茶农增收620元。", "茶农人均增收620元。"),
        ("石矶镇的光伏电站是谁出资建的？", "由县农业公司出资建成光伏电站。", "光伏电站全年收益26万元。"),
        ("石矶镇双桥村的集体收入是多少？", "双桥村集体收入33万元。", "村级集体收入228万元。"),
        ("石矶镇2019年新建公路多少公里？", "2019年新建公路12公里。", "由2019年的8条增加到11条，新建公路9公里。"),
        ("石矶镇2019年新建公路多少公里？", "上年新建公路12公里。", "新建公路9公里。"),
        ("石矶镇的客人从哪里来？", "客人从拉萨来。", "客人从外面来。"),
        ("石矶镇2017年输出劳务多少人次？", "2017年输出劳务2500人次。", "输出劳务2860人次。"),
    ],
)
def test_what_is_asked_for_has_to_be_told(question: str, answer: str, near: str) -> None:
    assert not misses(question, answer)
    assert misses(question, near)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("石矶镇每人每年分红多少元？", "分红资金450元/年/人已发放。"),
        ("石矶镇的包村干部每月下村多少天？", "干部每月下村15天。"),
        ("石矶镇的重点村有几个？", "整治村庄3个。"),
    ],
)
def test_what_only_looks_like_another_thing_is_no_miss(question: str, answer: str) -> None:
    assert not misses(question, answer)


def test_an_english_question_is_left_to_the_model() -> None:
    assert not misses("Why did the grain output fall?", "粮食总产量15.3万吨。")


@pytest.mark.parametrize(
    ("question", "sentences", "is_miss"),
    [
        ("石矶镇的光伏电站建在哪个村？", ("建成光伏电站4座。", "农村动力电全部接通到双桥村。"), True),
        ("石矶镇的光伏电站建在哪个村？", ("建成光伏电站4座。", "位于双桥村和西岭村。"), False),
    ],
)
def test_a_place_of_something_else_beside_it_is_no_answer(
    question: str, sentences: tuple[str, ...], is_miss: bool
) -> None:
    found = [whole_sentence(item) for item in shown(*sentences)]
    assert is_near_miss(understand(question, REPORTS), found) is is_miss
