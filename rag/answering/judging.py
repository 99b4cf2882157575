"""Asking the model whether words of the report answer a question.

The model never writes the answer: it says whether a quotation answers, and code quotes it. A small model is a poor
writer but a fair judge, and its probability tells how sure it is (Kadavath et al. 2022, "Language Models (Mostly) Know
What They Know").
"""

from rag.answering.questions import Question
from rag.models.conversation import NOTHING_SPENT, ChatModel, ChoiceRequest, Turn
from rag.models.examples import opening_of
from rag.models.prompts import load_prompt
from rag.text.normalization import fold_characters

_YES, _NO = "能", "不能"


class Judge:
    """Asks how likely a text answers one question; the same text is asked once."""

    def __init__(self, model: ChatModel, question: Question) -> None:
        self._model = model
        self._question = question
        self._known: dict[str, float | None] = {}
        self.cost = NOTHING_SPENT

    def likelihood(self, text: str) -> float | None:
        """Between 0 and 1; None where the model says neither that it answers nor that it does not."""
        if text not in self._known:
            choice = self._model.choose(ChoiceRequest(_turns(self._question, text), (_YES, _NO)))
            self._known[text] = choice.shares[0] if any(choice.shares) else None
            self.cost += choice.cost
        return self._known[text]


def opening() -> tuple[Turn, ...]:
    """What every judging begins with."""
    return opening_of("judge")


def _turns(question: Question, quotation: str) -> list[Turn]:
    text = question.query if question.previous else question.text
    said = load_prompt("judged", "zh").render(question=text, quotation=fold_characters(quotation))
    return [*opening(), Turn("user", said)]
