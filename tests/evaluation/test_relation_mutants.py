"""Makers of false claims with right figures in wrong relations: what each makes, and what it leaves out."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from eval.mutants.actors import actors_in
from eval.mutants.clause_links import are_unrelated, stands_alone
from eval.mutants.mutations import mutants_of
from eval.mutants.statements import Mutant, RelationKind, Shown, Statement, clause_spans

TOWN, YEAR = "石矶镇", 2021


def statement(text: str, *shown: str, actors: tuple[str, ...] = (), is_plan: bool = False) -> Statement:
    """A claim that is shown as it stands, with other shown sentences and actors of its report."""
    sentences = tuple(Shown(f"{said}。", TOWN, YEAR) for said in (text, *shown))
    return Statement(text, TOWN, YEAR, is_plan=is_plan, shown=sentences, actors=actors)


def of_kind(kind: RelationKind, claim: Statement) -> Iterator[Mutant]:
    return (mutant for mutant in mutants_of(claim) if mutant.kind == kind)


MADE: list[tuple[RelationKind, str, str]] = [
    ("agent", "青笋竹业公司捐资8万元，石磬村投工300个", "石磬村捐资8万元，青笋竹业公司投工300个"),
    ("agent", "由青笋竹业公司在石磬村建厂", "由石磬村在青笋竹业公司建厂"),
    ("restriction", "规模以上工业总产值9.72亿元", "工业总产值9.72亿元"),
    ("restriction", "农村低保对象412户689人", "低保对象412户689人"),
    ("restriction", "脱贫人口人均纯收入12860元", "人均纯收入12860元"),
    ("restriction", "上半年完成税收860万元", "完成税收860万元"),
    ("restriction", "除石磬村外，各村全部通路", "各村全部通路"),
    ("restriction", "全年无一起生产安全死亡事故", "全年无一起死亡事故"),
    ("skipped", "工业产值9亿元，增长8%，税收2亿元，增长5%", "工业产值9亿元，增长5%"),
    ("skipped", "青笋公司捐资8万元，石磬村投工300个，硬化公路3公里", "青笋公司硬化公路3公里"),
    ("level", "鹤鸣合作社获评市级示范社", "鹤鸣合作社获评省级示范社"),
    ("level", "税收总量列全省第三", "税收总量列全国第三"),
    ("aspect", "大桥正在施工", "大桥已完成施工"),
    ("aspect", "茶园增加到9600亩", "茶园增加了9600亩"),
    ("aspect", "收入比上年增加1530元", "收入比上年增加到1530元"),
    ("aspect", "启动大桥改建工程", "完成大桥改建工程"),
    ("stock", "新增停车位1240个", "共有停车位1240个"),
    ("stock", "全镇累计接种18240人", "全镇新增接种18240人"),
    ("part", "排查自建房2914栋，其中经营性86栋", "排查自建房86栋"),
    ("part", "排查自建房2914栋，其中经营性86栋", "经营性2914栋"),
    ("coordinated", "危房改造37户，其中C级21户、D级16户", "危房改造37户，其中D级21户、C级16户"),
    ("coordinated", "竹边、双合村收入分别达到12万元、31万元", "双合、竹边村收入分别达到12万元、31万元"),
    ("cause", "硬化公路3公里，发放补贴40万元", "由于硬化公路3公里，发放补贴40万元"),
    ("direction", "财政收入1860万元，增长7.5%", "财政收入1860万元，下降7.5%"),
    ("direction", "油茶新造900亩，比计划少300亩", "油茶新造900亩，比计划多300亩"),
    ("head", "居民人均可支配收入19840元", "居民可支配收入19840元"),
    ("head", "粮食总产量4620吨", "粮食亩均产量4620吨"),
    ("head", "惠及411户，每户650元", "惠及411户，650元"),
]


@pytest.mark.parametrize(("kind", "text", "made"), MADE)
def test_a_relation_is_made_wrong(kind: RelationKind, text: str, made: str) -> None:
    assert made in [mutant.text for mutant in of_kind(kind, statement(text))]


LEFT_OUT: list[tuple[RelationKind, str, str]] = [
    ("agent", "石磬村、双合村各建成光伏电站1座", ""),  # members of one list
    ("agent", "青笋公司与石磬村结对3年", ""),  # holds both ways
    ("restriction", "为2957名80周岁以上老人发放津贴", ""),  # they are 2957名老人, too
    ("restriction", "11家规模以上工业企业开工", ""),
    ("restriction", "农村低保对象412户", "低保对象412户"),  # shown without it
    ("restriction", "除硬化公路外，还建桥3座", ""),  # besides, not except
    ("restriction", "受疫情影响，接待游客下降3%", ""),  # it fell all the same
    ("skipped", "工业产值9亿元，增长5%，税收2亿元，增长5%", ""),  # both grew alike
    ("skipped", "工业产值9亿元，增长8%", ""),
    ("level", "鹤鸣合作社获评国家级示范社", ""),  # nothing is above it
    ("level", "鹤鸣合作社列入县级以上名录", ""),
    ("aspect", "茶园增加到9600亩", "茶园增加了9600亩"),
    ("aspect", "开工率达90%", ""),
    ("stock", "新建停车场2处，共有车位260个", ""),  # all new
    ("stock", "全年累计接待3100人", ""),  # of the year
    ("stock", "新增冷库1座", ""),  # may be all there is
    ("part", "其中经营性自建房86栋", ""),  # no whole
    ("part", "排查自建房2914栋，其中住户86人", ""),  # counts something else
    ("coordinated", "竹边、双合村分别为3户、3户", ""),
    ("coordinated", "改造户厕322座、硬化公路3公里", ""),  # of two units
    ("cause", "投入86万元，改造服务中心5个", ""),  # a means
    ("cause", "硬化公路3公里，惠及群众500人", ""),  # its effect
    ("cause", "接待游客3.1万人次，旅游收入310万元", ""),
    ("direction", "财政收入稳步增长", ""),
    ("direction", "税收增长5%", "税收下降5%"),
    ("head", "人均预期寿命78岁", ""),
    ("head", "粮食总产量4620吨", "粮食亩均产量4620吨"),
]


@pytest.mark.parametrize(("kind", "text", "shown"), LEFT_OUT)
def test_what_may_be_true_after_all_is_left_out(kind: RelationKind, text: str, shown: str) -> None:
    claim = statement(text, *([shown] if shown else []))
    assert [mutant.text for mutant in of_kind(kind, claim)] == []


def test_another_actor_of_the_report_is_of_the_same_kind() -> None:
    claim = statement("石磬村硬化公路3公里", actors=("鹤鸣公司", "双合村"))
    assert [mutant.text for mutant in of_kind("agent", claim)] == ["双合村硬化公路3公里"]


def test_no_actor_is_put_in_that_did_the_same() -> None:
    claim = statement("石磬村硬化公路3公里", "双合村硬化公路5公里", actors=("双合村",))
    assert list(of_kind("agent", claim)) == []


def test_a_level_is_never_lowered() -> None:
    made = [m.change for m in of_kind("level", statement("鹤鸣茶获评市级品牌，产量列全县第一"))]
    assert sorted(made)[0].startswith("全县→全") and sorted(made)[1].startswith("市级→")
    assert not any(change.endswith(("县级", "镇级", "全镇")) for change in made)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("由青笋竹业有限公司承建，石磬村投工", ["青笋竹业有限公司", "石磬村"]),
        ("石门槛村、双合村和镇卫生院", ["石门槛村", "双合村"]),
        ("14个行政村的村民", []),
        ("引进企业3家，建成污水处理厂", []),
    ],
)
def test_names_are_read_whole(text: str, names: list[str]) -> None:
    found = actors_in(text)
    assert [actor.name for actor in found] == names
    assert all(text[actor.start : actor.end] == actor.name for actor in found)


def test_clauses_hang_on_what_they_go_on_about() -> None:
    assert stands_alone("改造户厕322座")
    assert not stands_alone("同比增长8.6%")
    assert not stands_alone("惠及群众2000人")
    assert are_unrelated("硬化公路3公里", "发放补贴40万元")
    assert not are_unrelated("检查企业40家", "发现隐患12处")
    assert not are_unrelated("新建公厕3座", "改造公厕5座")


def test_clauses_end_at_commas_semicolons_and_full_stops() -> None:
    assert [("修路3公里，造林5亩；")[a:b] for a, b in clause_spans("修路3公里，造林5亩；")] == ["修路3公里", "造林5亩"]


def test_a_rate_is_told_of_the_subject_in_the_sentence_before() -> None:
    before, own = "固定资产投资4.85亿元，总量列全县第三", "零售总额2.9亿元，增长5.4%"
    claim = replace(statement(own, before), before=before)
    assert "固定资产投资4.85亿元，增长5.4%" in [mutant.text for mutant in of_kind("skipped", claim)]


def test_a_list_that_goes_on_may_hold_the_new_actor() -> None:
    claim = statement("对石磬村、枫垭村等5个村进行改造", actors=("双合村",))
    assert list(of_kind("agent", claim)) == []
