"""The table of checks: each row's examples, and what holds of all rows."""

from typing import get_args

import pytest

from rag.parsing.report import Sentence
from rag.verification.case import case_of
from rag.verification.checks import CHECKS, Check, Example
from rag.verification.claims import Evidence
from rag.verification.respelling import respelled
from rag.verification.towns import GivenTowns
from rag.verification.verdicts import Asked, UnsupportedReason
from rag.verification.verify import verify

OUTSIDE = {"beside_the_question"}  # decided where the question is known, not by verification


def evidence(example: Example) -> list[Evidence]:
    sentence = Sentence(0, len(example.sentence), "", example.section, "body")
    return [Evidence(1, "r" * 12, sentence, example.sentence, "石矶镇", "云陂县", 2020, 2020)]


def asked(example: Example) -> Asked:
    return Asked(example.question, is_yes_no=example.is_yes_no, held_towns=GivenTowns("石矶镇", "大塘镇"))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_what_must_pass_passes_every_check(check: Check) -> None:
    assert verify(check.passes.claim, (1,), evidence(check.passes), asked(check.passes)).reason is None


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_what_must_fail_fails_this_check_first(check: Check) -> None:
    example = check.fails
    case = respelled(case_of(example.claim, (1,), evidence(example), asked(example)))
    first = next((each.name for each in CHECKS if not each.holds(case)), None)
    assert first == check.name
    assert verify(example.claim, (1,), evidence(example), asked(example)).reason == check.reason


def test_every_reason_has_a_check() -> None:
    assert {check.reason for check in CHECKS} == set(get_args(UnsupportedReason)) - OUTSIDE


def test_names_are_said_once() -> None:
    assert len({check.name for check in CHECKS}) == len(CHECKS)
