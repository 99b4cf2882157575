"""What programs can ask of Zhenbao, in the JSON shapes of the command line: the page's API and the MCP tools."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from rag.answering.rendering import answer_json, error_json
from rag.batch import read_history
from rag.errors import ZhenbaoError
from rag.library.resolve import reports_of_town, without_samples
from rag.parsing.figures.indicators import figure_rows
from rag.service import Service
from rag.start import held_reports
from rag.types import JsonObject, Scope


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

    def compare(self, subject: str) -> JsonObject:
        """One subject across all towns and years, units converted, results before plans. Raises ZhenbaoError."""
        return asdict(self._service.compare(subject).comparison)

    def figures(self, *, town: str = "", county: str = "", year: int = 0, topic: str = "") -> list[JsonObject]:
        """Every quantitative statement of the chosen reports with its quotation. Raises ZhenbaoError."""
        library = self._service.workspace.library
        held = held_reports(self._service.workspace)
        chosen = reports_of_town(held, town, county=county or None) if town else without_samples(held)
        rows = [row for report in chosen for row in figure_rows(report, library.sources(report.id)[0])]
        return [asdict(row) for row in rows if year in (0, row.year) and topic in row.topic]
