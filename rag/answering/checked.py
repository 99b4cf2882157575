"""What verification left of what a model wrote or pointed at."""

from dataclasses import dataclass

from rag.answering.arithmetic import Computed
from rag.models.conversation import NOTHING_SPENT, Cost
from rag.types import Notice
from rag.verification.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Checked:
    """What verification left of the drafts, and what they cost."""

    verdicts: tuple[Verdict, ...]
    computed: Computed | None = None
    cost: Cost = NOTHING_SPENT
    problem: Notice | None = None  # why a draft could not be read

    @property
    def holds(self) -> bool:
        """Whether anything is left to answer with."""
        return any(v.supported or v.reason == "planned_not_done" for v in self.verdicts)
