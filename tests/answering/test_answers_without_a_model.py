"""What code adds to answers, through the whole flow: surveys, contradictions, doubts, and years no report is about."""

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pytest

from rag.answering.answer import Answerer
from rag.answering.answers import Answer
from rag.library.library import Library
from rag.library.results import Hit, Scope
from rag.library.search import Searcher, SearchResult
from rag.parsing.report import Report
from rag.text.bigrams import content_bigrams
from rag.types import Notice
from tests.support.generated_reports import CharacterEmbedder
from tests.support.held import sentences_of
from tests.support.made_errors import bad_reply, offline
from tests.support.scripted_model import ScriptedModel, claims
from tests.support.told_reports import JudgingModel, library_of, parsed, told

SHIJI = told(
    "石矶镇",
    "新建污水处理厂一座，配套管网3公里。",
    "全镇硬化通组公路12公里。",
    "一年来硬化通组公路15公里，安装路灯60盏。",
    "收集意见102条，解决119例。",
    "比2019年多发展党员3名。",
    "二、2021年工作计划",
    "建成文化广场2处。",
)
DATANG = told("大塘镇", "种植茶叶300亩，产值46万元。")
MISDATED = parsed("云陂县石矶镇2020年工作总结和2021年工作计划", "一、2018年工作总结", "新增就业276人。")


class AllPassages:
    """A search that finds every passage in scope."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def search(self, query: str, *, scope: Scope, k: int) -> SearchResult:
        hits = [
            Hit(report.id, chunk, report.text[chunk.start : chunk.end], 0.5)
            for report in self._library.every_report()
            for chunk in report.chunks
            if scope.admits(report)
        ]
        return SearchResult(hits, ())


def ask(
    home: Path, question: str, *replies: object, reports: Sequence[Report] = (SHIJI, DATANG), scope: Scope | None = None
) -> tuple[Answer, ScriptedModel]:
    library = library_of(home, *reports)
    model = ScriptedModel(*replies)  # type: ignore[arg-type]
    searcher = cast(Searcher, AllPassages(library))
    answerer = Answerer(
        library=library, sentences=sentences_of(library), searcher=searcher, embedder=CharacterEmbedder(), model=model
    )
    return answerer.ask(question, scope=scope or Scope()), model


class PassagesInItsWords(AllPassages):
    """A search that finds the passages that share a word with the question."""

    def search(self, query: str, *, scope: Scope, k: int) -> SearchResult:
        found = super().search(query, scope=scope, k=k)
        return SearchResult([hit for hit in found.hits if content_bigrams(query) & content_bigrams(hit.text)], ())


FORMAL: dict[str, object] = {"question": "安装太阳能路灯多少盏？"}


def test_what_is_found_in_other_words_is_evidence_of_the_answer(tmp_path: Path) -> None:
    library = library_of(
        tmp_path, told("石矶镇", "一、农田水利", "清淤渠道12公里。", "二、市政", "安装太阳能路灯60盏。")
    )
    answerer = Answerer(
        library=library,
        sentences=sentences_of(library),
        searcher=cast(Searcher, PassagesInItsWords(library)),
        embedder=CharacterEmbedder(),
        model=JudgingModel(FORMAL, likely={"安装太阳能路灯60盏": 0.97}),
    )
    first, *_, answer = answerer.stream("夜里农田边照亮的东西有几个？")
    assert not any("太阳能" in item.text for item in first.evidence)
    assert answer.answer == "石矶镇2020年：安装太阳能路灯60盏。"
    assert len(answer.evidence) == len(answer.evidence_citations) > len(first.evidence)
    assert [item.number for item in answer.evidence] == [*range(1, len(answer.evidence) + 1)]
    assert answer.claims[0].citations[0].quote == "安装太阳能路灯60盏"


def test_a_survey_needs_no_model(tmp_path: Path) -> None:
    answer, model = ask(tmp_path, "哪个镇的报告提到了污水处理厂？")
    assert (answer.outcome, answer.reason, answer.model, model.asked) == ("answered", None, None, [])
    assert answer.answer == "写到“污水处理厂”的有：石矶镇。石矶镇：新建污水处理厂一座。"
    assert [citation.town for citation in answer.evidence_citations] == ["石矶镇"]


def test_a_survey_of_what_is_missing_cites_the_title_of_what_was_read(tmp_path: Path) -> None:
    answer, _ = ask(tmp_path, "哪个镇的报告没有提到污水处理厂？")
    assert answer.answer == "没有写到“污水处理厂”的有：大塘镇。"
    assert [citation.role for citation in answer.claims[0].citations] == ["context"]


def test_what_is_not_indexed_yet_is_not_told_as_missing(tmp_path: Path) -> None:
    library = library_of(tmp_path, SHIJI, DATANG)
    sentences = sentences_of(library)
    sentences.remove(SHIJI.id)  # which speaks of it
    searcher = cast(Searcher, AllPassages(library))
    answerer = Answerer(
        library=library, sentences=sentences, searcher=searcher, embedder=CharacterEmbedder(), model=None
    )
    answer = answerer.ask("哪个镇的报告没有提到污水处理厂？")
    assert answer.outcome == "evidence_only" and not answer.claims
    assert Notice("reports_not_counted") in answer.notices


def test_a_survey_stays_within_the_persons_scope(tmp_path: Path) -> None:
    question = "哪些镇的报告没有提到高铁站？"
    answer, _ = ask(tmp_path, question, scope=Scope(towns=("大塘镇",)))
    assert answer.answer == "没有写到“高铁站”的有：大塘镇。"


def test_a_survey_that_finds_nothing_is_left_to_the_model(tmp_path: Path) -> None:
    answer, model = ask(tmp_path, "哪些镇的报告提到了高铁站？", claims())
    assert model.asked
    assert (answer.outcome, answer.reason) == ("refused", "not_in_reports")


def test_a_contradiction_is_answered_with_both_places(tmp_path: Path) -> None:
    answer, model = ask(tmp_path, "石矶镇硬化通组公路到底多少公里？")
    assert (answer.outcome, answer.reason, model.asked) == ("answered", "conflict", [])
    assert answer.answer == "一处写“全镇硬化通组公路12公里”，另一处写“一年来硬化通组公路15公里”，前后不一致。"
    quotes = [citation.quote for citation in answer.claims[0].citations]
    assert quotes == ["全镇硬化通组公路12公里。", "一年来硬化通组公路15公里，安装路灯60盏。"]
    assert [item.number for item in answer.evidence] == [1, 2]


def test_a_report_is_asked_for_contradictions_only_alone(tmp_path: Path) -> None:
    same = told("平桥镇", "全镇硬化通组公路12公里。", "一年来硬化通组公路15公里。")
    reply = claims("石矶镇硬化通组公路12公里")
    answer, model = ask(tmp_path, "硬化通组公路到底多少公里？", reply, reports=(SHIJI, same))
    assert model.asked
    assert answer.reason != "conflict"


def test_in_traditional_script_a_contradiction_is_told_in_it(tmp_path: Path) -> None:
    answer, _ = ask(tmp_path, "石磯鎮硬化通組公路到底多少公里？")
    assert answer.answer.startswith("一處寫“全鎮硬化通組公路12公里”")
    assert answer.claims[0].citations[0].quote == "全镇硬化通组公路12公里。"


def test_what_cannot_be_is_said_beside_the_answer(tmp_path: Path) -> None:
    answer, model = ask(tmp_path, "石矶镇收集意见多少条？", claims("石矶镇收集意见102条"))
    assert (answer.outcome, answer.reason, len(model.asked)) == ("answered", "conflict", 2)
    assert answer.answer == "石矶镇收集意见102条。“119例”多于“102条”，对不上，报告没有解释。"
    assert [claim.supported for claim in answer.claims] == [True, True]


def test_no_doubt_is_said_of_other_sentences(tmp_path: Path) -> None:
    answer, _ = ask(tmp_path, "石矶镇安装路灯多少盏？", claims("安装路灯60盏"))
    assert (answer.answer, answer.reason) == ("安装路灯60盏。", None)


def test_doubts_come_in_the_order_of_the_evidence(tmp_path: Path) -> None:
    others = [
        told(f"{name}镇", f"收集意见{n}条，解决{n + 1}例。") for n, name in enumerate(("青龙", "白沙", "平桥"), start=5)
    ]
    drafts = [claims(f"收集意见{n}条") for n in (5, 6, 7)]
    question = "青龙镇、白沙镇和平桥镇收集意见多少条？"
    answer, _ = ask(tmp_path, question, *drafts, reports=others)
    doubted = [claim.citations[0].town for claim in answer.claims if "对不上" in claim.text]
    assert doubted == ["青龙镇", "白沙镇", "平桥镇"]


def test_a_year_that_only_a_heading_gives_is_doubted(tmp_path: Path) -> None:
    reply = claims("石矶镇新增就业276人")
    answer, _ = ask(tmp_path, "石矶镇2018年新增就业多少人？", reply, reports=[MISDATED])
    assert answer.reason == "conflict"
    assert answer.answer.startswith("石矶镇新增就业276人。小标题写2018年")


def test_a_year_that_a_report_only_speaks_of_restricts_nothing(tmp_path: Path) -> None:
    answer, _ = ask(tmp_path, "石矶镇比2019年多发展党员几名？", claims(), claims())
    assert (answer.outcome, answer.answer) == ("answered", "石矶镇2020年：比2019年多发展党员3名。")


def test_a_year_that_no_report_speaks_of_is_refused(tmp_path: Path) -> None:
    answer, model = ask(tmp_path, "石矶镇2015年硬化通组公路多少公里？")
    assert (answer.outcome, answer.reason, model.asked) == ("refused", "no_such_year", [])


def test_the_year_of_the_plans_is_one_a_report_is_about(tmp_path: Path) -> None:
    answer, _ = ask(tmp_path, "石矶镇2021年建成文化广场几处？", claims("石矶镇2021年计划建成文化广场2处"))
    assert (answer.outcome, answer.answer) == ("answered", "石矶镇2021年计划建成文化广场2处。")


def test_a_plan_asked_for_as_done_is_told_as_a_plan(tmp_path: Path) -> None:
    answer, _ = ask(tmp_path, "石矶镇的文化广场建成了吗？", claims("石矶镇已经建成文化广场2处"), claims())
    assert (answer.outcome, answer.reason) == ("answered", "planned_only")
    assert answer.answer.startswith("报告没有说已经完成，这是2021年的计划。")
    assert answer.answer.endswith("建成文化广场2处。")


def test_an_unreadable_draft_shows_the_sentences_found(tmp_path: Path) -> None:
    answer, _ = ask(tmp_path, "石矶镇的镇长贵姓？", bad_reply())
    assert (answer.outcome, answer.reason, answer.claims) == ("evidence_only", "nothing_verified", ())
    assert answer.notices == (bad_reply().notice,)
    assert answer.evidence


def test_an_unreadable_draft_is_told_beside_the_answer_that_does_without_it(tmp_path: Path) -> None:
    answer, _ = ask(tmp_path, "大塘镇的茶叶产值是多少？", bad_reply())
    assert (answer.outcome, answer.notices) == ("answered", (bad_reply().notice,))


@pytest.mark.parametrize("question", ["哪个镇的报告提到了污水处理厂？", "石矶镇硬化通组公路到底多少公里？"])
def test_what_code_reads_off_needs_no_model_that_works(tmp_path: Path, question: str) -> None:
    assert ask(tmp_path, question, offline())[0].outcome == "answered"
