"""Which of the report's own words are the likeliest to answer, and how many the model is asked about."""

import pytest

from rag.answering.answer_likelihood import ANSWERS, SHOWN, AnswerLikelihood, likelihood, seen
from rag.answering.candidate_scores import Ranked
from rag.answering.candidates import Candidate
from rag.answering.judging import Judge
from rag.answering.nearness import TYPICAL
from rag.answering.pointing import MOST_ASKED, SURE, Pointed, clauses_near, is_sure, of_other_sentences, point
from rag.verification.claims import Evidence
from rag.verification.excerpts import Excerpt
from tests.support.held import understand
from tests.support.told_reports import JudgingModel, shown, told

REPORTS = (told("石矶镇", "新增就业276人。"),)
LAMPS = "石矶镇安装了多少盏路灯？"
LINES = shown("安装路灯60盏，改厕430座。", "新修水渠12公里。", "造林820亩。", "养护公路36公里。")


SEEN = (
    "figures_missing",
    "measures_missing",
    "things_missing",
    "rank_missing",
    "state_missing",
    "heading",
    "bare_label",
    "wants_list",
    "listed",
    "plan",
    "near_miss",
    "opens_dependent",
    "opens_with_verb",
    "yes_no",
    "cover",
)


def scored(item: Evidence, clause: int, score: float, **features: float) -> Ranked:
    near = {"nearest_clause": TYPICAL, "mean_clause": TYPICAL}
    seen_of_it = {**dict.fromkeys(SEEN, 0.0), **near, "needs_figure": 1.0, **features}
    return Ranked(Candidate((Excerpt(item, (clause,)),)), seen_of_it, score)


RANKED = [scored(LINES[0], 0, 4.0), scored(LINES[0], 1, 3.0), *(scored(each, 0, 1.0) for each in LINES[1:])]


def asking(model: JudgingModel) -> AnswerLikelihood:
    return AnswerLikelihood(Judge(model, understand(LAMPS, REPORTS)))


def test_the_first_that_is_likely_enough_is_taken_without_asking_about_another() -> None:
    model = JudgingModel(likely={"安装路灯60盏": 0.99})
    pointed = point(RANKED, asking(model))
    assert pointed.found is RANKED[0] and pointed.likelihood >= SHOWN
    assert model.judged == ["安装路灯60盏"]


def test_the_likeliest_of_other_sentences_is_taken_where_the_first_is_not() -> None:
    model = JudgingModel(likely={"安装路灯60盏": 0.01, "新修水渠12公里": 0.6, "造林820亩": 0.1})
    pointed = point(RANKED, asking(model))
    assert pointed.found is RANKED[2] and pointed.likelihood < SHOWN
    assert model.judged == ["安装路灯60盏", "新修水渠12公里", "造林820亩"] and len(model.judged) == MOST_ASKED


def test_a_plan_is_looked_at_where_nothing_done_is_likely() -> None:
    plan, result = scored(LINES[0], 0, 4.0, plan=1.0), scored(LINES[1], 0, 1.0)
    sure = JudgingModel(likely={"安装路灯60盏": 0.9, "新修水渠12公里": 0.9})
    assert point([plan, result], asking(sure)).found is result and sure.judged == ["新修水渠12公里"]
    unsure = JudgingModel(likely={"安装路灯60盏": 0.9, "新修水渠12公里": 0.01})
    assert point([plan, result], asking(unsure)).found is plan


@pytest.mark.parametrize("kind", ["near_miss", "heading", "bare_label"])
def test_a_near_miss_or_a_heading_is_never_pointed_at(kind: str) -> None:
    model = JudgingModel(likely={"安装路灯60盏": 0.99})
    assert point([scored(LINES[0], 0, 4.0, **{kind: 1.0})], asking(model)) == Pointed()
    assert not model.judged


def test_behind_a_near_miss_another_sentence_has_to_be_likelier() -> None:
    missed, other = scored(LINES[0], 0, 1.0, near_miss=1.0), scored(LINES[1], 0, 0.5)
    likely = asking(JudgingModel(likely={"新修水渠12公里": 0.68}))
    alone, behind = point([other], likely), point([missed, other], likely)
    assert (alone.found, behind.found) == (other, other)
    assert (alone.is_likely, behind.is_likely) == (True, False)
    beside = scored(LINES[0], 1, 0.5)
    assert point([missed, beside], asking(JudgingModel(likely={"改厕430座": 0.68}))).is_likely


@pytest.mark.parametrize(("cover", "is_likely"), [(0.0, True), (0.3, True), (0.6, False), (1.0, True)])
def test_what_has_some_of_the_words_does_not_stand_out_unless_it_is_likely(cover: float, is_likely: bool) -> None:
    likely = asking(JudgingModel(likely={"安装路灯60盏": 0.6}))
    pointed = point([scored(LINES[0], 0, -1.0, cover=cover)], likely)
    assert pointed.likelihood < ANSWERS
    assert pointed.is_likely is is_likely


@pytest.mark.parametrize("missing", SEEN[:5])
def test_what_lacks_something_asked_for_leaves_the_model_to_write(missing: str) -> None:
    likely = asking(JudgingModel(likely={"安装路灯60盏": 0.99}))
    assert point([scored(LINES[0], 0, 4.0)], likely).is_answer
    assert not point([scored(LINES[0], 0, 4.0, **{missing: 1.0})], likely).is_answer


def test_what_has_all_of_it_takes_the_place_of_what_lacks_something() -> None:
    lacking = scored(LINES[0], 0, 4.0, figures_missing=1.0)
    whole, other = scored(LINES[0], 1, 1.0), scored(LINES[1], 0, 3.0)
    sure = JudgingModel(likely={"安装路灯60盏": 0.99, "改厕430座": 0.99})
    assert point([lacking, other, whole], asking(sure)).found is whole
    unsure = JudgingModel(likely={"安装路灯60盏": 0.99, "改厕430座": 0.01})
    assert point([lacking, other, whole], asking(unsure)).found is lacking


def test_a_list_with_nothing_listed_leaves_the_model_to_write() -> None:
    likely = asking(JudgingModel(likely={"安装路灯60盏": 0.99}))
    assert not point([scored(LINES[0], 0, 4.0, needs_figure=0.0, wants_list=1.0)], likely).is_answer
    assert point([scored(LINES[0], 0, 4.0, needs_figure=0.0, wants_list=1.0, listed=2.0)], likely).is_answer


def test_a_name_is_not_answered_by_a_clause_that_goes_on_from_another() -> None:
    likely = asking(JudgingModel(likely={"安装路灯60盏": 0.99}))
    assert point([scored(LINES[0], 0, 4.0, needs_figure=0.0)], likely).is_answer
    assert not point([scored(LINES[0], 0, 4.0, needs_figure=0.0, opens_with_verb=1.0)], likely).is_answer
    assert point([scored(LINES[0], 0, 4.0, opens_with_verb=1.0)], likely).is_answer


def test_where_nothing_could_answer_nothing_is_asked() -> None:
    model = JudgingModel(likely={})
    assert (point([], asking(model)).found, model.judged) == (None, [])


def test_of_each_sentence_the_best_comes_once() -> None:
    assert [each.candidate.text for each in of_other_sentences(RANKED)][:2] == ["安装路灯60盏", "新修水渠12公里"]


@pytest.mark.parametrize(("score", "sure"), [(SURE, True), (SURE - 0.01, False)])
def test_only_what_is_likely_enough_is_shown_before_the_model_is_asked(score: float, sure: bool) -> None:
    assert is_sure(scored(LINES[0], 0, score)) is sure


def test_a_better_score_and_a_better_judgement_are_both_likelier() -> None:
    def likely(score: float, judged: float | None) -> float:
        return likelihood(seen(scored(LINES[0], 0, score), judged))

    assert likely(0.0, 0.1) < likely(0.0, 0.9) < likely(3.0, 0.9) < 1
    assert 0 < likely(-9.0, None) < likely(0.0, None) < likely(3.0, None) < 1
    assert likely(0.0, 0.0) == likely(0.0, 0.001)  # what the model is sure of weighs no more than it may


@pytest.mark.parametrize("fault", ["near_miss", "heading", "figures_missing", "plan"])
def test_what_could_not_answer_as_it_stands_is_never_shown_before_the_model_is_asked(fault: str) -> None:
    assert is_sure(scored(LINES[0], 0, SURE))
    assert not is_sure(scored(LINES[0], 0, SURE, **{fault: 1.0}))


def test_english_is_drafted_on_clauses_with_what_they_are_of() -> None:
    (item,) = shown("供水改造稳步推进，全年铺设管道60公里，惠及村民9000人。")
    found = Ranked(Candidate((Excerpt(item, (1,)),)), scored(item, 1, 4.0).features, 4.0)
    (cut,) = clauses_near(Pointed(found, 0.9), [found], asking(JudgingModel(likely={})))
    assert cut.text == "供水改造稳步推进，全年铺设管道60公里"


def test_what_is_of_another_figure_before_is_left_out() -> None:
    (item,) = shown("完成造林820亩，太阳能路灯数量达到60盏，改厕430座。")
    found = Ranked(Candidate((Excerpt(item, (1,)),)), scored(item, 1, 4.0).features, 4.0)
    (cut,) = clauses_near(Pointed(found, 0.9), [found], asking(JudgingModel(likely={})))
    assert cut.text == "太阳能路灯数量达到60盏"
