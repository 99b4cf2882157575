"""The quantitative statements of a report: every figure with what it counts, in which unit, for when, and as what.

Pure code reads them off the text; no model has a part in it.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rag.summary import Topic
from rag.types import Span

Status = Literal["result", "plan", "target"]
"""What was reached, what is intended, and what somebody else set as the mark."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure of one report. Offsets count in the report's clean text.

    Example: 创收300余万元 has value "300", approx "余", unit "万元", value_base 3000000, unit_base "元".
    """

    report_id: str
    town: str | None
    year: int | None  # of the statement: the plan year in plan sections
    topic: Topic
    section: str
    subject: str  # in the report's words, simplified
    value: str  # in Arabic digits, before 万 and 亿; "2-3" where the report gives a range
    approx: str | None  # the word that says it: 余, 多, 近, 以上, 约 …
    unit: str  # "" where none stands by it
    value_base: Decimal | None  # with 万 and 亿 multiplied out; None for a range
    unit_base: str
    period: str | None  # 2020年, 全年, 目前, 截至12月底 … as the report says it, else the year of the statement
    status: Status
    quote: Span  # the clauses that hold subject and figure
    figure: Span  # the figure itself, inside the quotation
