"""Which clauses are proposed as answers, and in which order."""

import pytest

from rag.answering.candidate_features import Features
from rag.answering.candidate_scores import Ranked, Scorer, score
from rag.answering.candidates import LONGEST, MOST_CLAUSES, Candidate, candidates
from rag.answering.nearness import TYPICAL, NearnessTo
from rag.answering.pointing import may_answer
from rag.answering.questions import Question
from rag.verification.claims import Evidence
from rag.verification.excerpts import Excerpt
from tests.support.generated_reports import CharacterEmbedder
from tests.support.held import understand
from tests.support.told_reports import shown, told

REPORTS = (told("石矶镇", "新增就业276人。"),)
WORKS = "新修水渠12公里，安装路灯60盏，改厕430座。"


def asked(text: str) -> Question:
    return understand(text, REPORTS)


def best(question: str, *texts: str) -> str:
    return in_order(question, shown(*texts))[0].candidate.text


def in_order(question: str, evidence: list[Evidence]) -> list[Ranked]:
    understood = asked(question)
    return Scorer(understood, evidence, NearnessTo(CharacterEmbedder(), understood.matter)).ranked()


def features(question: str, *texts: str) -> dict[str, float]:
    """Of all clauses of the sentences."""
    evidence = shown(*texts)
    whole = Candidate(tuple(Excerpt(item, tuple(range(len(item.clauses)))) for item in evidence))
    understood = asked(question)
    return Features(understood, NearnessTo(CharacterEmbedder(), understood.matter)).of(whole)


def test_words_that_reports_use_and_the_clauses_lack_are_seen_everyday_ones_are_not() -> None:
    reports = [told("石矶镇", "安装路灯60盏。", "新建停车位90个。")]
    evidence = shown("安装路灯60盏。")
    for question, is_unsaid in (("石矶镇停车位有多少？", True), ("石矶镇茅坑有多少？", False)):
        understood = understand(question, reports)
        near = NearnessTo(CharacterEmbedder(), understood.matter)
        assert (Scorer(understood, evidence, near).ranked()[0].unsaid > 0) is is_unsaid


def test_clauses_that_follow_each_other_are_proposed_and_pairs_apart() -> None:
    texts = [each.text for each in candidates(asked("石矶镇做了什么？"), shown(WORKS))]
    assert "新修水渠12公里，安装路灯60盏" in texts and "新修水渠12公里……改厕430座" in texts
    assert len(texts) == len(set(texts)) == 7


def test_sentences_that_follow_each_other_are_proposed_whole_and_across() -> None:
    texts = [each.text for each in candidates(asked("石矶镇做了什么？"), shown("修渠，架桥；", "改厕，种树。"))]
    assert "修渠，架桥；改厕，种树" in texts and "架桥；改厕" in texts


def test_sentences_with_another_between_are_not_joined() -> None:
    first, _, third = shown("修渠。", "架桥。", "改厕。")
    assert [each.text for each in candidates(asked("石矶镇做了什么？"), [first, third])] == ["修渠", "改厕"]


def test_a_question_for_a_figure_is_answered_by_clauses_that_have_one() -> None:
    found = candidates(asked("石矶镇修水渠多少公里？"), shown(f"全镇齐心协力，{WORKS}"))
    assert found and all(each.has_quantity for each in found)
    assert "全镇齐心协力" not in [each.text for each in found]


def test_nothing_proposed_is_longer_than_it_may_be() -> None:
    clauses = [f"第{n}项工作全面完成并通过验收" for n in range(20)]
    found = candidates(asked("石矶镇做了什么？"), shown("，".join(clauses) + "。"))
    assert all(len(each.text) <= LONGEST and len(each.excerpts[0].clauses) <= MOST_CLAUSES for each in found)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("石矶镇新修水渠多少公里？", "新修水渠12公里"),
        ("石矶镇改厕多少座？", "改厕430座"),
        ("石矶镇安装路灯和改厕各多少？", "安装路灯60盏，改厕430座"),
    ],
)
def test_what_carries_the_question_and_no_more_comes_first(question: str, answer: str) -> None:
    assert best(question, WORKS, "全镇新增就业276人。") == answer


@pytest.mark.parametrize(
    ("name", "question", "text", "value"),
    [
        ("new_unasked", "石矶镇油茶面积多少亩？", "油茶当年新造600亩。", 1.0),
        ("new_unasked", "石矶镇新造油茶多少亩？", "油茶当年新造600亩。", 0.0),
        ("new_missing", "石矶镇新增就业多少人？", "带动就业900人。", 1.0),
        ("rank_missing", "石矶镇哪个村的收入最高？", "总收入486万元。", 1.0),
        ("rank_missing", "石矶镇哪个村的收入最高？", "柳树村收入最高。", 0.0),
        ("measures_missing", "石矶镇用了多少台机械？", "发动群众300人。", 1.0),
        ("figures_missing", "石矶镇安装路灯和改厕各多少？", "改厕430座。", 1.0),
        ("figures_beyond", "石矶镇改厕多少座？", "改厕430座，种树90株。", 1.0),
        ("cut_before_list", "石矶镇有哪两个项目？", "签约项目2个", 0.0),
        ("negated", "石矶镇经营性自建房有多少户？", "非经营性自建房7295户。", 1.0),
        ("negated", "石矶镇经营性自建房有多少户？", "经营性自建房114户，非经营性自建房7295户。", 0.0),
        ("negated", "石矶镇非经营性自建房有多少户？", "非经营性自建房7295户。", 0.0),
        ("bare_label", "石矶镇要培育哪两大产业？", "（二）培育两大产业", 1.0),
        ("bare_label", "石矶镇要培育哪两大产业？", "培育油茶和生猪两大产业，做大做强农业龙头企业。", 0.0),
    ],
)
def test_what_is_seen_of_a_candidate(name: str, question: str, text: str, value: float) -> None:
    assert features(question, text)[name] == value


def test_what_announces_a_list_is_seen_to_be_cut() -> None:
    (item,) = shown("签约项目2个，分别是冷链仓和农旅园。")
    understood = asked("石矶镇签约了哪两个项目？")
    seen = Features(understood, NearnessTo(CharacterEmbedder(), understood.matter))
    cut, whole = (Candidate((Excerpt(item, clauses),)) for clauses in ((0,), (0, 1)))
    assert (seen.of(cut)["cut_before_list"], seen.of(whole)["cut_before_list"]) == (1.0, 0.0)


def test_every_feature_has_a_weight() -> None:
    seen = features("石矶镇改厕多少座？", "改厕430座。")
    assert score({**seen, "cover": 1.0}) > score({**seen, "cover": 0.0})
    with pytest.raises(KeyError):
        score({**seen, "not_weighed": 1.0})


def test_what_is_spoken_of_elsewhere_is_another_thing() -> None:
    found = shown("新街商业综合体加快建设。", "全镇技改项目总投资3亿元。", "全镇商贸项目总投资2亿元。")
    ranked = {each.candidate.text: each for each in in_order("石矶镇新街商业综合体总投资多少元？", found)}
    assert ranked["全镇技改项目总投资3亿元"].is_of_another_thing
    assert not may_answer(ranked["全镇技改项目总投资3亿元"])
    unheard = in_order("石矶镇新街商业综合体总投资多少元？", found[1:])
    assert not any(each.is_of_another_thing for each in unheard)


def test_a_part_of_what_is_asked_is_no_other_thing() -> None:
    found = shown("新修引水渠道12公里。", "安装照明路灯60盏。")
    both = in_order("石矶镇新修引水渠道多少公里，安装照明路灯多少盏？", found)
    assert any(each.elsewhere >= 0.45 for each in both)
    assert not any(each.is_of_another_thing for each in both)


def test_another_embedder_decides_nothing() -> None:
    embedder = CharacterEmbedder()
    assert NearnessTo(embedder, "路灯")("安装路灯60盏") == TYPICAL
    assert not embedder.asked
