"""Things listed before 各 or 分别, each with its own figure."""

import pytest

from rag.verification.figure_lists import gives_listed_things_their_own
from rag.verification.towns import GivenTowns
from rag.verification.verdicts import Asked
from rag.verification.verify import verify
from tests.support.cases import case_on
from tests.support.told_reports import shown

LINE = shown("2023年累计拆除危旧房190栋，旧房419栋，杂房388间、空心房157栋，残垣断壁146间。")


@pytest.mark.parametrize(
    "claim",
    [
        "石矶镇危旧房、杂房、空心房各拆了190栋、388间、157栋",
        "杂房和空心房分别拆除388间、157栋",
        "危旧房、旧房分别拆除190栋和419栋，杂房388间",
        "危旧房、杂房、空心房各拆了不少",
        "危旧房、杂房各拆190栋",  # one figure for two things says nothing of the second
        "拆除危旧房190栋、杂房388间",
    ],
)
def test_each_thing_with_its_own_figure_is_right(claim: str) -> None:
    assert gives_listed_things_their_own(case_on(LINE, claim))


@pytest.mark.parametrize(
    "claim",
    [
        "石矶镇危旧房、杂房、空心房各拆了190栋、419栋、388间",
        "杂房和空心房分别拆除157栋、388间",
        "旧房、危旧房分别拆除190栋和419栋",
    ],
)
def test_a_figure_in_the_place_of_another_thing_is_noticed(claim: str) -> None:
    assert not gives_listed_things_their_own(case_on(LINE, claim))
    verdict = verify(claim, [1], LINE, Asked("", held_towns=GivenTowns("石矶镇")))
    assert verdict.reason == "figure_of_other_subject"


def test_what_the_report_names_otherwise_is_not_judged() -> None:
    case = case_on(shown("两个村分别修路3公里、5公里。"), "东村、西村分别修路3公里、5公里")
    assert gives_listed_things_their_own(case)
