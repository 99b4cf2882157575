"""继续: the next part of a list that was too long for one answer."""

from collections.abc import Sequence

from rag.models.conversation import Turn
from rag.text.lexicon import concept
from rag.text.normalization import fold

_GOES_ON = concept("goes_on")
_MARKS = " ，,。.！!？?呢吧"


def continued(question: str, history: Sequence[Turn]) -> tuple[str, Sequence[Turn], int]:
    """The question that a 继续 goes on with, the conversation before it, and which part of its list is wanted, from 0.

    Example: continued("继续", [哪些镇提到了油茶？, its answer]) gives 哪些镇提到了油茶？, no conversation, and 1
    """
    if not _goes_on(question):
        return question, history, 0
    asked = [number for number, turn in enumerate(history) if turn.role == "user"]
    begun = next((number for number in reversed(asked) if not _goes_on(history[number].content)), None)
    if begun is None:
        return question, history, 0
    part = 1 + sum(number > begun for number in asked)
    return history[begun].content, history[:begun], part


def _goes_on(text: str) -> bool:
    return fold(text).strip(_MARKS) in _GOES_ON
