"""One reason why an answer is not right."""

from dataclasses import dataclass

MISSING = "缺少 (missing)"
"""An answer of several claims may say it in another."""
FORBIDDEN = "不该有 (must not)"
UNWANTED_TOWN = "不该有 (should not be claimed)"


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """A kind of fault and, where there is one, the word, figure or town of the answer or the demand it is about.

    Example: str(Shortcoming(MISSING, "12公里")) == "缺少 (missing): 12公里"
    """

    kind: str
    said: str = ""

    def __str__(self) -> str:
        return f"{self.kind}: {self.said}" if self.said else self.kind
