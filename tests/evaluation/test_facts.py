"""Figures stay with their own subjects."""

import pytest

from eval.scoring.facts import misplaced_facts
from tests.support.eval_cases import made_item

SEASONS = made_item(
    facts=[{"anchor": ["春"], "value": "53", "unit": "人"}, {"anchor": ["秋"], "value": "67", "unit": "人"}]
)


@pytest.mark.parametrize(
    "answer",
    [
        "春季53人，秋季67人。",
        "秋季67人，春季53人。",
        "春季和秋季分别为53人和67人。",
        "53人是春季的，67人是秋季的。",
        "53人、67人。",
        "春季有53名学生；秋季有67名。",
    ],
)
def test_figures_at_their_subjects(answer: str) -> None:
    assert misplaced_facts(SEASONS, answer) == ()


@pytest.mark.parametrize(
    "answer",
    ["春季67人，秋季53人。", "春季和秋季分别为67人和53人。", "67人、53人。", "春季53人。", "春季不是53人，秋季67人。"],
)
def test_figures_swapped_missing_or_denied(answer: str) -> None:
    assert misplaced_facts(SEASONS, answer)


def test_the_longer_anchor_owns_the_shorter_inside_it() -> None:
    item = made_item(
        facts=[
            {"anchor": ["贫困村"], "value": "2", "unit": "个"},
            {"anchor": ["非贫困村"], "value": "10", "unit": "个"},
        ]
    )
    assert misplaced_facts(item, "非贫困村10个，贫困村2个。") == ()
    assert misplaced_facts(item, "非贫困村2个，贫困村10个。")


def test_an_optional_figure_need_not_be_said_but_must_not_be_wrong() -> None:
    item = made_item(
        facts=[
            {"anchor": ["征地"], "value": "430", "unit": "亩"},
            {"anchor": ["青苗"], "value": "500", "unit": "亩", "optional": True},
        ]
    )
    assert misplaced_facts(item, "征地430亩。") == ()
    assert misplaced_facts(item, "征地430亩，青苗500亩。") == ()
    assert misplaced_facts(item, "征地500亩，青苗430亩。")


def test_another_towns_name_closes_the_reach_of_a_town() -> None:
    item = made_item(
        towns=["青山镇", "白水镇"],
        facts=[{"anchor": ["青山"], "value": "35", "unit": "户"}, {"anchor": ["白水"], "value": "58", "unit": "户"}],
    )
    assert misplaced_facts(item, "青山镇35户，白水镇58户。", ["青山镇", "白水镇"]) == ()
    assert misplaced_facts(item, "青山镇58户，白水镇35户。", ["青山镇", "白水镇"])


def test_a_premise_said_again_is_wrong_and_denied_is_not() -> None:
    item = made_item(
        kind="wrong_premise",
        question="青山镇建了25个服务中心吗？",
        false_premise="25个",
        facts=[{"anchor": ["服务中心"], "value": "15", "unit": "个"}],
    )
    assert misplaced_facts(item, "服务中心15个，不是25个。") == ()
    assert misplaced_facts(item, "题目说服务中心有25个，实际是15个服务中心。") == ()
    assert misplaced_facts(item, "服务中心25个。另有15个。")


def test_the_unit_of_another_figure_is_borrowed() -> None:
    item = made_item(
        facts=[
            {"anchor": [], "value": "2023", "unit": "年", "optional": True},
            {"anchor": ["油茶"], "value": "4000", "unit": "亩"},
        ]
    )
    assert misplaced_facts(item, "2023年油茶4000亩。") == ()
    assert any("单位" in fault.kind for fault in misplaced_facts(item, "油茶4000亩，另有2023亩。"))


def test_units_convert() -> None:
    item = made_item(facts=[{"anchor": ["泉"], "value": "6", "unit": "公里"}])
    assert misplaced_facts(item, "泉水渠6000米。") == ()
