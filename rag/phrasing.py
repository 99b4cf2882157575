"""Telling strands as points: in the model's words where they are verified and say as much, else in the report's."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from rag.choosing import JOINT, Strand
from rag.citations import cite, context_for
from rag.drafts import Draft, draft_schema
from rag.errors import BadReply
from rag.evidence import as_evidence, evidence_lines
from rag.figures import read_figures
from rag.folding import fold, fold_characters
from rag.llm import ChatModel
from rag.prompts import load_prompt
from rag.statements import Statement
from rag.summary import Point, Quotation
from rag.types import Report, ReportSource, SummaryLanguage, Turn
from rag.verification import Asked, verify

STRANDS_PER_REQUEST = 8
POINT_TOKENS = 90  # allowed for one point
LEADING_UP = 60  # characters before a strand that the model may take its subject from
LONGER = 12  # characters that the model's words may take more than the report's


@dataclass(frozen=True, slots=True)
class Told:
    """A strand as a point; None where not even the report's words are verified."""

    strand: Strand
    point: Point | None
    is_dropped: bool = False  # whether a draft of the model was
    is_in_chinese: bool = True


@dataclass(frozen=True, slots=True)
class Telling:
    """What every strand of a report is told with."""

    report: Report
    source: ReportSource
    model: ChatModel | None
    language: SummaryLanguage = "zh"


def requests(strands: Sequence[Strand]) -> list[Sequence[Strand]]:
    """Strands in the portions that the model gets them in: neighbours of one kind."""
    portions: list[list[Strand]] = []
    for strand in strands:
        if portions and len(portions[-1]) < STRANDS_PER_REQUEST and portions[-1][0].kind == strand.kind:
            portions[-1].append(strand)
        else:
            portions.append([strand])
    return list(portions)


def tell(strands: Sequence[Strand], telling: Telling) -> list[Told]:
    """Each strand as a verified point. Raises ModelUnavailable and ModelMissing."""
    drafts = _drafts(strands, telling) if telling.model else {}
    return [_told(strand, drafts.get(number), telling) for number, strand in enumerate(strands, start=1)]


def _drafts(strands: Sequence[Strand], telling: Telling) -> dict[int, str]:
    """The model's sentences by the number of the strand they tell; none where it cannot keep to the form."""
    if telling.model is None:
        return {}
    asked = load_prompt("section", telling.language).render(evidence=_material(strands, telling), points=len(strands))
    turns = [Turn("system", load_prompt("summary", telling.language).render()), Turn("user", asked)]
    schema = draft_schema(list(range(1, len(strands) + 1)), least=len(strands))
    try:
        reply = telling.model.complete(turns, Draft, schema=schema, max_tokens=POINT_TOKENS * (len(strands) + 1))
    except BadReply:
        return {}
    return {claim.evidence[0]: claim.text.strip() for claim in reversed(reply.value.claims) if claim.evidence}


def _material(strands: Sequence[Strand], telling: Telling) -> str:
    """The strands as numbered lines, each with the whole sentence it is from where that says more."""
    lines: list[str] = []
    header = ""
    for number, strand in enumerate(strands, start=1):
        first = strand.statements[0]
        item = as_evidence(number, telling.report, first.sentence)
        now, line = evidence_lines([item]).split("\n", 1)
        if now != header:
            lines.append(now)
            header = now
        lines.append(f"[{number}] {strand.text}")
        whole = telling.report.text[first.origin : first.sentence.start]
        if telling.language == "zh" and len(whole) > 4:
            lines.append(f"    原句：{fold_characters(_leading_up(first, telling.report))}{strand.text}")
    return "\n".join(lines)


def _leading_up(statement: Statement, report: Report) -> str:
    """The words of the sentence before a statement, the nearest LEADING_UP characters."""
    return report.text[max(statement.origin, statement.sentence.start - LEADING_UP) : statement.sentence.start]


def _told(strand: Strand, draft: str | None, telling: Telling) -> Told:
    if draft and _says_as_much(draft, strand, telling.language) and (point := _point(draft, strand, telling)):
        return Told(strand, point, is_in_chinese=telling.language == "zh")
    is_dropped = draft is not None and fold(draft) != fold(strand.text)
    return _in_own_words(strand, telling, is_dropped)


def _in_own_words(strand: Strand, telling: Telling, is_dropped: bool) -> Told:
    """The strand in the report's words, those statements of it that are verified each by itself."""
    alone = [(statement, _point(statement.text, Strand((statement,)), telling)) for statement in strand.statements]
    held = [(statement, point) for statement, point in alone if point]
    if not held:
        return Told(strand, None, is_dropped)
    kept = Strand(tuple(statement for statement, _ in held))
    citations = {(c.start, c.end): c for _, point in held for c in point.citations}
    point = Point(text=JOINT.join(point.text for _, point in held), citations=list(citations.values()))
    return Told(kept, point, is_dropped or len(held) < len(alone))


def _says_as_much(draft: str, strand: Strand, language: SummaryLanguage) -> bool:
    """Whether a draft keeps every figure, and takes not much more room."""
    said = {figure.value for figure in read_figures(draft)}
    keeps = all(figure.value in said for figure in read_figures(strand.text) if figure.kind != "year")
    return keeps and (language == "en" or len(draft) <= len(strand.text) + LONGER)


def _point(text: str, strand: Strand, telling: Telling) -> Point | None:
    """The point if it is verified against its statements, else None."""
    report = telling.report
    evidence = [as_evidence(n, report, statement.sentence) for n, statement in enumerate(strand.statements, start=1)]
    town = report.metadata.town
    asked = Asked(text="", asks_plan=True, known_towns=(town,) if town else ())
    verdict = verify(text, [item.number for item in evidence], evidence, asked)
    if not verdict.supported:
        return None
    cited = [
        *evidence,
        *(as_evidence(0, of, line) for of, line in context_for(verdict.text, evidence, {report.id: report})),
    ]
    citations = [cite(item, telling.source, "evidence" if item.number else "context") for item in cited]
    quoted = {figure.value for citation in citations for figure in read_figures(citation.quote)}
    if any(figure.value not in quoted for figure in read_figures(verdict.text)):
        return None
    return Point(text=verdict.text, citations=[Quotation(**asdict(citation)) for citation in citations])


def own_words(statement: Statement, telling: Telling) -> list[Quotation]:
    """The quotation of one statement."""
    return [Quotation(**asdict(cite(as_evidence(1, telling.report, statement.sentence), telling.source)))]
