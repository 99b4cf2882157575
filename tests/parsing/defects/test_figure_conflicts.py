"""One thing told twice with two figures."""

import pytest

from rag.parsing.defects.figure_conflicts import disagreements
from rag.parsing.defects.finding import Passage
from rag.text.parsed_text import ParsedText


def pairs(*sentences: str) -> list[tuple[str, str]]:
    passages = [Passage(ParsedText(text), 100 * index, "result", "") for index, text in enumerate(sentences)]
    return [(each.first.text, each.second.text) for each in disagreements(passages)]


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("总人口4.17万人", "按全镇总人口39860人计算", ("总人口4.17万人", "按全镇总人口39860人")),
        ("总人口3.26万人", "全镇31870人中,参保30912人", ("总人口3.26万人", "全镇31870人")),
        ("常住人口7.8万人", "8.21万常住人口全部纳入管理", ("常住人口7.8万人", "8.21万常住人口")),
        ("人员总数多达三万余人", "登记人口4万3千余人", ("人员总数多达三万余人", "登记人口4万3千余人")),
        ("下辖9个行政村", "全乡10个村实现全覆盖", ("下辖9个行政村", "全乡10个村")),
        ("全镇13个村(社区)干部群众", "全镇14个行政村和1个社区均建站", ("全镇13个村(社区)", "全镇14个行政村和1个社区")),
        ("贫困户526户1893人", "全镇562户1893人脱贫", ("贫困户526户", "全镇562户")),
        ("实施重点项目12个", "全年铺排的11个重点项目已开工", ("实施重点项目12个", "全年铺排的11个重点项目")),
        (
            "年初承诺的12件民生实事有序推进",
            "镇政府承诺的10件民生实事全部办结",
            ("年初承诺的12件民生实事", "镇政府承诺的10件民生实事"),
        ),
        ("全镇累计接种疫苗18240人", "全镇完成接种17860人", ("全镇累计接种疫苗18240人", "全镇完成接种17860人")),
        ("既有住宅加装电梯17部", "全年新装电梯19部", ("既有住宅加装电梯17部", "全年新装电梯19部")),
    ],
)
def test_disagreements(one: str, other: str, found: tuple[str, str]) -> None:
    assert pairs(one, "全年修路12公里。", other) == [found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("户籍人口3.4万人", "常住人口2.1万人", id="two kinds of inhabitants"),
        pytest.param("总人口4.17万人", "全镇41720人中,参保4万人", id="rounded"),
        pytest.param("总人口4万余人", "全镇总人口43000人", id="approximate"),
        pytest.param("总人口4.17万人", "上年总人口39860人", id="last year"),
        pytest.param("总人口4.17万人", "脱贫人口3986人", id="part of the people"),
        pytest.param("下辖9个行政村、2个社区", "全镇11个村(社区)全部达标", id="villages and communities"),
        pytest.param("下辖9个行政村", "全镇6个村建成示范村", id="some villages"),
        pytest.param("下辖10个行政村", "全镇9个村集体均种植烤烟", id="village collectives"),
        pytest.param("低保290户728人", "其中287户722人为贫困户", id="other households"),
        pytest.param("脱贫户12户35人", "监测户21户35人", id="small counts"),
        pytest.param("实施重点项目12个", "全年已开工7个重点项目", id="some projects"),
        pytest.param("11家规模以上工业企业增产", "3家规模以上服务业企业增收", id="other noun"),
        pytest.param("12名党员干部下沉一线", "30名党员干部参加劳动", id="two occasions"),
        pytest.param("安装路灯65盏", "上年安装路灯120盏", id="fitted last year"),
        pytest.param("全年12名党员干部完成轮训", "今年30名党员干部完成体检", id="two groups"),
        pytest.param("走访企业204家", "走访企业50家", id="two rounds"),
        pytest.param("安装路灯120盏", "在石矶村安装路灯30盏", id="in one village"),
        pytest.param("新建教学楼面积3200平方米", "新建食堂面积620平方米", id="amounts"),
        pytest.param("全镇共发放低保金40万元", "全镇共发放救助金30万元", id="other object"),
    ],
)
def test_what_agrees_or_is_something_else(one: str, other: str) -> None:
    assert pairs(one, "全年修路12公里。", other) == []


def test_plans_contradict_no_results() -> None:
    told = [
        Passage(ParsedText("实施重点项目12个"), 0, "result", ""),
        Passage(ParsedText("实施重点项目15个"), 50, "plan", ""),
    ]
    assert disagreements(told) == ()
