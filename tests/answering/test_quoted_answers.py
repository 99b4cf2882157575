"""The report's own words as a claim: what is only begun is not done, what is not reached is denied."""

import pytest

from rag.answering.candidates import Candidate
from rag.answering.quoted_answers import quotation
from rag.verification.excerpts import whole_sentence
from rag.verification.verdicts import Verdict
from tests.support.held import understand
from tests.support.told_reports import shown, told

REPORTS = [told("石矶镇", "种植油茶300亩。")]


def quoted(question: str, text: str) -> Verdict:
    (item,) = shown(text)
    return quotation(understand(question, REPORTS), Candidate((whole_sentence(item),)))


@pytest.mark.parametrize(
    ("question", "text", "is_done"),
    [
        ("石矶镇的大桥完工了吗？", "大桥顺利完工。", True),
        ("石矶镇的大桥完工了吗？", "大桥主体完工。", False),
        ("石矶镇的大桥修好了没有？", "大桥开工建设。", False),
        ("石矶镇的大桥2020年修好了吧？", "大桥正在加紧施工。", False),
        ("石矶镇的大桥主体完工了吗？", "大桥主体完工。", True),
        ("石矶镇的大桥开工了吗？", "大桥开工建设。", True),
    ],
)
def test_what_is_begun_or_done_in_part_is_not_done(question: str, text: str, is_done: bool) -> None:
    assert (quoted(question, text).reason is None) is is_done


@pytest.mark.parametrize(
    ("question", "text", "denies"),
    [
        ("石矶镇工业投资超过2.6亿元了吗？", "工业投资2.5亿元。", True),
        ("石矶镇工业投资超过2.6亿元了吗？", "工业投资2.7亿元。", False),
        ("石矶镇工业投资达到2.6亿元了吗？", "工业投资2.6亿元。", False),
        ("石矶镇失业率低于3.2%吗？", "失业率为5.1%。", True),
        ("石矶镇失业率超过3.2%了吗？", "失业率控制在3.2%以内。", True),
        ("石矶镇工业投资超过2.6亿元了吗？", "工业投资2.5亿元，贷款2亿元。", False),
        ("石矶镇工业投资超过2.6亿元了吗？", "工业投资超过2.6亿元。", False),
        ("石矶镇工业投资超过2.6亿元了吗？", "工业投资2.6亿余元。", False),
        ("石矶镇失业率低于3.2%吗？", "失业率不到3.2%。", False),
        ("石矶镇工业投资是多少？", "工业投资2.5亿元。", False),
    ],
)
def test_an_amount_that_is_not_reached_is_denied(question: str, text: str, denies: bool) -> None:
    assert quoted(question, text).denies is denies
