"""What a run of an eval set was asked to do."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """What a run was asked to do; name and paths are decided by the door."""

    name: str
    """Of the set, or of the half that is run: `my-set`, `my-set-check`."""
    out: Path
    baseline: Path
    limits: Path
    recordings: Path
    recording_command: str = "python -m eval --set DIR --record"
    """What to type where replies are missing."""
    answers: Path | None = None
    summaries: Path | None = None
    """Answers of `zhenbao summarize --format json`, by file name, to score instead of asking."""
    indicators: Path | None = None
    live: bool = False
    fresh: bool = False
    record: bool = False
    allow_unrecorded: bool = False
    most_unrecorded: int | None = None
    """How many replies may be missing; None: none in a replay, any number where the model is asked for them."""
    with_summaries: bool = False
    case_by_case: bool = True
    whole_set: bool = True
    """Every question of the set, or of its half, is asked."""
    totals_only: bool = False
    """Figures over all questions and by kind are all that anybody may see."""
