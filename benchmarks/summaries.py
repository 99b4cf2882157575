"""What summaries hold, and what they cost: scores against golden summaries, seconds, requests and tokens.

    python benchmarks/summaries.py [SET ...] [--live] [--language zh|en] [--long CHARACTERS]

SET is an eval set: `reports/` and `summaries.jsonl`; `eval/sets/sample` where none is named. Without --live no model is
asked; with it the model of the environment is (in Chinese to shorten
wordy points), and its replies are kept in ZHENBAO_HOME. --long also summarizes a
report of about so many characters, made of the first set's reports one behind the other.
"""

import argparse
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from pydantic import BaseModel

from eval.items import GoldenSummary
from eval.scoring.summary_scores import GivenSummary, score_summary
from rag.formats.read import read_file
from rag.library.library import Library
from rag.models.cache import Cache
from rag.models.conversation import ChatModel, ChatRequest, Choice, ChoiceRequest, Reply, Tokens
from rag.models.factory import cached_chat_model
from rag.parsing.parse import parse
from rag.parsing.report import ReportSource
from rag.settings import read_settings
from rag.summaries.schema import Summary
from rag.summaries.summarize import Summarizer
from rag.types import SourceFile, SummaryLanguage

SAMPLE = Path(__file__).parent.parent / "eval" / "sets" / "sample"
T = TypeVar("T", bound=BaseModel)


class Counting:
    """A chat model that counts what it is asked and what that cost."""

    def __init__(self, behind: ChatModel) -> None:
        self._behind = behind
        self.requests = 0
        self.tokens = Tokens()

    @property
    def name(self) -> str:
        return self._behind.name

    def complete(self, request: ChatRequest[T]) -> Reply[T]:
        """See ChatModel."""
        reply = self._behind.complete(request)
        self.requests += 1
        self.tokens += reply.tokens
        return reply

    def choose(self, request: ChoiceRequest) -> Choice:
        """See ChatModel."""
        return self._behind.choose(request)


@dataclass(frozen=True, slots=True)
class Made:
    """A summary and what it cost."""

    summary: Summary
    characters: int  # of the clean text
    seconds: float
    requests: int
    tokens: Tokens


def main() -> None:
    """Prints one line a report, and the means of each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="*", default=[SAMPLE])
    parser.add_argument("--live", action="store_true", help="ask the model of the environment")
    parser.add_argument("--language", choices=["zh", "en"], default="zh")
    parser.add_argument("--long", type=int, metavar="CHARACTERS", help="also a report of this length")
    options = parser.parse_args()
    with _model(options.live) as model, tempfile.TemporaryDirectory() as folder:
        library = Library.open(Path(folder) / "library.sqlite3")
        for one in options.sets:
            _measure(one, library, model, options.language)
        if options.long:
            _measure_long(options.sets[0], options.long, library, model, options.language)
        library.close()


@contextmanager
def _model(is_live: bool) -> Iterator[Counting | None]:
    if not is_live:
        yield None
        return
    settings = read_settings(os.environ)
    cache = Cache(settings.cache_path)
    model = cached_chat_model(settings, cache)
    try:
        yield Counting(model)
    finally:
        model.close()
        cache.close()


def _measure(folder: Path, library: Library, model: Counting | None, language: SummaryLanguage) -> None:
    totals: dict[str, float] = {}
    rows = (folder / "summaries.jsonl").read_text(encoding="utf-8").splitlines()
    for row in rows:
        golden = GoldenSummary.model_validate_json(row)
        file = read_file(folder / "reports" / golden.doc)
        made = _made(file, library, model, language)
        given = GivenSummary.model_validate(made.summary.model_dump(mode="json"))
        scores = score_summary(golden, given, {golden.doc: file.text})
        totals = {name: totals.get(name, 0.0) + value for name, value in scores.items()}
        _tell(golden.town, made, scores)
    print(f"{folder.name}: " + " ".join(f"{name} {value / len(rows):.3f}" for name, value in totals.items()))


def _measure_long(
    folder: Path, characters: int, library: Library, model: Counting | None, language: SummaryLanguage
) -> None:
    """A report of many sections: the bodies of the set's reports one behind the other, below one title."""
    texts = [parse(read_file(path)).report.text for path in sorted((folder / "reports").glob("*.txt"))]
    text = "长岭镇2020年工作总结\n"
    for number in range(1000):
        if len(text) >= characters:
            break
        stop = f"（{chr(ord('一') + number)}片）。"  # no part is another's repetition, which cleaning would take out
        body = texts[number % len(texts)].replace("。", stop)
        text += f"第{number + 1}部分\n{body}\n"
    _tell("long", _made(SourceFile("long.txt", "0" * 64, "utf-8", text), library, model, language), {})


def _made(file: SourceFile, library: Library, model: Counting | None, language: SummaryLanguage) -> Made:
    parsed = parse(file)
    library.add(parsed.report, ReportSource(parsed.report.id, file, parsed.offsets, parsed.defects))
    requests, tokens = (model.requests, model.tokens) if model else (0, Tokens())
    began = perf_counter()
    summary = Summarizer(library=library, model=model, shortens=True).summarize(parsed.report.id, language=language)
    seconds = perf_counter() - began
    if model is None:
        return Made(summary, len(parsed.report.text), seconds, 0, Tokens())
    spent = Tokens(model.tokens.prompt - tokens.prompt, model.tokens.completion - tokens.completion)
    return Made(summary, len(parsed.report.text), seconds, model.requests - requests, spent)


def _tell(name: str, made: Made, scores: Mapping[str, float]) -> None:
    summary = made.summary
    told = [*summary.overview, *summary.key_figures, *(point for topic in summary.topics for point in topic.points)]
    told += [*summary.problems, *summary.plans]
    share = sum(len(point.text) for point in told) / made.characters
    scored = " ".join(f"{key} {value:.2f}" for key, value in scores.items())
    cost = f"{made.seconds:.1f} s, {made.requests} requests, {made.tokens.prompt}+{made.tokens.completion} tokens"
    kept = f"{len(told)} points, {share:.3f} of {made.characters} characters, {summary.dropped} dropped"
    print(f"{name}: {scored} | {kept}, {summary.left_in_chinese} left in Chinese | {cost}", flush=True)


if __name__ == "__main__":
    main()
