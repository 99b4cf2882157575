"""Citation overlap, altered quotations and retrieval scores."""

import math

import pytest

from eval.items import Passage
from eval.scoring.citations import altered_quotations, citation_overlap, occurrences
from eval.scoring.replies import GivenAnswer, GivenEvidence
from eval.scoring.retrieval_scores import score_retrieval
from tests.support.eval_cases import FILE, REPORT, made_answer, made_citation, made_claim

TEXTS = {FILE: REPORT}
CANAL = Passage(doc=FILE, quote="新修水渠12公里")
FARMERS = Passage(doc=FILE, quote="受益农户340户")
HOME = Passage(doc=FILE, quote="新建敬老院1座")


def _citing(*citations: dict[str, object]) -> GivenAnswer:
    return made_answer(claims=[made_claim("新修水渠12公里", citations=list(citations))])


def test_a_quoted_sentence_covers_the_evidence_inside_it() -> None:
    overlap = citation_overlap([CANAL], made_answer(), TEXTS)
    assert overlap is not None
    assert (overlap.precision, overlap.recall) == (1.0, 1.0)


def test_a_quotation_elsewhere_lowers_both() -> None:
    elsewhere = made_citation("明年计划新建敬老院1座。")
    overlap = citation_overlap([CANAL], _citing(elsewhere), TEXTS)
    assert overlap is not None
    assert (overlap.precision, overlap.recall) == (0.0, 0.0)


def test_precision_and_recall_count_characters() -> None:
    hit, miss = made_citation("新修水渠12公里"), made_citation("明年计划")
    overlap = citation_overlap([CANAL, HOME], _citing(hit, miss), TEXTS)
    assert overlap is not None
    assert overlap.precision == pytest.approx(8 / 12)
    assert overlap.recall == pytest.approx(8 / 15)


def test_half_a_quotation_is_half_recalled() -> None:
    overlap = citation_overlap([CANAL], _citing(made_citation("新修水渠")), TEXTS)
    assert overlap is not None
    assert (overlap.precision, overlap.recall) == (1.0, 0.5)


def test_any_place_of_a_repeated_quotation_counts() -> None:
    twice = {FILE: REPORT + REPORT}
    start = len(REPORT) + REPORT.index(CANAL.quote)
    again = made_citation(CANAL.quote, start=start, end=start + 8)
    overlap = citation_overlap([CANAL], _citing(again), twice)
    assert overlap is not None
    assert overlap.recall == 1.0


def test_context_and_unsupported_claims_are_left_out() -> None:
    answer = made_answer(
        claims=[
            made_claim("甲", citations=[made_citation(role="context")]),
            made_claim("乙", supported=False),
        ]
    )
    overlap = citation_overlap([CANAL], answer, TEXTS)
    assert overlap is not None
    assert (overlap.precision, overlap.recall) == (0.0, 0.0)


def test_a_refusal_has_no_overlap() -> None:
    assert citation_overlap([CANAL], made_answer(outcome="refused", claims=[]), TEXTS) is None


def test_an_altered_character_is_seen() -> None:
    cited = made_citation()
    answer = _citing(cited, cited | {"quote": "全年新修水渠12公里，受益农户341户。"})
    assert altered_quotations(answer, TEXTS) == ("全年新修水渠12公里，受益农户341户。",)


def test_a_citation_shifted_by_one_is_seen() -> None:
    cited = made_citation()
    shifted = cited | {"start": int(str(cited["start"])) + 1, "end": int(str(cited["end"])) + 1}
    assert altered_quotations(_citing(shifted), TEXTS)


def test_overlapping_occurrences_are_all_found() -> None:
    assert occurrences("甲甲", "甲甲甲") == [(0, 2), (1, 3)]
    assert occurrences("", "甲") == []


def _hit(quote: str) -> GivenEvidence:
    start = REPORT.index(quote)
    return GivenEvidence(file=FILE, start=start, end=start + len(quote))


def test_ranks_become_recall_reciprocal_rank_and_ndcg() -> None:
    hits = [_hit("发放补贴"), _hit("全年新修水渠12公里"), _hit("发放补贴"), _hit("新建敬老院1座。")]
    score = score_retrieval([CANAL, HOME], hits, TEXTS)
    assert score is not None
    assert score.recall == {1: 0.0, 5: 1.0, 10: 1.0}
    assert score.reciprocal_rank == 0.5
    found = 1 / math.log2(3) + 1 / math.log2(5)
    assert score.ndcg == pytest.approx(found / (1 + 1 / math.log2(3)))


def test_a_hit_that_cuts_the_quotation_does_not_count() -> None:
    score = score_retrieval([CANAL], [_hit("新修水渠12公")], TEXTS)
    assert score is not None
    assert (score.recall[10], score.reciprocal_rank, score.ndcg) == (0.0, 0.0, 0.0)


def test_one_hit_with_all_evidence_is_perfect() -> None:
    score = score_retrieval([CANAL, FARMERS], [_hit("全年新修水渠12公里，受益农户340户。")], TEXTS)
    assert score is not None
    assert (score.recall[1], score.ndcg) == (1.0, 1.0)


def test_no_evidence_no_score() -> None:
    assert score_retrieval([], [], TEXTS) is None
