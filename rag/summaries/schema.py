"""The schema of a town summary: a contract with whoever reads `zhenbao summarize --format json`."""

from pydantic import BaseModel, ConfigDict

from rag.parsing.figures.topics import Topic
from rag.parsing.report import TIDIED
from rag.text.place_names import Level
from rag.types import Length, SummaryLanguage
from rag.verification.claims import Citation


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Point(_Part):
    """One verified statement."""

    text: str
    """In the report's words; its figures stand in the quotations."""
    citations: list[Citation]
    """At least one."""


class KeyFigure(Point):
    """A figure worth a row in a table."""

    subject: str
    """What is counted, in the report's words."""
    value: str
    """In Arabic digits, before 万 and 亿."""
    unit: str
    """With 万 or 亿; empty where none is written."""
    approx: str | None
    """The word that says it: 余, 多, 近, 以上, 约 …"""

    @property
    def written(self) -> str:
        """The figure as the report writes it, such as 约300余万元."""
        return self.text.removeprefix(self.subject)


class TopicPoints(_Part):
    """Results under one topic."""

    topic: Topic
    """One of the fixed list."""
    points: list[Point]
    """In the report's order."""


class FileWarning(_Part):
    """Something wrong with the file itself."""

    kind: str
    """Type, such as year_conflict."""
    detail: str
    """For a person."""
    quote: str
    """Verbatim."""
    start: int
    """First character in the source file."""
    end: int
    """One past the last character."""


class Summary(_Part):
    """What a report says, every point checked against its quotations."""

    town: str | None
    """The place that reports, such as a town (镇, 乡, 街道) or a county."""
    level: Level | None = None
    """What kind of place it is."""
    county: str | None
    """County where the report states it."""
    report_year: int | None
    """Year reported on."""
    plan_year: int | None
    """Year planned for."""
    issuer: str | None
    """Who signed."""
    publish_date: str | None
    """ISO 8601."""
    overview: list[Point]
    """Two or three sentences that stand for the whole: what was done, what is wrong, what is planned."""
    topics: list[TopicPoints]
    """Results by topic, topics without points left out."""
    key_figures: list[KeyFigure]
    """The weightiest figures, of results only."""
    problems: list[Point]
    """Problems the report admits."""
    plans: list[Point]
    """Next year's plan with its targets."""
    warnings: list[FileWarning]
    """What is wrong with the file."""
    dropped: int
    """Points that verification did not let through."""
    model: str | None
    """Chat model; null where the points are the report's own sentences."""
    length: Length = "full"
    """How much was asked for."""
    language: SummaryLanguage = "zh"
    """Of the points; quotations are the report's own."""
    left_in_chinese: int = 0
    """Points of an English summary whose English could not be verified, told in the report's words."""

    @property
    def faults(self) -> list[FileWarning]:
        """The warnings that someone should look at; the others tell what cleaning tidied."""
        return [warning for warning in self.warnings if warning.kind not in TIDIED]
