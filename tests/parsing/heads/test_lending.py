"""Lending: what a clause leaves out and a clause, a frame or an item before it says."""

import pytest

from rag.parsing.heads.lending import ClauseHead, heads_of
from rag.parsing.report import Report
from tests.support.figure_reports import parsed_report


def lent(results: str) -> dict[str, str]:
    """For each clause that is lent something, what that is."""
    report, _ = parsed_report("柳河镇", 2020, results)
    return {
        _words(report, head): "".join(report.text[each.start : each.end] for each in head.lent)
        for head in heads_of(report)
    }


def _words(report: Report, head: ClauseHead) -> str:
    return report.text[head.start : head.end]


@pytest.mark.parametrize(
    ("text", "clause", "head"),
    [
        pytest.param("一是加大河道治理力度。共投入40万元。", "共投入40万元", "河道治理", id="the item"),
        pytest.param("六是做好经济普查。摸清门店702家。", "摸清门店702家", "经济普查", id="the item without its verb"),
        pytest.param("在安全生产方面，悬挂横幅20条。", "悬挂横幅20条", "安全生产", id="a frame"),
        pytest.param("通过站所改革，涉改54人。", "涉改54人", "站所改革", id="a means"),
        pytest.param("为提高干部业务水平，组织培训3次。", "组织培训3次", "干部业务", id="an aim"),
        pytest.param("自清网行动开展以来，查处案件8起。", "查处案件8起", "清网行动", id="since when"),
        pytest.param("以整治镇容村貌为抓手，清运垃圾30吨。", "清运垃圾30吨", "镇容村貌", id="a lever"),
        pytest.param("开展消防检查，出动12次。", "出动12次", "消防检查", id="the work that governs"),
        pytest.param("联合县应急局对学校进行消防检查，出动12次。", "出动12次", "消防检查", id="behind a light verb"),
        pytest.param("将南河段打造成示范河，预算投资23万元。", "预算投资23万元", "南河段", id="what is disposed of"),
        pytest.param("青禾公司多次到镇考察，投资2亿元。", "投资2亿元", "青禾公司", id="a subject that acts"),
        pytest.param("种植烤烟1230亩，集体经济增收70万元。", "集体经济增收70万元", "种植烤烟", id="what it came of"),
        pytest.param("拆除危房190栋，旧房41栋。", "旧房41栋", "拆除", id="the verb of a list"),
        pytest.param("拆除危房190栋、旱厕38间。", "旱厕38间", "拆除", id="the verb of a list within a clause"),
        pytest.param("收购烟叶1231担，年产值23万元。", "年产值23万元", "收购烟叶", id="a measure without its thing"),
        pytest.param("全镇建成便民中心15个，其中镇级1个。", "其中镇级1个", "建成便民中心", id="a part"),
        pytest.param("总投资2亿元的养殖小区进展顺利，已完成一层主体。", "已完成一层主体", "养殖小区", id="of a thing"),
        pytest.param(
            "持续推进耕地恢复工作，恢复任务数318亩，待审核40亩。",
            "待审核40亩",
            "耕地恢复",
            id="over a clause of the same",
        ),
        pytest.param("开展隐患排查，查出隐患29例。共处罚11家。", "共处罚11家", "隐患排查", id="over a full stop"),
    ],
)
def test_a_clause_is_lent_what_it_leaves_out(text: str, clause: str, head: str) -> None:
    assert lent(text)[clause] == head


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        pytest.param("青禾公司到镇考察，森林覆盖率达到40%。", "森林覆盖率达到40%", id="a name that says all"),
        pytest.param("狠抓税源征管，财政收入完成2亿元。", "财政收入完成2亿元", id="a total of the place"),
        pytest.param("清除杂草9公里，河堤绿化7公里。", "河堤绿化7公里", id="equal measures are no list"),
        pytest.param("在上级正确领导下，修路5公里。", "修路5公里", id="thanks restrict nothing"),
        pytest.param("一是抓项目、促转型。修路5公里。", "修路5公里", id="a slogan"),
        pytest.param("水厂已投入运行，硬化公路5公里。", "硬化公路5公里", id="a thing does not act"),
        pytest.param("一是加强治安管理。\n修路5公里。", "修路5公里", id="another line"),
        pytest.param("一是加强治安管理。二是修路5公里。", "二是修路5公里", id="another item"),
    ],
)
def test_nothing_is_lent_over_what_changes_the_subject(text: str, clause: str) -> None:
    assert clause not in lent(text)


def test_a_clause_with_a_subject_of_its_own_ends_the_work_before_it() -> None:
    assert lent("开展消防检查，青禾公司到镇考察，投资2亿元。")["投资2亿元"] == "青禾公司"


def test_what_is_lent_is_quoted_from_the_clean_text_in_its_own_script() -> None:
    assert lent("二是加大河道治理力度。投入40萬元。")["投入40萬元"] == "河道治理"


def test_heads_are_small_and_plain() -> None:
    report, _ = parsed_report("柳河镇", 2020, "开展消防检查，出动12次。")
    (head,) = heads_of(report)
    (one,) = head.lent
    assert isinstance(one.kind, str) and all(
        isinstance(number, int) for number in (head.start, head.end, one.start, one.end)
    )
