"""Figures that cannot be as they stand."""

import pytest

from rag.parsing.defects.units import loose_figures, unit_misfits
from rag.text.parsed_text import ParsedText


def units(text: str) -> list[str]:
    return [text[each.start : each.end] for each in unit_misfits(ParsedText(text))]


def loose(text: str) -> list[str]:
    return [text[each.start : each.end] for each in loose_figures(ParsedText(text))]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("农业机械总动力达到6975台,稳步增长", "总动力达到6975台"),
        ("粮食播种面积3.2万吨", "播种面积3.2万吨"),
        ("粮食总产量达1.2万亩", "总产量达1.2万亩"),
        ("贫困户共贷款84万,全部到位", "贷款84万"),
        ("整改率达到98处", "整改率达到98处"),
        ("工业产值同比增长18.3;投资", "同比增长18.3"),
        ("拆除违建93处,9312平方,全部复绿", "9312平方"),
    ],
)
def test_units_that_do_not_fit(text: str, quote: str) -> None:
    assert units(text) == [quote]


@pytest.mark.parametrize(
    "text",
    [
        "农业机械总动力达到4.48万千瓦,有农机6975台",
        "粮食播种面积3.2万亩,总产量1.2万吨",
        "发放小额信贷57户268万元,投资3个亿,人口3.2万",
        "产量增长3%,产值比上年增加200户农家乐",
        "同比增长18.3%,同比增长两成,由12家增长到15家",
        "绿化面积4755平方米,硬化3600平米,面积2平方公里",
        "整改率98.6%,其余6处",
        "总产值3个亿",
    ],
)
def test_units_that_fit(text: str) -> None:
    assert units(text) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("接待群众近70余人次", "近70余"),
        ("创收高达约300余万元", "约300余"),
        ("参与人数约5000多人次", "约5000多"),
        ("桥梁标语1余幅", "1余幅"),
        ("发布招聘信息56余条", "56余条"),
        ("治理抛荒面积328余亩", "328余亩"),
        ("共计44836、4千瓦", "44836、4千瓦"),
    ],
)
def test_loose_figures(text: str, quote: str) -> None:
    assert loose(text) == [quote]


@pytest.mark.parametrize(
    "text",
    [
        "接待群众70余人次,近70人次,约300万元",
        "种植油茶2余万亩,修路15余公里,清运垃圾32余吨",
        "附近3余里,签约298户,历时365余天",
        "100亩以上的大户5户、30户,5、6月份,3、4个村",
        "东经112、38号公路,第12、13村",
        "近年来发展10多个项目,约10多种",
    ],
)
def test_figures_that_are_clear(text: str) -> None:
    assert loose(text) == []
