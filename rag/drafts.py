"""What the model is asked to write: sentences and the numbers of the evidence they rest on, nothing else."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict
from pydantic_core import from_json


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
