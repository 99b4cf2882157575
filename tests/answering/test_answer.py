"""Questions through the whole flow, with real retrieval over the sample reports and a scripted model."""

from rag.answering.answer import Answerer
from rag.answering.answers import Answer
from rag.library.results import Scope
from rag.models.conversation import Turn
from rag.workspace import Workspace
from tests.support.made_errors import no_model
from tests.support.scripted_model import ScriptedModel, claims

GRAIN = "石矶镇2021年粮食总产量是多少？"


class Unsure(ScriptedModel):
    """Does not confirm what code finds, so that it is asked to write."""

    leans = 0.45


def ask(workspace: Workspace, question: str, *replies: object, **options: object) -> Answer:
    model = Unsure(*replies)  # type: ignore[arg-type]
    return workspace.answerer_with(model).ask(question, **options)  # type: ignore[arg-type]


def test_a_faithful_draft_is_answered_with_verbatim_quotations(sample_workspace: Workspace) -> None:
    answer = ask(sample_workspace, GRAIN, claims("石矶镇2021年粮食总产量1.39万吨"))
    assert (answer.outcome, answer.reason) == ("answered", None)
    assert answer.answer == "石矶镇2021年：粮食播种面积3.15万亩，总产量1.39万吨。"
    texts = {
        s.file.name: s.file.text
        for r in sample_workspace.library.every_report()
        for s in sample_workspace.library.sources(r.id)
    }
    quotations = answer.claims[0].citations
    assert any("1.39万吨" in citation.quote and citation.role == "evidence" for citation in quotations)
    assert all(texts[citation.file][citation.start : citation.end] == citation.quote for citation in quotations)


def test_last_years_plan_is_not_shown_for_this_years_result(sample_workspace: Workspace) -> None:
    answer = ask(sample_workspace, GRAIN, claims("石矶镇2021年粮食总产量1.39万吨"))
    assert all("1.38万吨" not in item.text or item.report_year == 2021 for item in answer.evidence)


def test_the_year_that_the_quotation_does_not_give_is_quoted_as_context(sample_workspace: Workspace) -> None:
    answer = ask(sample_workspace, GRAIN, claims("石矶镇2021年粮食总产量1.39万吨"))
    assert any("2021年" in citation.quote for citation in answer.claims[0].citations if citation.role == "context")


def test_an_invented_figure_is_never_shown_as_supported(sample_workspace: Workspace) -> None:
    wrong = claims("石矶镇2021年粮食总产量1.49万吨")
    answer = ask(sample_workspace, GRAIN, wrong, wrong)
    assert not any(claim.supported for claim in answer.claims if "1.49" in claim.text)
    assert answer.claims and "1.49" not in answer.answer


def test_a_claim_that_fails_is_repaired_once(sample_workspace: Workspace) -> None:
    wrong, right = claims("石矶镇2021年粮食总产量1.49万吨"), claims("石矶镇2021年粮食总产量1.39万吨")
    answer = ask(sample_workspace, GRAIN, wrong, right)
    assert answer.answer == "石矶镇2021年：粮食播种面积3.15万亩，总产量1.39万吨。"
    assert answer.tokens.prompt == 250  # the words that code found were asked about first


def test_where_no_draft_holds_the_reports_own_words_answer(sample_workspace: Workspace) -> None:
    wrong = claims("石矶镇2021年粮食总产量1.49万吨")
    answer = ask(sample_workspace, GRAIN, wrong, wrong)
    assert answer.outcome == "answered"
    assert "1.39万吨" in answer.answer


def test_two_towns_are_asked_one_by_one_and_compared_by_code(sample_workspace: Workspace) -> None:
    question = "石矶镇2021年和大塘镇2022年，哪个镇的油茶新造面积大？"
    answer = ask(sample_workspace, question, claims("石矶镇油茶新造900亩"), claims("大塘镇今年新造油茶1500亩"))
    assert answer.answer.startswith("大塘镇更大：大塘镇2022年为1500亩，石矶镇2021年为900亩。")
    assert (answer.claims[0].kind, answer.claims[0].expression) == ("computed", "1500>900")
    assert {citation.town for citation in answer.claims[0].citations} == {"石矶镇", "大塘镇"}


def test_a_figure_of_the_other_year_is_not_let_through(sample_workspace: Workspace) -> None:
    wrong = claims("石矶镇2020年粮食总产量1.39万吨")
    answer = ask(sample_workspace, "石矶镇2020年粮食总产量是多少？", wrong, wrong)
    assert "1.39万吨" not in answer.answer


def test_a_town_the_library_does_not_have_costs_no_model_call(sample_workspace: Workspace) -> None:
    answer = ask(sample_workspace, "青龙镇2021年粮食总产量是多少？")
    assert (answer.outcome, answer.reason) == ("refused", "no_such_town")
    assert "青龙镇" in answer.answer


def test_a_year_the_library_does_not_have_is_refused_with_those_it_has(sample_workspace: Workspace) -> None:
    answer = ask(sample_workspace, "石矶镇1998年粮食总产量是多少？")
    assert (answer.outcome, answer.reason) == ("refused", "no_such_year")
    assert "2020、2021" in answer.answer


def test_without_a_model_file_the_evidence_alone_is_shown(sample_workspace: Workspace) -> None:
    answer = ask(sample_workspace, GRAIN, no_model())
    assert (answer.outcome, answer.reason) == ("evidence_only", "model_unavailable")
    assert any("1.39万吨" in item.text for item in answer.evidence)
    assert answer.notices == (no_model().notice,)


def test_the_evidence_comes_before_the_model_is_asked(sample_workspace: Workspace) -> None:
    model = ScriptedModel(claims("石矶镇2021年粮食总产量1.39万吨"))
    answerer = Answerer(
        library=sample_workspace.library,
        sentences=sample_workspace.sentences,
        searcher=sample_workspace.searcher,
        embedder=sample_workspace.embedder,
        model=model,
    )
    stream = answerer.stream(GRAIN)
    first = next(stream)
    assert first.evidence and not model.asked
    assert [answer.outcome for answer in stream][-1] == "answered"


def test_the_schema_holds_only_numbers_that_were_shown(sample_workspace: Workspace) -> None:
    model = Unsure(claims("石矶镇2021年粮食总产量1.39万吨"))
    answer = Answerer(
        library=sample_workspace.library,
        sentences=sample_workspace.sentences,
        searcher=sample_workspace.searcher,
        embedder=sample_workspace.embedder,
        model=model,
    ).ask(GRAIN)
    numbers = [item.number for item in answer.evidence]
    assert f"'enum': {numbers}" in str(model.schemas[0])


def test_a_question_in_traditional_script_is_answered_in_it(sample_workspace: Workspace) -> None:
    answer = ask(sample_workspace, "石磯鎮2021年糧食總產量是多少？", claims("石矶镇2021年粮食总产量1.39万吨"))
    assert answer.language == "zh-Hant"
    assert "萬噸" in answer.answer


def test_a_follow_up_is_searched_with_what_it_follows(sample_workspace: Workspace) -> None:
    history = [Turn("user", GRAIN), Turn("assistant", "1.39万吨。")]
    answer = ask(sample_workspace, "播种面积呢？", claims("粮食播种面积3.15万亩"), history=history)
    assert answer.outcome == "answered"
    assert {citation.town for claim in answer.claims for citation in claim.citations} == {"石矶镇"}


def test_the_persons_filter_holds(sample_workspace: Workspace) -> None:
    answer = ask(sample_workspace, "新增就业多少人？", claims(), claims(), scope=Scope(towns=("大塘镇",)))
    assert {item.town for item in answer.evidence} == {"大塘镇"}


def test_each_claim_is_shown_once_it_is_verified(sample_workspace: Workspace) -> None:
    invented = "石矶镇2021年油菜总产量1.49万吨"
    model = ScriptedModel(claims("石矶镇2021年粮食总产量1.39万吨", invented, "粮食播种面积3.15万亩"))
    answerer = Answerer(
        library=sample_workspace.library,
        sentences=sample_workspace.sentences,
        searcher=sample_workspace.searcher,
        embedder=sample_workspace.embedder,
        model=model,
    )
    _, *growing, finished = answerer.stream(GRAIN)
    told = [[claim.text for claim in answer.claims] for answer in growing if answer.claims]
    assert told[0] == ["石矶镇2021年：粮食播种面积3.15万亩，总产量1.39万吨"]
    assert all(claim.supported and claim.citations for answer in growing for claim in answer.claims)
    assert invented not in str(told)
    assert finished.outcome == "answered"


def test_a_figure_that_the_question_has_wrong_is_not_shown_on_the_way(sample_workspace: Workspace) -> None:
    model = ScriptedModel(claims("石矶镇2021年粮食总产量1.39万吨", "不是1.49万吨"))
    answerer = Answerer(
        library=sample_workspace.library,
        sentences=sample_workspace.sentences,
        searcher=sample_workspace.searcher,
        embedder=sample_workspace.embedder,
        model=model,
    )
    *growing, finished = answerer.stream("石矶镇2021年粮食总产量是1.49万吨吗？为什么？")
    assert "1.49" not in str([claim.text for answer in growing for claim in answer.claims])
    assert finished.reason == "premise_corrected"
    assert finished.claims[0].support == "quoted" and finished.claims[0].text.startswith("石矶镇2021年")
