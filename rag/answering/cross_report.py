"""Which reports speak of a topic: read off the reports themselves, sentence by sentence, without a model.

A model that sees a few sentences cannot tell what five reports do not say; code that reads all of them can.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.answering.messages import claim
from rag.answering.questions import Question
from rag.parsing.report import Report, Sentence
from rag.text.bigrams import character_coverage
from rag.text.clauses import CLAUSE_END, COMMAS, SENTENCE_MARKS, bare
from rag.text.figures import Figure, read_figures
from rag.text.glossary import in_official_words
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN, fold
from rag.text.parsed_text import ParsedText
from rag.text.units import same_measure

MENTIONED = 0.6  # of a topic's characters that a sentence must carry, its first word among them
_REPORTS = concept("all_reports")
_ASPECT, _NEGATION, _BOUNDS = concept("aspect"), concept("negation"), table("bounds")
_TOPIC = rf"{_ASPECT.any}?(?P<topic>[^{COMMAS}{SENTENCE_MARKS}]+)"
_MENTIONS = re.compile(rf"{concept('mentions').any}{_TOPIC}")
_DID = re.compile(rf"{concept('asked_undertakings').any}{_TOPIC}")
_BELONGS = re.compile(rf"属于?(?P<topic>[{HAN}]{{2,4}}[县区])")
_LEFT_UNSAID = re.compile(rf"{_NEGATION.any}{concept('speaking').any}")
_NOT = re.compile(rf"{_NEGATION.any}$")
_BOUND = re.compile(
    rf"的?(?P<topic>[^的{COMMAS}？?]{{2,16}}?)(?P<way>{'|'.join(way.any for way in _BOUNDS.values())})"
    rf"{_ASPECT.any}?(?=[\d一二三四五六七八九十百千万两])"
)
_QUOTED = re.compile(r"[“\"「『]([^”\"」』]{1,20})[”\"」』]")
_OR = re.compile("或者?|、")
_RANKED = concept("superlative", "comparative")
_DETAIL = concept("asks_detail")


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a report speaks of the topic: its best sentence, the clause of it that does, and how far it does."""

    report: Report
    sentence: Sentence
    clause: str
    carried: float  # of the topic's characters
    asked_for: float  # of the question's
    is_clause: bool  # not the whole sentence

    @property
    def rank(self) -> tuple[bool, bool, float, float]:
        return self.carried >= MENTIONED, self.is_clause, self.carried, self.asked_for


@dataclass(frozen=True, slots=True)
class Survey:
    """What a reading of all reports in scope found."""

    topic: str
    is_denied: bool  # asked is who does not speak of it
    wants_detail: bool  # more is asked than the names
    found: tuple[Mention, ...]
    absent: tuple[Report, ...]

    @property
    def statement(self) -> str:
        """Who speaks of the topic, or who does not, in one sentence."""
        topic = re.sub(r"[“”\"「」『』]", "", self.topic)
        reports = self.absent if self.is_denied else tuple(mention.report for mention in self.found)
        names = "、".join(name_among(report, self.read) for report in reports)
        key = "not_spoken_of" if self.is_denied else "spoken_of"
        return claim(key if self.is_literal else f"nearly_{key}", topic=topic, names=names)

    @property
    def is_literal(self) -> bool:
        """Whether every report that speaks of the topic has all its words."""
        return all(mention.carried == 1.0 for mention in self.found)

    @property
    def expression(self) -> str:
        """How many of the reports read."""
        return f"{len(self.absent if self.is_denied else self.found)}/{len(self.read)}"

    @property
    def read(self) -> tuple[Report, ...]:
        """All reports that were read."""
        return (*(mention.report for mention in self.found), *self.absent)


@dataclass(frozen=True, slots=True)
class _Sought:
    topic: str
    alternatives: tuple[str, ...]
    required: tuple[str, ...]  # folded words that must stand in the sentence
    results_only: bool
    question: str  # folded; tells which of two places speaks of more that is asked
    county: str = ""
    bound: Figure | None = None
    way: str = ""  # how the figure sought stands to the bound


def survey(question: Question, reports: Iterable[Report]) -> Survey | None:
    """Reads the reports for what a question asks of all of them; None where it asks nothing of the kind.

    Example: "哪几个镇的报告提到了污水处理厂？" is one; "哪个镇的油茶多？" is not, it wants figures compared.
    """
    text = in_official_words(fold(question.text))
    which = _REPORTS.search(text)
    if which is None:
        return None
    sought = _sought(text, which.end())
    if sought is None:
        return None
    mentions = [(report, _mention(report, sought)) for report in reports]
    return Survey(
        topic=sought.topic,
        is_denied=bool(_LEFT_UNSAID.search(text)),
        wants_detail=bool(_DETAIL.search(text[which.end() :])) and not _LEFT_UNSAID.search(text),
        found=tuple(found for _, found in mentions if found),
        absent=tuple(report for report, found in mentions if found is None),
    )


def name_among(report: Report, others: Sequence[Report]) -> str:
    """A report's town, with its county or year where another of the reports has the same name."""
    mine = report.metadata
    alike = [other.metadata for other in others if other.metadata.town == mine.town and other.id != report.id]
    county = mine.county if any(other.county != mine.county for other in alike) else None
    has_year = any(other.county == mine.county for other in alike) and mine.year
    year = claim("of_year", year=mine.year) if has_year else ""
    return f"{county or ''}{mine.town or claim('unknown_town')}{year}"


def _sought(text: str, start: int) -> _Sought | None:
    belongs = _BELONGS.search(text, start)
    if belongs is not None:
        return _Sought(belongs["topic"], (), (), False, text, county=belongs["topic"])
    bound = _bound(text, start)
    if bound is not None:
        return bound
    says = _MENTIONS.search(text, start)
    did = None if says else _DID.search(text, start)
    said = says or did
    if said is None or (did is not None and (_RANKED.search(did["topic"]) or _NOT.search(text[: did.start()]))):
        return None  # who did not build something is not who does not speak of it
    topic = said["topic"].strip()
    quoted = tuple(_QUOTED.findall(topic))
    if quoted:
        return _Sought(topic, quoted, quoted, did is not None, text)
    parts = tuple(part for part in _OR.split(topic) if part)
    return _Sought(topic, parts, tuple(_RANKED.all_in(topic)), did is not None, text)


def _bound(text: str, start: int) -> _Sought | None:
    """哪个镇的油菜面积超过了1万亩: a topic with a figure to be above or below."""
    way = _BOUND.search(text, start)
    figure = next((f for f in read_figures(text) if way and f.start >= way.end("way") - 2 and f.measure), None)
    if way is None or figure is None or _NOT.search(way["topic"]):
        return None
    said = f"{way['topic']}{way['way']}{figure.text.removeprefix(way['way'])}"
    bare = concept("sizes").remove(way["topic"]) or way["topic"]
    return _Sought(said, (bare,), (), True, text, bound=figure, way=way["way"])


def _head(topic: str) -> str:
    """The first word of a topic, as its first two characters of content."""
    run = re.search(rf"[{HAN}]{{2,}}|[a-z]+", topic)
    return run[0][:2] if run else topic


def _mention(report: Report, sought: _Sought) -> Mention | None:
    """The clause of a report that carries most of the topic, then most of the question."""
    if sought.county and report.metadata.county != sought.county:
        return None
    found = [
        Mention(report, sentence, said.text, _carried(said, sought), _asked_for(said, sought), is_clause)
        for sentence in report.sentences
        if sought.county or sentence.role != "metadata"
        if not (sought.results_only and sentence.kind == "plan")
        for is_clause, said in _clauses(report.said(sentence), sought)
    ]
    best = max(found, key=lambda mention: mention.rank, default=None)  # the first of equals introduces the matter
    return best if best and best.carried >= MENTIONED else None


def _asked_for(said: ParsedText, sought: _Sought) -> float:
    return round(character_coverage(sought.question, frozenset(), said.bigrams), 6)


def _carried(said: ParsedText, sought: _Sought) -> float:
    """The share of the topic, or of its best alternative, that a text carries; 0 without what is required."""
    if sought.county:
        return float(sought.county in said.folded)
    bare = re.sub(r"[“”\"「」『』]", "", said.folded)
    if not all(word in bare for word in sought.required):
        return 0.0
    words = said.bigrams
    return max(
        (
            round(character_coverage(part, frozenset(), words), 6)
            for part in sought.alternatives
            if part in sought.required or _head(part) in bare
        ),
        default=0.0,
    )


def _clauses(sentence: ParsedText, sought: _Sought) -> list[tuple[bool, ParsedText]]:
    """The clauses of a sentence, then the sentence itself; with a bound, only clauses that have a figure beyond it."""
    ends = [0, *(mark.end() for mark in CLAUSE_END.finditer(sentence.text)), len(sentence.text)]
    parts = [_bare(sentence.part(start, end)) for start, end in pairwise(ends) if sentence.text[start:end].strip()]
    if sought.bound is not None:
        return [(True, clause) for clause in parts if _is_beyond(clause, sought.bound, sought.way)]
    return [*((True, clause) for clause in parts), (False, _bare(sentence))]


def _bare(said: ParsedText) -> ParsedText:
    """A part without blanks and marks around it."""
    kept = bare(said.text)
    start = said.text.index(kept)
    return said.part(start, start + len(kept))


def _is_beyond(clause: ParsedText, bound: Figure, way: str) -> bool:
    values = [
        figure.value for figure in clause.quantities if figure.measure and same_measure(figure.measure, bound.measure)
    ]
    if way in _BOUNDS["below"]:
        return any(value < bound.value for value in values)
    return any(value > bound.value or (way in _BOUNDS["reached"] and value == bound.value) for value in values)
