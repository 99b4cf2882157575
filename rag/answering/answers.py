"""The whole result of a question."""

from dataclasses import dataclass, field
from typing import Literal

from rag.library.results import Scope
from rag.models.conversation import Tokens
from rag.types import Language, Notice
from rag.verification.claims import Citation, Claim, Evidence

Outcome = Literal["answered", "refused", "redirected", "evidence_only", "error"]


Reason = Literal[
    "premise_corrected", "planned_only", "conflict",  # answered
    "not_in_reports", "no_such_town", "no_such_year", "scope_conflict",  # refused
    "help", "summary", "compare", "library",  # redirected: what is no question about what reports say
    "model_unavailable", "nothing_verified",  # evidence_only
]  # fmt: skip


Differs = Literal["kind", "whose", "when", "part", "plan"]
"""What keeps the nearest words from being the answer: they tell another kind of quantity or of thing, something else or
another place, another time, only a part of what is asked, or a plan for a result or the other way round."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """What comes nearest to a question that is not answered."""

    citation: Citation
    differs: Differs


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be asked in place of a question that contradicts what was chosen beside it."""

    question: str
    scope: Scope


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
    nearest: tuple[NearMiss, ...] = ()  # of a refusal
    choices: tuple[Choice, ...] = ()  # of a question that contradicts its filter
    notices: tuple[Notice, ...] = ()  # what the person should know, such as a search without its dense side
