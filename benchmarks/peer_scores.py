"""One system's answer to one question, scored; what is written down holds no golden text."""

import re
from collections.abc import Mapping, Sequence
from statistics import median

from pydantic import BaseModel, ConfigDict

from benchmarks.contestants import Told
from eval.items import GoldenItem, Kind
from eval.scoring.cases import PASSED, Case, Status, score_case
from eval.scoring.correctness import shortcomings
from eval.scoring.grounding import contradictions
from eval.scoring.numbers import figures_in
from eval.scoring.replies import GivenClaim
from eval.scoring.shortcoming import FORBIDDEN, UNWANTED_TOWN
from eval.scoring.wording import clauses

_MARK = re.compile(r"\s*\[\d+(?:\s*[,，、]\s*\d+)*\]")
_DECLINES = re.compile(
    r"不知道|不清楚|无法|无从|抱歉|没有(?:提到|提及|提供|说明|相关|找到|包含|明确)|未(?:提到|提及|提供|说明|找到|明确)"
    r"|\b(?:do not|don't) (?:know|have|mention|provide|contain)"
    r"|\bnot (?:mention|provid|specif|contain|stat|includ|help)"
    r"|\bno (?:information|mention|data|specific)|\bcannot\b|\bcan't\b|\bunable\b|^empty response$",
    re.IGNORECASE,
)
_FORM = ("语言不符", "字体不符", "过长")  # flaws of an answer whose content may be right


class Row(BaseModel):
    """A system's answer to a question; a row of the results file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    kind: Kind
    system: str
    status: Status
    flaws: tuple[str, ...]
    """What kinds of flaw, without the words they were found in."""
    unfounded: int
    """Figures that stand neither in what the model was shown, nor in the question, nor in the reference answer."""
    contradictory: bool
    """Whether it says a figure, a winner or a town that the golden answer rules out."""
    prompt: int
    completion: int
    seconds: float

    @property
    def right(self) -> bool:
        return self.status in PASSED

    @property
    def right_but_for_form(self) -> bool:
        """Right, or wrong only for its language, script or length."""
        return self.right or (self.status == "wrong" and all(flaw.startswith(_FORM) for flaw in self.flaws))


def score(
    item: GoldenItem, told: Told, texts: Mapping[str, str], towns: Sequence[str], *, says_refusals: bool
) -> tuple[Case, str]:
    """The case of an answer without its citation marks, and that answer.

    A system that tells refusals by their wording only gets the better of both readings.
    """
    bare = told.answer.model_copy(update={"answer": _MARK.sub("", told.answer.answer).strip()})
    case = score_case(item, bare, texts, towns)
    if not case.passed and not says_refusals and declines(bare.answer):
        refusal = bare.model_copy(update={"outcome": "refused"})
        declined = score_case(item, refusal, texts, towns)
        if declined.passed or not figures_in(clauses(bare.answer)):
            return declined, bare.answer
    return case, bare.answer


def make_row(
    item: GoldenItem,
    told: Told,
    seconds: float,
    texts: Mapping[str, str],
    towns: Sequence[str],
    *,
    system: str,
    says_refusals: bool,
) -> Row:
    """An answer scored by the evaluation's strict rule."""
    case, answer = score(item, told, texts, towns, says_refusals=says_refusals)
    given = case.outcome == "answered"
    return Row(
        id=item.id,
        kind=item.kind,
        system=system,
        status=case.status,
        flaws=tuple(dict.fromkeys(reason.split(":")[0] for reason in case.reasons)),
        unfounded=len(unfounded(item, answer, told.shown)) if given else 0,
        contradictory=given and not case.passed and contradicts(item, answer, towns),
        prompt=told.answer.tokens.prompt,
        completion=told.answer.tokens.completion,
        seconds=round(seconds, 2),
    )


def declines(answer: str) -> bool:
    """Whether an answer is worded as a refusal."""
    return bool(_DECLINES.search(answer))


def unfounded(item: GoldenItem, answer: str, shown: str) -> tuple[str, ...]:
    """Figures of an answer, in Arabic digits, whose value stands nowhere it could have been read off.

    Example: shown "油茶1200亩", answer "油茶1500亩" -> ("1500亩",)
    """
    history = "\n".join(message.content for message in item.history)
    known = clauses("\n".join([shown, item.question, history, item.answer, *map(str, (item.year, *item.years))]))
    values = {figure.value for figure in figures_in(known)}
    text = clauses(answer)
    loose = [f for f in figures_in(text) if f.arabic and f.unit not in ("位次", "日期") and f.value not in values]
    return tuple(dict.fromkeys(text[figure.start : figure.end] for figure in loose))


def contradicts(item: GoldenItem, answer: str, towns: Sequence[str]) -> bool:
    """Whether a wrong answer says what the golden one rules out; to what should be refused any figure does."""
    if not item.refuse:
        return bool(contradictions(item, GivenClaim(text=answer, supported=True), towns) or misplaced(item, answer))
    asked = clauses("\n".join([item.question, *(message.content for message in item.history)]))
    values = {figure.value for figure in figures_in(asked)} | {item.year, *item.years}
    return any(figure.arabic and figure.value not in values for figure in figures_in(clauses(answer)))


def misplaced(item: GoldenItem, answer: str) -> bool:
    """Whether a forbidden figure stands in the answer."""
    return any(fault.kind in (FORBIDDEN, UNWANTED_TOWN) for fault in shortcomings(item, answer))


def table(rows: Sequence[Row], systems: Sequence[str]) -> list[str]:
    """A line for each system, as Markdown."""
    head = [
        "| system | right | right but for language or length | answers with unfounded figures "
        "| answers that contradict the golden ones | prompt tokens, median | sum | seconds, median |",
        "|---|---|---|---|---|---|---|---|",
    ]
    return [*head, *(_line(system, [row for row in rows if row.system == system]) for system in systems)]


def _line(system: str, rows: Sequence[Row]) -> str:
    cells = [
        system,
        f"{sum(row.right for row in rows)} of {len(rows)}",
        f"{sum(row.right_but_for_form for row in rows)}",
        f"{sum(row.unfounded > 0 for row in rows)}",
        f"{sum(row.contradictory for row in rows)}",
        f"{median(row.prompt for row in rows):,.0f}",
        f"{sum(row.prompt for row in rows):,}",
        f"{median(row.seconds for row in rows):.1f}",
    ]
    return f"| {' | '.join(cells)} |"
