"""Questions from a file, one JSON object a line, answered one by one."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rag.answering.answers import Answer
from rag.answering.rendering import answer_json, error_json
from rag.errors import InputError, ZhenbaoError
from rag.library.results import Scope
from rag.models.conversation import Turn
from rag.service import first_fault
from rag.types import JsonObject

Ask = Callable[[str, tuple[Turn, ...], Scope], Answer]


class BatchLine(BaseModel):
    """One question. Further fields are left alone, so that a set of questions can carry notes of its own."""

    model_config = ConfigDict(extra="ignore")

    id: str | int | None = None
    """comes back with the answer; without it the line's number does"""
    question: str = Field(min_length=1)
    history: tuple[Turn, ...] = ()
    town: str | tuple[str, ...] | None = None
    county: str | None = None
    year: int | tuple[int, ...] | None = None

    @property
    def scope(self) -> Scope:
        towns = (self.town,) if isinstance(self.town, str) else self.town or ()
        years = (self.year,) if isinstance(self.year, int) else self.year or ()
        return Scope(towns=towns, county=self.county, years=years)


@dataclass(frozen=True, slots=True)
class BatchAnswer:
    """What one line came to."""

    row: JsonObject
    is_failed: bool


def answer_lines(lines: Iterable[str], ask: Ask) -> Iterator[BatchAnswer]:
    """One answer a line, in order; a line that cannot be worked on gets the outcome `error`. Blank lines are skipped.

    Example: the lines '{"id": "a", "question": "…"}', 'nonsense' give rows with the ids "a" and 2.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _answer_line(number, line, ask)


def _answer_line(number: int, line: str, ask: Ask) -> BatchAnswer:
    name: object = number
    question = ""
    try:
        raw = json.loads(line)
        if isinstance(raw, dict):
            name = raw["id"] if raw.get("id") is not None else number
            question = str(raw.get("question") or "")
        item = BatchLine.model_validate(raw)
        if not item.question.strip():
            raise InputError("empty_question")
        answer = ask(item.question, item.history, item.scope)
    except ValidationError as error:
        return _failed(name, InputError("line_not_a_question", line=number, fault=first_fault(error)), question)
    except (json.JSONDecodeError, RecursionError):
        return _failed(name, InputError("line_not_json", line=number), question)
    except ZhenbaoError as error:
        return _failed(name, error, question)
    return BatchAnswer({"id": name, **answer_json(answer)}, is_failed=answer.reason == "model_unavailable")


def _failed(name: object, error: ZhenbaoError, question: str) -> BatchAnswer:
    return BatchAnswer({"id": name, **error_json(error, question)}, is_failed=True)
