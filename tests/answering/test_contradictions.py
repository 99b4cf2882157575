"""Where a report contradicts itself on what is asked."""

import pytest

from rag.answering.contradictions import contradictions, doubts
from rag.answering.stored_conflicts import Contradiction
from rag.parsing.report import Report
from rag.verification.citations import as_evidence
from tests.support.held import understand
from tests.support.told_reports import parsed, source_of, told

TITLE = "云陂县石矶镇2020年工作总结和2021年工作计划"


def found(question: str, report: Report) -> list[Contradiction]:
    return contradictions(understand(question, [report]), report, source_of(report))


def doubted(question: str, report: Report, words: str) -> list[str]:
    """What is doubted of an answer that rests on the sentences with these words."""
    sentences = [s for s in report.sentences if words in report.text[s.start : s.end]]
    cited = [as_evidence(number, report, sentence) for number, sentence in enumerate(sentences, start=1)]
    said = "".join(item.text for item in cited)
    return [each.statement for each in doubts(understand(question, [report]), said, cited, report, source_of(report))]


def quoted(contradiction: Contradiction) -> list[str]:
    return [report.text[s.start : s.end].strip() for report, s in contradiction.places]


MISDATED = parsed(TITLE, "一、2019年工作总结", "新增就业276人。", "二、2021年工作计划", "种植油茶。")


def test_a_heading_may_give_another_year_than_the_title() -> None:
    (contradiction,) = found("石矶镇这份总结是哪一年的？", MISDATED)
    assert contradiction.statement == f"标题写2020年（“{TITLE}”），小标题写2019年（“一、2019年工作总结”），前后不一致"
    assert quoted(contradiction) == [TITLE, "一、2019年工作总结"]


def test_so_may_the_opening_sentence() -> None:
    report = parsed(TITLE, "现将2018年工作总结如下：", "一、2020年工作总结", "新增就业276人。")
    (contradiction,) = found("石矶镇的报告总结的是哪年？", report)
    assert "正文开头写2018年（“现将2018年工作总结如下：”）" in contradiction.statement


def test_the_year_of_the_plans_is_another_matter() -> None:
    assert found("石矶镇的工作计划是哪一年的？", MISDATED) == []
    report = parsed(TITLE, "一、2020年工作总结", "新增就业276人。", "二、2022年工作计划", "种植油茶。")
    (contradiction,) = found("石矶镇的工作计划是哪一年的？", report)
    assert "小标题写2022年" in contradiction.statement


@pytest.mark.parametrize("question", ["石矶镇哪一年通车？", "石矶镇2020年工作总结里新增就业多少人？"])
def test_only_asked_for_the_year_the_dating_is_an_answer(question: str) -> None:
    assert found(question, MISDATED) == []


def test_a_report_that_dates_itself_once_is_not_doubted() -> None:
    assert found("石矶镇这份总结是哪一年的？", told("石矶镇", "新增就业276人。")) == []


def test_a_government_report_looks_back_on_the_year_before_the_one_it_is_held_in() -> None:
    report = parsed(
        "石矶县2021年政府工作报告", "一、2020年工作回顾", "新增就业276人。", "二、2021年工作安排", "种植油茶。"
    )
    assert found("石矶县这份报告总结的是哪一年？", report) == []
    assert doubted("石矶县2021年新增就业多少人？", report, "新增就业") == []


def test_asked_under_the_headings_year_the_title_is_shown_beside_it() -> None:
    (said,) = doubted("石矶镇2019年新增就业多少人？", MISDATED, "新增就业")
    assert said == "小标题写2019年（“一、2019年工作总结”），报告标题写的是2020年，前后不一致"
    assert doubted("石矶镇2020年新增就业多少人？", MISDATED, "新增就业") == []
    assert doubted("石矶镇2018年新增就业多少人？", MISDATED, "新增就业") == []


SIGNED = parsed(TITLE, "一、2020年工作总结", "截至12月31日，新增就业276人。", "石矶镇人民政府", "2020年12月10日")


@pytest.mark.parametrize("question", ["石矶镇的报告落款是哪一天？", "石矶镇报告落款是12月31日之前吗？"])
def test_what_is_dated_after_the_signing_cannot_be_known_by_then(question: str) -> None:
    (contradiction,) = found(question, SIGNED)
    assert contradiction.statement == "落款日期是2020年12月10日，正文却写“截至12月31日”，时间前后矛盾"
    assert quoted(contradiction) == ["2020年12月10日", "截至12月31日，新增就业276人。"]


@pytest.mark.parametrize("question", ["石矶镇新增就业多少人？", "石矶镇报告落款是11月5日吗？", "石矶镇落款是谁？"])
def test_only_asked_for_the_signing_date_it_matters(question: str) -> None:
    assert found(question, SIGNED) == []


def test_dates_before_the_signing_and_of_other_years_are_no_contradiction() -> None:
    body = "11月30日前完成清淤，2019年12月31日启动，12月份评比第二。"
    report = parsed(TITLE, "一、2020年工作总结", body, "石矶镇人民政府", "2020年12月10日")
    assert found("石矶镇的报告落款是哪一天？", report) == []


TWICE = told("石矶镇", "全镇硬化通组公路12公里。", "发放低保金20万元。", "一年来硬化通组公路15公里，安装路灯60盏。")


@pytest.mark.parametrize(
    "question",
    ["石矶镇硬化通组公路到底多少公里？", "石矶镇硬化通组公路的里程前后一致吗？", "石矶镇硬化通组公路究竟有多长？"],
)
def test_a_figure_given_twice_is_shown_with_both_places(question: str) -> None:
    (contradiction,) = found(question, TWICE)
    assert contradiction.statement == ("一处写“全镇硬化通组公路12公里”，另一处写“一年来硬化通组公路15公里”，前后不一致")
    assert len(contradiction.places) == 2


def test_without_doubt_in_the_question_the_figures_are_left_alone() -> None:
    assert found("石矶镇硬化通组公路多少公里？", TWICE) == []


@pytest.mark.parametrize(
    "lines",
    [
        ("全镇硬化通组公路12公里。", "硬化通组公路12000米。"),
        ("全镇硬化通组公路12公里。", "硬化通组公路约12公里。"),
        ("全镇硬化通组公路12公里。", "安装路灯60盏。"),
        ("全镇硬化通组公路12公里。", "疏浚水渠15公里。"),
        ("全镇硬化通组公路12公里，上年硬化通组公路15公里。",),
        ("全镇硬化通组公路12公里。", "二、2021年工作计划", "硬化通组公路15公里。"),
    ],
    ids=["same", "rounded", "other measure", "other subject", "one sentence", "plan"],
)
def test_no_false_pair(lines: tuple[str, ...]) -> None:
    assert found("石矶镇硬化通组公路到底多少公里？", told("石矶镇", *lines)) == []


def test_a_figure_without_its_digits_is_doubted() -> None:
    report = told("石矶镇", "张贴宣传标语1余幅，发放传单3000份。")
    (said,) = doubted("石矶镇张贴宣传标语多少幅？", report, "标语")
    assert said == "原文“张贴宣传标语1余幅”里的“1余”说法不通，疑似笔误，准确数字无法确定"
    assert doubted("石矶镇发放传单多少份？", report, "标语") == []


def test_the_clause_of_the_doubted_figure_is_quoted() -> None:
    report = told("石矶镇", "走访群众11余户，张贴宣传标语1余幅。")
    (said,) = doubted("石矶镇张贴宣传标语多少幅？", report, "标语")
    assert said.startswith("原文“张贴宣传标语1余幅”里的“1余”")


@pytest.mark.parametrize("words", ["张贴宣传标语1000余幅", "张贴宣传标语1万余幅", "张贴宣传标语10余幅"])
def test_a_rounded_figure_is_not_doubted(words: str) -> None:
    assert doubted("石矶镇张贴宣传标语多少幅？", told("石矶镇", f"{words}。"), "标语") == []


def test_more_cannot_be_settled_than_came_in() -> None:
    report = told("石矶镇", "收集意见102条，解决119例。")
    assert doubted("石矶镇收集意见多少条？", report, "意见") == ["“119例”多于“102条”，对不上，报告没有解释"]


def test_what_was_settled_is_doubted_only_where_it_is_asked_for() -> None:
    report = told("石矶镇", "收集意见102条，解决119例，走访群众300户。")
    assert doubted("石矶镇走访群众多少户？", report, "意见") == []
    assert doubted("石矶镇收集的意见和解决的数字合理吗？", report, "意见") != []


@pytest.mark.parametrize(
    "line",
    ["收集意见119条，解决102例。", "收集意见102条，发放传单119份。", "走访群众102户，解决困难资金119万元。"],
)
def test_other_pairs_of_figures_fit(line: str) -> None:
    assert doubted("石矶镇收集意见多少条？", told("石矶镇", line), line[:4]) == []


def test_only_the_report_of_the_answer_is_doubted() -> None:
    one, other = told("石矶镇", "收集意见102条，解决119例。"), told("大塘镇", "收集意见5条。")
    cited = [as_evidence(1, one, one.sentences[-1])]
    assert doubts(understand("大塘镇收集意见多少条？", [one, other]), "", cited, other, source_of(other)) == []


def test_a_month_is_not_after_the_signing() -> None:
    report = parsed(TITLE, "一、2020年工作总结", "12月份评比第二。", "石矶镇人民政府", "2020年10月10日")
    assert found("石矶镇的报告落款是哪一天？", report) == []


@pytest.mark.parametrize(("other", "number"), [("全镇已有路灯80盏。", 1), ("给路灯更换灯泡共计80盏。", 0)])
def test_a_subject_of_one_word_must_stand_right_before_the_figure(other: str, number: int) -> None:
    report = told("石矶镇", "安装路灯60盏。", other)
    assert len(found("石矶镇的路灯到底有多少盏？", report)) == number


def test_what_the_report_tells_otherwise_elsewhere_is_said_beside_the_answer() -> None:
    report = told("石矶镇", "全镇辖9个行政村，总人口3.26万人。", "种稻900亩。", "全镇31870人中，参保2万人。")
    (said,) = doubted("石矶镇有多少人？", report, "总人口")
    assert said == "一处写“总人口3.26万人”，另一处写“全镇31870人中”，前后不一致"
    assert doubted("石矶镇种稻多少亩？", report, "种稻") == []


def test_another_figure_of_the_sentence_is_not_doubted() -> None:
    report = told("石矶镇", "全镇辖9个行政村，总人口3.26万人。", "全镇31870人中，参保2万人。")
    cited = [as_evidence(1, report, next(s for s in report.sentences if "总人口" in report.text[s.start : s.end]))]
    asked = understand("石矶镇下辖几个村？", [report])
    assert doubts(asked, "石矶镇辖9个行政村", cited, report, source_of(report)) == []
    assert len(doubts(asked, "石矶镇有3.26万人", cited, report, source_of(report))) == 1


def test_what_another_report_says_at_the_same_place_is_not_doubted() -> None:
    lines = ("全镇辖9个行政村，总人口3.26万人。", "全镇31870人中，参保2万人。")
    report, other = told("石矶镇", *lines), told("大塘镇", *lines)
    cited = [as_evidence(1, other, next(s for s in other.sentences if "总人口" in other.text[s.start : s.end]))]
    assert (
        doubts(understand("大塘镇有多少人？", [report, other]), "大塘镇有3.26万人", cited, report, source_of(report))
        == []
    )
