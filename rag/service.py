"""What the page, its programming interface and MCP clients ask of a workspace, one turn of the model at a time."""

import json
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from rag.answering.answers import Answer
from rag.answering.rendering import answer_json, error_json
from rag.errors import InputError, ZhenbaoError
from rag.errors.messages import both
from rag.library.resolve import reports_of_town
from rag.library.results import Scope
from rag.models.conversation import Turn
from rag.parsing.figures.topics import TOPICS
from rag.types import JsonObject

if TYPE_CHECKING:
    from rag.summaries.schema import Summary
    from rag.tables.compare import Compared
    from rag.tables.comparison import Wanted
    from rag.types import Length, SummaryLanguage
    from rag.workspace import Workspace

EVERYWHERE = Scope()
MOST_ROWS = 200  # of a comparison, for a program that does not say how many
MOST_FIGURES = 20_000  # in one reply
_TURNS = TypeAdapter(tuple[Turn, ...])


class Service:
    """A workspace that several people use at once.

    The embedded model answers one after the other, so that nobody's time limit runs while another is served;
    another endpoint is asked side by side. All methods raise ZhenbaoError.
    """

    def __init__(self, workspace: "Workspace") -> None:
        self.workspace = workspace
        self._model = threading.Lock()

    @property
    def turn(self) -> AbstractContextManager[object]:
        """Held while the model works."""
        return self._model if self.workspace.settings.endpoint == "local" else nullcontext()

    def stream(
        self, question: str, *, history: Sequence[Turn] = (), scope: Scope = EVERYWHERE
    ) -> Generator[Answer, None, None]:
        """First the evidence, for which nobody waits, then the answer as it grows; the last is final.

        Closing it stops the model. Raises InputError where nothing is asked.
        """
        if not question.strip():
            raise InputError("empty_question")
        self.workspace.library.require_reports()
        steps = self.workspace.answerer.stream(question, history=history, scope=scope)
        first = next(steps)
        yield first
        if first.outcome == "evidence_only":  # anything else is final
            with self.turn:
                yield from steps

    def summarize(
        self, town: str, *, county: str | None = None, year: int | None = None, length: "Length" = "full"
    ) -> "Summary":
        """The summary of a town's newest report, or of that year's."""
        self.workspace.library.require_reports()
        report = reports_of_town(self.workspace.places, town, county=county, year=year)[0]
        return self.summarize_report(report.id, length=length)

    def summarize_report(
        self,
        report_id: str,
        *,
        length: "Length" = "full",
        language: "SummaryLanguage" = "zh",
        on_progress: Callable[[int, int], None] | None = None,
    ) -> "Summary":
        """The summary of one report."""
        with self.turn:
            return self.workspace.summarizer.summarize(
                report_id, length=length, language=language, on_progress=on_progress
            )

    def compare(self, subject: str, wanted: "Wanted | None" = None) -> "Compared":
        """One subject across all towns and years, or what is wanted of it."""
        from rag.tables.compare import EVERYTHING

        return self.workspace.comparer.compare(subject, wanted or EVERYTHING)


def read_history(text: str) -> tuple[Turn, ...]:
    """An earlier conversation: a JSON list of {role, content}.

    Raises InputError where it is something else.
    """
    try:
        return _TURNS.validate_json(text)
    except ValidationError as error:
        raise InputError("history_not_turns", fault=first_fault(error)) from error


def first_fault(error: ValidationError) -> str:
    """The first thing wrong: the field and what is expected there, in pydantic's words.

    Example: "question: Field required"
    """
    fault = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(str(part) for part in fault["loc"]) or "JSON"
    return f"{field}: {fault['msg']}"


def comparison_json(found: "Compared") -> JsonObject:
    """A comparison for programs, with what the person should know about it."""
    return {**asdict(found.comparison), "notices": [both(notice) for notice in found.notices]}


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
            yield error_json(error, question)

    def summarize(self, town: str, *, county: str = "", year: int = 0) -> JsonObject:
        """A summary. Raises ZhenbaoError."""
        return self._service.summarize(town, county=county or None, year=year or None).model_dump(mode="json")

    def compare(
        self,
        subject: str,
        *,
        county: str = "",
        year: int = 0,
        status: str = "",
        limit: int = 0,
        offset: int = 0,
    ) -> JsonObject:
        """One subject across towns and years, units converted, results before plans. Raises ZhenbaoError.

        Gives at most `limit` rows (0: 200) and as many reports without a result, beside how many there are of each.
        """
        from rag.tables.comparison import Wanted, status_named

        limit = limit or MOST_ROWS
        wanted = Wanted(county or None, year or None, status_named(status), limit=limit, offset=offset, gaps=limit)
        return comparison_json(self._service.compare(subject, wanted))

    def figures(
        self, *, town: str = "", county: str = "", year: int = 0, topic: str = "", limit: int = 0, offset: int = 0
    ) -> list[JsonObject]:
        """Every quantitative statement of the chosen reports with its quotation, or `limit` of them from `offset` on.

        Raises ZhenbaoError, also where there are more than can be given at once.
        """
        from rag.library.figure_store import FigureChoice, count_figures, figures
        from rag.tables.chosen_reports import chosen_reports

        workspace = self._service.workspace
        library = workspace.library
        topics = tuple(each for each in TOPICS if topic in each) if topic else None
        choice = FigureChoice(
            chosen_reports(workspace.places, [town] if town else [], county or None), (year,) if year else (), topics
        )
        if not 0 < limit <= MOST_FIGURES and (count := count_figures(library, choice) - offset) > MOST_FIGURES:
            raise InputError("too_many_figures", count=count, most=MOST_FIGURES)
        return [asdict(row) for row in figures(library, choice, limit=limit or None, offset=offset)]
