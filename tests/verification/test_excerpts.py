"""The report's own clauses that a claim is shown by: found, closed, and compared with it."""

import pytest

from rag.parsing.heads.lending import heads_by_sentence
from rag.parsing.report import Report
from rag.text.parsed_text import ParsedText
from rag.verification.citations import as_evidence
from rag.verification.claims import Evidence
from rag.verification.closing import closed
from rag.verification.excerpts import Excerpt, excerpt_of, merged, whole_sentence
from rag.verification.two_way import says_the_same
from rag.verification.verdicts import Asked
from rag.verification.verify import verify
from tests.support.told_reports import parsed


def reported(*lines: str) -> tuple[Report, list[Evidence]]:
    """A report of 石矶镇 of 2020 and its body sentences as evidence."""
    report = parsed("云陂县石矶镇2020年工作总结和2021年工作计划", "一、2020年工作总结", *lines)
    body = [sentence for sentence in report.sentences if sentence.role == "body"]
    return report, [as_evidence(number, report, sentence) for number, sentence in enumerate(body, start=1)]


def nearest(claim: str, *lines: str) -> list[str]:
    """The texts of the excerpts that are nearest to a claim."""
    _, evidence = reported(*lines)
    return [each.text for each in verify(claim, (), evidence, Asked("")).excerpts]


@pytest.mark.parametrize(
    ("claim", "line", "excerpt"),
    [
        ("种植烤烟80亩", "种植油茶300亩，种植烤烟80亩，硬化公路3公里。", "种植烤烟80亩"),
        ("拆除旧房419栋", "拆除危旧房190栋、旧房419栋、杂房388间。", "旧房419栋"),
        (
            "种植油茶300亩，硬化公路3公里",
            "种植油茶300亩，种植烤烟80亩，硬化公路3公里。",
            "种植油茶300亩……硬化公路3公里",
        ),
        ("开展森林防火宣传", "成立专班，开展森林防火宣传，建成文化广场。", "开展森林防火宣传"),
    ],
)
def test_clauses_with_the_claims_figures_and_words_are_found(claim: str, line: str, excerpt: str) -> None:
    assert nearest(claim, line) == [excerpt]


def test_a_claim_over_two_sentences_has_an_excerpt_of_each() -> None:
    assert nearest("种植油茶300亩，硬化公路3公里", "种植油茶300亩。", "硬化公路3公里。") == [
        "种植油茶300亩",
        "硬化公路3公里",
    ]


def test_an_english_claim_has_none() -> None:
    _, evidence = reported("种植油茶300亩。")
    assert verify("The town planted 300 mu.", (), evidence, Asked("How much?")).excerpts == ()


def close(number: int, clauses: tuple[int, ...], *lines: str) -> tuple[str, list[str]]:
    """An excerpt of the numbered sentence closed: its text, and the words it is lent."""
    report, evidence = reported(*lines)
    item = evidence[number - 1]
    heads = heads_by_sentence(report).get(item.sentence.start, ())
    whole = closed(Excerpt(item, clauses), heads, report.text)
    return whole.text, [report.text[each.start : each.end] for each in whole.lent]


@pytest.mark.parametrize(
    ("line", "clause", "text"),
    [
        ("在安全生产方面，悬挂横幅20条，出动12次。", 2, "在安全生产方面……出动12次"),
        ("建成广场1个，预计年底投入使用。", 0, "建成广场1个，预计年底投入使用"),
        ("完成投资3亿元，尚未验收，修路3公里。", 0, "完成投资3亿元，尚未验收"),
        ("种植油茶300亩，种植烤烟80亩。", 1, "种植烤烟80亩"),
    ],
)
def test_what_restricts_in_front_and_takes_back_behind_comes_along(line: str, clause: int, text: str) -> None:
    assert close(1, (clause,), line)[0] == text


def test_a_time_that_governs_is_lent() -> None:
    assert close(1, (1,), "五年来累计投入3亿元，新建学校5所。") == ("新建学校5所", ["五年来"])


def test_the_year_that_is_told_of_is_not() -> None:
    assert close(1, (1,), "2020年投入3亿元，新建学校5所。") == ("新建学校5所", [])


def test_an_item_lends_its_matter_to_the_sentence_behind_it() -> None:
    text, lent = close(2, (0,), "二是加大水域治理力度。投入40万元。")
    assert (text, lent) == ("投入40万元", ["水域治理"])


def test_an_excerpt_of_a_quotation_has_its_clauses() -> None:
    _, [item] = reported("种植油茶300亩，种植烤烟80亩，硬化公路3公里。")
    assert excerpt_of(item, "种植油茶300亩……硬化公路3公里").clauses == (0, 2)
    assert excerpt_of(item, "烤烟80").clauses == (1,)
    assert excerpt_of(item, "别的话") == whole_sentence(item)


def test_excerpts_of_one_sentence_become_one() -> None:
    _, [first, second] = reported("种植油茶300亩，种植烤烟80亩。", "硬化公路3公里。")
    joined = merged([Excerpt(second, (0,)), Excerpt(first, (1,)), Excerpt(first, (0,))])
    assert [each.text for each in joined] == ["种植油茶300亩，种植烤烟80亩", "硬化公路3公里"]
    assert Excerpt(first, (1,)).is_in(joined)
    assert not Excerpt(first, (1,)).is_in(joined[1:])


@pytest.mark.parametrize(
    ("claim", "line", "same"),
    [
        ("石矶镇2020年粮食总产量为1.2万吨", "全镇粮食总产量1.2万吨。", True),
        ("2020年，石矶镇积极种植油茶300亩", "种植油茶300亩。", True),
        ("石矶镇建成县级示范河1条", "建成市级示范河1条。", False),
        ("石矶镇完成审核40亩", "完成待审核40亩。", False),
        ("石矶镇共建成广场1个", "各建成广场1个。", False),
        ("石矶镇灌溉面积300亩", "有效灌溉面积300亩。", False),
        ("石矶镇油茶烤烟种植300亩", "种植油茶烤烟300亩。", False),
        ("石矶镇2019年种植油茶300亩", "种植油茶300亩。", False),
        ("石矶镇公路长12公里", "公路长1.2公里。", False),
    ],
)
def test_a_sentence_is_shown_only_where_it_says_the_very_same(claim: str, line: str, same: bool) -> None:
    _, [item] = reported(line)
    assert says_the_same(ParsedText(claim), [whole_sentence(item)]) == same


def test_no_sentence_is_shown_for_clauses_with_others_left_out_between() -> None:
    """排第五 is the satisfaction's: without the clause between it would be told of the grain."""
    _, [item] = reported("粮食总产量15.3万吨，群众满意率92.6%，全市排第五位。")
    assert says_the_same(ParsedText("石矶镇群众满意率92.6%，全市排第五位"), [Excerpt(item, (1, 2))])
    assert not says_the_same(ParsedText("石矶镇粮食总产量15.3万吨，全市排第五位"), [Excerpt(item, (0, 2))])


def test_no_sentence_is_shown_for_clauses_of_two_sentences() -> None:
    _, [first, second] = reported("粮食总产量15.3万吨。", "全市排第五位。")
    claim = ParsedText("石矶镇粮食总产量15.3万吨，全市排第五位")
    assert not says_the_same(claim, [whole_sentence(first), whole_sentence(second)])


def test_a_bare_predicate_is_lent_to_nothing() -> None:
    line = "毛入学率突破93%，高于全县平均，人均预期寿命达到79岁。"
    assert close(1, (2,), line) == ("人均预期寿命达到79岁", [])
