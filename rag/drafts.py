"""What the model is asked to write: sentences and the numbers of the evidence they rest on, nothing else."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict


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
