"""True claims in other words: what each rule makes, and what it leaves alone."""

import pytest

from eval.mutants.spellings import conversions
from eval.mutants.statements import Statement
from eval.mutants.true_variants import VariantKind, true_variants


def variants(kind: VariantKind, text: str, *, is_plan: bool = False) -> list[str]:
    claim = Statement(text, "石矶镇", 2021, is_plan=is_plan)
    return [variant.text for variant in true_variants(claim) if variant.kind == kind]


@pytest.mark.parametrize(
    ("kind", "text", "made"),
    [
        ("compressed", "积极改造户厕322座", "改造户厕322座"),
        ("compressed", "我镇完成户厕改造322座", "完成户厕改造322座"),
        ("compressed", "厕所革命成效明显：改造户厕322座", "改造户厕322座"),
        ("reordered", "改造户厕322座，发放补贴40万元", "发放补贴40万元，改造户厕322座"),
        ("unpacked", "竹边、双合两村分别新建水渠3公里、5公里", "双合村新建水渠5公里"),
        ("unpacked", "税收和财政收入分别达到3亿元、5亿元", "财政收入达到5亿元"),
        ("voice", "拆除违建46处", "违建46处已被拆除"),
        ("voice", "由青笋公司承建大桥3座", "大桥3座由青笋公司承建"),
        ("voice", "对5个服务中心进行了改造", "改造5个服务中心"),
        ("converted", "硬化公路21.3公里", "硬化公路21300米"),
        ("converted", "引资1.87亿元", "引资18700万元"),
    ],
)
def test_a_true_claim_is_told_in_other_words(kind: VariantKind, text: str, made: str) -> None:
    assert made in variants(kind, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("compressed", "培养积极分子35名"),
        ("compressed", "农村低保：保障412户"),  # the label restricts
        ("reordered", "改造户厕322座，惠及群众500人"),
        ("reordered", "改造户厕322座，发放补贴40万元，增长5%"),  # the rate is of the last
        ("unpacked", "山羊存栏、出栏分别为3万只、5万只"),  # the second shares the head of the first
        ("unpacked", "竹边、双合分别为3户"),
        ("voice", "尚未完成改造322座"),
        ("voice", "完成产值3亿元，增长5%"),  # the rate would be parted from it
        ("converted", "硬化公路近21公里"),
        ("converted", "投资3-5亿元"),
    ],
)
def test_what_might_change_the_meaning_is_left_alone(kind: VariantKind, text: str) -> None:
    assert variants(kind, text) == []


def test_a_plan_is_not_told_as_done() -> None:
    assert variants("voice", "拆除违建46处", is_plan=True) == []


def test_every_variant_differs_from_its_original() -> None:
    claim = Statement("积极改造户厕322座，大力发放补贴1.2亿元，硬化公路3公里", "石矶镇", 2021)
    made = list(true_variants(claim))
    assert len({variant.text for variant in made} | {claim.text}) == len(made) + 1
    assert {variant.original for variant in made} == {claim.text}


def test_a_conversion_keeps_the_amount() -> None:
    assert list(conversions("播种5.68万亩")) == [("播种56800亩", "5.68万亩→56800亩")]
    assert list(conversions("蜂蜜9.2吨")) == [("蜂蜜9200公斤", "9.2吨→9200公斤")]
