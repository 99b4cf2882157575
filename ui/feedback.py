"""Thumbs up and down: answers that people judged, kept as candidates for golden questions."""

import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from rag.answering.answers import Answer

Verdict = Literal["up", "down"]
_WRITING = threading.Lock()


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Passage(_Row):
    """A quotation, with the names that golden questions have for its parts."""

    doc: str
    quote: str
    start: int
    end: int


class Candidate(_Row):
    """One judged answer; `question`, `answer` and `evidence` can go into a golden question as they are."""

    verdict: Verdict
    judged: str
    """ISO 8601, UTC."""
    question: str
    outcome: str
    reason: str | None
    answer: str
    model: str | None
    evidence: tuple[Passage, ...]
    """What the supported claims quote, or what was found where there are none."""


def candidate(answer: Answer, verdict: Verdict, judged: datetime) -> Candidate:
    """An answer with what a person thought of it."""
    quoted = [citation for claim in answer.claims if claim.is_shown for citation in claim.citations]
    passages = {(c.file, c.start, c.end): c for c in quoted or answer.evidence_citations}
    return Candidate(
        verdict=verdict,
        judged=judged.astimezone(UTC).isoformat(timespec="seconds"),
        question=answer.question,
        outcome=answer.outcome,
        reason=answer.reason,
        answer=answer.answer,
        model=answer.model,
        evidence=tuple(Passage(doc=c.file, quote=c.quote, start=c.start, end=c.end) for c in passages.values()),
    )


def keep(path: Path, row: Candidate) -> None:
    """Adds a row to the file, one JSON object a line."""
    with _WRITING:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(row.model_dump_json() + "\n")
