"""What the page offers to programs over Gradio's API, under names that stay: /ask, /summarize, /compare, /figures."""

from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar

import gradio as gr
from gradio.events import api

from rag.errors import ZhenbaoError
from rag.errors.messages import both
from rag.service import Offers, Service
from rag.types import JsonObject
from ui.watching import watch

T = TypeVar("T")


def offer_to_programs(service: Service) -> None:
    """Adds the endpoints to the page under construction; each gives JSON as the command line does."""
    offers = Offers(service)

    async def ask(
        question: str, town: str = "", county: str = "", year: int = 0, history: list[dict[str, Any]] | None = None
    ) -> AsyncIterator[dict[str, Any]]:
        """One answer; the first of its states holds the evidence, the last is final."""

        def work(tell: Callable[[JsonObject], None]) -> None:
            for state in offers.ask(question, town=town, county=county, year=year, history=history or []):
                tell(state)

        async for state in watch(work):
            yield state

    def summarize(town: str, county: str = "", year: int = 0) -> dict[str, Any]:
        """A summary after the schema of `zhenbao summarize --format json`."""
        return _told(lambda: offers.summarize(town, county=county, year=year))

    def compare(
        subject: str, county: str = "", year: int = 0, status: str = "", limit: int = 0, offset: int = 0
    ) -> dict[str, Any]:
        """One subject across towns and years, as `zhenbao compare --json`."""
        return _told(
            lambda: offers.compare(subject, county=county, year=year, status=status, limit=limit, offset=offset)
        )

    def figures(
        town: str = "", county: str = "", year: int = 0, topic: str = "", limit: int = 0, offset: int = 0
    ) -> list[dict[str, Any]]:
        """Every quantitative statement, as `zhenbao figures --json`."""
        return _told(
            lambda: offers.figures(town=town, county=county, year=year, topic=topic, limit=limit, offset=offset)
        )

    api(ask, api_name="ask")
    api(summarize, api_name="summarize")
    api(compare, api_name="compare")
    api(figures, api_name="figures")


def _told(make: Callable[[], T]) -> T:
    """What was made, or the reason why not: a program gets a message, never a stack trace."""
    try:
        return make()
    except ZhenbaoError as error:
        raise gr.Error(both(error), print_exception=False) from error
