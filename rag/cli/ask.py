"""The commands that read the library for a person: ask and search."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from rag.cli.asking_serve import Asked, Failed, Shown, ask_serve
from rag.cli.options import (
    CountyOption,
    JsonOption,
    TownOption,
    YearOption,
    bring_up_to_date,
    open_workspace,
    scope_of,
    up_to_date,
)
from rag.cli.terminal import give, give_json, say
from rag.errors import InputError
from rag.errors.messages import both
from rag.text.display import printable
from rag.types import Notice

if TYPE_CHECKING:
    from rag.answering.answers import Answer
    from rag.library.results import Scope
    from rag.models.conversation import Turn
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
        raise typer.BadParameter(both(InputError("empty_question")))
    with open_workspace(context) as workspace:
        if question is None:
            is_failed = _ask_batch(workspace, str(batch))
        else:
            asked = Asked(question, _text_of(history), tuple(town or ()), county, tuple(year or ()))
            is_failed = _ask_one(workspace, asked, as_json)
    if is_failed:
        raise typer.Exit(1)


def _ask_one(workspace: "Workspace", asked: Asked, as_json: bool) -> bool:
    """Shows the answer of the running `serve`, else its own; True where the model did not do its part."""
    told: list[int] = []

    def on_found(count: int) -> None:
        if count and not told and not as_json:
            say(f"找到 {count} 句原文，正在作答……(sentences found, answering)")
        told.append(count)

    shown = ask_serve(workspace.settings, asked, on_found) or _answered_here(workspace, asked, on_found)
    if isinstance(shown, Failed):
        say(shown.sentence)
        return True
    for notice in shown.notices:
        say(notice)
    if as_json:
        give_json(shown.row)
    else:
        give(shown.text)
    return shown.row["reason"] == "model_unavailable"


def _answered_here(workspace: "Workspace", asked: Asked, on_found: Callable[[int], None]) -> Shown:
    from rag.answering.rendering import answer_json, answer_text
    from rag.service import read_history

    bring_up_to_date(workspace)
    workspace.library.require_reports()
    turns = () if asked.history is None else read_history(asked.history)
    workspace.open_ahead(asked.question)
    scope = scope_of(list(asked.towns), asked.county, list(asked.years))
    answer: Answer | None = None
    for step in workspace.answerer.stream(asked.question, history=turns, scope=scope):
        if answer is None:
            on_found(len(step.evidence))
        answer = step
    if answer is None:
        raise AssertionError("the answerer gave nothing")
    return Shown(answer_json(answer), answer_text(answer), [both(notice) for notice in answer.notices])


def _ask_batch(workspace: "Workspace", batch: str) -> bool:
    """Answers line by line as the lines come; True where one of them failed."""
    from rag.cli.batch import answer_lines

    bring_up_to_date(workspace)
    workspace.library.require_reports()

    def one(question: str, history: "tuple[Turn, ...]", scope: "Scope") -> "Answer":
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


def _text_of(history: Path | None) -> str | None:
    if history is None:
        return None
    try:
        return history.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError("cannot_open", path=history, reason=error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise InputError("not_utf8", path=history) from error


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
    from rag.library.as_json import hit_json
    from rag.library.resolve import chosen_by

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
