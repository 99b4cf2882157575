"""An English question in the words of Chinese reports, by the model: only so can its words be held against theirs."""

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from rag.answering.questions import Question, reworded
from rag.models.conversation import ChatModel, ChatRequest, Cost, Turn
from rag.models.prompts import load_prompt

TRANSLATION_TOKENS = 120


class Translation(BaseModel):
    """The model's reply."""

    model_config = ConfigDict(extra="forbid")

    chinese: str


@dataclass(frozen=True, slots=True)
class Translated:
    """A question in Chinese, about the places and years of the English one, and what asking cost."""

    question: Question
    cost: Cost


def in_chinese(model: ChatModel, asked: Question) -> Translated:
    """A question translated by the model; its places are put in by code. Raises what the model raises."""
    turns = (*opening(), Turn("user", _with_chinese_places(asked)))
    reply = model.complete(ChatRequest(turns, Translation, max_tokens=TRANSLATION_TOKENS))
    return Translated(reworded(asked, reply.value.chinese), reply.cost)


def opening() -> tuple[Turn, ...]:
    """What every translating begins with."""
    instruction, *examples = load_prompt("translation", "zh").render().strip().split("\n\n")
    turns = [Turn("system", instruction)]
    for example in examples:
        english, chinese = example.split("\n")
        turns += [Turn("user", english), Turn("assistant", Translation(chinese=chinese).model_dump_json())]
    return tuple(turns)


def _with_chinese_places(asked: Question) -> str:
    """The question with its places by their Chinese names, which a model cannot know from their sound."""
    if asked.previous is not None:
        return asked.query
    text = asked.text
    for place in sorted(asked.places, key=lambda each: -each.start):
        text = f"{text[: place.start]}{place.name}{text[place.end :]}"
    return text
