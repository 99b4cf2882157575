"""The schema of a town summary: a contract with whoever reads `zhenbao summarize --format json`."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Topic = Literal[
    "党建与作风", "经济与财政", "农业农村", "工业与项目", "基础设施", "民生保障",
    "脱贫与乡村振兴", "生态环境", "安全与稳定", "文化教育卫生", "其他",
]  # fmt: skip


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Quotation(_Part):
    """A citation shaped as in an answer: the file's text[start:end] == quote."""

    report: str
    """Report id."""
    file: str
    """Source file whose decoded text the offsets count in."""
    page: int | None
    """Page from 1, null for files without pages."""
    town: str | None
    """Town of the report."""
    year: int | None
    """Year of the statement."""
    report_year: int | None
    """Year of the report."""
    section: str
    """Heading path."""
    role: Literal["evidence", "context"]
    """What carries the point, or what only gives its town or year."""
    quote: str
    """Verbatim."""
    start: int
    """First character."""
    end: int
    """One past the last character."""


class Point(_Part):
    """One verified statement."""

    text: str
    """In the report's words; its figures stand in the quotations."""
    citations: list[Quotation]
    """At least one."""


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
    """Town, 镇, 乡 or 街道."""
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
    """Two or three points that stand for the whole."""
    topics: list[TopicPoints]
    """Results by topic, topics without points left out."""
    key_figures: list[Point]
    """The points with the weightiest figures."""
    problems: list[Point]
    """Problems the report admits."""
    plans: list[Point]
    """Next year's plan with its targets."""
    warnings: list[FileWarning]
    """What is wrong with the file."""
    dropped: int
    """Points the model wrote that verification did not let through."""
    model: str | None
    """Chat model; null where the points are the report's own sentences."""
