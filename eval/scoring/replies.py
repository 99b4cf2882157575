"""An answer of the system as `zhenbao ask --json` writes it; fields that are added later are passed over."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Lenient(BaseModel):
    """The contract of the command line may grow, so unknown fields do no harm here."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class GivenCitation(Lenient):
    """A quotation: file text [start, end) should be `quote`."""

    report: str = ""
    file: str
    town: str | None = None
    year: int | None = None
    report_year: int | None = None
    section: str | None = None
    role: Literal["evidence", "context", "lent"] = "evidence"
    quote: str
    start: int
    end: int


class GivenClaim(Lenient):
    """One sentence of the answer with what it rests on."""

    text: str
    kind: Literal["stated", "computed"] = "stated"
    expression: str | None = None
    supported: bool
    reason: str | None = None
    citations: tuple[GivenCitation, ...] = ()


class GivenEvidence(Lenient):
    """A sentence that was shown to the model."""

    number: int = 0
    file: str
    text: str = ""
    start: int
    end: int


class GivenTokens(Lenient):
    """What the model calls cost."""

    prompt: int = 0
    completion: int = 0


class GivenSeconds(Lenient):
    """Where the time went."""

    total: float = 0.0


class GivenAnswer(Lenient):
    """One answer, or the error that stands in its place."""

    id: str = ""
    question: str = ""
    outcome: Literal["answered", "refused", "redirected", "evidence_only", "error"]
    reason: str | None = None
    language: str | None = None
    answer: str = ""
    claims: tuple[GivenClaim, ...] = ()
    evidence: tuple[GivenEvidence, ...] = ()
    hits: tuple[GivenEvidence, ...] = ()
    """What search found, best first; filled in by the evaluation's own runner."""
    model: str | None = None
    tokens: GivenTokens = Field(default_factory=GivenTokens)
    seconds: GivenSeconds = Field(default_factory=GivenSeconds)
    message: str = ""

    @property
    def failed(self) -> bool:
        """Model or infrastructure did not do its part, which says nothing about right or wrong."""
        return self.outcome == "error" or self.reason == "model_unavailable"

    @property
    def is_answer(self) -> bool:
        return self.outcome == "answered"

    @property
    def refused(self) -> bool:
        """Whether it says that the reports do not; bare sentences say nothing of the kind."""
        return self.outcome == "refused"
