"""Which claims that failed stay in sight."""

import pytest

from rag.answering.assembly import wanted_of
from rag.verification.verdicts import Verdict
from tests.support.held import understand
from tests.support.told_reports import told

REPORTS = [told("石矶镇", "安装路灯60盏。")]
HELD = Verdict("安装路灯60盏", (1,), None)
FAILED = Verdict("改厕430座", (1,), "figure_not_in_evidence")


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("石矶镇安装路灯多少盏？", [HELD]),
        ("石矶镇安装路灯多少盏、改厕多少座？", [HELD, FAILED]),
        ("石矶镇办了哪些实事？", [HELD, FAILED]),
    ],
)
def test_a_claim_that_failed_is_left_out_where_the_others_have_all_that_is_asked_for(
    question: str, kept: list[Verdict]
) -> None:
    assert wanted_of(understand(question, REPORTS), [HELD, FAILED]) == kept
