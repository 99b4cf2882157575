"""Where a report speaks of what is sought: the clause of it that carries the topic, and the amount asked for. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from rag.answering.survey_questions import BOUNDS, Sought
from rag.library.sentence_words import pairs_of
from rag.parsing.report import Report, Sentence
from rag.text.bigrams import EVEN, character_coverage, coverage_in, weighed_coverage
from rag.text.clauses import CLAUSE_END, bare
from rag.text.figures import Figure
from rag.text.lexicon import concept
from rag.text.normalization import HAN
from rag.text.parsed_text import ParsedText
from rag.text.units import same_measure

MENTIONED = 0.6  # of a topic's characters, by weight, that a sentence must carry, its first word among them
MARKS = re.compile(r"[“”\"「」『』]")
_ADVERB = concept("clause_adverb")
_CLOSED = ("；", ";", "。")
_FOR_WHOM = re.compile(rf"{concept('beneficiary_preposition').any}.*$")
_WORDS = re.compile(rf"[{HAN}]{{2,}}|[a-z]+")
_USUAL = re.compile("|".join(word for word in concept("light_words", "asked_undertakings") if len(word) > 1))


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a report speaks of the topic: its best sentence, the clause of it that does, and how far it does."""

    report: Report
    sentence: Sentence
    clause: str
    carried: float  # of the topic's characters
    asked_for: float  # of the question's
    is_measured: bool  # has an amount as it is asked for
    is_clause: bool  # not the whole sentence

    @property
    def told(self) -> str:
        """The clause without that which only lends it its matter."""
        return bare(self.clause[max((mark.end() for mark in CLAUSE_END.finditer(self.clause)), default=0) :])

    @property
    def rank(self) -> tuple[bool, bool, bool, float, float]:
        return self.carried >= MENTIONED, self.is_measured, self.is_clause, self.carried, self.asked_for


def mention_in(report: Report, sought: Sought) -> Mention | None:
    """The clause of a report that carries most of the topic, then most of the question."""
    if sought.county and report.metadata.county != sought.county:
        return None
    found = [
        _mention(report, sentence, said, sought, is_clause)
        for sentence in report.sentences
        if sought.county or sentence.role != "metadata"
        if not (sought.results_only and sentence.kind == "plan")
        for is_clause, said in _clauses(report.said(sentence), sought)
    ]
    best = max(found, key=lambda mention: mention.rank, default=None)  # the first of equals introduces the matter
    return best if best and best.carried >= MENTIONED else None


def _mention(report: Report, sentence: Sentence, said: ParsedText, sought: Sought, is_clause: bool) -> Mention:
    carried = _carried(said, sought)
    is_measured = bool(sought.measures) and carried >= MENTIONED and _is_measured(said, sought)
    return Mention(report, sentence, said.text, carried, _asked_for(said, sought), is_measured, is_clause)


def head(topic: str, weights: Mapping[str, int]) -> str:
    """The first word of a topic, as its first two characters of content; common words are passed over."""
    rarest = max((weights.get(word, EVEN) for word in _words(topic)), default=0)
    plain = _USUAL.sub(" ", topic)
    words = [word for text in (plain, topic) for word in _words(text)]
    return next((word for word in words if 2 * weights.get(word, EVEN) >= rarest), topic)


def _words(text: str) -> list[str]:
    """Its Latin words and pairs of Han characters."""
    runs: list[str] = _WORDS.findall(text)
    return [word for run in runs for word in ([run] if run.isascii() else pairs_of(run))]


def _asked_for(said: ParsedText, sought: Sought) -> float:
    return round(character_coverage(sought.question, frozenset(), said.bigrams), 6)


def _carried(said: ParsedText, sought: Sought) -> float:
    """The share of the topic, or of its best alternative, that a text carries; 0 without what is required."""
    if sought.county:
        return float(sought.county in said.folded)
    bare = MARKS.sub("", said.folded)
    if not all(word in bare for word in sought.required):
        return 0.0
    carried = {part: round(weighed_coverage(part, said.bigrams, sought.weights), 6) for part in sought.alternatives}
    enough = {part: share for part, share in carried.items() if share >= MENTIONED}  # less is no mention
    return max(
        (share for part, share in enough.items() if part in sought.required or head(part, sought.weights) in bare),
        default=0.0,
    )


def _clauses(sentence: ParsedText, sought: Sought) -> list[tuple[bool, ParsedText]]:
    """The clauses of a sentence, then the sentence itself; only those with a figure beyond a bound, or as asked for."""
    ends = [0, *(mark.end() for mark in CLAUSE_END.finditer(sentence.text)), len(sentence.text)]
    spans = [(start, end) for start, end in pairwise(ends) if sentence.text[start:end].strip()]
    parts = [_bare(sentence.part(*span)) for span in spans]
    if sought.bound is not None:  # figures are read only of what may carry the topic
        near = (clause for clause in parts if _carried(clause, sought) >= MENTIONED)
        return [(True, clause) for clause in near if _is_beyond(clause, sought.bound, sought.way)]
    if sought.is_amount:
        telling = [n for n, clause in enumerate(parts) if _tells_amount(clause, sought)]
        return [
            (first == last, _bare(sentence.part(spans[first][0], spans[last][1])))
            for last in telling
            for first in range(last, max(-1, last - 2), -1)
            if first == last
            or (_goes_on(parts[last], sought) and not sentence.text[: spans[first][1]].endswith(_CLOSED))
        ]
    return [*((True, clause) for clause in parts), (False, _bare(sentence))]


def _tells_amount(clause: ParsedText, sought: Sought) -> bool:
    """Whether a clause has an amount as it is asked for, and what was done with it."""
    is_done = not sought.acts or any(coverage_in(act, (), clause.bigrams) >= MENTIONED for act in sought.acts)
    return is_done and _is_measured(clause, sought)


def _goes_on(clause: ParsedText, sought: Sought) -> bool:
    """Whether a clause tells only what was done with the matter of the clause before it, and names none of its own."""
    if not sought.acts:
        return False
    before = min((at for act in sought.acts if (at := clause.folded.find(act)) >= 0), default=0)
    return not _ADVERB.remove(_FOR_WHOM.sub("", clause.folded[:before])).strip()


def _is_measured(clause: ParsedText, sought: Sought) -> bool:
    return any(figure.measure in sought.measures for figure in clause.quantities)


def _bare(said: ParsedText) -> ParsedText:
    """A part without blanks and marks around it."""
    kept = bare(said.text)
    start = said.text.index(kept)
    return said.part(start, start + len(kept))


def _is_beyond(clause: ParsedText, bound: Figure, way: str) -> bool:
    values = [
        figure.value for figure in clause.quantities if figure.measure and same_measure(figure.measure, bound.measure)
    ]
    if way in BOUNDS["below"]:
        return any(value < bound.value for value in values)
    return any(value > bound.value or (way in BOUNDS["reached"] and value == bound.value) for value in values)


def carried_by(sentence: ParsedText, sought: Sought) -> float:
    """The most that one of its clauses carries."""
    return max((_carried(said, sought) for _, said in _clauses(sentence, sought)), default=0.0)
