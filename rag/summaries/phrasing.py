"""Telling strands as points: in the model's words where they are verified and say as much, else in the report's."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import BaseModel, ConfigDict

from rag.errors import BadReply
from rag.models.conversation import ChatModel, ChatRequest, Turn
from rag.models.prompts import load_prompt
from rag.parsing.figures.indicators import Indicator
from rag.parsing.heads.clause import Lent
from rag.parsing.heads.lending import HeadsBySentence
from rag.parsing.report import Report, ReportSource
from rag.summaries.schema import Point
from rag.summaries.selection import JOINT, Strand
from rag.summaries.statements import BEHIND_HEAD, Statement
from rag.text.english_figures import with_english_figures
from rag.text.figures import read_figures
from rag.types import SummaryLanguage
from rag.verification.citations import as_evidence, cite, context_for
from rag.verification.claims import Citation, Evidence
from rag.verification.towns import GivenTowns
from rag.verification.verdicts import Asked
from rag.verification.verify import verify

POINT_TOKENS = 160  # allowed for one point
WORDY = 30  # characters of a point that may be worth shortening
ENDING = 3  # characters that a shortened point ends with as the report's does
CHARACTERS_PER_FIGURE = 14  # a point with more figures than that has little to leave out


class Wording(BaseModel):
    """What the model says for one strand."""

    model_config = ConfigDict(extra="forbid")

    text: str
    """One sentence."""


@dataclass(frozen=True, slots=True)
class Told:
    """A strand as a point; None where not even the report's words are verified."""

    strand: Strand
    point: Point | None
    is_dropped: bool = False  # whether something the model or the report said was
    is_in_chinese: bool = True


@dataclass(frozen=True, slots=True)
class Telling:
    """What every strand of a report is told with."""

    report: Report
    source: ReportSource
    model: ChatModel | None
    language: SummaryLanguage = "zh"
    figures: Sequence[Indicator] = ()  # of the report
    heads: HeadsBySentence | None = None  # what its clauses are lent, where that has been read already


def tell(strand: Strand, telling: Telling) -> Told:
    """A strand as a verified point. Raises ModelUnavailable and ModelMissing."""
    draft = _draft(strand, telling)
    if draft is None or draft == strand.text:
        return _in_own_words(strand, telling, is_dropped=False)
    point = verified(draft, strand.statements, telling) if _says_as_much(draft, strand, telling.language) else None
    if point is None:
        return _in_own_words(strand, telling, is_dropped=True)
    return Told(strand, _headed(point, strand.statements[0], telling), is_in_chinese=telling.language == "zh")


def verified(text: str, statements: Sequence[Statement], telling: Telling) -> Point | None:
    """A point with this text if its statements carry it, else None."""
    report = telling.report
    evidence = [as_evidence(number, report, statement.sentence) for number, statement in enumerate(statements, 1)]
    town = report.metadata.town
    asked = Asked(text="", asks_plan=True, held_towns=GivenTowns(*filter(None, [town])))
    verdict = verify(text, [item.number for item in evidence], evidence, asked)
    if not verdict.supported:
        return None
    citations = _citations(verdict.text, evidence, telling)
    quoted = {figure.value for citation in citations for figure in read_figures(citation.quote)}
    if any(figure.value not in quoted for figure in read_figures(verdict.text)):
        return None
    return Point(text=verdict.text, citations=citations)


def _draft(strand: Strand, telling: Telling) -> str | None:
    """The model's sentence; None where there is nothing for it to do, or it cannot keep to the form."""
    if telling.model is None or (telling.language == "zh" and not _is_wordy(strand)):
        return None
    asked = _asked_in_english(strand) if telling.language == "en" else strand.text
    instruction, *examples = load_prompt("summary", telling.language).render().split("\n\n")
    turns = [Turn("system", instruction)]
    for example in examples:
        said, answered = example.split("\n", 1)
        turns += [Turn("user", said), Turn("assistant", answered)]
    try:
        request = ChatRequest((*turns, Turn("user", asked)), Wording, max_tokens=POINT_TOKENS)
        return telling.model.complete(request).value.text.strip()
    except BadReply:
        return None


def _asked_in_english(strand: Strand) -> str:
    """A strand to be translated: a plan is marked, and its figures are in English already."""
    return f"{'（计划）' if strand.kind == 'plan' else ''}{with_english_figures(strand.text)}"


def _is_wordy(strand: Strand) -> bool:
    """Whether a point may have words to leave out; most are the report's bare facts already."""
    figures = len(read_figures(strand.text))
    return len(strand.text) >= WORDY and len(strand.text) >= CHARACTERS_PER_FIGURE * figures


def _says_as_much(draft: str, strand: Strand, language: SummaryLanguage) -> bool:
    """Whether a draft keeps every figure; in Chinese it is to be shorter, too, and not for its end being cut off."""
    said = {figure.value for figure in read_figures(draft)}
    keeps = all(figure.value in said for figure in read_figures(strand.text) if figure.kind != "year")
    is_whole = draft.endswith(strand.text[-ENDING:])
    return keeps and (language == "en" or (is_whole and len(draft) < len(strand.text)))


def _in_own_words(strand: Strand, telling: Telling, *, is_dropped: bool) -> Told:
    """The strand in the report's words, those statements of it that are verified each by itself."""
    alone = [(statement, verified(statement.text, [statement], telling)) for statement in strand.statements]
    held = [(statement, point) for statement, point in alone if point]
    if not held:
        return Told(strand, None, is_dropped)
    kept = Strand(tuple(statement for statement, _ in held))
    citations = {(c.start, c.end): c for _, point in held for c in point.citations}
    point = Point(text=JOINT.join(point.text for _, point in held), citations=list(citations.values()))
    return Told(kept, _headed(point, kept.statements[0], telling), is_dropped or len(held) < len(alone))


def _headed(point: Point, first: Statement, telling: Telling) -> Point:
    """A Chinese point behind what an earlier clause or its item lends it, which is quoted, too."""
    if not first.head or telling.language == "en":
        return point
    lent = lent_citations(first, first.lent, telling)
    return Point(text=f"{first.head}{BEHIND_HEAD}{point.text}", citations=[*point.citations, *lent])


def lent_citations(statement: Statement, lent: Sequence[Lent], telling: Telling) -> list[Citation]:
    """The quotations of what earlier places lend a statement."""
    places = [replace(statement.sentence, start=each.start, end=each.end) for each in lent]
    return [cite(as_evidence(0, telling.report, place), telling.source, "lent") for place in places]


def _citations(text: str, evidence: Sequence[Evidence], telling: Telling) -> list[Citation]:
    """The statements, and the title where it gives the town or the year."""
    context = context_for(text, evidence, {telling.report.id: telling.report})
    return [
        *(cite(item, telling.source) for item in evidence),
        *(cite(as_evidence(0, of, line), telling.source, "context") for of, line in context),
    ]
