"""The command that summarizes: one town, or all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from rag.cli.options import CountyOption, up_to_date
from rag.cli.progress import progress
from rag.cli.terminal import give, give_json_list, save, say
from rag.errors import ZhenbaoError
from rag.errors.messages import both
from rag.types import Length, Notice, SummaryLanguage

if TYPE_CHECKING:
    from rag.library.reader import Lookup
    from rag.summaries.schema import Summary
    from rag.workspace import Workspace

Format = Literal["md", "json", "docx", "xlsx"]


def summarize(
    context: typer.Context,
    town: Annotated[str | None, typer.Argument(metavar="TOWN", help="乡镇 the town")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="全部报告（样例除外），中断后可续 all reports but samples; can be resumed")
    ] = False,
    year: Annotated[int | None, typer.Option(metavar="YEAR", help="报告年度，默认最新 report year")] = None,
    county: CountyOption = None,
    length: Annotated[Length, typer.Option("--length", help="一段、一页或全部 how much")] = "full",
    language: Annotated[
        SummaryLanguage, typer.Option("--language", help="zh 或 en（en 需要模型 needs a model）")
    ] = "zh",
    output_format: Annotated[Format, typer.Option("--format", help="md、json、docx 或 xlsx")] = "md",
    out: Annotated[Path | None, typer.Option(metavar="PATH", help="写入文件；--all 时为文件夹 file, or folder")] = None,
) -> None:
    """按固定栏目摘要报告，每条附原文。Summarize a report, with quotations."""
    if (town is None) != everything:
        raise typer.BadParameter(both(Notice("town_or_all")))
    if output_format in ("docx", "xlsx") and out is None:
        raise typer.BadParameter(both(Notice("needs_out", form=output_format)))
    wanted = _Wanted(length, language, output_format, out)
    with up_to_date(context) as workspace:
        if everything:
            is_failed = _summarize_all(workspace, year, county, wanted)
        else:
            is_failed = False
            _summarize_one(workspace, str(town), year, county, wanted)
    if is_failed:
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be written, and where."""

    length: Length
    language: SummaryLanguage
    output_format: Format
    out: Path | None


def _summarize_one(workspace: "Workspace", town: str, year: int | None, county: str | None, wanted: _Wanted) -> None:
    from rag.library.resolve import reports_of_town

    workspace.library.require_reports()
    choice = reports_of_town(workspace.places, town, county=county, year=year)
    if len(choice) > 1:
        others = "、".join(f"{report.label} ({report.id})" for report in choice[1:])
        say(f"摘要最新的一份：{choice[0].label}；另有 {others}。(the newest of several reports)")
    summary = _summary(workspace, choice[0].id, choice[0].label, wanted)
    if wanted.out is None:
        give(_text(summary, wanted), end="")
        return
    target = wanted.out / _file_name(choice[0].id, choice[0].label, wanted) if wanted.out.is_dir() else wanted.out
    _save(target, summary, wanted)
    say(f"已写入 {target}。(written)")


def _summarize_all(workspace: "Workspace", year: int | None, county: str | None, wanted: _Wanted) -> bool:
    """Summarizes report after report; True where one of them failed, which does not stop the others.

    Finished summaries are kept in the cache: after an interruption the same command goes on where it stopped.
    """
    chosen = _chosen(workspace.library, year, county)
    failed: list[str] = []
    made = _summaries(workspace, chosen, wanted, failed)
    if wanted.out is not None:
        for _ in made:
            pass
    elif wanted.output_format == "json":
        give_json_list(summary.model_dump(mode="json") for summary in made)
    else:
        for number, summary in enumerate(made):
            give(("\n---\n\n" if number else "") + _text(summary, wanted), end="")
    say(f"摘要完成 {len(chosen) - len(failed)} 份，失败 {len(failed)} 份。(done, failed)")
    return bool(failed)


def _chosen(library: "Lookup", year: int | None, county: str | None) -> list[tuple[str, str]]:
    """Id and label of the reports meant, without their texts: no samples where there are others.

    Raises UnknownReport where the library is empty.
    """
    from rag.library.listing import Choice, find
    from rag.library.results import Scope

    library.require_reports()
    is_sample = False if library.has_real_reports() else None
    found = find(library, Choice(Scope(county=county), is_sample=is_sample))
    return [
        (report.id, report.label)
        for batch in found.batches(library)
        for report in batch
        if year in (None, report.metadata.year)
    ]


def _summaries(
    workspace: "Workspace", chosen: Sequence[tuple[str, str]], wanted: _Wanted, failed: list[str]
) -> Iterator["Summary"]:
    """The summaries one after the other, in files where there is a folder; notes which reports failed."""
    for number, (report_id, label) in enumerate(chosen, start=1):
        try:
            summary = _summary(workspace, report_id, f"[{number}/{len(chosen)}] {label}", wanted)
            if wanted.out is not None:
                _save(wanted.out / _file_name(report_id, label, wanted), summary, wanted)
        except ZhenbaoError as error:
            error.put_down_to(label)
            say(both(error))
            failed.append(label)
            continue
        yield summary


def _summary(workspace: "Workspace", report_id: str, label: str, wanted: _Wanted) -> "Summary":
    with progress(label) as show:
        return workspace.summarizer.summarize(
            report_id, length=wanted.length, language=wanted.language, on_progress=show
        )


def _text(summary: "Summary", wanted: _Wanted) -> str:
    from rag.summaries.markdown import summary_markdown

    return summary.model_dump_json(indent=2) + "\n" if wanted.output_format == "json" else summary_markdown(summary)


def _save(target: Path, summary: "Summary", wanted: _Wanted) -> None:
    match wanted.output_format:
        case "docx":
            from rag.summaries.docx import summary_docx

            save(target, summary_docx(summary))
        case "xlsx":
            from rag.summaries.xlsx import summary_xlsx

            save(target, summary_xlsx(summary))
        case _:
            save(target, _text(summary, wanted))


def _file_name(report_id: str, label: str, wanted: _Wanted) -> str:
    """Such as 衡州县石矶镇-2020-0123456789ab.md: people know it by its name, the id keeps namesakes apart."""
    name = "".join(character if character.isalnum() else "-" for character in label)
    return f"{name}-{report_id}.{wanted.output_format}"
