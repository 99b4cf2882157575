"""Claims from body sentences that no golden question asks about."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from typing import get_args

import pytest

from eval.golden import load_set
from eval.items import GoldenItem
from eval.mutants.body_statements import body_items, windows
from eval.mutants.mutation_runs import try_on_bodies
from eval.mutants.parsed_set import ParsedSet, parse_set
from eval.mutants.statements import LONGEST_STATEMENT, RelationKind
from tests.support.paths import SAMPLE

FEWEST_OF_A_RELATION = 5


@pytest.fixture(scope="module")
def library() -> ParsedSet:
    return parse_set(load_set(SAMPLE))


def test_stretches_are_whole_clauses_no_longer_than_a_statement() -> None:
    long = "，".join(f"在第{number}个村修建水渠{number}公里" for number in "123456789")
    assert all(end - begin <= LONGEST_STATEMENT for begin, end in windows(long))
    assert "，".join(long[a:b] for a, b in windows(long)) == long
    assert [("修路3公里，造林5亩。")[a:b] for a, b in windows("修路3公里，造林5亩。")] == ["修路3公里，造林5亩"]


def test_sentences_of_golden_evidence_are_left_out(library: ParsedSet) -> None:
    def sentences(items: list[GoldenItem]) -> set[tuple[str, int]]:
        return {(p.doc, s.start) for item in items for p in item.evidence for s in library.sentences(p)}

    made = list(body_items(library))
    assert made
    assert sentences(made) & sentences([*library.items, *library.kept_aside]) == set()


def test_a_question_asks_for_a_figure_of_its_own_statement(library: ParsedSet) -> None:
    for item in body_items(library):
        assert item.question.endswith("多少？")
        assert item.kind == "number"
        assert all(len(library.sentences(passage)) == 1 for passage in item.evidence)


def test_of_a_divided_set_the_tune_half_is_looked_at(tmp_path: Path) -> None:
    copytree(SAMPLE / "reports", tmp_path / "reports")
    lines = (SAMPLE / "golden.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "golden.jsonl").write_text("\n".join(lines), encoding="utf-8")
    ids = [json.loads(line)["id"] for line in lines]
    split = {"tune": ids[::2], "check": ids[1::2]}
    (tmp_path / "split.json").write_text(json.dumps(split), encoding="utf-8")
    divided = parse_set(load_set(tmp_path))
    assert [item.id for item in divided.items] == ids[::2]
    assert [item.id for item in divided.kept_aside] == ids[1::2]


def test_bodies_give_mutants_of_every_relation() -> None:
    @dataclass(frozen=True)
    class Passed:
        text: str
        supported: bool = True

    trial = try_on_bodies(SAMPLE, lambda text, *_: Passed(text))
    made = Counter(tried.mutant.kind for tried in trial.mutants if tried.mutant)
    assert {kind: made[kind] for kind in get_args(RelationKind) if made[kind] < FEWEST_OF_A_RELATION} == {}
    assert trial.answers == ()
    assert trial.survivors == trial.mutants
