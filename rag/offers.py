"""What programs can ask of Zhenbao, in the JSON shapes of the command line: the page's API and the MCP tools."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from rag.batch import read_history
from rag.errors import ZhenbaoError
from rag.rendering import JsonObject, answer_json, error_json
from rag.service import Service
from rag.types import Scope


class Offers:
    """One method per tool; empty strings and 0 restrict nothing."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def ask(
        self,
        question: str,
        *,
        town: str = "",
        county: str = "",
        year: int = 0,
        history: Sequence[dict[str, Any]] = (),
    ) -> Iterator[JsonObject]:
        """An answer as it grows; the last is final. What goes wrong is an answer of outcome `error`."""
        scope = Scope((town,) if town else (), county or None, (year,) if year else ())
        try:
            turns = read_history(json.dumps(list(history)))
            for answer in self._service.stream(question, history=turns, scope=scope):
                yield answer_json(answer)
        except ZhenbaoError as error:
            yield error_json(str(error), question)

    def summarize(self, town: str, *, county: str = "", year: int = 0) -> JsonObject:
        """A summary. Raises ZhenbaoError."""
        return self._service.summarize(town, county=county or None, year=year or None).model_dump(mode="json")
