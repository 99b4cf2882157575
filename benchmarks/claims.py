"""Claims with right figures in wrong relations, and true ones, said by a model that says nothing else.

    python -m benchmarks.claims [SET] [--judge] [--show]

SET is a folder with `reports/` and `claims.jsonl`; `eval/sets/claims` where none is named. Each draft is what the model
answers to its question, whatever it is shown. What the answer then shows as supported is wrong where it is the draft's
own wording of a false claim, or an excerpt that does not hold the words that decide the question. With `--judge` the
embedded model says whether a quotation answers; without, none is said to, and only what verification lets through is
shown. Writes benchmarks/results/claims.json, with `--judge` claims-judged.json; `--show` prints what is wrong, and the
true claims that were refused.
"""

import argparse
import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from eval.reporting.results import write_json
from eval.scoring.numbers import figures_of
from rag.answering.answers import Answer
from rag.answering.rewording import Rewording
from rag.library.results import Scope
from rag.models.conversation import ChatModel, ChatRequest, Choice, ChoiceRequest, Reply, Tokens
from rag.models.factory import make_chat_model
from rag.settings import Settings, read_settings
from rag.workspace import Workspace

SET = Path(__file__).parent.parent / "eval" / "sets" / "claims"
RESULTS = Path(__file__).parent / "results"
T = TypeVar("T", bound=BaseModel)
Outcome = Literal["right", "refused", "wrong", "checked_false", "paraphrased_false", "without_its_figures"]


class Draft(BaseModel):
    """A line of claims.jsonl."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    doc: str
    question: str
    draft: str
    truth: bool
    kind: str
    quote: str
    """The words of the report that decide it."""
    answerable: bool
    why: str


class Row(BaseModel):
    """What became of the claims of one kind."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    claims: int
    outcomes: dict[str, int]


class Result(BaseModel):
    """What became of the claims of one half."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rows: tuple[Row, ...]
    support: dict[str, int]
    """Claims shown for true drafts, by how they are supported."""
    length_median: float
    """Of what is shown for a true draft, against the draft."""
    length_most: float


class Halves(BaseModel):
    """The results file: of the check half nobody looks at more than the figures."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tune: Result
    check: Result


class Saying:
    """A model that always says the same; whether a quotation answers, and a question in other words, another says, or
    nobody."""

    name = "scripted"

    def __init__(self, judge: ChatModel | None) -> None:
        self.text = ""
        self._judge = judge

    def complete(self, request: ChatRequest[T]) -> Reply[T]:
        """See ChatModel."""
        if request.output is Rewording:
            return self._judge.complete(request) if self._judge else _unsaid(request)
        numbers = re.findall(r"^\[(\d+)\]", request.turns[1].content, re.MULTILINE)
        said = json.dumps({"claims": [{"text": self.text, "evidence": [int(numbers[0])] if numbers else []}]})
        return Reply(request.output.model_validate_json(said), Tokens(), 0.0, said)

    def choose(self, request: ChoiceRequest) -> Choice:
        """See ChatModel."""
        return self._judge.choose(request) if self._judge else Choice(tuple(0.0 for _ in request.words), Tokens(), 0.0)


def _unsaid(request: ChatRequest[T]) -> Reply[T]:
    """The question as it was asked."""
    said = Rewording(question=request.turns[-1].content).model_dump_json()
    return Reply(request.output.model_validate_json(said), Tokens(), 0.0, said)


def main() -> None:
    """Tries all claims, prints and writes the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", type=Path, nargs="?", default=SET)
    parser.add_argument("--judge", action="store_true", help="the embedded model judges quotations")
    parser.add_argument(
        "--show", action="store_true", help="print what is wrong and what was refused, of the tune half"
    )
    options = parser.parse_args()
    split = json.loads((options.set / "split.json").read_text(encoding="utf-8"))
    settings = read_settings(os.environ)
    with ExitStack() as stack:
        judge = stack.enter_context(closing(make_chat_model(settings, None))) if options.judge else None
        tried = list(try_all(options.set, judge))
    halves = {half: summed([one for one in tried if one[0].doc in split[half]]) for half in ("tune", "check")}
    write_json(RESULTS / ("claims-judged.json" if options.judge else "claims.json"), Halves(**halves))
    for half, result in halves.items():
        print("\n".join([half, *table(result)]))
    for draft, outcome, answer in tried if options.show else ():
        if draft.doc not in split["tune"]:
            continue
        if outcome != ("refused" if not draft.truth and outcome == "refused" else "right"):
            print(
                f"{outcome} {draft.kind} {draft.id}\n  问：{draft.question}\n  写：{draft.draft}\n  显：{answer.answer}"
            )
            print(f"  据：{draft.quote}　{draft.why}　{[claim.reason for claim in answer.claims if claim.reason]}")


def try_all(folder: Path, judge: ChatModel | None = None) -> Iterator[tuple[Draft, Outcome, Answer]]:
    """Every claim of a set with what became of it."""
    lines = (folder / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    model = Saying(judge)
    with TemporaryDirectory() as home, Workspace(Settings(home=Path(home))) as workspace:
        workspace.ingest([folder / "reports"], on_result=lambda result: None)
        answerer = workspace.answerer_with(model)
        for line in lines:
            draft = Draft.model_validate_json(line)
            model.text = draft.draft
            answer = answerer.ask(draft.question, scope=Scope())
            yield draft, outcome_of(draft, answer), answer


def outcome_of(draft: Draft, answer: Answer) -> Outcome:
    """What a reader of the answer would take for supported, judged by the words that decide the question."""
    shown = [claim for claim in answer.claims if claim.is_shown] if answer.outcome == "answered" else []
    if not shown:
        return "refused"
    quoted = "".join(citation.quote for claim in shown for citation in claim.citations)
    if draft.truth:
        said = {figure.value for figure in figures_of(draft.draft) if figure.unit != "年"}
        text = {figure.value for figure in figures_of("".join(claim.text for claim in shown))}
        return "right" if said <= text else "without_its_figures"
    if any(claim.support == "checked" and claim.kind == "stated" for claim in shown):
        return "checked_false"
    if any(claim.support == "paraphrase" for claim in shown):
        return "paraphrased_false"
    return "right" if draft.answerable and draft.quote and shares(draft.quote, quoted) else "wrong"


def shares(quote: str, shown: str) -> bool:
    """Whether what is shown has most of a clause of the deciding words."""
    clauses = [clause for clause in re.split("[，,；;。：]", quote) if len(clause) > 1]
    return any(clause in shown or shown_in(clause, shown) for clause in clauses)


def shown_in(clause: str, shown: str) -> bool:
    pairs = {clause[i : i + 2] for i in range(len(clause) - 1)}
    return sum(pair in shown for pair in pairs) >= 0.8 * len(pairs)


def summed(tried: Sequence[tuple[Draft, Outcome, Answer]]) -> Result:
    """The table, false kinds first."""
    by_kind: dict[tuple[bool, str], list[Outcome]] = defaultdict(list)
    support: Counter[str] = Counter()
    lengths = []
    for draft, outcome, answer in tried:
        by_kind[draft.truth, draft.kind].append(outcome)
        if draft.truth and outcome == "right":
            support.update(claim.support for claim in answer.claims)
            lengths.append(len(answer.answer) / len(draft.draft))
    rows = [
        Row(kind=kind, claims=len(outcomes), outcomes=dict(sorted(Counter(outcomes).items())))
        for (_, kind), outcomes in sorted(by_kind.items())
    ]
    return Result(
        rows=tuple(rows),
        support=dict(sorted(support.items())),
        length_median=round(median(lengths), 2) if lengths else 0.0,
        length_most=round(max(lengths, default=0.0), 2),
    )


def table(result: Result) -> list[str]:
    """The rows as Markdown."""
    names: Sequence[Outcome] = (
        "right",
        "refused",
        "without_its_figures",
        "wrong",
        "checked_false",
        "paraphrased_false",
    )
    return [
        f"| kind | claims | {' | '.join(names)} |",
        "|---" * (len(names) + 2) + "|",
        *(
            f"| {row.kind} | {row.claims} | {' | '.join(str(row.outcomes.get(name, 0)) for name in names)} |"
            for row in result.rows
        ),
        f"support {result.support}, length {result.length_median} in the median, {result.length_most} at most",
    ]


if __name__ == "__main__":
    main()
