"""What an eval set holds: golden questions, summaries and indicators, as the files spell them.

Every row of a set is checked against these models; an unknown field is an error, so that a misspelt `must_not`
does not silently check nothing.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Kind = Literal[
    "number", "multi_number", "entity", "list", "yesno", "plan", "temporal_trap", "comparison", "aggregate",
    "unanswerable", "wrong_premise", "conflict", "paraphrase", "traditional", "english", "followup",
]  # fmt: skip

Half = Literal["tune", "check"]
"""The halves of a set: one to make rules with, one of which nobody sees more than figures."""

JUDGED_KINDS: frozenset[Kind] = frozenset(
    {"yesno", "temporal_trap", "wrong_premise", "conflict", "comparison", "aggregate"}
)
"""Kinds whose right answers hold words of judgement that need not stand in the evidence."""


def _listed(value: object) -> object:
    """A single string stands for a list of one alternative."""
    return [value] if isinstance(value, str) else value


Alternatives = Annotated[tuple[str, ...], BeforeValidator(_listed), Field(min_length=1)]


class Row(BaseModel):
    """Common ground of every row: frozen, no unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Passage(Row):
    """A stretch of a report, as a verbatim quotation or as offsets into the decoded text."""

    doc: str
    quote: str = ""
    start: int | None = None
    end: int | None = None


class Fact(Row):
    """A figure that belongs to one subject."""

    anchor: tuple[str, ...] = ()
    """Words that name the subject; any of them may stand in the answer."""
    value: str
    unit: str = ""
    optional: bool = False
    """Need not be said, but must not be wrong."""


class Derived(Row):
    """A sum or difference that does not stand in the text."""

    value: str
    expr: str = ""


class Message(Row):
    """One message of the conversation before the question."""

    role: Literal["user", "assistant"]
    content: str


class GoldenItem(Row):
    """One question with what a right answer must and must not say."""

    id: str = Field(min_length=1)
    doc: str
    """File name of the report, or `multi`."""
    kind: Kind
    question: str = Field(min_length=1)
    answer: str
    must: tuple[Alternatives, ...] = ()
    must_not: tuple[str, ...] = ()
    evidence: tuple[Passage, ...] = ()
    town: str | None = None
    year: int | None = None
    docs: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    history: tuple[Message, ...] = ()
    refuse: bool = False
    accept_refusal: bool = False
    false_premise: str | None = None
    polarity: Literal["yes", "no"] | None = None
    derived: tuple[Derived, ...] = ()
    expect_towns: tuple[str, ...] = ()
    optional_towns: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    winner: tuple[str, ...] = ()

    @property
    def documents(self) -> tuple[str, ...]:
        """Every report the question is about."""
        return self.docs or (self.doc,)


class KeyPoint(Row):
    """Something a good summary says; rank 1 is the most important."""

    topic: str
    point: str
    figures: tuple[str, ...] = ()
    quote: str
    more_quotes: tuple[str, ...] = ()
    rank: int = 0


class Problem(Row):
    """A problem the report admits."""

    point: str
    quote: str
    explicit: bool = True


class Plan(Row):
    """Something the report intends."""

    point: str
    quote: str
    figures: tuple[str, ...] = ()


class FileFlaw(Row):
    """Something wrong with the file itself."""

    type: str
    description: str = ""
    substring: str = ""
    count: int | None = None
    also: str | None = None
    """Another place that contradicts this one."""


class GoldenSummary(Row):
    """What a one-page summary of one report holds."""

    doc: str
    town: str
    county: str | None = None
    county_stated: bool = True
    county_quote: str | None = None
    province_or_city: str | None = None
    province_or_city_quote: str | None = None
    report_year: int | None = None
    plan_year: int | None = None
    issuer: str | None = None
    publish_date: str | None = None
    signed_date: str | None = None
    addressee: str | None = None
    key_points: tuple[KeyPoint, ...] = ()
    problems: tuple[Problem, ...] = ()
    plans: tuple[Plan, ...] = ()
    data_quality: tuple[FileFlaw, ...] = ()


class GoldenIndicator(Row):
    """One quantitative statement of a report."""

    id: str
    doc: str
    town: str | None = None
    year: int | None = None
    topic: str = ""
    subject: str
    value: str
    approx: bool = False
    unit: str = ""
    value_base: float | None = None
    unit_base: str = ""
    period_or_asof: str | None = None
    status: Literal["result", "plan", "target"] = "result"
    quote: str
    note: str | None = None


class Split(Row):
    """The ids of a set's questions by half; `seed` says how they were drawn."""

    seed: int | None = None
    tune: tuple[str, ...]
    check: tuple[str, ...]

    def of(self, half: Half) -> frozenset[str]:
        """The ids of one half."""
        return frozenset(self.tune if half == "tune" else self.check)
