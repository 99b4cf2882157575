"""Choosing the numbered sentences that the model and the person see, within a budget."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.answering.answerability import FiguresWanted
from rag.answering.nearness import NearnessTo
from rag.library.results import Hit
from rag.models.prompts import load_prompt
from rag.parsing.report import Report, Sentence
from rag.text.bigrams import content_bigrams
from rag.text.normalization import fold_characters
from rag.verification.citations import as_evidence
from rag.verification.claims import Evidence


@dataclass(frozen=True, slots=True)
class Budget:
    """How much evidence to show."""

    sentences: int = 8
    characters: int = 600
    nearest: int = 2  # more, that are nearest in meaning
    nearest_characters: int = 150


@dataclass(frozen=True, slots=True)
class Nearest:
    """What is looked at for sentences near in meaning: more passages of the same reports, and what must be in them."""

    nearness: NearnessTo
    further: Sequence[Hit] = ()
    wanted: FiguresWanted | None = None  # where only what has a figure can answer

    def may_be(self, report: Report, sentence: Sentence) -> bool:
        """Whether a sentence can answer by its form."""
        if sentence.role != "body":
            return False
        return self.wanted is None or bool(self.wanted.among(report.said(sentence).figures))


@dataclass(frozen=True, slots=True)
class _Candidate:
    report: Report
    sentence: Sentence
    score: float


NEIGHBOUR_SHARE = 0.35  # of the better neighbour's word score: a list item is often named in the sentence before it
HINT_ROLE_SCORE = 0.25  # passage score of titles, headings and metadata lines, which are in no passage


def choose_evidence(
    query: str,
    hits: Sequence[Hit],
    reports: Mapping[str, Report],
    budget: Budget,
    nearest: Nearest | None = None,
) -> list[Evidence]:
    """The best sentences of the hits' passages and of their reports' headings and metadata lines, in document order.

    A sentence is scored by its passage's fused score and by the share of the query's words it carries,
    rare words weighing more; a neighbour of a good sentence gets a part of its score. A few more are those of which a
    clause is nearest in meaning: everyday words are far from the report's, and a passage speaks of much else.
    """
    candidates = _candidates(query, hits, reports)
    ranked = sorted(candidates, key=lambda c: (-c.score, c.report.id, c.sentence.start))
    chosen = _within(ranked, budget.sentences, budget.characters)
    if nearest is not None:
        known = {(c.report.id, c.sentence.start) for c in chosen}
        further = [hit for hit in nearest.further if hit.report_id in reports]
        wide = [*ranked, *(_candidates(query, further, reports) if further else ())]
        others = [
            c for c in wide if nearest.may_be(c.report, c.sentence) and (c.report.id, c.sentence.start) not in known
        ]
        chosen += _within(_nearest_first(others, nearest.nearness), budget.nearest, budget.nearest_characters)
    order = {report_id: position for position, report_id in enumerate(dict.fromkeys(h.report_id for h in hits))}
    chosen.sort(key=lambda c: (order.get(c.report.id, len(order)), c.sentence.start))
    return [as_evidence(number, c.report, c.sentence) for number, c in enumerate(chosen, start=1)]


def _within(ranked: Sequence[_Candidate], sentences: int, characters: int) -> list[_Candidate]:
    """The first that fit in; the very first in any case."""
    chosen: list[_Candidate] = []
    left = characters
    for candidate in ranked:
        length = candidate.sentence.end - candidate.sentence.start
        if len(chosen) < sentences and (not chosen or length <= left):
            chosen.append(candidate)
            left -= length
    return chosen


def _nearest_first(candidates: Sequence[_Candidate], nearness: NearnessTo) -> list[_Candidate]:
    items = [as_evidence(0, c.report, c.sentence) for c in candidates]
    clauses = [[item.clause(n).text for n in range(len(item.clauses))] for item in items]
    nearness.read([text for texts in clauses for text in texts])
    nearest = [max(map(nearness, texts), default=0.0) for texts in clauses]
    return [candidates[i] for i in sorted(range(len(candidates)), key=lambda i: (-nearest[i], i))]


def _candidates(query: str, hits: Sequence[Hit], reports: Mapping[str, Report]) -> list[_Candidate]:
    pool: list[tuple[Report, Sentence, float]] = []
    best = max((hit.score for hit in hits), default=1.0) or 1.0
    for hit in hits:
        report = reports[hit.report_id]
        for sentence in report.sentences:
            if hit.chunk.start <= sentence.start < hit.chunk.end and sentence.role == "body":
                pool.append((report, sentence, hit.score / best))
    for report in {hit.report_id: reports[hit.report_id] for hit in hits}.values():
        pool += [(report, s, HINT_ROLE_SCORE) for s in report.sentences if s.role != "body"]
    said = [report.said(sentence).bigrams for report, sentence, _ in pool]
    weights = _weights(said)
    wanted = {b: weights.get(b, 0.0) for b in content_bigrams(query)}
    total = sum(wanted.values()) or 1.0
    words = [sum(wanted[b] for b in sorted(bigrams & wanted.keys())) / total for bigrams in said]
    return [
        _Candidate(report, sentence, round(0.5 * passage + _with_neighbours(words, pool, i), 6))
        for i, (report, sentence, passage) in enumerate(pool)
    ]


def _with_neighbours(words: Sequence[float], pool: Sequence[tuple[Report, Sentence, float]], i: int) -> float:
    sentence = pool[i][1]
    beside = [
        words[j]
        for j in (i - 1, i + 1)
        if 0 <= j < len(pool) and pool[j][0] is pool[i][0] and abs(pool[j][1].start - sentence.start) < 400
    ]
    return words[i] + NEIGHBOUR_SHARE * max(beside, default=0.0)


def _weights(said: Sequence[frozenset[str]]) -> dict[str, float]:
    """Inverse document frequency of each bigram over the candidate sentences (Spärck Jones 1972, smoothed)."""
    counts = Counter(bigram for bigrams in said for bigram in bigrams)
    return {bigram: math.log(1 + len(said) / count) for bigram, count in counts.items()}


def evidence_lines(evidence: Sequence[Evidence], simplify: bool = True) -> str:
    """The evidence as the model reads it: a header wherever town, year or section changes, then numbered sentences."""
    lines: list[str] = []
    header = ""
    for item in evidence:
        now = _header(item)
        if now != header:
            lines.append(now)
            header = now
        lines.append(f"[{item.number}] {fold_characters(item.text) if simplify else item.text}")
    return "\n".join(lines)


def _header(item: Evidence) -> str:
    place = f"{item.county or ''}{item.town or ''}"
    section = item.sentence.section.rsplit(" / ", 1)[-1]
    year = f"{item.year}年" if item.year else ""
    kinds = dict(line.split("：", 1) for line in load_prompt("section_kinds", "zh").render().splitlines())
    return f"【{place} {year} {kinds[item.sentence.kind]}{'：' + section[:24] if section else ''}】"
