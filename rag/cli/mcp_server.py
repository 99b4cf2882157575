"""Zhenbao as tools of the Model Context Protocol, so that other programs' models can ask it."""

from collections.abc import Callable
from typing import Any, TypeVar

from mcp.server.fastmcp import FastMCP
from mcp.server.fastmcp.exceptions import ToolError

from rag.errors import ZhenbaoError
from rag.errors.messages import both
from rag.service import Offers, Service

T = TypeVar("T")
_INSTRUCTIONS = (
    "Answers, summaries and figures from Chinese township annual work reports (乡镇年度工作总结). "
    "Only claims with supported=true are carried by the quoted source: support is 'quoted' (the report's own clauses) "
    "or 'checked' (proved to say the same); 'paraphrase' is a model's wording, to be read with its quotations. Outcome "
    "'refused' means the reports do not say; `nearest` is then what comes nearest, and no answer; 'redirected' "
    "is no answer of the reports at all. Questions may be in Chinese or English; town names are Chinese."
)


def make_server(service: Service) -> FastMCP:
    """A server with the tools, not yet running."""
    offers = Offers(service)
    server = FastMCP("zhenbao", instructions=_INSTRUCTIONS)

    @server.tool()
    def ask(question: str, town: str = "", county: str = "", year: int = 0) -> dict[str, Any]:
        """One answer to a question about the reports, each claim with verbatim quotations and their offsets."""
        *_, answer = offers.ask(question, town=town, county=county, year=year)
        return answer

    @server.tool()
    def summarize(town: str, county: str = "", year: int = 0) -> dict[str, Any]:
        """A summary of a town's newest report, or of that year's, every point with verbatim quotations."""
        return _told(lambda: offers.summarize(town, county=county, year=year))

    @server.tool()
    def compare(
        subject: str, county: str = "", year: int = 0, status: str = "", limit: int = 0, offset: int = 0
    ) -> dict[str, Any]:
        """One subject, such as 粮食总产量, across towns and years, each figure with its quotation.

        `status` is result, plan or target; empty strings and 0 restrict nothing.
        """
        return _told(
            lambda: offers.compare(subject, county=county, year=year, status=status, limit=limit, offset=offset)
        )

    @server.tool()
    def figures(
        town: str = "", county: str = "", year: int = 0, topic: str = "", limit: int = 0, offset: int = 0
    ) -> list[dict[str, Any]]:
        """Every quantitative statement of the reports, each with its quotation; narrow it by town, year or topic."""
        return _told(
            lambda: offers.figures(town=town, county=county, year=year, topic=topic, limit=limit, offset=offset)
        )

    return server


def _told(make: Callable[[], T]) -> T:
    """What was made, or the reason why not."""
    try:
        return make()
    except ZhenbaoError as error:
        raise ToolError(both(error)) from error
