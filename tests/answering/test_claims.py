"""From verdicts, surveys and contradictions to claims with quotations."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.answering.arithmetic import Computed
from rag.answering.claims import Presenter
from rag.answering.contradictions import contradictions
from rag.answering.outcomes import Decision
from rag.library.library import Library
from rag.parsing.report import Report
from rag.verification.citations import as_evidence
from rag.verification.claims import Citation, Evidence
from rag.verification.verdicts import Asked, Verdict
from rag.verification.verify import verify
from tests.support.held import understand
from tests.support.told_reports import library_of, source_of, surveyed, told

SHIJI = told("石矶镇", "新建水渠12公里。", "配套管网3公里。", "二、2021年工作计划", "建成文化广场。")
DATANG = told("大塘镇", "种植茶叶300亩，产值46万元。")
REPORTS = (SHIJI, DATANG)
ANSWERED = Decision("answered", None)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    yield library_of(tmp_path, *REPORTS)


def presenter(library: Library, question: str) -> Presenter:
    return Presenter(library, understand(question, REPORTS))


def item(report: Report, words: str, number: int = 1) -> Evidence:
    (sentence,) = (s for s in report.sentences if words in report.text[s.start : s.end])
    return as_evidence(number, report, sentence)


def quoted(citations: tuple[Citation, ...], role: str = "evidence") -> list[str]:
    return [citation.quote for citation in citations if citation.role == role]


CANAL = item(SHIJI, "水渠")


def test_a_supported_verdict_is_a_claim_with_its_quotation(library: Library) -> None:
    verdict = Verdict("新建水渠12公里", (1,), None)
    (claim,) = presenter(library, "石矶镇新建水渠多少公里？").verdicts(ANSWERED, [verdict], None, [CANAL])
    assert (claim.kind, claim.supported, claim.reason) == ("stated", True, None)
    assert [(c.quote, c.role, c.town) for c in claim.citations] == [("新建水渠12公里", "evidence", "石矶镇")]


def test_a_models_wording_stands_without_the_check_mark_beside_the_reports(library: Library) -> None:
    verdict = verify("石矶镇水渠新建12公里", (1,), [CANAL], Asked("石矶镇新建水渠多少公里？"))
    asked = understand("石矶镇新建水渠多少公里？", REPORTS)
    (worded,) = Presenter(library, asked, "model").verdicts(ANSWERED, [verdict], None, [CANAL])
    (told_by_report,) = Presenter(library, asked, "report").verdicts(ANSWERED, [verdict], None, [CANAL])
    assert (worded.text, worded.support, worded.supported) == ("石矶镇水渠新建12公里", "paraphrase", False)
    assert (told_by_report.text, told_by_report.support) == ("石矶镇2020年：新建水渠12公里", "quoted")
    assert quoted(worded.citations) == quoted(told_by_report.citations) == ["新建水渠12公里"]


def test_a_wording_that_says_the_very_same_is_checked_whoever_words(library: Library) -> None:
    verdict = verify("石矶镇2020年新建水渠12公里", (1,), [CANAL], Asked("石矶镇新建水渠多少公里？"))
    asked = understand("石矶镇新建水渠多少公里？", REPORTS)
    (claim,) = Presenter(library, asked, "model").verdicts(ANSWERED, [verdict], None, [CANAL])
    assert claim.support == "checked"


def test_the_town_and_year_of_a_claim_are_cited_as_context(library: Library) -> None:
    verdict = Verdict("石矶镇2020年新建水渠12公里", (1,), None)
    (claim,) = presenter(library, "石矶镇新建水渠多少公里？").verdicts(ANSWERED, [verdict], None, [CANAL])
    assert quoted(claim.citations) == ["新建水渠12公里"]
    assert quoted(claim.citations, "context") == ["云陂县石矶镇2020年工作总结和2021年工作计划", "一、2020年工作总结"]


def test_the_computed_claim_comes_first_with_all_its_operands(library: Library) -> None:
    computed = Computed("石矶镇更长：石矶镇12公里，大塘镇3公里", "12>3", (1, 2), "米")
    evidence = [CANAL, item(DATANG, "茶叶", 2)]
    verdict = Verdict("新建水渠12公里", (1,), None)
    first, second = presenter(library, "谁的水渠长？").verdicts(ANSWERED, [verdict], computed, evidence)
    assert (first.kind, first.expression, second.kind) == ("computed", "12>3", "stated")
    assert quoted(first.citations) == ["新建水渠12公里。", "种植茶叶300亩，产值46万元。"]


def test_nothing_is_supported_where_the_answer_is_refused(library: Library) -> None:
    refused = Decision("refused", "not_in_reports")
    verdicts = [Verdict("新建水渠13公里", (), "figure_not_in_evidence"), Verdict("新建水渠12公里", (1,), None)]
    computed = Computed("石矶镇更长", "12>3", (1,), "米")
    claims = presenter(library, "石矶镇的镇长是谁？").verdicts(refused, verdicts, computed, [CANAL])
    assert [claim.reason for claim in claims] == ["figure_not_in_evidence", "words_not_in_evidence"]


@pytest.mark.parametrize("is_quotation", [True, False])
def test_a_plan_is_shown_in_the_reports_own_words(library: Library, is_quotation: bool) -> None:
    plan = item(SHIJI, "文化广场")
    planned = Decision("answered", "planned_only", "报告没有说已经完成。")
    text = "建成文化广场" if is_quotation else "已经建成文化广场"
    verdict = Verdict(text, (1,), "planned_not_done", is_quotation=is_quotation)
    (claim,) = presenter(library, "石矶镇的文化广场建成了吗？").verdicts(planned, [verdict], None, [plan])
    assert (claim.text, claim.supported) == ("石矶镇2021年计划：建成文化广场", True)


def test_a_survey_quotes_a_sentence_of_each_report(library: Library) -> None:
    claims, evidence = presenter(library, "哪些镇提到水渠或茶叶？").survey(surveyed("哪些镇提到水渠或茶叶？", *REPORTS))
    assert [(claim.kind, claim.expression) for claim in claims] == [("computed", "2/2")]
    assert quoted(claims[0].citations) == ["种植茶叶300亩，产值46万元。", "新建水渠12公里。"]
    assert [each.number for each in evidence] == [1, 2]


@pytest.mark.parametrize("question", ["哪些镇提到茶叶，种植规模多少？", "哪个镇提到茶叶？"])
def test_the_clause_is_told_for_one_town_or_where_more_is_asked(library: Library, question: str) -> None:
    claims, _ = presenter(library, question).survey(surveyed(question, *REPORTS))
    assert [claim.text for claim in claims] == ["写到“茶叶”的有：大塘镇", "大塘镇：种植茶叶300亩"]
    assert quoted(claims[1].citations) == ["种植茶叶300亩，产值46万元。"]


def test_who_does_not_speak_of_it_is_cited_by_title_as_context(library: Library) -> None:
    question = "哪个镇没有提到茶叶？"
    claims, _ = presenter(library, question).survey(surveyed(question, *REPORTS))
    assert [claim.text for claim in claims] == ["没有写到“茶叶”的有：石矶镇"]
    assert quoted(claims[0].citations) == []
    assert quoted(claims[0].citations, "context") == ["云陂县石矶镇2020年工作总结和2021年工作计划"]


def test_a_contradiction_is_a_claim_with_both_places(tmp_path: Path) -> None:
    report = told("石矶镇", "全镇硬化通组公路12公里。", "一年来硬化通组公路15公里。")
    library = library_of(tmp_path, report)
    asked = understand("石矶镇硬化通组公路到底多少公里？", [report])
    claim = Presenter(library, asked).contradiction(contradictions(asked, report, source_of(report))[0])
    assert claim.supported
    assert quoted(claim.citations) == ["全镇硬化通组公路12公里。", "一年来硬化通组公路15公里。"]


def test_a_question_in_traditional_script_has_its_claims_in_it_and_quotations_as_they_are(library: Library) -> None:
    shown = presenter(library, "哪個鎮提到茶葉？")
    claims, _ = shown.survey(surveyed("哪個鎮提到茶葉？", *REPORTS))
    assert [claim.text for claim in claims] == ["寫到“茶葉”的有：大塘鎮", "大塘鎮：種植茶葉300畝"]
    assert quoted(claims[1].citations) == ["种植茶叶300亩，产值46万元。"]
    assert shown.plain(ANSWERED, claims).startswith("寫到“茶葉”的有：大塘鎮。")


def test_plain_text_is_the_lead_and_what_is_supported(library: Library) -> None:
    shown = presenter(library, "石矶镇新建水渠多少公里？")
    verdicts = [Verdict("新建水渠12公里", (1,), None), Verdict("共13公里", (), "figure_not_in_evidence")]
    claims = shown.verdicts(ANSWERED, verdicts, None, [CANAL])
    assert shown.plain(ANSWERED, claims) == "新建水渠12公里。"
    assert shown.plain(Decision("answered", "conflict", "注意。"), claims) == "注意。新建水渠12公里。"
    assert shown.plain(Decision("refused", "not_in_reports", "没有写明。"), claims) == "没有写明。"


def test_english_sentences_are_set_apart(library: Library) -> None:
    shown = presenter(library, "How many kilometres of canals did Shiji build?")
    verdicts = [Verdict("12 kilometres were built", (1,), None), Verdict("They are canals.", (1,), None)]
    claims = shown.verdicts(ANSWERED, verdicts, None, [CANAL])
    assert shown.plain(ANSWERED, claims) == "12 kilometres were built. They are canals."


def test_in_traditional_script_a_contradiction_is_told_in_it(tmp_path: Path) -> None:
    report = told("石矶镇", "全镇硬化通组公路12公里。", "一年来硬化通组公路15公里。")
    asked = understand("石磯鎮硬化通組公路到底多少公里？", [report])
    (found,) = contradictions(asked, report, source_of(report))
    claim = Presenter(library_of(tmp_path, report), asked).contradiction(found)
    assert claim.text.startswith("一處寫“全鎮硬化通組公路12公里”")
    assert quoted(claim.citations)[0] == "全镇硬化通组公路12公里。"
