"""The commands that make tables: figures, compare."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, cast

import typer

from rag.cli.options import (
    CountyOption,
    JsonOption,
    LimitOption,
    OffsetOption,
    TownOption,
    YearOption,
    up_to_date,
)
from rag.cli.terminal import give, give_json, give_json_list, save, saving, say
from rag.errors import InputError
from rag.errors.messages import both
from rag.text.display import printable, shortened
from rag.types import Notice

if TYPE_CHECKING:
    from rag.parsing.figures.indicators import FigureRow
    from rag.tables.chart import PictureFormat
    from rag.tables.comparison import Change, Comparison


def figures(
    context: typer.Context,
    town: TownOption = None,
    county: CountyOption = None,
    year: YearOption = None,
    topic: Annotated[str | None, typer.Option(metavar="TOPIC", help="只看这一类 only this topic")] = None,
    as_json: JsonOption = False,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="PATH", help="写成 CSV 文件 as CSV")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="PATH", help="写成 Excel 文件 as xlsx")] = None,
    limit: LimitOption = None,
    offset: OffsetOption = 0,
) -> None:
    """列出报告中的每一个数字，附原文。Every quantitative statement, with its quotation."""
    from rag.library.figure_store import FigureChoice, stream_figures, unread_notices
    from rag.tables.chosen_reports import chosen_reports

    with up_to_date(context) as workspace:
        library = workspace.library
        choice = FigureChoice(
            chosen_reports(workspace.places, town or (), county),
            years=tuple(year or ()),
            topics=None if topic is None else tuple(_topics(topic)),
        )

        def rows() -> "Iterator[FigureRow]":
            return stream_figures(library, choice, limit=limit, offset=offset)

        for notice in unread_notices(library):
            say(both(notice))
        if csv is not None:
            from rag.tables.spreadsheets import write_figures_csv

            _write(csv, write_figures_csv, rows())
        if xlsx is not None:
            from rag.tables.spreadsheets import write_figures_xlsx

            _write(xlsx, write_figures_xlsx, rows())
        if as_json:
            give_json_list(asdict(row) for row in rows())
        elif csv is None and xlsx is None:
            _give_rows(rows())


def _write(path: Path, write: "Callable[[BinaryIO, Iterable[FigureRow]], None]", rows: "Iterator[FigureRow]") -> None:
    """Writes rows to a file as they come, and says how many there were."""
    written = count()
    with saving(path) as file:
        write(file, (row for row, _ in zip(rows, written, strict=False)))
    say(f"已写入 {path}：{next(written)} 条。(rows written)")


def _topics(wanted: str) -> list[str]:
    """The topics that a person means: 农业 is enough for 农业农村.

    Raises InputError for a topic that there is not.
    """
    from rag.parsing.figures.topics import TOPICS
    from rag.text.normalization import fold

    found = [topic for topic in TOPICS if fold(wanted).strip() and fold(wanted).strip() in topic]
    if not found:
        raise InputError("no_such_topic", topic=wanted, known=tuple(TOPICS))
    return cast(list[str], found)


def _give_rows(rows: "Iterable[FigureRow]") -> None:
    from rag.tables.columns import STATUSES, with_approximation

    row = None
    for row in rows:
        place = " ".join(str(part) for part in (row.town, row.year, row.topic) if part)
        value = f"{with_approximation(row.value, row.approx)}{row.unit}"
        mark = "" if row.status == "result" else f"（{STATUSES[row.status]}）"
        give(printable(f"{place}\t{row.subject}\t{value}{mark}\t{shortened(row.quote, 80)}"))
    if row is None:
        say("没有找到数字。(no figures found)")


def compare(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="指标，如 油茶种植面积 what to compare")],
    county: CountyOption = None,
    year: Annotated[int | None, typer.Option(metavar="YEAR", help="只看这一年的数字 figures of this year")] = None,
    status: Annotated[
        str | None, typer.Option(metavar="STATUS", help="result 完成，plan 计划，target 目标 only these")
    ] = None,
    as_json: JsonOption = False,
    plot: Annotated[
        Path | None, typer.Option("--plot", metavar="PATH", help="画成柱状图，.svg 或 .png a bar chart")
    ] = None,
    limit: LimitOption = None,
    offset: OffsetOption = 0,
) -> None:
    """同一指标在各乡镇、各年度的对照。One subject across towns and years."""
    picture_format = _picture_format(plot)
    if not subject.strip():
        raise typer.BadParameter(both(Notice("empty_subject")))
    from rag.tables.comparison import SHOWN_GAPS, Wanted, status_named

    gaps = limit if as_json else SHOWN_GAPS
    wanted = Wanted(county, year, status_named(status), limit=limit, offset=offset, gaps=gaps)
    with up_to_date(context) as workspace:
        found = workspace.comparer.compare(subject, wanted)
    for notice in found.notices:
        say(both(notice))
    if plot is not None and picture_format is not None:
        _draw(found.comparison, plot, picture_format)
    if as_json:
        from rag.service import comparison_json

        give_json(comparison_json(found))
    elif plot is None:
        _give_comparison(found.comparison)


def _picture_format(path: Path | None) -> "PictureFormat | None":
    if path is None:
        return None
    ending = path.suffix.lower().removeprefix(".")
    if ending not in ("svg", "png"):
        raise typer.BadParameter(both(Notice("only_svg_or_png", name=path.name)))
    return cast("PictureFormat", ending)


def _draw(comparison: "Comparison", path: Path, picture_format: "PictureFormat") -> None:
    from rag.tables.chart import bar_chart, has_chinese_font

    if not comparison.rows:
        raise InputError("nothing_to_draw", subject=comparison.subject)
    if picture_format == "png" and not has_chinese_font():
        say("这台机器没有中文字体，图中的汉字会缺失；.svg 不受影响。(no Chinese font here; .svg needs none)")
    save(path, bar_chart(comparison, picture_format))
    say(f"已写入 {path}。(written)")


def _give_comparison(comparison: "Comparison") -> None:
    from rag.tables.columns import STATUSES, with_approximation

    for row in comparison.rows:
        value = f"{with_approximation(f'{row.value:,.10g}', row.approx)}{comparison.unit}"
        parts = [comparison.name(row), STATUSES[row.status], value, _change_text(row.change), row.figure.subject]
        give(printable("\t".join([*parts, shortened(row.figure.quote, 80)])))
    if not comparison.rows_in_all:
        say(f"报告里没有找到“{comparison.subject}”的数字。(nothing found)")
        return
    for gap in comparison.gaps:
        give(printable(f"{comparison.name(gap)}\t—\t没有写到完成数 no result"))
    for shown, in_all, what in (
        (len(comparison.rows), comparison.rows_in_all, "条 rows"),
        (len(comparison.gaps), comparison.gaps_in_all, "份没有写到完成数的报告 reports without a result"),
    ):
        if shown < in_all:
            say(f"共 {in_all} {what}，列出了 {shown}。({shown} of {in_all} shown)")


def _change_text(change: "Change | None") -> str:
    """Such as 比2020年 +18.8%, of a share 比2020年 +0.6个百分点."""
    if change is None:
        return ""
    if change.points is not None:
        return f"比{change.since}年 {change.points:+.10g}个百分点"
    percent = f"{change.percent:+.1f}%" if change.percent is not None else f"{change.difference:+,.10g}"
    return f"比{change.since}年 {percent}"
