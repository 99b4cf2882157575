"""The clause that the model judges to answer."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from rag.answering.questions import Question
from rag.answering.reranking import ANSWERS, ANSWERS_FIGURE, Closeness, Judged, judge_quotations, likeliest_sentences
from rag.errors import ModelUnavailable
from rag.models.conversation import NOTHING_SPENT, Choice, ChoiceRequest, Tokens, Turn
from rag.types import SectionKind
from rag.verification.claims import Evidence
from tests.support.held import understand
from tests.support.made_errors import offline
from tests.support.told_reports import JudgingModel, all_alike, shown, told

REPORTS = (told("石矶镇", "新增就业276人。"),)
ROADS = "安装路灯60盏，新修通组公路12公里，惠及群众900户。"
ILL = "全镇组织体检，为老人免费看病。"


def asked(text: str, *history: Turn) -> Question:
    return understand(text, REPORTS, history)


def judged(
    question: str,
    evidence: list[Evidence],
    likely: Mapping[str, float] | None = None,
    closeness: Closeness = all_alike,
) -> tuple[Judged, JudgingModel]:
    model = JudgingModel(likely=likely or {})
    return judge_quotations(model, asked(question), evidence, closeness), model


LAMPS = "石矶镇晚上照明的灯有多少盏？"


def test_first_sentences_are_judged_then_the_clauses_of_the_best() -> None:
    result, model = judged(
        "石矶镇怎么照顾老人的身体？", shown(ROADS, ILL), {ILL: 0.9, "全镇组织体检": 0.4, "为老人免费看病": 0.95}
    )
    assert model.judged[:2] == [ROADS, ILL]
    assert result.quote is not None and result.quote.text == "为老人免费看病"
    assert [item.number for item in result.quote.items] == [2]


def test_only_the_clauses_of_the_two_best_sentences_are_looked_at() -> None:
    first, second, third = "甲事办好，乙事办好。", "丙事办好，丁事办好。", "戊事办好，己事办好。"
    _, model = judged("石矶镇给老人帮了什么忙？", shown(first, second, third), {first: 0.5, third: 0.6})
    assert "戊事办好" in model.judged and "甲事办好" in model.judged
    assert "丙事办好" not in model.judged


def test_a_clause_is_also_tried_with_what_leads_up_to_it() -> None:
    line = "新装路灯，共计60盏，惠及群众900户。"
    result, model = judged(LAMPS, shown(line), {line: 0.9, "共计60盏": 0.5, "新装路灯，共计60盏": 0.9})
    assert result.quote is not None and (result.quote.text, result.quote.figures) == ("新装路灯，共计60盏", 1)
    assert "新装路灯，共计60盏" in model.judged


def test_of_two_clauses_nearly_as_likely_the_one_closer_to_the_question_answers() -> None:
    line = "共征地430亩，完成青苗补偿500亩。"
    likely = {line: 0.7, "共征地430亩": 0.75, "完成青苗补偿500亩": 0.7, "共征地430亩，完成青苗补偿500亩": 0.5}
    close = {"完成青苗补偿500亩": 0.1}

    def closeness(question: str, text: str) -> float:
        assert "石矶镇" not in question  # without the town, which every clause is equally far from
        return close.get(text, 0.0)

    question = "石矶镇毁掉的庄稼赔了多少亩？"
    alike, _ = judged(question, shown(line), likely)
    closer, _ = judged(question, shown(line), likely, closeness)
    assert alike.quote is not None and alike.quote.text == "共征地430亩"
    assert closer.quote is not None and closer.quote.text == "完成青苗补偿500亩"


def test_a_likely_clause_that_is_far_off_in_meaning_answers_nothing() -> None:
    line = "新建水渠60条。"
    likely = {line: 0.8, "新建水渠60条": 0.8}
    near, _ = judged("石矶镇修了几条路？", shown(line), likely)
    far, _ = judged("石矶镇修了几条路？", shown(line), likely, lambda question, text: -0.2)
    assert near.quote is not None and far.quote is None


def test_what_leads_up_to_a_clause_is_no_longer_than_it_may_be() -> None:
    long = "在镇党委和镇政府的坚强领导下并在各村各组干部群众的共同努力和大力支持配合之下持续推进"
    _, model = judged(LAMPS, shown(f"{long}，共计60盏。"), {"共计60盏": 0.9})
    assert f"{long}，共计60盏" not in model.judged


@pytest.mark.parametrize(("likely", "is_answer"), [(ANSWERS, True), (ANSWERS - 0.001, False)])
def test_a_quotation_must_be_likely_enough(likely: float, is_answer: bool) -> None:
    result, _ = judged("石矶镇怎么照顾老人的身体？", shown("为老人看病。"), {"为老人看病": likely})
    assert (result.quote is not None) is is_answer


@pytest.mark.parametrize(("likely", "is_answer"), [(ANSWERS_FIGURE, True), (ANSWERS_FIGURE - 0.001, False)])
def test_a_figure_may_be_less_likely(likely: float, is_answer: bool) -> None:
    result, _ = judged(LAMPS, shown("路灯60盏。"), {"路灯60盏": likely})
    assert (result.quote is not None) is is_answer


def test_of_about_equally_likely_quotations_one_of_good_length_is_taken() -> None:
    line = "建立联系老人的工作机制，组织镇卫生院的医生上门，看病。"
    whole = line.rstrip("。")
    result, _ = judged("石矶镇怎么照顾老人的身体？", shown(line), {"看病": 0.95, whole: 0.93})
    assert result.quote is not None and result.quote.text == whole
    result, _ = judged("石矶镇怎么照顾老人的身体？", shown(line), {"看病": 0.95, whole: 0.9})
    assert result.quote is not None and result.quote.text == "看病"


def test_where_nothing_is_likely_there_is_no_quotation_but_a_cost() -> None:
    result, model = judged("石矶镇怎么照顾老人的身体？", shown("新修公路。"))
    assert result.quote is None
    assert model.judged == ["新修公路。", "新修公路"]
    assert result.cost.tokens == Tokens(100, 2)
    assert result.cost.seconds == pytest.approx(0.2)


def test_a_text_is_asked_once() -> None:
    _, model = judged("石矶镇怎么照顾老人的身体？", shown(ILL, ILL, ROADS))
    assert len(model.judged) == len(set(model.judged))


def test_a_question_for_a_figure_shows_only_what_has_one_of_its_measure() -> None:
    evidence = shown("为老人看病。", "走访群众58户，发放慰问金2万元。", "新修公路3公里。")
    _, model = judged("石矶镇看望了多少户人家？", evidence, {evidence[1].text: 0.9})
    assert set(model.judged) == {evidence[1].text, "走访群众58户"}


@pytest.mark.parametrize(("kind", "is_shown"), [("result", True), ("plan", False)])
def test_a_plan_is_judged_only_where_it_is_asked_for(kind: SectionKind, is_shown: bool) -> None:
    _, model = judged("石矶镇怎么照顾老人的身体？", shown(ILL, kind=kind))
    assert bool(model.judged) is is_shown


def test_without_evidence_nothing_is_asked() -> None:
    result, model = judged(LAMPS, [])
    assert (result, model.judged) == (Judged(None, NOTHING_SPENT), [])


def test_a_follow_up_is_judged_with_what_it_follows() -> None:
    model = JudgingModel(likely={})
    question = asked("明年呢？", Turn("user", "石矶镇2020年装了多少路灯？"), Turn("assistant", "60盏。"))
    judge_quotations(model, question, shown("安装路灯90盏。", kind="plan"), all_alike)
    assert "问题：石矶镇2020年装了多少路灯？ 明年呢？" in model.asked[0][-1].content


def test_the_likeliest_sentences_stay_in_their_order() -> None:
    evidence = shown("甲。", "乙。", "丙。")
    likeliest = likeliest_sentences(
        JudgingModel(likely={"甲。": 0.8, "乙。": 0.5, "丙。": 0.9}), asked("How many?"), evidence
    )
    assert [item.number for item in likeliest.items] == [1, 3]
    assert (likeliest.likelihood, likeliest.cost.tokens) == (0.9, Tokens(150, 3))


def test_where_none_is_likely_all_sentences_stay() -> None:
    evidence = shown("甲。", "乙。")
    likeliest = likeliest_sentences(JudgingModel(likely={}), asked("How many?"), evidence)
    assert (likeliest.items, likeliest.likelihood) == (tuple(evidence), 0.0)


def test_without_sentences_none_is_likely() -> None:
    assert likeliest_sentences(JudgingModel(likely={}), asked("How many?"), []).items == ()


def test_a_model_that_cannot_be_asked_is_told() -> None:
    class Gone(JudgingModel):
        def choose(self, request: ChoiceRequest) -> Choice:
            raise offline()

    with pytest.raises(ModelUnavailable):
        judge_quotations(Gone(likely={}), asked(LAMPS), shown("路灯60盏。"), all_alike)


def test_a_clause_may_answer_only_with_what_leads_up_to_it() -> None:
    line = "安装路灯90处，新装照明灯，共计60盏。"
    likely = {"安装路灯90处": 0.6, "共计60盏": 0.5, "安装路灯90处，新装照明灯，共计60盏": 0.95}
    result, _ = judged("石矶镇晚上照明的灯有多少？", shown(line), likely)
    assert result.quote is not None and result.quote.text == line.rstrip("。")


def test_of_equally_likely_sentences_the_first_are_looked_at() -> None:
    _, model = judged("石矶镇给老人帮了什么忙？", shown("甲事，办好。", "乙事，办好。", "丙事，办好。"))
    assert {"甲事", "乙事"} <= set(model.judged) and "丙事" not in model.judged


def test_a_heading_is_not_judged() -> None:
    (item,) = shown(ILL)
    heading = replace(item, sentence=replace(item.sentence, role="heading"))
    _, model = judged("石矶镇怎么照顾老人的身体？", [heading])
    assert model.judged == []


def test_a_clause_that_only_says_where_is_not_judged() -> None:
    line = "在安全生产上，督促整改隐患30多处，实现了全年零事故。"
    _, model = judged("石矶镇出过事故没有？", shown(line), {line: 0.9})
    assert "在安全生产上" not in model.judged and "实现了全年零事故" in model.judged
