"""Answers in the report's own words."""

from dataclasses import replace

import pytest

from rag.answering.answerability import figures_for
from rag.answering.clause_runs import LONGEST, LONGEST_LIST, Quote, quotations
from rag.answering.extraction import best_quote
from rag.parsing.report import Metadata, Report, Sentence
from rag.types import SectionKind
from rag.verification.claims import Evidence
from tests.support.held import understand
from tests.support.told_reports import shown

REPORTS = [Report("r1", Metadata(town="石矶镇", year=2020, plan_year=2021), "", (), (), ())]


def quoted(question: str, text: str, kind: SectionKind = "result") -> str | None:
    item = Evidence(
        1, "r1", Sentence(0, len(text), "", kind, "body"), text, "石矶镇", None, 2020, 2021 if kind == "plan" else 2020
    )
    quote = best_quote(understand(question, REPORTS), [item])
    return quote.text if quote else None


LINE = "受理信访件41件，全年无一起人员死亡安全事故，发放低保金20万元。"


def test_the_clause_that_answers_is_quoted_alone() -> None:
    assert quoted("石矶镇全年有人员死亡安全事故吗？", LINE) == "全年无一起人员死亡安全事故"


def test_a_question_for_a_figure_wants_one() -> None:
    assert quoted("石矶镇发放低保金多少？", LINE) == "发放低保金20万元"
    assert quoted("石矶镇发放低保金多少？", "发放低保金，修公路。") is None


def test_a_sentence_on_something_else_is_not_quoted() -> None:
    assert quoted("石矶镇的地区生产总值是多少？", LINE) is None


def test_a_plan_does_not_answer_what_was_done() -> None:
    assert quoted("石矶镇2020年粮食总产量是多少？", "粮食总产量达到1.4万吨。", "plan") is None
    assert quoted("石矶镇2021年粮食总产量要达到多少？", "粮食总产量达到1.4万吨。", "plan") == "粮食总产量达到1.4万吨"


def test_one_sentence_does_not_speak_for_all_towns() -> None:
    assert quoted("哪几个镇发放了低保金？", LINE) is None


def best(question: str, *texts: str, kind: SectionKind = "result") -> Quote:
    quote = best_quote(understand(question, REPORTS), shown(*texts, kind=kind))
    assert quote is not None
    return quote


def test_figures_of_neighbouring_sentences_are_quoted_together() -> None:
    quote = best("石矶镇油茶和油菜分别种植多少亩？", "种植油茶900亩。", "种植油菜6150亩。", "走访群众58户。")
    assert quote.text == "种植油茶900亩。种植油菜6150亩"
    assert ([item.number for item in quote.items], quote.figures) == ([1, 2], 2)


MACHINES = "补贴各式机具65台、其中微耕机28台、旋耕机17台、收割机3台、植保无人机2台，群众满意。"


def test_items_of_a_list_that_nobody_asked_for_are_left_out() -> None:
    quote = best("石矶镇补贴了微耕机、旋耕机和植保无人机，分别是几台？", MACHINES)
    assert quote.text.endswith("其中微耕机28台、旋耕机17台……植保无人机2台")


def test_figures_that_name_nothing_stay_in_their_order() -> None:
    line = "东村、西村、北村分别种植油茶1亩、2亩、3亩，群众满意。"
    quote = best("石矶镇东村和北村分别种植油茶多少亩？", line)
    assert "1亩、2亩、3亩" in quote.text


AIMS = ("突出三大重点，即抓党建，汇聚力量；", "抓项目，谱写篇章；", "抓作风，展现气象。", "守住四条底线。")


def test_a_list_that_is_announced_is_quoted_to_its_end() -> None:
    quote = best("石矶镇突出的三大重点是哪三项？", *AIMS)
    assert quote.text == "".join(AIMS[:3]).rstrip("。")
    assert [item.number for item in quote.items] == [1, 2, 3]


def test_where_nothing_is_announced_a_list_ends_with_its_sentence() -> None:
    quote = best("石矶镇突出了哪些重点工作？", "突出重点工作三项；", "抓项目，谱写篇章；")
    assert [item.number for item in quote.items] == [1]


def test_what_only_says_where_answers_nothing() -> None:
    line = "在安全生产上，开展培训3期，实现了全年零事故的目标。"
    assert quoted("石矶镇在安全生产上怎么样，是否安全？", line) != "在安全生产上"


def test_sentences_that_are_apart_are_not_joined() -> None:
    one, gap, other = shown("种植油茶900亩。", "全镇走访群众58户。", "种植油菜6150亩。")
    quotes = list(quotations(understand("石矶镇油茶和油菜分别种植多少亩？", REPORTS), [one, other]))
    assert gap.number == 2
    assert quotes and all(len(quote.items) == 1 for quote in quotes)


def test_a_sentence_without_words_of_its_own_is_not_joined() -> None:
    asked = understand("石矶镇油茶和油菜分别种植多少亩？", REPORTS)
    evidence = shown("种植油茶900亩、油菜6150亩。", "种植油茶300亩。")
    assert all(len(quote.items) == 1 for quote in quotations(asked, evidence))


def test_one_figure_asked_for_does_not_join_sentences() -> None:
    asked = understand("石矶镇油茶种了多少亩？", REPORTS)
    assert all(len(quote.items) == 1 for quote in quotations(asked, shown("种植油茶900亩。", "种植油菜6150亩。")))


def test_figures_beyond_those_asked_for_cost() -> None:
    lines = ("油茶种植面积900亩、产值9万元。", "到年底为止，全镇的油茶种植面积现已达到900亩。")
    assert best("石矶镇油茶种植面积是多少？", *lines).text == "全镇的油茶种植面积现已达到900亩"


def test_the_measure_asked_for_chooses_the_clause() -> None:
    line = "修建水渠12条，全长5795米，投资46万元。"
    assert best("石矶镇修建的水渠多少条、多少米？", line).text == "修建水渠12条，全长5795米"


def test_a_list_reaches_from_the_first_clause_that_speaks_to_the_last() -> None:
    line = "会议召开4次，防汛措施得力，备足沙袋，组建防汛队伍，新增就业276人。"
    assert best("石矶镇的防汛措施有哪些？", line).text == "防汛措施得力，备足沙袋，组建防汛队伍"


def test_a_list_that_is_too_long_is_cut_between_clauses() -> None:
    clauses = [f"防汛措施第{n}项落实到村到组到户到人" for n in "一二三四五六七八九十"]
    text = best("石矶镇的防汛措施有哪些？", "，".join(clauses) + "。").text
    assert len(text) <= LONGEST_LIST
    assert text in "，".join(clauses) and text.startswith("防汛") and text.endswith("到人")


def test_the_questions_own_figure_tells_which_clause_is_meant() -> None:
    lines = ("收购烟叶产值58万元。", "收购烟叶12319担，产值2331万元。")
    assert best("石矶镇收购12319担烟叶产值多少万元？", *lines).text == "收购烟叶12319担，产值2331万元"
    assert best("石矶镇收购烟叶产值多少万元？", *lines).text == "收购烟叶产值58万元"


def test_a_yes_or_no_question_needs_fewer_of_its_words() -> None:
    line = "通组公路已硬化12公里。"
    assert quoted("石矶镇的通组公路全部硬化好了吗？", line) == "通组公路已硬化12公里"
    assert quoted("石矶镇的通组公路全部硬化好了，谁负责？", line) is None


def test_a_rank_is_answered_with_one() -> None:
    line = "综治考核得分98分，综治考核列全县第4名。"
    assert best("石矶镇综治考核列全县第几？", line).text == "综治考核列全县第4名"


def test_a_figure_of_the_question_is_no_answer() -> None:
    asked = "石矶镇新增就业276人，其中多少人是妇女？"
    assert [f.text for f in figures_for(asked, "新增就业276人，妇女58人，走访12户。")] == ["58人"]


@pytest.mark.parametrize("text", ["2020年修路。", "12月31日修路。"])
def test_a_date_is_no_figure_to_answer_with(text: str) -> None:
    assert figures_for("石矶镇修了多少路？", text) == []


def test_whether_a_plan_was_done_may_be_answered_with_the_plan() -> None:
    quote = best("石矶镇的文化广场建成了吗？", "建成文化广场。", kind="plan")
    assert quote.is_plan


def test_of_two_alike_the_first_is_quoted() -> None:
    assert best("石矶镇有没有安全事故？", "未发生安全事故。", "未发生安全事故。").items[0].number == 1


def test_of_quotations_that_say_as_much_the_shortest() -> None:
    lines = ("全年及时足额发放低保金共计20万元。", "发放低保金20万元。")
    assert best("石矶镇发放低保金多少？", *lines).text == "发放低保金20万元"


def test_the_heading_speaks_for_its_sentences() -> None:
    (item,) = shown("新造900亩。")
    under = replace(item, sentence=replace(item.sentence, section="油茶产业"))
    question = understand("石矶镇油茶新造多少亩？", REPORTS)
    assert best_quote(question, [item]) is None
    assert best_quote(question, [under]) is not None


def test_a_quotation_of_two_sentences_has_words_of_both() -> None:
    asked = understand("石矶镇油茶和油菜分别种植多少亩？", REPORTS)
    quotes = quotations(asked, shown("年初动员，种植油茶900亩。", "种植油菜6150亩，全部验收。"))
    joined = {quote.text for quote in quotes if len(quote.items) == 2}
    assert joined and all("900亩。种植油菜" in text for text in joined)


def test_clauses_are_joined_up_to_a_length() -> None:
    clauses = [f"第{n}批通组公路硬化工程由镇政府牵头组织实施并通过验收共12公里" for n in "一二三四"]
    asked = understand("石矶镇通组公路硬化多少公里？", REPORTS)
    texts = [quote.text for quote in quotations(asked, shown("，".join(clauses) + "。"))]
    assert len(clauses[0]) <= LONGEST // 2
    assert {text.count("，") for text in texts} == {0, 1}


def test_a_list_may_be_longer() -> None:
    line = "，".join(f"防汛措施第{n}项落实到村到组到户到人" for n in "一二三四五六")
    assert best("石矶镇的防汛措施有哪些？", f"{line}。").text == line


def test_clauses_with_figures_that_nobody_asked_for_are_left_out() -> None:
    line = "自扫黑除恶斗争开展以来，摸排线索4条，打击20余人，刑拘35人，行政拘留25人，宣传3次。"
    question = "石矶镇扫黑除恶刑拘和行政拘留各多少人？"
    assert quoted(question, line) == "自扫黑除恶斗争开展以来……刑拘35人，行政拘留25人"


def test_figures_of_two_sentences_are_quoted_together_where_they_are_all_that_is_asked() -> None:
    texts = (
        "摸排自建房740户，其中经营性自建房114户，面积10319平方米；",
        "非经营性自建房626户，面积17541平方米。",
        "另有隐患3户。",
    )
    quote = best("石矶镇经营性和非经营性自建房各多少户、多大面积？", *texts)
    assert quote.text == "其中经营性自建房114户，面积10319平方米；非经营性自建房626户，面积17541平方米"
    assert [item.number for item in quote.items] == [1, 2]


def test_a_run_with_all_figures_asked_for_is_better_than_one_with_more_words() -> None:
    texts = ("整改了违建房和棚亭问题。", "行动15次，拆除违建房93处，9312平方，拆除棚亭319处，1.6万平方。")
    question = "石矶镇拆除违建房和棚亭各多少处、多少面积？"
    assert best(question, *texts).text == "拆除违建房93处，9312平方，拆除棚亭319处，1.6万平方"


def test_the_year_of_the_question_needs_no_word_of_the_report() -> None:
    line = "今年我镇34户64人实现脱贫，截至目前贫困户共计599户1822人已全面脱贫。"
    assert quoted("石矶镇2020年当年有多少户、多少人实现脱贫？", line) == "今年我镇34户64人实现脱贫"


def test_what_counts_for_a_holiday_is_not_the_years() -> None:
    line = "国庆假期接待客流41万人次，实现营业额5800余万元。"
    assert quoted("石矶镇2020年全年营业额是多少？", line) is None
    assert quoted("石矶镇2020年实现营业额多少？", line) == "实现营业额5800余万元"


def test_what_is_most_is_answered_only_with_what_is_said_to_be_most() -> None:
    question = "石矶镇投资最大的污水处理厂项目投资多少万元？"
    assert quoted(question, "污水处理厂项目投资46万元。") is None
    line = "投资最大的污水处理厂项目投资46万元"
    assert quoted(question, f"{line}。") == line
