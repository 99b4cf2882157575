"""What takes part in a comparison: something that answers a golden question, and what its answer cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from eval.items import GoldenItem
from eval.running.runner import System
from eval.scoring.replies import GivenAnswer, GivenTokens
from rag.answering.evidence import evidence_lines
from rag.answering.rendering import answer_json
from rag.models.conversation import Tokens, Turn
from rag.models.endpoint import Endpoint

ANSWER_TOKENS = 256  # the longest reply of a peer, LlamaIndex's own default; a longer one is wrong by the strict rule


@dataclass(frozen=True, slots=True)
class Told:
    """An answer with the text that its model was shown."""

    answer: GivenAnswer
    shown: str


class Contestant(Protocol):
    """A question-answering system over the reports of one set."""

    @property
    def name(self) -> str:
        """As the table shows it."""

    @property
    def says_refusals(self) -> bool:
        """Whether a refusal is told by the answer's outcome; otherwise only its wording tells."""

    def ask(self, item: GoldenItem) -> Told:
        """Answers one question."""


class Zhenbao:
    """The system under test, as the command line asks it."""

    name = "Zhenbao"
    says_refusals = True

    def __init__(self, system: System) -> None:
        self._answerer = system.answerer

    def ask(self, item: GoldenItem) -> Told:
        """See Contestant."""
        turns = tuple(Turn(message.role, message.content) for message in item.history)
        answer = self._answerer.ask(item.question, history=turns)
        quoted = [citation.quote for claim in answer.claims for citation in claim.citations]
        shown = "\n".join([evidence_lines(answer.evidence, simplify=False), *quoted])
        return Told(GivenAnswer.model_validate({**answer_json(answer), "id": item.id}), shown)


class Chat:
    """The chat model as a peer's adapter calls it; counts what an answer costs."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._tokens = Tokens()

    def say(self, turns: Sequence[Turn]) -> str:
        """The model's reply at temperature 0."""
        said = self._endpoint.say(turns, max_tokens=ANSWER_TOKENS, form={})
        self._tokens += said.tokens
        return said.text

    def take_tokens(self) -> GivenTokens:
        """What was said since the last taking cost."""
        tokens, self._tokens = self._tokens, Tokens()
        return GivenTokens(prompt=tokens.prompt, completion=tokens.completion)


def told(item: GoldenItem, text: str, passages: Sequence[str], chat: Chat) -> Told:
    """What a peer said, beside the passages it was shown."""
    answer = GivenAnswer(id=item.id, outcome="answered", answer=text, tokens=chat.take_tokens())
    return Told(answer, "\n".join(passages))


def whole_question(item: GoldenItem) -> str:
    """The question for a system that knows no conversation: earlier messages stand before it."""
    return "\n".join([*(message.content for message in item.history), item.question])
