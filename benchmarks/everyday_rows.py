"""Which rows of `everyday.txt` decide answers: each is left out once, and the questions that have its words asked anew.

    python -m benchmarks.everyday_rows SET...

Of a divided set the half to tune on is asked. Recorded replies answer what they can, the model the rest. A row that
decides one question alone knows that question rather than the language. Prints the rows with how many answers they win
and lose, and writes nothing.
"""

import argparse
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from unittest.mock import patch

from benchmarks.calibration import ROOT
from eval.golden import EvalSet, load_set
from eval.items import GoldenItem
from eval.running.recordings import RecordedModel, Recordings
from eval.running.runner import System, answering, open_system
from eval.scoring.cases import score_case
from rag.models.conversation import ChatModel
from rag.models.factory import make_chat_model
from rag.settings import Settings, read_settings
from rag.text import glossary
from rag.text.normalization import fold

Row = tuple[str, ...]


def main() -> None:
    """Asks and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+")
    options = parser.parse_args()
    settings = read_settings(os.environ)
    won: Counter[Row] = Counter()
    lost: Counter[Row] = Counter()
    with ExitStack() as stack:
        behind = stack.enter_context(closing(make_chat_model(settings, None)))
        for folder in options.sets:
            for row, with_it, without in tried(load_set(folder), settings, behind):
                won[row] += with_it and not without
                lost[row] += without and not with_it
    for row in rows():
        print(f"{won[row]:3} won {lost[row]:3} lost  {'|'.join(row)}")
    print(f"{len(rows())} rows, {sum(won[row] == 1 for row in rows())} that win one question alone")


def rows() -> list[Row]:
    """The everyday forms of each row."""
    by_words: dict[tuple[str, ...], list[str]] = {}
    for form, words in glossary._read("everyday.txt").items():
        by_words.setdefault(words, []).append(form)
    return [tuple(forms) for forms in by_words.values()]


def tried(eval_set: EvalSet, settings: Settings, behind: ChatModel) -> Iterator[tuple[Row, bool, bool]]:
    """For each row and question that has its words: whether the answer is right with the row, and without it."""
    recordings = Recordings(ROOT / "eval" / "recorded" / f"{eval_set.name}.jsonl", answering(settings), writes=False)
    items = eval_set.items_of("tune" if eval_set.split else None)
    with open_system(eval_set, settings, RecordedModel(recordings, behind)) as system:
        for row in rows():
            for item in items:
                if any(form in fold(item.question) for form in row):
                    yield row, _is_right(system, item, eval_set), _is_right(system, item, eval_set, without=row)


def _is_right(system: System, item: GoldenItem, eval_set: EvalSet, *, without: Row = ()) -> bool:
    entries = {form: words for form, words in glossary._read("everyday.txt").items() if form not in without}
    glossary._everyday.cache_clear()
    with patch.object(glossary, "_read", lambda name: entries):
        case = score_case(item, system.ask(item), eval_set.texts, eval_set.towns)
    glossary._everyday.cache_clear()
    return case.status in ("right", "refused_rightly")


if __name__ == "__main__":
    main()
