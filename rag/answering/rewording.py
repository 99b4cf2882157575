"""A question in the words of reports, by the model: an English one, and one in everyday words.

Only so can its words be held against theirs. What a model rewrites is used to find and to rank; whether something
answers is judged by the question as it was asked, wherever that is Chinese.
"""

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from rag.answering.questions import Question, reworded
from rag.errors import BadReply
from rag.models.conversation import NOTHING_SPENT, ChatModel, ChatRequest, Cost, Turn
from rag.models.examples import opening_of
from rag.text.glossary import with_chinese_terms

QUESTION_TOKENS = 120


class Rewording(BaseModel):
    """The model's reply."""

    model_config = ConfigDict(extra="forbid")

    question: str


@dataclass(frozen=True, slots=True)
class Reworded:
    """A question in other words, about the same places and years, and what asking cost."""

    question: Question
    cost: Cost


def in_chinese(model: ChatModel, asked: Question) -> Reworded:
    """An English question translated by the model; as it is where the model keeps to no form."""
    return _reworded(model, asked, "translation", _with_chinese_words(asked))


def in_formal_words(model: ChatModel, asked: Question) -> Reworded:
    """A Chinese question in the formal words of reports; as it is where the model keeps to no form."""
    return _reworded(model, asked, "rewording", asked.query if asked.previous else asked.text)


def _reworded(model: ChatModel, asked: Question, prompt: str, text: str) -> Reworded:
    turns = (*opening_of(prompt, _in_form), Turn("user", text))
    try:
        reply = model.complete(ChatRequest(turns, Rewording, max_tokens=QUESTION_TOKENS))
    except BadReply:
        return Reworded(asked, NOTHING_SPENT)
    return Reworded(reworded(asked, reply.value.question), reply.cost)


def _with_chinese_words(asked: Question) -> str:
    """The question with Chinese words for its terms, and for its places, which a model cannot know from their sound."""
    if asked.previous is not None:
        return with_chinese_terms(asked.query)
    text = asked.text
    for place in sorted(asked.places, key=lambda each: -each.start):
        text = f"{text[: place.start]}{place.name}{text[place.end :]}"
    return with_chinese_terms(text)


def _in_form(question: str) -> str:
    return Rewording(question=question).model_dump_json()
