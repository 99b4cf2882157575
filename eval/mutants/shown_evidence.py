"""The evidence that a claim is put to the verifier with: what would be shown for the question, without an index."""

from collections.abc import Sequence
from dataclasses import replace

from eval.items import GoldenItem
from eval.mutants.parsed_set import ParsedSet
from eval.scoring.wording import bigrams
from rag.answering.evidence import Budget, choose_evidence
from rag.answering.questions import Question
from rag.library.results import Hit
from rag.parsing.report import Report
from rag.verification.citations import as_evidence
from rag.verification.claims import Evidence

PASSAGES = 6
PASSAGES_PER_TOWN = 3
SENTENCES_PER_TOWN = Budget(sentences=6, characters=400)


def shown_for(item: GoldenItem, question: Question, library: ParsedSet) -> list[Evidence]:
    """What would be shown for the question, town by town where there are several, with the item's evidence in it."""
    documents = [library.parsed[doc].report for doc in item.documents if doc in library.parsed]
    towns = list(dict.fromkeys(r.metadata.town for r in documents)) or [None]
    chosen: list[Evidence] = []
    for town in towns:
        mine = [report for report in documents if report.metadata.town == town]
        passages, budget = (PASSAGES_PER_TOWN, SENTENCES_PER_TOWN) if len(towns) > 1 else (PASSAGES, Budget())
        hits = _hits(question.query, mine, passages)
        if hits:
            chosen += choose_evidence(question.query, hits, library.reports, budget)
    chosen += [as_evidence(0, library.parsed[p.doc].report, s) for p in item.evidence for s in library.sentences(p)]
    return numbered(chosen)


def numbered(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Each sentence once, in the order of reports and sentences, numbered from 1."""
    once = {(e.report_id, e.sentence.start): e for e in evidence}
    return [replace(once[key], number=number) for number, key in enumerate(sorted(once), start=1)]


def _hits(query: str, reports: Sequence[Report], count: int) -> list[Hit]:
    """The passages with most of the question's words; no index is needed for a handful of reports."""
    wanted = bigrams(query)
    hits = [
        Hit(report.id, chunk, text, len(wanted & bigrams(text)) / max(1, len(wanted)))
        for report in reports
        for chunk in report.chunks
        for text in [report.text[chunk.start : chunk.end]]
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.report_id, hit.chunk.start))[:count]
