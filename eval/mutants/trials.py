"""What a trial of the verifier asks of it, and what it brings: every claim tried, and what became of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from eval.mutants.statements import Mutant, Place
from eval.mutants.true_variants import TrueVariant
from rag.answering.questions import Question
from rag.verification.claims import Evidence


class Checked(Protocol):
    """What a verifier says of a claim: the text it would show, and whether it holds."""

    @property
    def text(self) -> str: ...
    @property
    def supported(self) -> bool: ...


ShownSpan = tuple[str, int, int]
"""Report, begin and end of a stretch of its clean text."""


@runtime_checkable
class CheckedWithSpans(Checked, Protocol):
    """What a verifier says that also tells which stretches of the reports it shows for the claim."""

    @property
    def shown(self) -> tuple[ShownSpan, ...]: ...


Verify = Callable[[str, Sequence[Evidence], Question, Sequence[str]], Checked]
"""Claim, evidence shown, question, all towns of the library."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A claim that was put before the verifier; `mutant` is None where it is true.

    `place` is the evidence sentence that its original stands in, so that one can tell whether `shown_spans`, what the
    verifier shows for it, lie there: none where the claim is a whole answer, or the verifier does not tell.
    """

    item: str
    text: str
    flagged: bool
    shown: tuple[str, ...]
    mutant: Mutant | None = None
    variant: TrueVariant | None = None
    place: Place | None = None
    shown_spans: tuple[ShownSpan, ...] = ()
    said: str = ""
    """The text that the verifier would show."""

    @property
    def is_shown_wrongly(self) -> bool:
        """Whether a false claim is shown as it stands, or by an excerpt that its original does not stand in.

        An excerpt of the original's own sentence puts the claim right.
        """
        if self.flagged or self.place is None:
            return False
        return self.said == self.text or not any(
            report == self.place.report_id and start < self.place.end and self.place.start < end
            for report, start, end in self.shown_spans
        )


@dataclass(frozen=True, slots=True)
class Trial:
    """Everything that was tried on one set."""

    unchanged: tuple[Tried, ...]
    respelled: tuple[Tried, ...]  # true claims with one figure in another right spelling
    reworded: tuple[Tried, ...]  # true claims in other words
    answers: tuple[Tried, ...]  # one for each item: flagged where one of its sentences is
    mutants: tuple[Tried, ...]

    @property
    def survivors(self) -> tuple[Tried, ...]:
        """Mutants that the verifier let through."""
        return tuple(tried for tried in self.mutants if not tried.flagged)
