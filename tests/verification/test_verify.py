"""What code lets through as supported, and why the rest is not."""

from dataclasses import replace

import pytest

from rag.parsing.report import Sentence
from rag.types import SectionKind
from rag.verification.claims import Evidence
from rag.verification.towns import GivenTowns
from rag.verification.verdicts import Asked, Verdict
from rag.verification.verify import verify

TOWNS = ("石矶镇", "大塘镇")


def shown(*texts: str, town: str = "石矶镇", year: int = 2020, kind: SectionKind = "result") -> list[Evidence]:
    """Numbered sentences of one report."""
    return [
        Evidence(
            number=number,
            report_id="r" * 12,
            sentence=Sentence(0, len(text), "一、工作回顾", kind, "body"),
            text=text,
            town=town,
            county="云陂县",
            report_year=year - (kind == "plan"),
            year=year,
        )
        for number, text in enumerate(texts, start=1)
    ]


def check(claim: str, evidence: list[Evidence], question: str = "", hints: tuple[int, ...] = ()) -> Verdict:
    return verify(claim, hints, evidence, Asked(text=question, held_towns=GivenTowns(*TOWNS)))


ROADS = shown(
    "全年硬化通组公路12条，共计5795米；",
    "新增公益性岗位66个，办理交通补助693人，城镇新增就业276人。",
    "争取资金2000多万元用于修建污水处理厂。",
    "全年无一起人员死亡安全事故。",
)


def test_a_faithful_claim_is_supported_by_the_sentence_that_carries_it() -> None:
    verdict = check("石矶镇2020年硬化通组公路12条，共5795米", ROADS)
    assert verdict.supported
    assert verdict.sentences == (1,)


def test_the_models_numbers_are_only_a_hint() -> None:
    assert check("城镇新增就业276人", ROADS, hints=(3,)).sentences == (2,)


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("硬化通组公路12条，共5796米", "figure_not_in_evidence"),
        ("硬化通组公路12条，共5795公里", "figure_not_in_evidence"),
        ("城镇新增就业693人", "figure_of_other_subject"),
        ("大塘镇硬化通组公路12条，共5795米", "town_or_year_differs"),
        ("石矶镇2018年硬化通组公路12条", "town_or_year_differs"),
        ("党委书记是张三", "words_not_in_evidence"),
        ("全年发生人员死亡安全事故", "polarity_differs"),
        ("没有硬化通组公路12条，共计5795米", "polarity_differs"),
        (" ", "no_statement"),
        ("是。", "no_statement"),
        ("石矶镇硬化通组公路多少条？", "no_statement"),
    ],
)
def test_a_changed_claim_is_not_supported(claim: str, reason: str) -> None:
    assert check(claim, ROADS).reason == reason


@pytest.mark.parametrize("said", ["2000万元", "近2000万元", "约2000万元"])
def test_an_approximation_is_always_spelled_as_in_the_sentence(said: str) -> None:
    verdict = check(f"争取资金{said}用于修建污水处理厂", ROADS)
    assert verdict.supported
    assert verdict.text == "争取资金2000多万元用于修建污水处理厂"


def test_the_same_figure_in_another_spelling_is_supported() -> None:
    verdict = check("硬化通组公路共5.795公里", ROADS)
    assert verdict.supported
    assert verdict.text == "硬化通组公路共5795米"


def test_a_denial_is_supported_by_a_denial() -> None:
    assert check("没有发生人员死亡安全事故", ROADS).supported


def test_figures_of_two_sentences_are_cited_together() -> None:
    verdict = check("硬化通组公路5795米，城镇新增就业276人", ROADS)
    assert verdict.supported
    assert verdict.sentences == (1, 2)


def test_a_plan_told_as_done_is_not_supported() -> None:
    evidence = shown("建设派出所大楼，种植油茶10000亩。", kind="plan", year=2021)
    assert check("石矶镇已经种植油茶10000亩", evidence).reason == "planned_not_done"
    assert check("石矶镇2021年计划种植油茶10000亩", evidence).supported


def test_a_plan_told_plainly_needs_a_question_for_plans() -> None:
    evidence = shown("粮食总产量稳定在1.38万吨。", kind="plan", year=2021)
    claim = "石矶镇2021年粮食总产量为1.38万吨"
    assert check(claim, evidence).reason == "planned_not_done"
    assert verify(claim, (), evidence, Asked(text="", asks_plan=True, held_towns=GivenTowns(*TOWNS))).supported


def test_a_plan_is_not_a_result_of_the_report_year() -> None:
    evidence = shown("建设派出所大楼，种植油茶10000亩。", kind="plan", year=2021)
    assert check("石矶镇2020年种植油茶10000亩", evidence).reason == "town_or_year_differs"


def test_a_figure_of_a_sentence_on_something_else_is_not_borrowed() -> None:
    evidence = shown("招商引资工作举措不够有力。", "直播带货带动农民创收约300余万元。")
    assert check("招商引资引进资金约300余万元", evidence).reason == "figure_of_other_subject"


def test_a_figure_that_fits_another_sentence_better_is_not_taken() -> None:
    evidence = shown("大力发展油茶产业，寺边村已经完成800亩的冰糖橙提质改造。", "已经完成5000亩的油茶种植清表工作。")
    assert check("已经完成800亩油茶种植的清表", evidence).reason == "figure_of_other_subject"
    assert check("已经完成5000亩油茶种植的清表", evidence).supported


def test_a_figure_with_another_counting_word_does_not_stand_in_for_the_right_one() -> None:
    evidence = shown("安装碎草机18台次。", "共拆除垃圾池1070个。")
    assert not check("拆了18个垃圾池", evidence).supported


def test_the_question_said_again_is_no_answer() -> None:
    evidence = shown("配合完成天然气管道、衡炎线等国家重点工程施工。")
    question = "石矶镇配合了哪些国家重点工程施工？"
    assert check("石矶镇配合了国家重点工程施工", evidence, question=question).reason == "no_statement"
    assert check("石矶镇配合了天然气管道、衡炎线等国家重点工程施工", evidence, question=question).supported


def test_a_denied_figure_of_the_question_need_not_stand_in_the_evidence() -> None:
    claim = "硬化通组公路不是15条，而是12条"
    assert check(claim, ROADS, question="石矶镇硬化了15条通组公路，有多长？").supported


def test_two_figures_swapped_are_of_the_other_subject() -> None:
    evidence = shown("查处违建46处，拆除棚亭31处。")
    assert check("查处违建31处，拆除棚亭46处", evidence).reason == "figure_of_other_subject"


def test_without_evidence_nothing_is_supported() -> None:
    assert not check("硬化通组公路12条", []).supported


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("固定资产投资突破近1亿元", "固定资产投资突破1亿元"),
        ("向6个村派出工作队近6支", "向6个村派出工作队6支"),
        ("观众800人次", "观众约800多人次"),
    ],
)
def test_a_figure_is_respelled_as_its_own_sentence_has_it(claim: str, text: str) -> None:
    evidence = shown("固定资产投资突破1亿元。", "向6个村派出工作队6支。", "观众约800多人次。")
    verdict = check(claim, evidence)
    assert verdict.supported
    assert verdict.text == text


def test_one_wrong_character_in_a_name_is_noticed() -> None:
    evidence = shown("在上岭、双合、竹边等村修建水渠12公里。")
    assert check("在上岭、双合、竹边等村修建水渠12公里", evidence).supported
    assert check("在上岭、双台、竹边等村修建水渠12公里", evidence).reason == "words_not_in_evidence"


def test_a_list_cites_every_sentence_that_names_an_item() -> None:
    evidence = shown("抓好污水处理厂建设。", "推进青衡高速。", "加强安全生产。")
    verdict = check("抓好污水处理厂建设、青衡高速", evidence)
    assert verdict.supported
    assert verdict.sentences == (1, 2)


def test_the_year_of_a_date_is_the_reports() -> None:
    evidence = shown("11月份评比名列全县第二名。", year=2023)
    assert check("2023年11月份评比名列全县第二名", evidence).supported
    assert check("2022年11月份评比名列全县第二名", evidence).reason == "town_or_year_differs"


def test_what_is_to_be_counted_must_stand_in_the_sentences() -> None:
    evidence = shown("建成采摘园200亩、民宿6间。", "接待游客3000人次。")
    question = "石矶镇接待了多少游客？"
    assert not check("石矶镇接待了200亩采摘园和6间民宿的游客", evidence[:1], question).supported
    assert check("石矶镇接待游客3000人次", evidence, question).supported


def test_who_holds_an_office_must_stand_in_the_evidence_though_the_question_says_it() -> None:
    claim, question = "镇长是王大山，主持政府全面工作", "石矶镇镇长王大山主持什么工作？"
    assert check(claim, shown("镇长主持政府全面工作。"), question).reason == "words_not_in_evidence"
    assert check(claim, shown("镇长王大山主持政府全面工作。"), question).supported


def test_one_claim_does_not_mix_two_reports() -> None:
    (roads,), (jobs,) = shown("硬化通组公路5公里。"), shown("新增就业276人。", year=2021)
    evidence = [roads, replace(jobs, number=2, report_id="s" * 12)]
    claim = "硬化通组公路5公里，新增就业276人"
    assert check(claim, evidence).reason == "figure_not_in_evidence"
    assert check(claim, [roads, replace(jobs, number=2)]).supported


def test_a_claim_about_several_towns_may_mix_their_reports() -> None:
    (roads,), (jobs,) = shown("硬化通组公路5公里。"), shown("新增就业276人。", town="大塘镇")
    evidence = [roads, replace(jobs, number=2, report_id="s" * 12)]
    verdict = check("石矶镇硬化通组公路5公里，大塘镇新增就业276人", evidence)
    assert (verdict.supported, verdict.sentences) == (True, (1, 2))


def test_words_of_the_question_that_another_report_has_need_proof() -> None:
    lights = shown("铺设管网、安装路灯，完善文化广场配套设施。")
    park = replace(shown("推进滨河公园建设。", town="大塘镇")[0], number=2, report_id="s" * 12)
    claim, question = "石矶镇为滨河公园铺设管网、安装路灯", "石矶镇为滨河公园做了哪些事？"
    assert check(claim, [*lights, park], question).reason == "words_not_in_evidence"
    assert check("石矶镇铺设管网、安装路灯", [*lights, park], question).supported
