"""From drafts to verdicts, and what speaks where nothing holds."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from rag.answering.checked import Checked
from rag.answering.generation import Checker
from rag.answering.questions import Question
from rag.errors import BadReply, ModelUnavailable
from rag.settings import Wording
from rag.verification.claims import Evidence
from tests.support.generated_reports import CharacterEmbedder
from tests.support.held import parts_of, understand
from tests.support.made_errors import bad_reply, offline
from tests.support.scripted_model import claims
from tests.support.told_reports import JudgingModel, shown, told

REPORTS = (told("石矶镇", "新增就业276人。"), told("大塘镇", "新增就业120人。"))
JOBS = "石矶镇新增就业多少人？"
LINES = shown("城镇新增就业276人。", "新建水渠12公里，疏浚沟渠5公里。", "全年无一起人员死亡安全事故。")


NO_ACCIDENT = "全年无一起人员死亡安全事故"


def check(
    question: str, model: JudgingModel, evidence: list[Evidence] = LINES, *, wording: Wording = "model"
) -> Checked:
    asked = understand(question, REPORTS)
    return Checker(model, CharacterEmbedder(), wording).check(asked, evidence, parts_of(asked, asked.scope, REPORTS))


def said(checked: Checked) -> list[str]:
    return [verdict.text for verdict in checked.verdicts if verdict.supported]


def scripted(*replies: dict[str, object] | BadReply, likely: Mapping[str, float] | None = None) -> JudgingModel:
    return JudgingModel(*replies, likely=likely or {})


def test_where_a_claim_holds_nothing_else_is_asked() -> None:
    model = scripted(claims("石矶镇城镇新增就业276人"))
    checked = check(JOBS, model)
    assert (said(checked), len(model.asked), checked.cost.tokens.prompt) == (["石矶镇城镇新增就业276人"], 1, 100)


def test_a_repaired_claim_takes_the_place_of_the_failed_one() -> None:
    model = scripted(claims("城镇新增就业277人"), claims("城镇新增就业276人"))
    checked = check(JOBS, model)
    assert (said(checked), len(model.asked), checked.cost.tokens.prompt) == (["城镇新增就业276人"], 2, 200)


def test_where_repair_fails_too_the_reports_words_answer_and_the_failed_claim_stays() -> None:
    model = scripted(claims("城镇新增就业277人"), claims("城镇新增就业278人"), likely={"城镇新增就业276人": 0.9})
    checked = check(JOBS, model)
    assert [(v.text, v.reason) for v in checked.verdicts] == [
        ("城镇新增就业278人", "figure_not_in_evidence"),
        ("城镇新增就业276人", None),
    ]
    assert model.judged == ["城镇新增就业276人"]


def test_a_true_claim_beside_the_question_is_no_answer() -> None:
    beside = claims("新建水渠12公里")
    checked = check(JOBS, scripted(beside, beside, likely={"城镇新增就业276人": 0.9}))
    assert [v.reason for v in checked.verdicts] == ["beside_the_question", None]
    assert said(checked) == ["城镇新增就业276人"]


def test_claims_that_have_all_figures_stay() -> None:
    whole = "新建水渠12公里，疏浚沟渠5公里"
    assert said(check("石矶镇新建水渠多少公里、疏浚沟渠多少公里？", scripted(claims(whole)))) == [whole]


def test_a_clause_that_denies_the_claim_answers_a_yes_or_no_question() -> None:
    wrong = claims("全年发生人员死亡安全事故")
    checked = check("石矶镇全年发生过人员死亡安全事故吗？", scripted(wrong, wrong, likely={NO_ACCIDENT: 0.9}))
    assert [(v.supported, v.denies) for v in checked.verdicts] == [(False, False), (True, True)]
    assert said(checked) == ["全年无一起人员死亡安全事故"]


def test_the_models_judgement_is_asked_last() -> None:
    line = "组织医生上门，为老人免费看病。"
    model = scripted(claims(), claims(), likely={"为老人免费看病": 0.99})
    checked = check("石矶镇请谁来给老人看病？", model, shown(line))
    assert said(checked) == ["为老人免费看病"]
    assert checked.cost.tokens.prompt == 200 + 50 * len(model.judged)


def test_where_nothing_is_likely_nothing_is_left() -> None:
    checked = check("石矶镇的镇长贵姓？", scripted(claims()))
    assert (checked.verdicts, checked.holds) == ((), False)


def test_a_draft_that_cannot_be_read_leaves_the_quotation() -> None:
    checked = check(JOBS, scripted(bad_reply(), likely={"城镇新增就业276人": 0.9}))
    assert said(checked) == ["城镇新增就业276人"]
    assert checked.holds


def test_a_draft_that_cannot_be_read_is_told_where_nothing_else_answers() -> None:
    checked = check("石矶镇的镇长贵姓？", scripted(bad_reply()))
    assert (checked.verdicts, checked.problem) == ((), bad_reply().notice)


def test_a_model_that_is_gone_is_not_hidden() -> None:
    with pytest.raises(ModelUnavailable):
        check(JOBS, JudgingModel(offline(), likely={}))


def test_a_planned_quotation_is_no_proof_of_what_was_done() -> None:
    model = scripted(claims(), claims(), likely={"建成文化广场": 0.9})
    checked = check("石矶镇的文化广场建成了吗？", model, shown("建成文化广场。", kind="plan"))
    assert [(v.text, v.reason) for v in checked.verdicts] == [("建成文化广场", "planned_not_done")]
    assert checked.holds


def test_the_same_claim_is_kept_once() -> None:
    assert said(check(JOBS, scripted(claims("城镇新增就业276人", "城镇新增就业276人")))) == ["城镇新增就业276人"]


CANALS: dict[str, object] = {"question": "石矶镇新建水渠多少公里？"}
HOW_LONG = "How many kilometres of canals were built in Shiji Town?"
BUILT = "12 kilometres of canals were built."
BOTH_CANALS = "新建水渠12公里，疏浚沟渠5公里"


def test_an_english_question_is_answered_on_the_sentences_that_answer_it_in_chinese() -> None:
    model = scripted(CANALS, claims(BUILT), likely={"新建水渠12公里": 0.9})
    checked = check(HOW_LONG, model)
    assert said(checked) == [BUILT]
    translating, *_, drafting = model.asked
    assert translating[-1].content == "How many kilometres of 渠 were built in 石矶镇?"
    assert "新建水渠 12 km" in drafting[-1].content and "新增就业" not in drafting[-1].content
    assert checked.cost.tokens.prompt == 2 * 100 + 50 * len(model.judged)


@pytest.mark.parametrize("reply", [claims("13 kilometres of canals were built."), claims(), bad_reply()])
def test_where_no_english_holds_the_reports_words_answer(reply: dict[str, object] | BadReply) -> None:
    checked = check(HOW_LONG, scripted(CANALS, reply, reply, likely={"新建水渠12公里": 0.9}))
    assert said(checked) == ["新建水渠12公里"]


def test_english_words_that_say_something_else_are_not_shown() -> None:
    roads = "12 kilometres of roads were built."
    checked = check(HOW_LONG, scripted(CANALS, claims(roads), claims(roads), likely={"新建水渠12公里": 0.98}))
    assert said(checked) == ["新建水渠12公里"]


def test_what_an_english_answer_leaves_out_is_told_in_the_reports_words() -> None:
    asked: dict[str, object] = {"question": "石矶镇新建水渠多少公里、疏浚沟渠多少公里？"}
    model = scripted(asked, claims(BUILT), likely={BOTH_CANALS: 0.9})
    whole = "How many kilometres of canals were built in Shiji Town, and how many were dredged?"
    assert said(check(whole, model)) == [BUILT, BOTH_CANALS]


def test_where_nothing_answers_an_english_question_nothing_is_drafted() -> None:
    model = scripted(CANALS, likely={})
    assert not check(HOW_LONG, model, shown("镇长出席了仪式。")).holds
    assert len(model.schemas) == 1


def test_an_english_model_reads_figures_as_english_writes_them() -> None:
    asked: dict[str, object] = {"question": "石矶镇农民创收多少元？"}
    model = scripted(asked, claims("Farmers earned about 3 million yuan."), likely={"农民创收约300余万元": 0.9})
    checked = check("How much did farmers in Shiji Town earn?", model, shown("农民创收约300余万元。"))
    assert "about 3 million yuan" in model.asked[-1][-1].content
    assert said(checked) == ["Farmers earned about 3 million yuan."]


TWO = [
    *LINES[:1],
    *(Evidence(2, "d", e.sentence, e.text, "大塘镇", "云陂县", 2020, 2020) for e in shown("新增就业120人。")),
]


EVERYDAY = "石矶镇晚上照路的灯装了几盏？"
FORMAL: dict[str, object] = {"question": "石矶镇安装路灯多少盏？"}
LAMPS = [replace(item, number=4) for item in shown("安装路灯60盏。")]


def in_other_words(model: JudgingModel, question: str = EVERYDAY) -> tuple[Checked, list[str]]:
    """What is left of a question whose answer only the words of reports find, and what was searched for."""
    sought: list[str] = []

    def find(asked: Question) -> list[Evidence]:
        sought.append(asked.text)
        return LAMPS

    checker = Checker(model, CharacterEmbedder(), "report", find=find)
    return checker.check(understand(question, REPORTS), LINES), sought


def test_a_question_in_everyday_words_is_searched_for_in_those_of_reports_and_judged_as_asked() -> None:
    model = scripted(FORMAL, likely={"安装路灯60盏": 0.95})
    checked, sought = in_other_words(model)
    assert (said(checked), sought) == (["安装路灯60盏"], ["石矶镇安装路灯多少盏？"])
    assert all(EVERYDAY in turns[-1].content for turns in model.asked[1:] if "能不能回答" in turns[-1].content)
    assert checked.cost.tokens.prompt == 100 + 50 * len(model.judged)


def test_what_is_not_likely_to_answer_it_as_asked_is_not_shown() -> None:
    checked, _ = in_other_words(scripted(FORMAL, claims(), claims(), likely={}))
    assert not checked.holds


def test_where_a_figure_is_asked_for_other_words_do_not_ask_for_less() -> None:
    less: dict[str, object] = {"question": "石矶镇怎样安装路灯？"}
    told_how = [replace(item, number=4) for item in shown("沿主干道安装太阳能路灯。")]
    model = scripted(less, claims(), claims(), likely={"沿主干道安装太阳能路灯": 0.99})
    checker = Checker(model, CharacterEmbedder(), "report", find=lambda _: told_how)
    assert "沿主干道安装太阳能路灯" not in said(checker.check(understand(EVERYDAY, REPORTS), LINES))


def test_the_parts_of_an_english_question_take_no_sentence_of_another_town() -> None:
    asked: dict[str, object] = {"question": "新增就业多少人？"}
    model = scripted(asked, claims(), claims(), asked, claims(), claims(), likely={})
    sought: list[Question] = []

    def find(question: Question) -> list[Evidence]:
        sought.append(question)
        return []

    question = understand("How many people found jobs in Shiji Town and Datang Town in total?", REPORTS)
    parts = parts_of(question, question.scope, REPORTS)
    assert len(parts) == 2
    Checker(model, CharacterEmbedder(), "report", find=find).check(question, TWO, parts)
    assert sought == []


def test_the_same_words_are_not_searched_for_again() -> None:
    model = scripted(claims(), claims(), likely={})
    _, sought = in_other_words(model)
    assert (model.reworded, sought) == ([EVERYDAY], [])


def test_a_question_whose_words_the_report_has_is_not_put_in_others() -> None:
    model = scripted(claims(), claims(), likely={})
    in_other_words(model, "石矶镇新建水渠多少公里？")
    assert model.reworded == []


def test_several_towns_are_asked_one_by_one() -> None:
    model = scripted(claims("城镇新增就业276人"), claims("新增就业120人"))
    checked = check("石矶镇和大塘镇一共新增就业多少人？", model, TWO)
    assert len(model.asked) == 2
    assert ["大塘镇" in asked[-1].content for asked in model.asked] == [False, True]
    assert checked.computed is not None and checked.computed.expression == "276+120=396"
    assert (checked.computed.sentences, checked.cost.tokens.prompt) == ((1, 2), 200)


def test_a_quotation_of_one_of_several_towns_says_whose_it_is() -> None:
    wrong = claims("新增就业277人")
    model = scripted(wrong, wrong, claims("新增就业120人"), likely={"城镇新增就业276人": 0.9})
    checked = check("石矶镇和大塘镇一共新增就业多少人？", model, TWO)
    assert said(checked) == ["石矶镇城镇新增就业276人", "新增就业120人"]
    assert checked.computed is not None and checked.computed.expression == "276+120=396"


def test_of_two_towns_a_broken_draft_of_one_is_told() -> None:
    checked = check("石矶镇和大塘镇一共修了多少座桥？", scripted(bad_reply(), claims(), claims()), TWO)
    assert (checked.problem, checked.computed, checked.holds) == (bad_reply().notice, None, False)


def test_a_denying_clause_answers_where_it_has_few_words_of_the_question() -> None:
    wrong = claims("全年发生人员死亡安全事故")
    checked = check("石矶镇有过死了人的安全事故吗？", scripted(wrong, wrong))
    assert said(checked) == ["全年无一起人员死亡安全事故"]


def test_where_repair_gives_nothing_the_failed_claim_stays_to_be_seen() -> None:
    checked = check("石矶镇的镇长贵姓？", scripted(claims("镇长是张三"), claims()))
    assert [verdict.text for verdict in checked.verdicts] == ["镇长是张三"]


def test_each_of_several_towns_is_insisted_on() -> None:
    model = scripted(*[claims()] * 4)
    check("石矶镇和大塘镇一共修了多少座桥？", model, TWO)
    assert ["'minItems': 1" in str(schema) for schema in model.schemas] == [False, True, False, True]


def test_whether_something_was_done_is_not_answered_with_figures() -> None:
    claim = "新建水渠全部完成"
    model = scripted(claims(claim))
    assert said(check("石矶镇新建水渠几公里全部完成了吗？", model, shown("新建水渠12公里，全部完成。"))) == [claim]


def test_what_code_finds_and_the_model_confirms_is_not_written() -> None:
    model = scripted(likely={"城镇新增就业276人": 0.9})
    checked = check(JOBS, model, wording="report")
    assert (said(checked), model.judged, checked.cost.tokens.prompt) == (
        ["城镇新增就业276人"],
        ["城镇新增就业276人"],
        50,
    )
    assert all(verdict.is_quotation for verdict in checked.verdicts)


def test_what_the_model_does_not_confirm_it_is_asked_to_write() -> None:
    model = scripted(claims("石矶镇城镇新增就业276人"), likely={"城镇新增就业276人": 0.62})
    checked = check(JOBS, model, wording="report")
    assert checked.cost.tokens.prompt == 150 and "城镇新增就业276人" in said(checked)[-1]


def test_where_no_clause_is_likely_to_answer_nothing_is_written() -> None:
    checked = check(JOBS, scripted(likely={}), wording="report")
    assert (checked.verdicts, checked.cost.tokens.prompt) == ((), 50)


def test_where_the_model_words_answers_it_is_asked_to_write_at_once() -> None:
    model = scripted(claims("石矶镇城镇新增就业276人"), likely={"城镇新增就业276人": 0.9})
    assert not check(JOBS, model).verdicts[0].is_quotation
    assert not model.judged


def test_the_clauses_that_a_failed_draft_rests_on_answer_where_the_model_says_so() -> None:
    likely = {"新建水渠12公里": 0.99, "疏浚沟渠5公里": 0.7}
    model = scripted(claims("排忧解难的龙舟文化节新建水渠12公里"), likely=likely)
    checked = check("石矶镇的引水设施修了多少公里？", model, wording="report")
    shown_by = [each.text for verdict in checked.verdicts if verdict.supported for each in verdict.excerpts]
    assert shown_by == ["新建水渠12公里"]
    assert model.judged[-1] == "新建水渠12公里"


def test_a_draft_that_takes_a_plan_for_done_is_asked_for_again() -> None:
    planned = shown("新建水渠12公里。", kind="plan")
    asked_for, again = claims("已经建成水渠12公里"), claims("计划新建水渠12公里")
    model = scripted(asked_for, again)
    checked = check("石矶镇明年计划新建水渠多少公里？", model, planned)
    assert said(checked) == ["计划新建水渠12公里"]


def test_the_parts_of_a_comparison_are_pointed_at_where_one_figure_is_found() -> None:
    jobs = [*shown("城镇新增就业276人。"), *shown("城镇新增就业120人。", town="大塘镇")]
    evidence = [replace(item, number=number) for number, item in enumerate(jobs, start=1)]
    model = scripted(likely={"城镇新增就业276人": 0.95, "城镇新增就业120人": 0.95})
    checked = check("石矶镇和大塘镇哪个新增就业多？", model, evidence, wording="report")
    assert checked.computed is not None and checked.computed.expression == "276>120"
