"""Summarising a whole report: section by section, every point verified like a claim of an answer."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from rag.citations import cite, context_for
from rag.drafts import Draft, draft_schema
from rag.errors import BadReply
from rag.evidence import as_evidence, evidence_lines
from rag.figures import Figure, read_figures
from rag.folding import fold
from rag.hostile import without_orders
from rag.library import Library
from rag.llm import ChatModel
from rag.prompts import load_prompt
from rag.summary import FileWarning, Point, Quotation, Summary, TopicPoints
from rag.topics import TOPICS, topic_of
from rag.types import Citation, Evidence, Report, SectionKind, Sentence, Turn
from rag.verification import Asked, verify

BLOCK_CHARACTERS = 900  # of one request
CHARACTERS_PER_POINT = 220  # keeps a summary under a quarter of its report
POINT_TOKENS = 110  # allowed for one point
KEY_FIGURES = 10
OVERVIEW_POINTS = 3
_WEIGHTY = frozenset({"元", "亩", "户", "人", "公斤", "米", "平方米", "%"})


@dataclass(frozen=True, slots=True)
class _Checked:
    """A point with where it belongs."""

    point: Point
    kind: SectionKind
    section: str
    figures: tuple[Figure, ...]


class Summarizer:
    """Writes summaries; without a model, of the report's own sentences with figures."""

    def __init__(self, *, library: Library, model: ChatModel | None) -> None:
        self._library = library
        self._model = model

    def summarize(self, report_id: str, *, on_progress: Callable[[int, int], None] | None = None) -> Summary:
        """The summary of one report; `on_progress` is told blocks done and in all."""
        report = without_orders(self._library.report(report_id))
        blocks = list(_blocks(report))
        checked: list[_Checked] = []
        dropped = 0
        for done, block in enumerate(blocks):
            if on_progress:
                on_progress(done, len(blocks))
            evidence = [as_evidence(n, report, sentence) for n, sentence in enumerate(block, start=1)]
            points, failed = self._points(report, evidence)
            checked += points
            dropped += failed
        if on_progress:
            on_progress(len(blocks), len(blocks))
        return self._assemble(report, _distinct(checked), dropped)

    def _points(self, report: Report, evidence: Sequence[Evidence]) -> tuple[list[_Checked], int]:
        """Verified points of one block, and how many drafts were dropped; what the model leaves out of its share is
        told in the report's own sentences."""
        share = _share(evidence)
        drafts = self._drafts(evidence, share) if self._model else []
        checked = [c for text, hints in drafts for c in self._checked(text, hints, evidence, report)]
        told = {quotation.start for c in checked for quotation in c.point.citations}
        silent = [item for item in evidence if self._cite(item).start not in told]
        for item in _weightiest(silent, share - len(checked)):
            checked += self._checked(item.text, [item.number], [item], report)
        checked.sort(key=lambda c: c.point.citations[0].start)
        return checked, max(0, len(drafts) - sum(c.point.text in {text for text, _ in drafts} for c in checked))

    def _checked(self, text: str, hints: Sequence[int], evidence: Sequence[Evidence], report: Report) -> list[_Checked]:
        """The point if it is verified and says something, else nothing."""
        asked = Asked(text="", asks_plan=True, known_towns=(report.metadata.town,) if report.metadata.town else ())
        verdict = verify(text, hints, evidence, asked)
        if not verdict.supported or _is_heading(verdict.text, report):
            return []
        cited = [item for item in evidence if item.number in verdict.sentences]
        citations = self._citations(verdict.text, cited, report)
        return [_as_checked(verdict.text, cited, citations)] if _figures_quoted(verdict.text, citations) else []

    def _drafts(self, evidence: Sequence[Evidence], share: int) -> list[tuple[str, list[int]]]:
        assert self._model is not None
        turns = [
            Turn("system", load_prompt("summary", "zh").render()),
            Turn(
                "user",
                load_prompt("section", "zh").render(
                    evidence=evidence_lines(evidence), section=evidence[0].sentence.section, points=share
                ),
            ),
        ]
        schema = draft_schema([e.number for e in evidence], least=share)
        try:
            reply = self._model.complete(turns, Draft, schema=schema, max_tokens=POINT_TOKENS * (share + 1))
        except BadReply:
            return []
        return [(claim.text, claim.evidence) for claim in reply.value.claims[:share]]

    def _cite(self, item: Evidence) -> Citation:
        return cite(item, self._library.sources(item.report_id)[0])

    def _citations(self, text: str, cited: Sequence[Evidence], report: Report) -> list[Citation]:
        source = self._library.sources(report.id)[0]
        context = context_for(text, cited, {report.id: report})
        return [
            *(cite(item, source) for item in cited),
            *(cite(as_evidence(0, of, sentence), source, "context") for of, sentence in context),
        ]

    def _assemble(self, report: Report, checked: Sequence[_Checked], dropped: int) -> Summary:
        metadata = report.metadata
        results = [c for c in checked if c.kind in ("result", "other")]
        defects = [d for source in self._library.sources(report.id)[:1] for d in source.defects]
        weighty = sorted(results, key=lambda c: -_weight(c))
        return Summary(
            town=metadata.town,
            county=metadata.county,
            report_year=metadata.year,
            plan_year=metadata.plan_year,
            issuer=metadata.issuer,
            publish_date=metadata.publish_date,
            overview=[c.point for c in _one_per_topic(weighty)[:OVERVIEW_POINTS]],
            topics=_by_topic(results),
            key_figures=[c.point for c in weighty if c.figures][:KEY_FIGURES],
            problems=[c.point for c in checked if c.kind == "problem"],
            plans=[c.point for c in checked if c.kind == "plan"],
            warnings=[FileWarning(**asdict(defect)) for defect in defects],
            dropped=dropped,
            model=self._model.name if self._model else None,
        )


def _blocks(report: Report) -> Iterator[list[Sentence]]:
    """Body sentences in runs of at most BLOCK_CHARACTERS, of one kind and not across the highest headings."""
    block: list[Sentence] = []
    size = 0
    for sentence in report.sentences:
        if sentence.role != "body":
            continue
        length = sentence.end - sentence.start
        part = (sentence.kind, sentence.section.split(" / ")[0])
        if block and (size + length > BLOCK_CHARACTERS or part != (block[0].kind, block[0].section.split(" / ")[0])):
            yield block
            block, size = [], 0
        block.append(sentence)
        size += length
    if block:
        yield block


def _share(evidence: Sequence[Evidence]) -> int:
    """How many points a block gets, so that the summary stays well under a quarter of its report."""
    return max(1, round(sum(len(item.text) for item in evidence) / CHARACTERS_PER_POINT))


def _weightiest(evidence: Sequence[Evidence], count: int) -> list[Evidence]:
    """The sentences densest in figures, in the report's order."""
    ranked = sorted(evidence, key=lambda e: (-len(read_figures(e.text)) / (40 + len(e.text)), e.number))
    return sorted(ranked[: max(0, count)], key=lambda e: e.number)


def _is_heading(text: str, report: Report) -> bool:
    bare = fold(text).strip("。:、 ").split(":")[-1]  # also behind the header that the evidence stands under
    return any(bare in fold(heading.text) for heading in report.headings)


def _figures_quoted(text: str, citations: Sequence[Citation]) -> bool:
    """Whether every figure of the text, years too, is written in its quotations."""
    quoted = {figure.value for citation in citations for figure in read_figures(citation.quote)}
    return bool(citations) and all(figure.value in quoted for figure in read_figures(text))


def _as_checked(text: str, cited: Sequence[Evidence], citations: Sequence[Citation]) -> _Checked:
    kinds: Mapping[SectionKind, int] = {
        k: sum(e.sentence.kind == k for e in cited) for k in {e.sentence.kind for e in cited}
    }
    kind = max(sorted(kinds), key=lambda k: kinds[k])
    point = Point(text=text, citations=[Quotation(**asdict(citation)) for citation in citations])
    return _Checked(point, kind, cited[0].sentence.section, read_figures(text))


def _distinct(checked: Sequence[_Checked]) -> list[_Checked]:
    """Each text once, in order."""
    return list({c.point.text: c for c in checked}.values())


def _weight(checked: _Checked) -> float:
    """How much a point's figures say: how many there are, and how large in a measure that people ask for."""
    large = [min(len(str(int(f.value))), 9) for f in checked.figures if f.measure in _WEIGHTY]
    return len(checked.figures) + 0.5 * max(large, default=0)


def _one_per_topic(checked: Sequence[_Checked]) -> list[_Checked]:
    return list({topic_of(c.point.text, c.section): c for c in reversed(checked)}.values())[::-1]


def _by_topic(checked: Sequence[_Checked]) -> list[TopicPoints]:
    sorted_out = {topic: [c.point for c in checked if topic_of(c.point.text, c.section) == topic] for topic in TOPICS}
    return [TopicPoints(topic=topic, points=points) for topic, points in sorted_out.items() if points]
