"""Search: the words' ranking and the vectors' ranking of passages, put together into one."""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from rag.errors import IndexDamaged, ModelError
from rag.library.lexical import LexicalIndex, LexicalMatch
from rag.library.placed import Where, admitted_by, among, but, placed
from rag.library.reader import Lookup
from rag.library.results import Hit, Scope
from rag.library.vectors import VectorIndex, VectorMatch
from rag.models.embedding import Embedder
from rag.parsing.report import Report
from rag.types import Notice, SectionKind

_log = logging.getLogger(__name__)

Match = TypeVar("Match", LexicalMatch, VectorMatch)
Passage = tuple[str, int]
"""Report id and chunk index."""

LEXICAL_SHARE = 0.3  # measured with benchmarks/retrieval.py; the rest is the vectors'
_FEWEST_CANDIDATES = 50
MOST_LISTED = 2000  # reports that an index is given by their ids
_MOST_TOLD = 20  # reports
_DIGITS = 6  # of a score: floating-point noise must not decide an order


_EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Passages, best first, and what the person should know about how they were found."""

    hits: list[Hit]
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class _Filter:
    """Reports, each with how many passages it has, and section kinds that count; None: all.

    Of more than MOST_LISTED reports there is their condition instead: all are searched, and what is found is sifted.
    """

    reports: Mapping[str, int] | None
    kinds: frozenset[SectionKind] | None
    sifted_by: Where | None = None


class Searcher:
    """Searches one library. May be shared by threads."""

    def __init__(self, library: Lookup, embedder: Embedder, vectors: VectorIndex, lexical: LexicalIndex) -> None:
        self._library = library
        self._embedder = embedder
        self._vectors = vectors
        self._lexical = lexical

    def search(
        self, query: str, *, scope: Scope = _EVERYTHING, kinds: frozenset[SectionKind] | None = None, k: int = 8
    ) -> SearchResult:
        """The k best passages of the reports in scope; fewer only where the scope holds fewer.

        A year stands for the reports on it and for the plan sections of reports that plan it.
        Where one of the indexes fails or is behind, the other answers alone and a notice says so.
        """
        filters = self._filters(scope, kinds)
        if not filters or not query.strip() or k < 1:
            return SearchResult([])
        wanted = max(_FEWEST_CANDIDATES, 5 * k)
        notices = self._pending_notices()
        lexical = self._lexical_scores(query, filters, wanted, notices)
        dense = self._dense_scores(query, filters, wanted, lexical, notices)
        passages = self._standing(lexical.keys() | dense.keys())
        scores = fuse(passages, lexical=lexical, dense=dense)
        best = sorted(passages, key=lambda passage: (-scores[passage], *passage))[:k]
        reports = {report_id: self._library.find(report_id) for report_id, _ in best}
        hits = [
            _hit(report, passage[1], scores[passage], dense.get(passage), lexical.get(passage))
            for passage in best
            if (report := reports[passage[0]]) is not None
        ]
        return SearchResult(hits, tuple(notices))

    def _filters(self, scope: Scope, kinds: frozenset[SectionKind] | None) -> list[_Filter]:
        """What the scope and the kinds allow; an empty list where nothing is left."""
        if scope.is_open:
            return [_Filter(None, kinds)]
        here = admitted_by(scope.of_any_year)
        if not scope.years:
            filters = [self._filter(here, kinds)]
        else:
            plans = frozenset[SectionKind]({"plan"}) if kinds is None else kinds & {"plan"}
            on_it, planning = among("year", scope.years), among("plan_year", scope.years)
            filters = [
                self._filter(here & on_it, kinds),
                self._filter(here & planning & but(Where("year IS NOT NULL") & on_it), plans),
            ]
        return [each for each in filters if each.reports != {} and (each.kinds is None or each.kinds)]

    def _filter(self, where: Where, kinds: frozenset[SectionKind] | None) -> _Filter:
        sizes = self._sizes(where, limit=MOST_LISTED + 1)
        return _Filter(None, kinds, where) if len(sizes) > MOST_LISTED else _Filter(sizes, kinds)

    def _sizes(self, where: Where, *, limit: int = -1) -> dict[str, int]:
        """How many passages each report of a condition has."""
        sql = f"SELECT id, passages FROM reports WHERE {where.sql} LIMIT ?"
        return dict(self._library.rows(sql, *where.values, limit))

    def _found(self, each: _Filter, k: int, ask: Callable[..., Sequence[Match]]) -> Sequence[Match]:
        """The k best that a filter lets through, of as many as it takes."""
        if each.sifted_by is None:
            return ask(k=k)
        asked = k
        while True:
            found = ask(k=asked)
            sizes = self._sizes(among("id", {match.report_id for match in found}) & each.sifted_by)
            kept = [match for match in found if match.report_id in sizes]
            if len(kept) >= k or len(found) < asked:
                return kept[:k]
            asked *= 4

    def _standing(self, passages: Collection[Passage]) -> list[Passage]:
        """The passages that the library holds: an index may still know those of a report that was just removed."""
        sizes = self._sizes(among("id", {report_id for report_id, _ in passages}))
        return [passage for passage in passages if passage[1] < sizes.get(passage[0], 0)]

    def _pending_notices(self) -> list[Notice]:
        waiting = placed(self._library, Where("id IN (SELECT report_id FROM pending)"), limit=_MOST_TOLD)
        return [Notice("not_indexed_yet", reports=tuple(each.metadata.label for each in waiting))] if waiting else []

    def _lexical_scores(
        self, query: str, filters: list[_Filter], k: int, notices: list[Notice]
    ) -> dict[Passage, float]:
        scores: dict[Passage, float] = {}
        try:
            for each in filters:
                ask = partial(self._lexical.query, query, report_ids=each.reports, kinds=each.kinds)
                found = self._found(each, k, ask)
                scores.update({(match.report_id, match.chunk_index): match.score for match in found})
        except IndexDamaged:
            _log.warning("searched by meaning alone: the lexical index fails")
            notices.append(Notice("searched_by_meaning_only"))
        return scores

    def _dense_scores(
        self,
        query: str,
        filters: list[_Filter],
        k: int,
        lexical: Mapping[Passage, float],
        notices: list[Notice],
    ) -> dict[Passage, float]:
        """Similarities of the nearest passages, and of those that only the words found."""
        scores: dict[Passage, float] = {}
        try:
            self._look_afresh()
            vector = self._embedder.query(query)
            for each in filters:
                ask = partial(self._vectors.query, vector, report_ids=each.reports, kinds=each.kinds)
                found = self._found(each, k, ask)
                scores.update({(match.report_id, match.chunk_index): match.similarity for match in found})
            others = self._vectors.fetch([passage for passage in lexical if passage not in scores])
            scores.update({passage: float(row @ vector) for passage, row in others.items()})
        except (IndexDamaged, ModelError) as error:
            _log.warning("searched by words alone: no search by meaning (%s)", type(error).__name__)
            notices.append(Notice("searched_by_words_only"))
            return {}
        return scores

    def _look_afresh(self) -> None:
        """Opens the vectors anew after another process wrote; raises IndexDamaged where passages are missing there."""
        self._vectors.refresh(self._library.generation())
        sql = "SELECT coalesce(sum(passages), 0) FROM pending JOIN reports ON id = report_id"
        due = self._library.totals().passages - int(self._library.rows(sql)[0][0])
        if self._vectors.count() < due:
            raise IndexDamaged("vectors_missing")


def fuse(
    passages: Collection[Passage], *, lexical: Mapping[Passage, float], dense: Mapping[Passage, float]
) -> dict[Passage, float]:
    """One score between 0 and 1 for each passage, from both rankings spread over 0 to 1; a missing score is 0.

    Example: lexical {a: 8, b: 4}, dense {a: 0.7, b: 0.9} -> {a: 0.3 * 1 + 0.7 * 0, b: 0.3 * 0 + 0.7 * 1}
    """
    words, meanings = _spread(passages, lexical), _spread(passages, dense)
    if not lexical or not dense:  # one side alone keeps the whole range
        return words if lexical else meanings
    share = LEXICAL_SHARE
    return {each: round(share * words[each] + (1 - share) * meanings[each], _DIGITS) for each in passages}


def _spread(passages: Collection[Passage], scores: Mapping[Passage, float]) -> dict[Passage, float]:
    values = {passage: scores.get(passage, 0.0) for passage in passages}
    low, high = min(values.values(), default=0.0), max(values.values(), default=0.0)
    if high == low:
        return dict.fromkeys(values, 1.0 if scores else 0.0)
    return {passage: round((value - low) / (high - low), _DIGITS) for passage, value in values.items()}


def _hit(report: Report, index: int, score: float, dense: float | None, lexical: float | None) -> Hit:
    chunk = report.chunks[index]
    said = report.text[chunk.start : chunk.end]
    return Hit(report.id, chunk, said, score, round(dense or 0.0, _DIGITS), round(lexical or 0.0, _DIGITS))
