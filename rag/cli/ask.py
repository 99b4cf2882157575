"""The commands that read the library for a person: ask and search."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from rag.answering.answers import Answer
from rag.answering.rendering import answer_json, answer_text
from rag.cli.options import CountyOption, JsonOption, TownOption, YearOption, scope_of, up_to_date
from rag.cli.terminal import give, give_json, say
from rag.errors import InputError
from rag.errors.messages import both
from rag.library.as_json import hit_json
from rag.library.resolve import chosen_by
from rag.library.results import Scope
from rag.models.conversation import Turn
from rag.text.display import printable
from rag.types import Notice

if TYPE_CHECKING:
    from rag.workspace import Workspace

Format = Literal["md", "json"]


def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(metavar="QUESTION", help="问题 the question")] = None,
    batch: Annotated[
        str | None, typer.Option(metavar="FILE", help="每行一个问题，- 为标准输入 JSON lines, - for stdin")
    ] = None,
    history: Annotated[
        Path | None, typer.Option(metavar="FILE", help="此前的对话 earlier turns, [{role, content}]")
    ] = None,
    town: TownOption = None,
    county: CountyOption = None,
    year: YearOption = None,
    as_json: JsonOption = False,
) -> None:
    """提问，逐句附原文出处。Ask; each sentence comes with its quotations."""
    if (question is None) == (batch is None):
        raise typer.BadParameter(both(Notice("question_or_batch")))
    if question is not None and not question.strip():
        raise typer.BadParameter(both(Notice("empty_question")))
    with up_to_date(context) as workspace:
        workspace.library.require_reports()
        if batch is not None:
            is_failed = _ask_batch(workspace, batch)
        else:
            turns = _read_history(history)
            workspace.open_ahead(str(question))
            is_failed = _ask_one(workspace, str(question), turns, scope_of(town, county, year), as_json)
    if is_failed:
        raise typer.Exit(1)


def _ask_one(workspace: "Workspace", question: str, history: tuple[Turn, ...], scope: Scope, as_json: bool) -> bool:
    """Shows the answer; True where the model did not do its part."""
    answer: Answer | None = None
    for step in workspace.answerer.stream(question, history=history, scope=scope):
        if answer is None and not as_json and step.evidence:
            say(f"找到 {len(step.evidence)} 句原文，正在作答……(sentences found, answering)")
        answer = step
    if answer is None:
        raise AssertionError("the answerer gave nothing")
    for notice in answer.notices:
        say(both(notice))
    if as_json:
        give_json(answer_json(answer))
    else:
        give(answer_text(answer))
    return answer.reason == "model_unavailable"


def _ask_batch(workspace: "Workspace", batch: str) -> bool:
    """Answers line by line as the lines come; True where one of them failed."""
    from rag.cli.batch import answer_lines

    def one(question: str, history: tuple[Turn, ...], scope: Scope) -> Answer:
        return workspace.answerer.ask(question, history=history, scope=scope)

    is_failed = False
    for answer in answer_lines(_lines_of(batch), one):
        give_json(answer.row, indent=None)
        is_failed = is_failed or answer.is_failed
    return is_failed


def _lines_of(batch: str) -> Iterator[str]:
    """The lines of a file, or of standard input for "-"; bytes that are no UTF-8 spoil their own line only."""
    if batch == "-":
        yield from (line.decode("utf-8-sig", errors="replace") for line in sys.stdin.buffer)
        return
    try:
        with Path(batch).open("rb") as file:
            yield from (line.decode("utf-8-sig", errors="replace") for line in file)
    except OSError as error:
        raise InputError("cannot_open", path=batch, reason=error.strerror or str(error)) from error


def _read_history(path: Path | None) -> tuple[Turn, ...]:
    if path is None:
        return ()
    from rag.service import read_history

    try:
        return read_history(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError("cannot_open", path=path, reason=error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise InputError("not_utf8", path=path) from error


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="要找的内容 what to look for")],
    count: Annotated[int, typer.Option("-k", min=1, max=200, help="给出几段 how many passages")] = 8,
    town: TownOption = None,
    county: CountyOption = None,
    year: YearOption = None,
    as_json: JsonOption = False,
) -> None:
    """只检索，不作答。Retrieval alone: the passages nearest to a query."""
    with up_to_date(context) as workspace:
        workspace.library.require_reports()
        scope = chosen_by(scope_of(town, county, year), workspace.places)
        found = workspace.searcher.search(query, scope=scope, k=count)
        rows = [
            hit_json(rank, hit, workspace.library.report(hit.report_id), workspace.library.source(hit.report_id))
            for rank, hit in enumerate(found.hits, start=1)
        ]
    for notice in found.notices:
        say(both(notice))
    if as_json:
        give_json(rows)
        return
    for row, hit in zip(rows, found.hits, strict=True):
        where = " · ".join(str(row[name]) for name in ("town", "year", "file", "section") if row[name])
        give(printable(f"[{row['rank']}] {row['score']:.3f}  {where}\n{hit.text}\n"))
    if not rows:
        say("没有找到。(nothing found)")
