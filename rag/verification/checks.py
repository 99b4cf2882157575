"""All that a claim must pass, in order: one table. A new rule is one function and one row with two examples.

The first check that does not hold gives the reason why a claim is not supported. Each row's examples are run by a test:
with `passes` all checks hold, with `fails` this one is the first that does not.
"""

from collections.abc import Callable
from dataclasses import dataclass

from rag.types import SectionKind
from rag.verification import comparatives, figure_lists, figure_periods, polarity, tense, words
from rag.verification import figure_qualifiers as qualifiers
from rag.verification.case import Case
from rag.verification.figure_qualifiers import every_figure
from rag.verification.figure_subjects import has_a_place
from rag.verification.verdicts import UnsupportedReason


@dataclass(frozen=True, slots=True)
class Example:
    """A claim, the sentence of 石矶镇's report of 2020 that it is said to rest on, and the question."""

    claim: str
    sentence: str
    question: str = ""
    section: SectionKind = "result"
    is_yes_no: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold of a claim, and why the claim is not supported where it does not."""

    name: str
    reason: UnsupportedReason
    holds: Callable[[Case], bool]
    passes: Example
    fails: Example
    is_of_claim_alone: bool = False  # what fails it rests on no sentence
    is_of_wording: bool = False  # what fails it may still be true in other words


def is_of_a_shown_place_and_year(case: Case) -> bool:
    """Some shown sentence is of the town and year that the claim names."""
    return bool(case.usable)


def has_its_figures_shown(case: Case) -> bool:
    """Every figure stands in a sentence of that place and year."""
    return case.missing is None


def has_figures_of_its_subject(case: Case) -> bool:
    """Every figure stands in its sentence for what the claim gives it to."""
    return all(has_a_place(figure, case) for figure in case.figures)


def names_places_and_years_of_its_sentences(case: Case) -> bool:
    """Every town and year that the claim names is that of a sentence it rests on."""
    years = {year for item in case.chosen for year in (item.year, item.report_year, *item.parsed.years)}
    return case.towns <= {item.town for item in case.chosen} and case.claim.years <= years


# fmt: off
CHECKS: tuple[Check, ...] = (
    Check(
        "says_something", "no_statement", words.says_something,
        passes=Example("种植油茶300亩", "种植油茶300亩。"),
        fails=Example("种植油茶多少亩", "种植油茶300亩。"),
        is_of_claim_alone=True,
    ),
    Check(
        "is_in_the_questions_language", "language_differs", words.is_in_the_questions_language,
        passes=Example("The town planted 300 mu.", "种植油茶300亩。", "How much did it plant?"),
        fails=Example("种植油茶300亩", "种植油茶300亩。", "How much did it plant?"),
        is_of_claim_alone=True,
    ),
    Check(
        "is_of_a_shown_place_and_year", "town_or_year_differs", is_of_a_shown_place_and_year,
        passes=Example("2020年种植油茶300亩", "种植油茶300亩。"),
        fails=Example("2016年种植油茶300亩", "种植油茶300亩。"),
    ),
    Check(
        "has_its_figures_shown", "figure_not_in_evidence", has_its_figures_shown,
        passes=Example("种植油茶300亩", "种植油茶300亩。"),
        fails=Example("种植油茶350亩", "种植油茶300亩。"),
    ),
    Check(
        "has_figures_of_its_subject", "figure_of_other_subject", has_figures_of_its_subject,
        passes=Example("种植烤烟80亩", "种植油茶300亩，种植烤烟80亩。"),
        fails=Example("种植烤烟300亩", "种植油茶300亩，种植烤烟80亩。"),
    ),
    Check(
        "gives_listed_things_their_own", "figure_of_other_subject", figure_lists.gives_listed_things_their_own,
        passes=Example("危旧房、杂房分别拆除190栋、388间", "拆除危旧房190栋，旧房419栋，杂房388间。"),
        fails=Example("危旧房、杂房各拆190栋、419栋", "拆除危旧房190栋，旧房419栋，杂房388间。"),
    ),
    Check(
        "names_places_and_years_of_its_sentences", "town_or_year_differs", names_places_and_years_of_its_sentences,
        passes=Example("2019年种植油茶300亩", "2019年种植油茶300亩。"),
        fails=Example("2019年和2017年种植油茶300亩", "2019年种植油茶300亩。"),
    ),
    Check(
        "tells_no_plan_as_done", "planned_not_done", tense.tells_no_plan_as_done,
        passes=Example("污水处理厂正在建设", "污水处理厂正在建设。"),
        fails=Example("污水处理厂已经建成", "污水处理厂正在建设。"),
    ),
    Check(
        "names_are_carried", "words_not_in_evidence", words.names_are_carried,
        passes=Example("The town planted 300 mu.", "种植油茶300亩。"),
        fails=Example("Wang Ming planted 300 mu.", "种植油茶300亩。"),
    ),
    Check(
        "words_are_covered", "words_not_in_evidence", words.words_are_covered,
        passes=Example("开展森林防火宣传", "开展森林防火宣传。"),
        fails=Example("举办龙舟文化节", "开展森林防火宣传。"),
        is_of_wording=True,
    ),
    Check(
        "office_holders_are_named", "words_not_in_evidence", words.office_holders_are_named,
        passes=Example("镇党委书记是李建国", "镇党委书记为李建国同志。"),
        fails=Example("镇党委书记是王建，主持会议", "镇党委书记主持会议，王家村建广场。"),
    ),
    Check(
        "counts_what_is_asked", "words_not_in_evidence", words.counts_what_is_asked,
        passes=Example("接待游客200人", "采摘园接待游客200人。", "接待了多少游客？"),
        fails=Example("采摘园200亩接待游客", "采摘园200亩，接待来客。", "采摘园接待了多少游客？"),
    ),
    Check(
        "leaves_nothing_unsaid", "words_not_in_evidence", words.leaves_nothing_unsaid,
        passes=Example("双桥村修建机耕道8公里", "双桥村修建机耕道8公里。"),
        fails=Example("松江村修建机耕道8公里", "双桥村修建机耕道8公里。"),
        is_of_wording=True,
    ),
    Check(
        "tells_intent_only_where_told", "words_not_in_evidence", tense.tells_intent_only_where_told,
        passes=Example("计划种植油茶300亩", "计划种植油茶300亩。"),
        fails=Example("计划种植油茶300亩", "种植油茶300亩。"),
    ),
    Check(
        "denies_what_is_denied", "polarity_differs", polarity.denies_what_is_denied,
        passes=Example("没有发生森林火灾", "全年没有发生森林火灾。"),
        fails=Example("发生森林火灾", "全年没有发生森林火灾。"),
    ),
    Check(
        "compares_only_where_told", "comparison_not_in_evidence", comparatives.compares_only_where_told,
        passes=Example("最长的水渠12公里", "最长的水渠12公里，最短的水渠3公里。"),
        fails=Example("最短的水渠3公里", "最短视频1个，修路5公里，水渠3公里。"),
    ),
    Check(
        "counts_for_the_whole_year", "town_or_year_differs", figure_periods.counts_for_the_whole_year,
        passes=Example("全年接待游客2万人", "全年接待游客2万人。"),
        fails=Example("全年接待游客2万人", "国庆假期接待游客2万人。"),
    ),
    Check(
        "counts_for_its_own_year", "town_or_year_differs", figure_periods.counts_for_its_own_year,
        passes=Example("2019年总产量300吨", "2019年总产量300吨。"),
        fails=Example("2020年总产量300吨", "2019年总产量300吨。"),
    ),
    Check(
        "tells_no_other_period_as_the_year", "town_or_year_differs", figure_periods.tells_no_other_period_as_the_year,
        passes=Example("2020年1-10月完成税收300万元", "1-10月完成税收300万元。"),
        fails=Example("2020年完成税收300万元", "1-10月完成税收300万元。"),
    ),
    Check(
        "is_result_where_told_as_one", "planned_not_done", figure_periods.is_result_where_told_as_one,
        passes=Example("种植烤烟2000亩", "种植烤烟2000亩。"),
        fails=Example("种植烤烟2000亩", "种植烤烟任务为2000亩。"),
    ),
    Check(
        "keeps_prospect", "planned_not_done", every_figure(qualifiers.keeps_prospect, in_english=True),
        passes=Example("预计脱贫233人", "预计脱贫233人。"),
        fails=Example("脱贫233人", "预计脱贫233人。"),
    ),
    Check(
        "keeps_rate_per", "figure_of_other_subject", every_figure(qualifiers.keeps_rate_per),
        passes=Example("每户补助650元", "每户补助650元。"),
        fails=Example("补助650元", "每户补助650元。"),
    ),
    Check(
        "keeps_each", "figure_of_other_subject", every_figure(qualifiers.keeps_each),
        passes=Example("三个村各建成广场1个", "三个村各建成广场1个。"),
        fails=Example("建成广场1个", "三个村各建成广场1个。"),
    ),
    Check(
        "keeps_times", "figure_not_in_evidence", every_figure(qualifiers.keeps_times),
        passes=Example("检查企业386家次", "检查企业386家次。"),
        fails=Example("检查企业386家", "检查企业386家次。"),
    ),
    Check(
        "is_after_change", "figure_of_other_subject", every_figure(qualifiers.is_after_change),
        passes=Example("合格率由83%提高到91%", "合格率由83%提高到91%。"),
        fails=Example("饮水入户率为83%", "饮水入户率由83%提高到91%。"),
    ),
    Check(
        "keeps_stock", "figure_of_other_subject", every_figure(qualifiers.keeps_stock),
        passes=Example("油茶林总面积9300亩", "油茶林总面积9300亩。"),
        fails=Example("新造油茶9300亩", "新造油茶林，累计油茶9300亩。"),
    ),
    Check(
        "is_not_of_part", "figure_of_other_subject", every_figure(qualifiers.is_not_of_part),
        passes=Example("带动群众务工86人", "带动群众务工86人，其中贫困群众39人。"),
        fails=Example("贫困群众务工86人", "带动群众务工86人，其中贫困群众39人。"),
    ),
    Check(
        "keeps_rated", "figure_of_other_subject", every_figure(qualifiers.keeps_rated),
        passes=Example("总产量1万吨，增长2%", "面积3万亩，总产量1万吨，增长2%。"),
        fails=Example("面积3万亩，增长2%", "面积3万亩，总产量1万吨，增长2%。"),
    ),
    Check(
        "says_all_only_where_told", "words_not_in_evidence", qualifiers.says_all_only_where_told,
        passes=Example("全部村完成改厕", "全部村完成改厕。"),
        fails=Example("所有村完成改厕", "12个村完成改厕。"),
    ),
)
# fmt: on
