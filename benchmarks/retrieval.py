"""How often the evidence is among the first hits.

    python benchmarks/retrieval.py FOLDER [--lexical-share 0.3] [--misses]

FOLDER is an eval set: `reports/` and `golden.jsonl`. A question counts at k when every quotation of its evidence
lies within one of the first k hits; two quotations may lie in two hits. Left out are questions with a history, and
those whose evidence stands in headings or metadata lines, which are in no passage: answers get them another way.
"""

import argparse
import json
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from rag.library import search as retrieval
from rag.library.indexing import Stores
from rag.library.ingest import ingest
from rag.library.lexical import LexicalIndex
from rag.library.library import Library
from rag.library.results import Hit
from rag.library.search import Searcher
from rag.library.sentence_index import SentenceIndex
from rag.library.vectors import VectorIndex
from rag.models.cache import Cache
from rag.models.embedding import CachedEmbedder, LocalEmbedder
from rag.settings import Settings
from rag.types import Span

DEPTHS = (1, 5, 10)
CACHE = Path(tempfile.gettempdir()) / "zhenbao-benchmark-cache.sqlite3"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The rank at which the last quotation is found, None where one is not among the hits."""

    question: str
    kind: str
    quotations: int
    rank: int | None
    seconds: float


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lexical-share", type=float, default=retrieval.LEXICAL_SHARE)
    parser.add_argument("--misses", action="store_true", help="also print what is not among the first five")
    options = parser.parse_args()
    retrieval.LEXICAL_SHARE = options.lexical_share
    with tempfile.TemporaryDirectory() as home:
        outcomes = measure(options.folder, Path(home))
    print_table(outcomes)
    if options.misses:
        for outcome in outcomes:
            if outcome.rank is None or outcome.rank > 5:
                print(f"{outcome.rank or '-':>3}  {outcome.kind:<14} {outcome.question}")


def measure(folder: Path, home: Path) -> list[Outcome]:
    """Brings the reports into a library of its own and asks every question once."""
    settings = Settings(home=home)
    library = Library.open(settings.library_path)
    embedder = CachedEmbedder(LocalEmbedder(), Cache(CACHE))
    vectors, lexical = VectorIndex.of(settings, embedder.name), LexicalIndex(settings.lexical_path)
    ingest(
        [folder / "reports"],
        settings=settings,
        stores=Stores(library, embedder, vectors, lexical, SentenceIndex(settings.sentences_path)),
        on_result=lambda result: None,
    )
    searcher = Searcher(library, embedder, vectors, lexical)
    lines = (folder / "golden.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line) for line in lines if line.strip()]
    asked = [question for question in questions if question["evidence"] and not question.get("history")]
    outcomes = [ask(question, searcher, library) for question in asked if stands_in_passages(question, library)]
    print(f"{len(outcomes)} questions, {len(asked) - len(outcomes)} left out")
    return outcomes


def stands_in_passages(question: dict[str, Any], library: Library) -> bool:
    """Whether every quotation can be found at all."""
    for item in question["evidence"]:
        source = next(iter(library.sources_by_name(item["doc"])))
        report = library.report(source.report_id)
        whole = [Hit(report.id, chunk, "", 0.0) for chunk in report.chunks]
        if rank_of(item["doc"], item["quote"], whole, library) is None:
            return False
    return True


def ask(question: dict[str, Any], searcher: Searcher, library: Library) -> Outcome:
    """Searches all reports for one question."""
    began = perf_counter()
    hits = searcher.search(question["question"], k=30).hits
    seconds = perf_counter() - began
    ranks = [rank_of(item["doc"], item["quote"], hits, library) for item in question["evidence"]]
    found = [rank for rank in ranks if rank is not None]
    rank = max(found) if len(found) == len(ranks) else None
    return Outcome(question["question"], question["kind"], len(ranks), rank, seconds)


def rank_of(file: str, quote: str, hits: list[Hit], library: Library) -> int | None:
    """The first hit, from 1, that holds the whole quotation, wherever in the file it stands."""
    source = next(held for held in library.sources_by_name(file))
    for rank, hit in enumerate(hits, start=1):
        if hit.report_id == source.report_id:
            span = source.offsets.to_source(Span(hit.chunk.start, hit.chunk.end))
            if quote in source.file.text[span.start : span.end]:
                return rank
    return None


def print_table(outcomes: list[Outcome]) -> None:
    """A line for each kind, and one for all questions with a single quotation."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.kind].append(outcome)
        groups["all"].append(outcome)
        groups["one quotation" if outcome.quotations == 1 else "several"].append(outcome)
    print(f"{'kind':<16}{'n':>5}" + "".join(f"{f'R@{depth}':>8}" for depth in DEPTHS))
    for kind, group in sorted(groups.items(), key=lambda item: (item[0] in ("all", "one quotation", "several"), item)):
        shares = [sum(o.rank is not None and o.rank <= depth for o in group) / len(group) for depth in DEPTHS]
        print(f"{kind:<16}{len(group):>5}" + "".join(f"{share:>8.3f}" for share in shares))
    middle = sorted(outcome.seconds for outcome in outcomes)[len(outcomes) // 2]
    print(f"median {middle * 1000:.0f} ms a question")


if __name__ == "__main__":
    main()
