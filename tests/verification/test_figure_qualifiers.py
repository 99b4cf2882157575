"""What stands beside a figure and may not get lost: per what, of which part, since when, of all."""

import pytest

from rag.verification.towns import GivenTowns
from rag.verification.verdicts import Asked
from rag.verification.verify import verify
from tests.support.told_reports import shown

PER = "补贴农户411户，每户发放450元/年，人均增收2600元，按照30元/人的标准收取卫生费126.9万元。"
CHANGE = "水费电子缴费率由83%提高到91%，机井由7眼增加到11眼。"
PART = "发展党员22名，其中35岁以下15名；企业吸纳就业86人，其中贫困劳动力39人。"
RATES = "播种面积3.15万亩，总产量1.39万吨，增长2.2%，电信诈骗发案17起，比上年的25起下降32%。"
ORDER = "种植面积3万亩，总产量1万吨，分别增长4%、2%。"
STOCK = "油茶林面积达到9300亩，其中新造850亩。"
PROSPECT = "项目投产后可提供岗位120个，预计脱贫233人，招商签约4个。"
EACH = "东坪、西坪、南坪三个村各建成光伏电站1座，检查企业386家次。"
DONE = "受理信访56件，办结53件，住户全部入住。"
OPEN = "受理信访56件，办结53件，全年平安。"


@pytest.mark.parametrize(
    ("claim", "line"),
    [
        ("石矶镇每户每年发放450元", PER),
        ("人均增收2600元", PER),
        ("收取卫生费126.9万元", PER),
        ("补贴农户411户", PER),
        ("水费电子缴费率由83%提高到91%", CHANGE),
        ("去年水费电子缴费率是83%", CHANGE),
        ("发展党员22名", PART),
        ("企业吸纳就业86人", PART),
        ("总产量1.39万吨，增长2.2%", RATES),
        ("电信诈骗发案17起，下降32%", RATES),
        ("种植面积3万亩，增长4%", ORDER),
        ("新造油茶林850亩", STOCK),
        ("油茶林面积9300亩", STOCK),
        ("投产后预计可提供岗位120个", PROSPECT),
        ("招商签约4个", PROSPECT),
        ("三个村各建成光伏电站1座", EACH),
        ("检查企业386家次", EACH),
        ("住户全部入住", DONE),
        ("石矶镇受理信访56件，办结53件", OPEN),
    ],
)
def test_what_keeps_its_qualifier_is_supported(claim: str, line: str) -> None:
    verdict = verify(claim, (1,), shown(line), Asked("", held_towns=GivenTowns("石矶镇")))
    assert verdict.supported, verdict.reason


@pytest.mark.parametrize(
    ("claim", "line", "reason"),
    [
        ("石矶镇共发放450元", PER, "figure_of_other_subject"),
        ("农户共增收2600元", PER, "figure_of_other_subject"),
        ("每户补贴农户411户", PER, "figure_of_other_subject"),
        ("水费电子缴费率是83%", CHANGE, "figure_of_other_subject"),
        ("吸纳贫困劳动力就业86人", PART, "figure_of_other_subject"),
        ("播种面积3.15万亩，增长2.2%", RATES, "figure_of_other_subject"),
        ("新造油茶林9300亩", STOCK, "figure_of_other_subject"),
        ("提供岗位120个", PROSPECT, "planned_not_done"),
        ("脱贫233人", PROSPECT, "planned_not_done"),
        ("东坪、西坪、南坪共建成光伏电站1座", EACH, "figure_of_other_subject"),
        ("检查企业386家", EACH, "figure_not_in_evidence"),
        ("受理的56件信访都已办结", OPEN, "words_not_in_evidence"),
    ],
)
def test_what_loses_or_gains_a_qualifier_is_not(claim: str, line: str, reason: str) -> None:
    assert verify(claim, (1,), shown(line), Asked("", held_towns=GivenTowns("石矶镇"))).reason == reason


def test_the_question_may_say_what_the_answer_leaves_out() -> None:
    asked = Asked("石矶镇的农户每户每年发放多少元？", held_towns=GivenTowns("石矶镇"))
    assert verify("石矶镇发放450元", (1,), shown(PER), asked).supported


def test_an_english_claim_keeps_the_prospect() -> None:
    asked = Asked("How many jobs does the project offer?", held_towns=GivenTowns("石矶镇"))
    assert verify("The project will offer 120 jobs.", (1,), shown(PROSPECT), asked).supported
    assert verify("The project offers 120 jobs.", (1,), shown(PROSPECT), asked).reason == "planned_not_done"


def test_a_figure_is_looked_at_where_it_stands_after_another_was_spelled_as_in_the_report() -> None:
    line = "补贴农户约411余户，每户450元。"
    verdict = verify("补贴农户411户，每户450元", (1,), shown(line), Asked("", held_towns=GivenTowns("石矶镇")))
    assert (verdict.reason, verdict.text) == (None, "补贴农户约411余户，每户450元")


def test_figures_behind_a_respelled_one_are_looked_at_where_they_now_stand() -> None:
    line = "争取资金2000多万元，兑现奖补450元/户。"
    verdict = verify(
        "争取资金2000万元，兑现奖补450元/户", (1,), shown(line), Asked("", held_towns=GivenTowns("石矶镇"))
    )
    assert (verdict.reason, verdict.text) == (None, "争取资金2000多万元，兑现奖补450元/户")
