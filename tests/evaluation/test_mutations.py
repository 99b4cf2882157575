"""The verifier on trial with the sample reports: false claims are flagged, true ones pass."""

from collections import Counter
from collections.abc import Sequence

import pytest

from eval.mutants.mutation_runs import Trial, try_verifier
from eval.mutants.mutations import mutants_of
from eval.mutants.statements import Mutant, Shown, Statement, full_text, statement_text
from rag.answering.questions import Question
from rag.verification.claims import Evidence
from rag.verification.towns import GivenTowns
from rag.verification.verdicts import Asked, Verdict
from rag.verification.verify import verify
from tests.support.paths import SAMPLE

FEWEST_MUTANTS = 2000
FEWEST_OF_A_KIND = 20
FEWEST_RESPELLED = 200
MOST_SURVIVORS = 0
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
    asked = Asked(question.query, question.towns, question.is_yes_no, question.asks_plan, GivenTowns(*towns))
    return verify(text, (), evidence, asked)


def test_no_mutant_gets_through(trial: Trial) -> None:
    through = [f"{t.mutant.kind} {t.mutant.change} | {t.text}" for t in trial.survivors if t.mutant]
    assert len(through) <= MOST_SURVIVORS, "\n".join(through)


def test_there_are_mutants_of_every_kind(trial: Trial) -> None:
    made = Counter(tried.mutant.kind for tried in trial.mutants if tried.mutant)
    assert made.total() >= FEWEST_MUTANTS
    assert {kind: count for kind, count in made.items() if count < FEWEST_OF_A_KIND} == {}
    assert len(made) == 10


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
