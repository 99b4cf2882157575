"""Recorded replies of the real model, so that a whole set replays in minutes and without a model.

A reply is found by a hash of who answered (model file and server), the messages, the schema and the sampling. A changed
prompt is another hash: it misses. The file holds one reply a line, sorted by key, so that version control stores only
what changed; of prompts and evidence it holds nothing but the hash.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from rag.errors import BadReply, InputError, ModelUnavailable
from rag.errors.messages import both
from rag.models.conversation import ChatModel, ChatRequest, Choice, ChoiceRequest, Reply, Tokens
from rag.models.json_replies import read_reply

T = TypeVar("T", bound=BaseModel)
_KEY_DIGITS = 24
_SAVED_EVERY = 20  # replies; a recording of hours that is killed loses minutes


class Recorded(BaseModel):
    """One reply, or the shares of a choice; `error` where the model did not keep to the schema."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    raw: str = ""
    prompt: int = 0
    completion: int = 0
    shares: tuple[float, ...] = ()
    error: str | None = None


class _Head(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str
    identity: str


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers: the name that people see, and what tells one model file and server from another."""

    name: str
    identity: str


class Recordings:
    """The replies of one set and one model, read once; new ones are kept until `save`."""

    def __init__(self, path: Path, live: Answering | None = None, *, writes: bool = False) -> None:
        """`live` is the model at hand, None to replay whatever the file was recorded with.

        Replies recorded with another model file or server than the one at hand are left aside, unless the file is to
        be written: `writes` saves new replies every now and then, and raises InputError where they are another's.
        """
        self.path = path
        self._writes = writes
        self._unsaved = 0
        self.missed: list[str] = []
        self.used: set[str] = set()
        self._replies: dict[str, Recorded] = {}
        self.answering = live or Answering("", "")
        if path.is_file():
            self._read(live)

    def _read(self, live: Answering | None) -> None:
        try:
            first, *rest = self.path.read_text(encoding="utf-8").splitlines()
            head = _Head.model_validate_json(first)
            replies = [Recorded.model_validate_json(line) for line in rest]
        except (ValueError, ValidationError) as error:
            reason = str(error).splitlines()[0]  # the rest quotes a reply
            raise InputError("no_recordings_file", path=self.path, reason=reason) from error
        if live is None or live.identity == head.identity:
            self.answering = Answering(head.model, head.identity)
            self._replies = {reply.key: reply for reply in replies}
        elif self._writes:
            raise InputError(
                "recorded_with_another_model",
                path=self.path,
                recorded=f"{head.model} ({head.identity})",
                present=f"{live.name} ({live.identity})",
            )

    def find(self, key: str) -> Recorded | None:
        """The reply of a key, noted as used."""
        self.used.add(key)
        return self._replies.get(key)

    def keep(self, reply: Recorded) -> None:
        """Adds a reply, noted as used, or puts it in place of the one with the same key."""
        self.used.add(reply.key)
        self._replies[reply.key] = reply
        self._unsaved += 1
        if self._writes and self._unsaved >= _SAVED_EVERY:
            self.save(only_used=False)

    def save(self, *, only_used: bool) -> int:
        """Writes the file whole or not at all, and returns how many replies it holds.

        `only_used` drops those no question asked for.
        """
        kept = sorted((r for r in self._replies.values() if not only_used or r.key in self.used), key=lambda r: r.key)
        head = _Head(model=self.answering.name, identity=self.answering.identity)
        lines = [head.model_dump_json(), *(reply.model_dump_json(exclude_defaults=True) for reply in kept)]
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.path.with_name(f"{self.path.name}.new")
        beside.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        beside.replace(self.path)
        self._unsaved = 0
        return len(kept)


class RecordedModel:
    """A chat model that replays; what is not recorded it asks the model behind it, if there is one.

    `looks_up` False asks the model behind it everything and puts the replies in place of the recorded ones.
    """

    def __init__(self, recordings: Recordings, behind: ChatModel | None, *, looks_up: bool = True) -> None:
        self._recordings = recordings
        self._behind = behind
        self._looks_up = looks_up

    @property
    def name(self) -> str:
        return self._recordings.answering.name

    def complete(self, request: ChatRequest[T]) -> Reply[T]:
        """See ChatModel. Raises ModelUnavailable where a reply is neither recorded nor may be asked for."""
        key = key_of(request, self._recordings.answering)
        recorded = self._recordings.find(key) if self._looks_up else None
        if recorded is not None:
            return _replayed(recorded, request.output)
        behind = self._asking(key)
        try:
            reply = behind.complete(request)
        except BadReply as error:
            self._recordings.keep(Recorded(key=key, error=both(error)))
            raise
        tokens = reply.tokens
        self._recordings.keep(Recorded(key=key, raw=reply.raw, prompt=tokens.prompt, completion=tokens.completion))
        return reply

    def choose(self, request: ChoiceRequest) -> Choice:
        """See ChatModel. Raises ModelUnavailable where a choice is neither recorded nor may be asked for."""
        key = key_of(request, self._recordings.answering)
        recorded = self._recordings.find(key) if self._looks_up else None
        if recorded is not None:
            return Choice(recorded.shares, Tokens(recorded.prompt, recorded.completion), 0.0)
        behind = self._asking(key)
        choice = behind.choose(request)
        tokens = choice.tokens
        kept = Recorded(key=key, shares=choice.shares, prompt=tokens.prompt, completion=tokens.completion)
        self._recordings.keep(kept)
        return choice

    def _asking(self, key: str) -> ChatModel:
        """The model to ask for what is not recorded."""
        self._recordings.missed.append(key)
        if self._behind is None:
            raise ModelUnavailable("not_recorded", key=key)
        return self._behind


def _replayed(recorded: Recorded, output: type[T]) -> Reply[T]:
    if recorded.error is not None:
        raise BadReply("recorded_as_bad", reason=recorded.error)
    return Reply(read_reply(recorded.raw, output), Tokens(recorded.prompt, recorded.completion), 0.0, recorded.raw)


def key_of(request: ChatRequest[T] | ChoiceRequest, answering: Answering) -> str:
    """Under what a reply or a choice is recorded."""
    return request.key(answering.identity)[:_KEY_DIGITS]
