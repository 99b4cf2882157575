"""A replay gives the same bytes in every process, data folder and output folder."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from eval.golden import load_set
from eval.running.recordings import Answering, RecordedModel, Recordings
from eval.running.runner import _fingerprint, open_system
from eval.sampling import choose_items
from rag.answering.rewording import Rewording
from rag.models.conversation import ChatRequest, Choice, ChoiceRequest, Reply, Tokens
from rag.settings import Settings
from rag.workspace import Workspace
from tests.support.paths import ROOT
from tests.support.scripted_model import claims, in_words

T = TypeVar("T", bound=BaseModel)
SAMPLE = ROOT / "eval" / "sets" / "sample"
_ASKED = 20
_SENTENCE = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)


class _Repeating:
    """A model that answers every question with the first two sentences it is shown."""

    name = "repeating"

    def complete(self, request: ChatRequest[T]) -> Reply[T]:
        if request.output is Rewording:
            return in_words(request, request.turns[-1].content)
        shown = _SENTENCE.findall(request.turns[-1].content)[:2]
        value = request.output.model_validate(claims(*(text for _, text in shown), evidence=[int(n) for n, _ in shown]))
        return Reply(value, Tokens(100, 20), 0.5, value.model_dump_json())

    def choose(self, request: ChoiceRequest) -> Choice:
        return Choice((0.0,) * len(request.words), Tokens(50, 1), 0.1)


def _record(recordings: Path, home: Path) -> None:
    eval_set = load_set(SAMPLE)
    replies = Recordings(recordings, Answering("repeating", "1"))
    with open_system(eval_set, Settings(home=home), RecordedModel(replies, _Repeating())) as system:
        for item in choose_items(eval_set.items, sample=_ASKED):
            system.ask(item)
    assert replies.save(only_used=True) >= _ASKED // 2


def _replayed(folder: Path, recordings: Path, home: Path, *, seed: str) -> bytes:
    """`results.json` of a replay in a process of its own, where sets of strings have another order."""
    command = [sys.executable, "-P", "-m", "eval", "--set", SAMPLE, "--sample", _ASKED, "--no-baseline"]
    places = ["--recordings", recordings, "--out", folder]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "ZHENBAO_HOME": str(home)}
    done = subprocess.run(
        [str(part) for part in (*command, *places)], cwd=ROOT, env=environment, capture_output=True, timeout=300
    )
    assert "未录制".encode() not in done.stdout, done.stdout.decode()
    return (folder / "results.json").read_bytes()


def _home(folder: Path, known: Path) -> Path:
    """A data folder whose library is made anew, but not its vectors: they take long."""
    library = folder / "eval" / f"sample-{_fingerprint(load_set(SAMPLE).texts)}"
    library.mkdir(parents=True)
    with closing(sqlite3.connect(known)) as source, closing(sqlite3.connect(library / "cache.sqlite3")) as target:
        source.backup(target)
    return folder


def test_two_replays_write_the_same_results(tmp_path: Path, sample_workspace: Workspace) -> None:
    known = sample_workspace.settings.cache_path
    home, elsewhere = _home(tmp_path / "home", known), _home(tmp_path / "elsewhere", known)
    recordings = tmp_path / "recorded.jsonl"
    _record(recordings, home)
    first = _replayed(tmp_path / "first", recordings, home, seed="1")
    second = _replayed(tmp_path / "second", recordings, elsewhere, seed="2")
    assert first == second
    assert first.count(b'"status": "failed"') == 0
    assert first.count(b'"status": "right"') > 0
    assert str(tmp_path).encode() not in first
    assert b'"seconds"' not in first
