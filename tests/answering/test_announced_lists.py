"""Lists that a report announces are offered with the head of every item, or not at all."""

import pytest

from rag.answering.announced_lists import with_announced_list
from rag.answering.candidate_features import Features
from rag.answering.candidates import Candidate, candidates
from rag.answering.nearness import NearnessTo
from rag.parsing.report import Report
from tests.support.generated_reports import CharacterEmbedder
from tests.support.held import understand
from tests.support.told_reports import told

POINTS = (
    "今年抓好三项实事：一是硬化通村公路。投资200万元，年内完工，方便群众出行。二是改造集镇水厂，更换管网。"
    "目前正在招标。三是新建村级卫生室。全部配齐设备。"
)
ASKED = "石矶镇2020年的三项实事是哪些？"


def listed(question: str, *lines: str) -> str:
    """The list that is offered for a question about a report of these lines; empty where none is."""
    candidate = offered(question, told("石矶镇", *lines))
    return candidate.text if candidate else ""


def offered(question: str, report: Report) -> Candidate | None:
    asked = understand(question, [report])
    evidence = with_announced_list(asked, [], [report])
    return next((each for each in candidates(asked, evidence) if each.is_spelled_out), None)


def test_the_head_of_each_point_is_told_whatever_stands_between() -> None:
    assert listed(ASKED, POINTS) == "今年抓好三项实事：一是硬化通村公路；二是改造集镇水厂；三是新建村级卫生室"


def test_what_is_announced_is_asked_for_by_its_own_number() -> None:
    assert listed("石矶镇2020年的四项实事是哪些？", POINTS) == ""


def test_a_question_may_leave_the_number_to_the_report() -> None:
    assert listed("石矶镇2020年抓了哪几项实事？", POINTS).endswith("三是新建村级卫生室")


@pytest.mark.parametrize("more", ["四是绿化村道。", ""])
def test_a_list_of_more_or_fewer_points_is_not_offered(more: str) -> None:
    points = POINTS + more if more else POINTS.partition("三是")[0]
    assert listed(ASKED, points) == ""


def test_the_points_of_a_point_are_not_those_of_the_list() -> None:
    lines = ("（一）抓好两件大事", "1、修路。一是修到村口。二是修到田头。", "2、治水。一是清沟，通到各组。")
    assert listed("石矶镇抓好的两件大事是什么？", *lines) == "（一）抓好两件大事；1、修路；2、治水"


def test_a_label_by_itself_takes_along_the_words_behind_it() -> None:
    found = listed("石矶镇的两条路子指什么？", "我们走好两条路子。第一，种好茶叶。第二，养好土鸡。")
    assert found == "我们走好两条路子；第一，种好茶叶；第二，养好土鸡"


def test_a_point_that_begins_with_its_means_takes_along_what_is_done() -> None:
    line = "办好三件实事。一是以项目为抓手，建好水厂，引来清泉。二是围绕产业，种好茶叶。三是以绿色引领，植树造林。"
    assert listed("石矶镇办好的三件实事是什么？", line) == (
        "办好三件实事；一是以项目为抓手，建好水厂；二是围绕产业，种好茶叶；三是以绿色引领，植树造林"
    )


def test_things_are_told_by_the_clause_that_names_all_of_them() -> None:
    lines = ("（二）培育两大产业", "坚持发展绿色茶叶产业和乡村旅游产业，按照产业兴旺的要求打造产业，抓好建设。")
    assert listed("石矶镇培育了哪两大产业？", *lines) == "（二）培育两大产业；坚持发展绿色茶叶产业和乡村旅游产业"


def test_things_are_told_by_the_clauses_that_name_them_one_by_one() -> None:
    line = "做强三大板块。依托山场，发展茶叶板块。连片种植。整合小厂，壮大竹木和石材两大板块。竹木板块，逐步入园。"
    found = listed("石矶镇做强的三大板块指什么？", line)
    assert found == "做强三大板块；发展茶叶板块；壮大竹木和石材两大板块"


def test_things_of_another_paragraph_are_not_those_of_a_sentence() -> None:
    lines = ("做强两大板块。", "发展茶叶板块。", "壮大石材板块。")
    assert listed("石矶镇做强的两大板块指什么？", *lines) == ""


def test_a_clause_that_names_its_things_before_their_number_announces_none() -> None:
    line = "培育茶叶、石材两大产业。扩大种植，壮大茶叶产业和石材产业。"
    assert listed("石矶镇培育了哪两大产业？", line) == ""


def test_points_of_one_name_need_no_announcement() -> None:
    line = "前路尚远。一是产业进入“换挡期”，结构不优。二是治理进入“攻坚期”。欠账较多。"
    assert listed("石矶镇说的两个“期”是什么？", line) == "一是产业进入“换挡期”；二是治理进入“攻坚期”"


def test_clauses_begin_with_what_the_question_names() -> None:
    line = "优化布局。东岸建设粮食基地，连片种植。西岸建设茶叶基地，完善道路。"
    assert listed("石矶镇东岸、西岸分别建什么？", line) == "东岸建设粮食基地；西岸建设茶叶基地"
    assert listed("石矶镇东岸、北岸分别建什么？", line) == ""


def test_a_list_of_another_year_is_not_offered() -> None:
    assert listed("石矶镇2019年的三项实事是哪些？", POINTS) == ""


def test_a_list_is_seen_by_what_announces_it() -> None:
    report = told("石矶镇", POINTS)
    asked, candidate = understand(ASKED, [report]), offered(ASKED, report)
    assert candidate is not None
    seen = Features(asked, NearnessTo(CharacterEmbedder(), asked.matter)).of(candidate)
    assert seen["too_long"] == seen["sentences"] == seen["things_missing"] == seen["cut_before_list"] == 0


def test_evidence_keeps_its_order_and_is_numbered_anew() -> None:
    report = told("石矶镇", "新增就业276人。", POINTS)
    evidence = with_announced_list(understand(ASKED, [report]), [], [report])
    assert [item.number for item in evidence] == [1, 2, 3]
    assert [item.sentence.start for item in evidence] == sorted(item.sentence.start for item in evidence)
