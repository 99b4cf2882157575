"""From verdicts to outcomes."""

from rag.answering.false_premises import false_premises
from rag.answering.outcomes import decide
from rag.answering.questions import Question
from rag.parsing.report import Metadata, Report, Sentence
from rag.types import SectionKind
from rag.verification.claims import Evidence
from rag.verification.verdicts import Verdict
from tests.support.held import understand

REPORTS = [Report("r1", Metadata(town="石矶镇", year=2020, plan_year=2021), "", (), (), ())]


def asked(text: str) -> Question:
    return understand(text, REPORTS)


def shown(text: str, kind: SectionKind = "result") -> list[Evidence]:
    sentence = Sentence(0, len(text), "", kind, "body")
    return [Evidence(1, "r1", sentence, text, "石矶镇", None, 2020, 2021 if kind == "plan" else 2020)]


def test_a_supported_claim_is_an_answer() -> None:
    decision = decide(asked("石矶镇有多少人？"), [Verdict("有3万人", (1,), None)], shown("全镇有3万人。"))
    assert (decision.outcome, decision.reason, decision.lead) == ("answered", None, "")


def test_nothing_supported_is_a_refusal() -> None:
    decision = decide(asked("书记是谁？"), [Verdict("张三", (), "words_not_in_evidence")], shown("全镇有3万人。"))
    assert (decision.outcome, decision.reason) == ("refused", "not_in_reports")


def test_no_draft_is_a_refusal() -> None:
    assert decide(asked("书记是谁？"), [], shown("全镇有3万人。")).outcome == "refused"


def test_asked_as_done_but_only_planned() -> None:
    evidence = shown("建设派出所大楼。", "plan")
    decision = decide(asked("石矶镇派出所大楼建成了吗？"), [Verdict("已建成", (1,), "planned_not_done")], evidence)
    assert decision.reason == "planned_only"
    assert "2021" in decision.lead


def test_a_false_figure_in_the_question_is_named() -> None:
    evidence = shown("新安装路灯150盏。")
    question = asked("石矶镇新安装的1500盏路灯在哪里？")
    decision = decide(question, [], evidence, false_premises(question.text, evidence))
    assert decision.reason == "premise_corrected"
    assert "1500盏" in decision.lead
