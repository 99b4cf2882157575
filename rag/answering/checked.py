"""What verification left of what a model wrote or pointed at."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.answer_types import figures_asked
from rag.answering.arithmetic import Computed
from rag.answering.nearest import Nearby
from rag.answering.questions import Question
from rag.models.conversation import NOTHING_SPENT, Cost
from rag.text.figures import read_figures
from rag.types import Notice
from rag.verification.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Checked:
    """What verification left of the drafts, and what they cost."""

    verdicts: tuple[Verdict, ...]
    computed: Computed | None = None
    cost: Cost = NOTHING_SPENT
    problem: Notice | None = None  # why a draft could not be read
    nearby: Nearby | None = None  # what comes nearest, where nothing holds

    @property
    def holds(self) -> bool:
        """Whether anything is left to answer with."""
        return any(v.supported or v.reason == "planned_not_done" for v in self.verdicts)


def holds(asked: Question, verdicts: Sequence[Verdict]) -> bool:
    """Whether something answers: a claim that holds, or a plan where it is asked whether a thing was done."""
    return any(v.supported or (v.reason == "planned_not_done" and asked.asks_done) for v in verdicts)


def lacks_figures(asked: Question, verdicts: Sequence[Verdict]) -> bool:
    """Whether no claim holds, or those that do have fewer figures than are asked for."""
    held = [verdict for verdict in verdicts if verdict.supported]
    said = {figure.value for verdict in held for figure in read_figures(verdict.text) if figure.kind != "year"}
    return not held or len(said) < figures_asked(asked.text)
