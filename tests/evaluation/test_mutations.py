"""The verifier on trial with the sample reports: false claims are flagged, true ones pass."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

import pytest

from benchmarks import mutations as benchmark
from eval.mutants.mutation_runs import try_verifier
from eval.mutants.mutations import mutants_of
from eval.mutants.statements import Mutant, RelationKind, Shown, Statement, ValueKind, full_text, statement_text
from eval.mutants.trials import Trial
from rag.answering.questions import Question
from rag.verification.claims import Evidence
from rag.verification.towns import GivenTowns
from rag.verification.verdicts import Verdict
from rag.verification.verify import verify
from tests.support.paths import SAMPLE

FEWEST_MUTANTS = 2000
FEWEST_OF_A_KIND = 20
FEWEST_OF_A_RELATION = 2
FEWEST_RESPELLED = 200
MOST_SURVIVORS = 0  # of changed values
FEWEST_RELATIONS_NOTICED = 0.65  # share of the mutants of wrong relations
MOST_SHOWN_WRONGLY = 0.001  # share of all mutants
FEWEST_REWORDED = 0.95  # share of the true claims in other words that pass
MOST_FALSE_ALARMS = 0.01  # share of the true claims
FEWEST_ANSWERS = 0.95  # share of the reference answers that pass

STATEMENT = Statement(
    text="在竹边、双合等村修建水渠12公里，受益农户340余户",
    town="石矶镇",
    year=2020,
    names=("竹边",),
    shown=(
        Shown("在竹边、双合等村修建水渠12公里，受益农户340余户，无人员伤亡。", "石矶镇", 2020),
        Shown("修建水渠13公里。", "石矶镇", 2020),
    ),
    other_towns=("大塘镇",),
    other_names=("鹤鸣",),
)


@pytest.fixture(scope="module")
def trial() -> Trial:
    """Everything tried on the sample set."""
    return try_verifier(SAMPLE, _check)


def _check(text: str, evidence: Sequence[Evidence], question: Question, towns: Sequence[str]) -> Verdict:
    asked = replace(question.for_verification, held_towns=GivenTowns(*towns))
    return verify(text, (), evidence, asked)


def test_next_to_nothing_is_shown_wrongly() -> None:
    """By what an answer would show: the clauses nearest to a claim, or the claim where it is the same."""
    mutants = try_verifier(SAMPLE, benchmark.check).mutants
    assert sum(tried.is_shown_wrongly for tried in mutants) <= MOST_SHOWN_WRONGLY * len(mutants)


def test_no_changed_value_gets_through(trial: Trial) -> None:
    through = [
        f"{t.mutant.kind} {t.mutant.change} | {t.text}"
        for t in trial.survivors
        if t.mutant and t.mutant.kind in get_args(ValueKind)
    ]
    assert len(through) <= MOST_SURVIVORS, "\n".join(through)


def test_wrong_relations_are_noticed(trial: Trial) -> None:
    relations = [tried for tried in trial.mutants if tried.mutant and tried.mutant.kind in get_args(RelationKind)]
    noticed = sum(tried.flagged for tried in relations)
    assert noticed >= FEWEST_RELATIONS_NOTICED * len(relations)


def test_there_are_mutants_of_every_kind(trial: Trial) -> None:
    made = Counter(tried.mutant.kind for tried in trial.mutants if tried.mutant)
    assert made.total() >= FEWEST_MUTANTS
    assert {kind: made[kind] for kind in get_args(ValueKind) if made[kind] < FEWEST_OF_A_KIND} == {}
    assert {kind: made[kind] for kind in get_args(RelationKind) if made[kind] < FEWEST_OF_A_RELATION} == {}
    assert made.keys() == {*get_args(ValueKind), *get_args(RelationKind)}


def test_every_claim_tells_the_sentence_that_it_was_made_of(trial: Trial) -> None:
    for tried in (*trial.unchanged, *trial.respelled, *trial.reworded, *trial.mutants):
        assert tried.place is not None
        assert tried.place.report_id
        assert tried.place.start < tried.place.end


def test_what_a_verifier_shows_is_kept() -> None:
    @dataclass(frozen=True)
    class Told:
        text: str
        supported: bool
        shown: tuple[tuple[str, int, int], ...]

    def tell(text: str, evidence: Sequence[Evidence], question: Question, towns: Sequence[str]) -> Told:
        return Told(text, True, tuple((e.report_id, e.sentence.start, e.sentence.end) for e in evidence[:1]))

    tried = try_verifier(SAMPLE, tell).mutants
    assert all(len(one.shown_spans) == 1 for one in tried)


def test_reworded_claims_pass(trial: Trial) -> None:
    assert sum(not tried.flagged for tried in trial.reworded) >= FEWEST_REWORDED * len(trial.reworded)


def test_true_claims_pass(trial: Trial) -> None:
    alarms = [tried.text for tried in trial.unchanged if tried.flagged]
    assert len(alarms) <= MOST_FALSE_ALARMS * len(trial.unchanged), "\n".join(alarms)


def test_a_right_spelling_is_no_reason_to_refuse(trial: Trial) -> None:
    assert len(trial.respelled) >= FEWEST_RESPELLED
    assert [tried.text for tried in trial.respelled if tried.flagged] == []


def test_reference_answers_pass(trial: Trial) -> None:
    flagged = [f"{tried.item} {tried.text}" for tried in trial.answers if tried.flagged]
    assert len(flagged) <= (1 - FEWEST_ANSWERS) * len(trial.answers), "\n".join(flagged)


def made(statement: Statement = STATEMENT) -> dict[str, list[Mutant]]:
    """The mutants of a statement by kind."""
    mutants = list(mutants_of(statement))
    return {kind: [m for m in mutants if m.kind == kind] for kind in {m.kind for m in mutants}}


def test_mutants_differ_in_one_thing() -> None:
    by_kind = made()
    assert set(by_kind) == {"digit", "spelling", "unit", "approximation", "swap", "year", "town", "name", "polarity"}
    assert {m.change for m in by_kind["unit"]} == {"12公里→12米", "340余户→340余人"}
    assert {m.change for m in by_kind["town"]} == {"石矶镇→大塘镇"}
    assert "竹边→鹤鸣" in {m.change for m in by_kind["name"]}
    assert all(m.text != m.original for mutants in by_kind.values() for m in mutants)


def test_mutants_are_the_same_every_time() -> None:
    assert list(mutants_of(STATEMENT)) == list(mutants_of(STATEMENT))


def test_what_may_be_true_is_no_mutant() -> None:
    plain = Statement("修建水渠12公里", "石矶镇", 2020, shown=(Shown("修建水渠12公里。", "石矶镇", 2020),))
    changed = [m.text for m in mutants_of(plain) if m.kind == "digit"]
    assert changed
    shown = tuple(Shown(f"{text}。", "石矶镇", 2020) for text in changed)
    true = Statement(plain.text, plain.town, plain.year, shown=shown)
    assert not [m for m in mutants_of(true) if m.kind == "digit"]


def test_a_plan_is_told_as_done() -> None:
    plan = Statement("修建水渠12公里", "石矶镇", 2021, is_plan=True)
    assert full_text(plan) == "石矶镇2021年计划修建水渠12公里"
    assert {m.text for m in made(plan)["plan"]} == {"已完成修建水渠12公里", "已经修建水渠12公里"}


@pytest.mark.parametrize(
    ("sentence", "quote", "text"),
    [
        ("（一）修建水渠12公里。", "水渠12公里", "修建水渠12公里"),
        ("新修農村水渠12公里；", "12公里", "新修农村水渠12公里"),
        ("甲" * 40 + "，" + "乙" * 40 + "，修路3公里，造林5亩。", "修路3公里", "修路3公里"),
    ],
)
def test_a_statement_is_what_an_answer_would_say(sentence: str, quote: str, text: str) -> None:
    assert statement_text(sentence, quote) == text
