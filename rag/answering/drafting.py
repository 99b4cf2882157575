"""Asking the model: a draft over numbered evidence, a second asking where it declines too readily, one repair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import BaseModel, ConfigDict
from pydantic_core import from_json

from rag.answering.evidence import evidence_lines
from rag.answering.questions import Question
from rag.answering.relevance import CARRIED, speaks_of
from rag.models.conversation import NOTHING_SPENT, ChatModel, ChatRequest, Cost, Hear, Turn
from rag.models.prompts import load_prompt
from rag.text.english_figures import with_english_figures
from rag.verification.claims import Evidence
from rag.verification.labels import LABELS
from rag.verification.verdicts import Verdict

ANSWER_TOKENS = 400
ANSWER_SHOWN = 120  # characters of the answer before, with a follow-up


class DraftClaim(BaseModel):
    """One sentence of an answer or summary, not yet verified."""

    model_config = ConfigDict(extra="forbid")

    text: str
    """One sentence in the words of the evidence."""
    evidence: list[int]
    """Numbers of evidence sentences."""


class Draft(BaseModel):
    """The model's reply; no claims means that the evidence does not say."""

    model_config = ConfigDict(extra="forbid")

    claims: list[DraftClaim]
    """In the order of the question."""


def claims_so_far(text: str) -> list[DraftClaim]:
    """The claims of a draft that is still being written, as far as their sentences are finished.

    Example: '{"claims": [{"text": "一", "evidence": [1]}, {"text": "二' -> the first claim alone
    """
    try:
        begun = from_json(text, allow_partial=True)
    except ValueError:  # not JSON from the start: read when it is finished
        return []
    claims = begun.get("claims") if isinstance(begun, dict) else None
    if not isinstance(claims, list):
        return []
    return [DraftClaim(text=each["text"], evidence=[]) for each in claims if _is_told(each)]


def _is_told(claim: object) -> bool:
    return isinstance(claim, dict) and isinstance(claim.get("text"), str) and "evidence" in claim


def draft_schema(numbers: Sequence[int], least: int = 0) -> dict[str, object]:
    """The JSON schema of a Draft with at least so many claims, in which only numbers really shown can be written."""
    claim = {
        "type": "object",
        "properties": {
            "text": {"type": "string"},
            "evidence": {"type": "array", "items": {"type": "integer", "enum": list(numbers)}},
        },
        "required": ["text", "evidence"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"claims": {"type": "array", "items": claim, "minItems": least}},
        "required": ["claims"],
        "additionalProperties": False,
    }


@dataclass(frozen=True, slots=True)
class Drafted:
    """What the model wrote, what it cost, and the conversation so far."""

    claims: tuple[DraftClaim, ...] = ()
    cost: Cost = NOTHING_SPENT
    turns: tuple[Turn, ...] = ()


def opening() -> tuple[Turn, ...]:
    """What every asking in Chinese begins with."""
    return (Turn("system", load_prompt("answer", "zh").render()),)


def draft(
    model: ChatModel, asked: Question, evidence: Sequence[Evidence], *, insist: bool = False, hear: Hear | None = None
) -> Drafted:
    """The model's claims on a question; `hear` listens while it writes.

    A small model declines too readily: where the evidence speaks of what is asked, or we insist, it is asked again
    for at least one claim, which verification then lets through or not.
    """
    if not evidence:
        return Drafted()
    turns = _turns(asked, evidence)
    drafted = _ask(model, Drafted(turns=turns), draft_schema(_numbers(evidence)), hear)
    if not drafted.claims and (insist or speaks_of(asked, evidence) >= CARRIED):
        drafted = _ask(model, drafted, draft_schema(_numbers(evidence), least=1), hear)
    return drafted


def repair(
    model: ChatModel,
    drafted: Drafted,
    asked: Question,
    verdicts: Sequence[Verdict],
    evidence: Sequence[Evidence],
    *,
    hear: Hear | None = None,
) -> Drafted:
    """The claims once more, with what was wrong with them."""
    problems = "\n".join(
        f"- “{verdict.text}”：{LABELS[asked.language].reason(verdict.reason)}" for verdict in verdicts if verdict.reason
    )
    said = Draft(claims=list(drafted.claims)).model_dump_json()
    told = load_prompt("repair", _language(asked)).render(problems=problems)
    turns = (*drafted.turns, Turn("assistant", said), Turn("user", told))
    again = Drafted(turns=turns, cost=drafted.cost)
    return _ask(model, again, draft_schema(_numbers(evidence)), hear)


def _ask(model: ChatModel, drafted: Drafted, schema: Mapping[str, object], hear: Hear | None) -> Drafted:
    reply = model.complete(ChatRequest(drafted.turns, Draft, schema, ANSWER_TOKENS, hear))
    return Drafted(
        claims=tuple(reply.value.claims),
        cost=drafted.cost + reply.cost,
        turns=drafted.turns,
    )


def _turns(asked: Question, evidence: Sequence[Evidence]) -> tuple[Turn, ...]:
    language = _language(asked)
    question = asked.text if asked.previous else asked.query
    filled = load_prompt("question", language).render(
        evidence=evidence_lines(_as_english(evidence) if language == "en" else evidence),
        conversation=_conversation(asked),
        question=question,
    )
    return (Turn("system", load_prompt("answer", language).render()), Turn("user", filled))


def _as_english(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence with its figures as English writes them, which a small model gets wrong."""
    return [replace(item, text=with_english_figures(item.text)) for item in evidence]


def _conversation(asked: Question) -> str:
    if asked.previous is None:
        return ""
    answer = asked.previous_answer.content if asked.previous_answer else ""
    told = load_prompt("conversation", "zh").render(question=asked.previous.content, answer=answer[:ANSWER_SHOWN])
    return f"{told}\n"


def _language(asked: Question) -> str:
    return "en" if asked.language == "en" else "zh"


def _numbers(evidence: Sequence[Evidence]) -> list[int]:
    return [item.number for item in evidence]
