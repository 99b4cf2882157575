"""How many false claims the verifier notices: true claims with exactly one thing changed.

    python -m benchmarks.mutations [SET ...] [--bodies] [--survivors] [--alarms]

SET is an eval set: `reports/` and `golden.jsonl`; `eval/sets/sample` where none is named. Of a divided set the tune
half is tried. A mutant counts as flagged where its verdict is not supported, or where the verdict's text is put right
before it would be shown.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import get_args

from eval.mutants.mutation_runs import try_on_bodies, try_verifier
from eval.mutants.statements import RelationKind
from eval.mutants.trials import ShownSpan, Trial, Tried
from rag.answering.questions import Question
from rag.text.parsed_text import ParsedText
from rag.verification.claims import Evidence
from rag.verification.towns import GivenTowns
from rag.verification.two_way import says_the_same
from rag.verification.verify import verify

SAMPLE = Path(__file__).parent.parent / "eval" / "sets" / "sample"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="*", default=[SAMPLE])
    parser.add_argument("--bodies", action="store_true", help="also try body sentences that no question asks about")
    parser.add_argument("--survivors", action="store_true", help="also print the mutants that were let through")
    parser.add_argument("--alarms", action="store_true", help="also print the true claims that were flagged")
    options = parser.parse_args()
    began = perf_counter()
    runs = (try_verifier, try_on_bodies) if options.bodies else (try_verifier,)
    trials = [run(folder, check) for folder in options.sets for run in runs]
    trial = Trial(
        unchanged=tuple(tried for one in trials for tried in one.unchanged),
        respelled=tuple(tried for one in trials for tried in one.respelled),
        reworded=tuple(tried for one in trials for tried in one.reworded),
        answers=tuple(tried for one in trials for tried in one.answers),
        mutants=tuple(tried for one in trials for tried in one.mutants),
    )
    print_table(trial)
    print(f"{perf_counter() - began:.0f} s")
    if options.survivors:
        print_survivors(trial.survivors)
    if options.alarms:
        for tried in (*trial.unchanged, *trial.respelled, *trial.reworded, *trial.answers):
            if tried.flagged:
                print(f"{tried.item:<16} {tried.text}")


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer would show of a claim: its own words where they are those of its excerpts, else the excerpts."""

    text: str
    supported: bool
    shown: tuple[ShownSpan, ...]


def check(text: str, evidence: Sequence[Evidence], question: Question, towns: Sequence[str]) -> Told:
    """The verifier as an answer uses it, without the model's hints."""
    asked = replace(question.for_verification, held_towns=GivenTowns(*towns))
    verdict = verify(text, (), evidence, asked)
    spans = tuple(
        (each.item.report_id, each.item.sentence.start + span.start, each.item.sentence.start + span.end)
        for each in verdict.excerpts
        for span in each.spans
    )
    is_checked = not verdict.excerpts or says_the_same(ParsedText(verdict.text), verdict.excerpts)
    said = verdict.text if is_checked else "；".join(each.text for each in verdict.excerpts)
    return Told(said, verdict.supported, spans)


def print_table(trial: Trial) -> None:
    """A line for each kind of change, those of a relation last, then the true claims that were flagged."""
    made = Counter(tried.mutant.kind for tried in trial.mutants if tried.mutant)
    survived = Counter(tried.mutant.kind for tried in trial.survivors if tried.mutant)
    wrong = Counter(tried.mutant.kind for tried in trial.mutants if tried.mutant and tried.is_shown_wrongly)
    print(f"{'change':<16}{'made':>7}{'flagged':>9}{'survived':>10}{'share':>8}{'shown wrongly':>15}")
    for kind in sorted(made, key=lambda kind: (kind in get_args(RelationKind), kind)):
        print_row(kind, made[kind], survived[kind], wrong[kind])
    print_row("all", made.total(), survived.total(), wrong.total())
    true: dict[str, Sequence[Tried]] = {
        "unchanged claims": trial.unchanged,
        "respelled claims": trial.respelled,
        **reworded_by_kind(trial.reworded),
        "reference answers": trial.answers,
    }
    for name, tried in true.items():
        flagged = sum(one.flagged for one in tried)
        print(f"{name}: {flagged} of {len(tried)} flagged, {1 - flagged / max(1, len(tried)):.1%} pass")


def reworded_by_kind(reworded: Sequence[Tried]) -> dict[str, list[Tried]]:
    """The true claims in other words, by what was done to them."""
    kinds = sorted({tried.variant.kind for tried in reworded if tried.variant})
    return {
        f"{kind} claims": [tried for tried in reworded if tried.variant and tried.variant.kind == kind]
        for kind in kinds
    }


def print_row(name: str, made: int, survived: int, wrong: int) -> None:
    """One line of the table."""
    print(
        f"{name:<16}{made:>7}{made - survived:>9}{survived:>10}{1 - survived / made:>8.1%}"
        f"{wrong:>9}{wrong / made:>6.1%}"
    )


def print_survivors(survivors: Sequence[Tried]) -> None:
    """Each with what was changed."""
    for tried in survivors:
        if tried.mutant:
            print(f"{tried.mutant.kind:<14} {tried.item:<16} {tried.mutant.change:<12} {tried.text}")


if __name__ == "__main__":
    main()
