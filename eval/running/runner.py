"""Runs the questions of a set through the system, or reads the answers it gave elsewhere."""

import hashlib
import json
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import ValidationError

from eval.golden import EvalSet
from eval.items import GoldenItem
from eval.running.recordings import Answering
from eval.scoring.replies import GivenAnswer
from rag.answering.answer import Answerer
from rag.answering.questions import understand
from rag.answering.rendering import answer_json, error_json
from rag.errors import InputError, ZhenbaoError
from rag.errors.messages import both
from rag.library.as_json import hit_json
from rag.library.results import IngestResult
from rag.models.access import endpoint_host
from rag.models.conversation import ChatModel, Turn
from rag.models.engine import engine_of
from rag.models.model_file import chat_model_name, model_path
from rag.settings import Settings
from rag.summaries.summarize import Summarizer
from rag.types import Notice
from rag.workspace import Workspace

Ask = Callable[[GoldenItem], GivenAnswer | None]
"""The seam between a run and whatever answers; None for a question that is to be left out of the results."""
_HITS = 10


@dataclass(frozen=True, slots=True)
class System:
    """The system under test with the set's reports in a library of their own."""

    workspace: Workspace
    answerer: Answerer
    summarizer: Summarizer

    def ask(self, item: GoldenItem) -> GivenAnswer:
        """The answer to one question, with the ranked passages of its search."""
        turns = tuple(Turn(message.role, message.content) for message in item.history)
        try:
            row = answer_json(self.answerer.ask(item.question, history=turns))
        except ZhenbaoError as error:
            row = error_json(error, item.question)
        return GivenAnswer.model_validate({**row, "id": item.id, "hits": self._hits(item, turns)})

    def summarize(self, doc: str) -> dict[str, object]:
        """The summary of one report of the set, by file name."""
        source = self.workspace.library.source_by_name(doc)
        if source is None:
            raise InputError("report_not_held", name=doc)
        return self.summarizer.summarize(source.report_id).model_dump(mode="json")

    def _hits(self, item: GoldenItem, turns: Sequence[Turn]) -> list[dict[str, object]]:
        library = self.workspace.library
        asked = understand(item.question, self.workspace.places, turns)
        found = self.workspace.searcher.search(asked.sought, scope=asked.scope, k=_HITS).hits
        return [
            dict(hit_json(rank, hit, library.report(hit.report_id), library.source(hit.report_id)))
            for rank, hit in enumerate(found, 1)
        ]


@contextmanager
def open_system(eval_set: EvalSet, settings: Settings, model: ChatModel | None) -> Iterator[System]:
    """The system with the reports of a set taken in, in a data folder that nothing else uses.

    Raises InputError where a report of the set cannot be taken in.
    """
    folder = settings.home / "eval" / f"{eval_set.name}-{_fingerprint(eval_set.texts)}"
    own = replace(settings, home=folder, model_file=model_path(settings))
    results: list[IngestResult] = []
    with Workspace(own) as workspace:
        workspace.ingest([eval_set.folder / "reports"], on_result=results.append)
        if reasons := tuple(why for result in results if result.status == "failed" for why in result.details):
            raise InputError("reports_not_taken_in", reasons=reasons)
        library = workspace.library
        answerer = workspace.answerer_with(model)
        yield System(workspace, answerer, Summarizer(library=library, model=model))


def read_answers(path: Path) -> dict[str, GivenAnswer]:
    """Answers by id from the output of `zhenbao ask --batch`.

    Raises InputError with the line number of what cannot be read.
    """
    answers: dict[str, GivenAnswer] = {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("answers_not_readable", path=path, reason=str(error)) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            answer = GivenAnswer.model_validate(json.loads(line))
        except (json.JSONDecodeError, ValidationError) as error:
            reason = str(error).splitlines()[0]
            raise InputError("not_an_answer", about=f"{path.name}:{number}", reason=reason) from error
        answers[answer.id] = answer
    return answers


def from_answers(answers: Mapping[str, GivenAnswer]) -> Ask:
    """Asks a file: a question without an answer there has failed."""
    missing = GivenAnswer(outcome="error", message=both(Notice("no_answer_in_file")))
    return lambda item: answers.get(item.id, missing)


def answering(settings: Settings) -> Answering:
    """Who answers with these settings: for the embedded model the file's hash and the server's version.

    Of an endpoint only the host: a key may stand in the rest of the address, and recordings are committed.
    """
    if settings.endpoint == "openai":
        return Answering(settings.chat_model or "", f"{endpoint_host(settings)} {settings.chat_model}")
    path = model_path(settings)
    digest = _digest(path) if path else "none"
    return Answering(chat_model_name(settings), f"{digest} {engine_of(settings).identity}")


def commit() -> str:
    """The commit of the checkout, `unknown` outside one."""
    command = ["git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]
    try:
        folder = Path(__file__).parent
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    return done.stdout.strip()


def _fingerprint(texts: Mapping[str, str]) -> str:
    content = json.dumps(dict(sorted(texts.items())), ensure_ascii=False)
    return hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:8]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"
