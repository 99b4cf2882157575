"""A name of several things is no answer to what they are."""

import pytest

from rag.answering.near_misses import is_near_miss
from rag.verification.excerpts import whole_sentence
from tests.support.held import understand
from tests.support.told_reports import shown, told


@pytest.mark.parametrize(
    ("question", "told_as", "is_miss"),
    [
        ("石矶镇的“五个一”工程具体是哪五个一？", "“五个一”工程有序推进，村民得了实惠", True),
        ("石矶镇的“2244”思路具体包括哪些内容？", "全镇上下贯彻“2244”思路，作风明显转变", True),
        ("石矶镇的“两廊”是哪两廊？", "建设“两廊”，即东廊和西廊", False),
        ("石矶镇的“三园”建设是哪三园？", "开展“庭院+‘三园’建设”(果园、菜园、花园)", False),
        ("石矶镇的“两件实事”是哪两件？", "办好修路、通水两件实事", False),
        ("石矶镇“十四五”规划包括哪些项目？", "规划建设水厂和学校", False),
        ("石矶镇直播卖的四宝一茶是哪几样？", "推出“四宝一茶”的农产品品牌", True),
        ("石矶镇的两廊是哪两廊？", "建设“两廊”，即东廊和西廊", False),
        ("石矶镇按照“五个一”工程建设了什么？", "建设水厂和学校", False),
    ],
)
def test_what_a_name_stands_for_is_to_be_told_beside_it(question: str, told_as: str, is_miss: bool) -> None:
    asked = understand(question, [told("石矶镇", "新增就业276人。")])
    assert is_near_miss(asked, [whole_sentence(item) for item in shown(f"{told_as}。")]) is is_miss
