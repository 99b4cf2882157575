"""Cutting reports into statements."""

import pytest

from rag.parsing.parse import parse
from rag.summaries.statements import Statement, statements_of
from rag.types import SourceFile


def statements(*lines: str) -> list[Statement]:
    """Those of a report with these lines in one section of results."""
    text = "青山镇2020年工作总结\n一、工作回顾\n" + "\n".join(lines) + "\n二、存在的问题\n人手不够充足。\n"
    return list(statements_of(parse(SourceFile("青山.txt", "0" * 64, "utf-8", text)).report))


def told(*lines: str) -> list[str]:
    return [statement.text for statement in statements(*lines) if statement.sentence.kind == "result"]


def test_mottoes_around_a_figure_are_left_out() -> None:
    assert told("坚持绿色发展，全年种植油茶3000亩，深入人心。") == ["全年种植油茶3000亩"]


def test_numbering_and_linking_words_are_left_out() -> None:
    assert told("一是抓产业。同时，全年种植油茶3000亩。") == ["全年种植油茶3000亩"]
    assert told("水利建设方面，维修水库8处。") == ["维修水库8处"]


def test_a_clause_that_hangs_on_another_brings_it_along() -> None:
    assert told("大力推广育秧技术，推广面积达2千余亩。") == ["大力推广育秧技术，推广面积达2千余亩"]


def test_figures_of_one_thing_stay_together() -> None:
    assert told("全镇种植烤烟5000亩,收购12319担,产值2331万元。") == ["全镇种植烤烟5000亩，收购12319担，产值2331万元"]


def test_what_a_sum_is_made_of_is_left_out() -> None:
    assert told("粮食播种面积5.68万亩，其中早稻2.13万亩、中稻1.27万亩、晚稻2.28万亩。") == ["粮食播种面积5.68万亩"]


def test_a_list_of_figures_is_cut_at_its_marks() -> None:
    assert told("全年共办理补贴资金618680元、补贴各式机具65台、其中微耕机28台、旋耕机17台。") == [
        "全年共办理补贴资金618680元、补贴各式机具65台"
    ]


def test_a_thousands_separator_is_no_end_of_a_clause() -> None:
    assert told("投入资金1,200元。") == ["投入资金1,200元"]


def test_quoted_names_are_not_cut() -> None:
    assert told("开展“百乡，千村”宣传并建成广场3处。") == ["开展“百乡，千村”宣传并建成广场3处"]


def test_a_prize_needs_no_figure() -> None:
    assert told("河长制工作被评为市级优秀，大家深受鼓舞。") == ["河长制工作被评为市级优秀"]


@pytest.mark.parametrize(
    "motto", ["坚持以人民为中心。", "紧紧围绕高质量发展目标。", "进一步加强作风建设，不断提升服务水平。"]
)
def test_a_motto_is_no_statement(motto: str) -> None:
    assert told(motto) == []


def test_a_result_that_admits_a_shortcoming_is_a_problem_too() -> None:
    found = statements("耕地恢复318亩，正在整改待落实耕种21亩。")
    assert next(s.text for s in found if s.sentence.kind == "problem") == "正在整改待落实耕种21亩"


def test_a_statement_knows_the_item_it_stands_in() -> None:
    assert [s.item for s in statements("一是守住安全底线。考核名列全县第四名。")][:1] == ["守住安全底线"]


def test_the_title_of_an_item_is_no_statement() -> None:
    assert told("一是成功创建平安乡镇。全年化解矛盾30起。") == ["全年化解矛盾30起"]


def test_a_statement_stands_at_its_place() -> None:
    text = "青山鎮2020年工作總結\n一、工作回顧\n堅持綠色發展，種植油茶3000畝。\n"
    report = parse(SourceFile("青山.txt", "0" * 64, "utf-8", text)).report
    [statement] = statements_of(report)
    assert report.text[statement.sentence.start : statement.sentence.end] == "種植油茶3000畝"
    assert statement.text == "种植油茶3000亩"
