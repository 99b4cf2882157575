"""The whole result of a question."""

from dataclasses import dataclass, field
from typing import Literal

from rag.models.conversation import Tokens
from rag.types import Language, Notice
from rag.verification.claims import Citation, Claim, Evidence

Outcome = Literal["answered", "refused", "evidence_only", "error"]


Reason = Literal[
    "premise_corrected", "planned_only", "conflict",  # answered
    "not_in_reports", "no_such_town", "no_such_year",  # refused
    "model_unavailable", "nothing_verified",  # evidence_only
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seconds:
    """Where the time of an answer went."""

    retrieve: float = 0.0
    model: float = 0.0
    verify: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole result of a question."""

    question: str
    outcome: Outcome
    reason: Reason | None
    language: Language
    answer: str
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    evidence_citations: tuple[Citation, ...] = ()  # one for each evidence sentence, in its order
    model: str | None = None
    tokens: Tokens = field(default_factory=Tokens)
    seconds: Seconds = field(default_factory=Seconds)
    notices: tuple[Notice, ...] = ()  # what the person should know, such as a search without its dense side
