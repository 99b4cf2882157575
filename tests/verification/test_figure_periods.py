"""Counts up to a month, tasks, and answers of yes: what they may not be told as."""

import pytest

from rag.verification.claims import Evidence
from rag.verification.towns import GivenTowns
from rag.verification.verdicts import Asked, Verdict
from rag.verification.verify import verify
from tests.support.told_reports import shown


def check(claim: str, evidence: list[Evidence]) -> Verdict:
    return verify(claim, (), evidence, Asked(text="", held_towns=GivenTowns("石矶镇")))


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("全年新增就业276人", "town_or_year_differs"),
        ("截至11月底新增就业276人", None),
        ("新增就业276人", None),
        ("全年接待游客5800人", None),
    ],
)
def test_a_count_up_to_a_month_is_not_the_years(claim: str, reason: str | None) -> None:
    evidence = shown("截至11月底，新增就业276人。", "全年接待游客5800人。")
    assert check(claim, evidence).reason == reason


@pytest.mark.parametrize("lead", ["截止10月，", "到10月，", "10月底，"])
def test_there_are_many_words_for_up_to(lead: str) -> None:
    assert check("全年新增就业276人", shown(f"{lead}新增就业276人。")).reason == "town_or_year_differs"


def test_up_to_a_month_reaches_no_further_than_its_figure() -> None:
    far = "截至11月底，各项工作有序推进，镇村干部认真负责，群众积极参与，社会各界大力支持，新增就业276人。"
    assert check("全年新增就业276人", shown(far)).supported


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("造林面积1200亩", "planned_not_done"),
        ("造林任务1200亩", None),
        ("造林目标1200亩", None),
        ("完成造林1150亩", None),
    ],
)
def test_a_task_is_not_a_result(claim: str, reason: str | None) -> None:
    evidence = shown("县里下达造林面积任务数1200亩，实际完成造林1150亩。")
    assert check(claim, evidence).reason == reason


def test_a_figure_given_as_task_and_as_result_is_a_result() -> None:
    evidence = shown("造林任务为1200亩，完成造林1200亩。")
    assert check("完成造林1200亩", evidence).supported


def test_a_yes_must_have_its_words_in_the_evidence() -> None:
    evidence = shown("新建污水处理厂一座，配套管网3公里。")
    question = "石矶镇新建了污水处理厂和垃圾中转站吗？"

    def answered(claim: str) -> Verdict:
        return verify(claim, (), evidence, Asked(text=question, is_yes_no=True, held_towns=GivenTowns("石矶镇")))

    assert answered("新建了污水处理厂一座").supported
    assert answered("新建了污水处理厂和垃圾中转站").reason == "words_not_in_evidence"
    assert answered("是的，石矶镇新建了垃圾中转站").reason == "words_not_in_evidence"


def test_a_yes_must_have_its_verb_in_the_evidence_too() -> None:
    asked = Asked(text="石矶镇新建了污水处理厂吗？", is_yes_no=True, held_towns=GivenTowns("石矶镇"))
    claim = "新建了污水处理厂"
    assert verify(claim, (), shown("维护污水处理厂一座。"), asked).reason == "words_not_in_evidence"
    assert verify(claim, (), shown("新建污水处理厂一座。"), asked).supported


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("2020年粮食总产量1.34万吨", None),
        ("2021年粮食总产量1.34万吨", "town_or_year_differs"),
        ("2021年油茶面积900亩", None),
        ("2021年硬化公路12公里", None),
        ("2021年修渠3公里", "town_or_year_differs"),
        ("2018年以来修渠3公里", None),
    ],
)
def test_a_figure_with_a_year_of_its_own_counts_for_no_other(claim: str, reason: str | None) -> None:
    evidence = shown(
        "2020年粮食总产量1.34万吨，油茶面积900亩。", "比2020年多硬化公路12公里。", "2018年以来修渠3公里。", year=2021
    )
    assert check(claim, evidence).reason == reason


@pytest.mark.parametrize(
    ("claim", "question", "reason"),
    [
        ("2020年财政收入980万元", "", "town_or_year_differs"),
        ("财政收入980万元", "石矶镇2020年财政收入是多少？", "town_or_year_differs"),
        ("2020年1-10月财政收入980万元", "", None),
        ("1-10月财政收入980万元", "石矶镇2020年财政收入是多少？", None),
        ("财政收入980万元", "1-10月财政收入是多少？", None),
        ("2020年造林3万亩", "", "town_or_year_differs"),
        ("五年来造林3万亩", "石矶镇2020年造林多少？", None),
        ("2020年绝收240亩", "", "town_or_year_differs"),
        ("绝收240亩", "石矶镇2020年绝收多少亩？", None),
        ("2020年修渠8公里", "", None),
    ],
)
def test_months_and_several_years_are_not_told_as_the_year(claim: str, question: str, reason: str | None) -> None:
    evidence = shown("1-10月财政收入980万元。", "五年来造林3万亩。", "7-9月绝收240亩。", "2020年以来修渠8公里。")
    asked = Asked(text=question, held_towns=GivenTowns("石矶镇"))
    assert verify(claim, (), evidence, asked).reason == reason
