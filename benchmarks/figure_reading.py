"""A random sample of the rows of figures, each under its sentence, for a person to judge by reading.

    python -m benchmarks.figure_reading REPORT ... [--rows 200] [--seed 14] [--whole]

REPORT are files as `ingest` takes them. The rows are spread over the reports by their number. `--whole` prints every
sentence of the reports with all its rows instead, so that what was not found shows too. How it is judged stands in
`README.md`.
"""

import argparse
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from random import Random

from rag.formats.read import read_file
from rag.parsing.figures.indicators import Indicator, read_indicators
from rag.parsing.parse import parse
from rag.parsing.report import Report


def main() -> None:
    """Prints the sample, numbered."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path, nargs="+")
    parser.add_argument("--rows", type=int, default=200)
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument("--whole", action="store_true")
    options = parser.parse_args()
    reports = {path.name: parse(read_file(path)).report for path in options.reports}
    if options.whole:
        for name, report in reports.items():
            print_whole(name, report)
        return
    drawn = draw([(name, row) for name, report in reports.items() for row in read_indicators(report)], options)
    for name, found in groupby(drawn, key=lambda each: each[0]):
        print(f"\n# {name}, report of {reports[name].metadata.year}")
        for number, (_, row) in enumerate(found, start=1):
            print(f"{number:>3} {told(row)}  <- {sentence_of(row, reports[name])}")


def draw(rows: Sequence[tuple[str, Indicator]], options: argparse.Namespace) -> list[tuple[str, Indicator]]:
    """As many rows as wanted, in the order of the reports."""
    chosen = sorted(Random(options.seed).sample(range(len(rows)), min(options.rows, len(rows))))
    return [rows[index] for index in chosen]


def told(row: Indicator) -> str:
    """A row in one line."""
    return f"{row.subject} | {row.approx or ''} {row.value} {row.unit} | {row.year} {row.period} {row.status}"


def sentence_of(row: Indicator, report: Report) -> str:
    """The sentence that a row's figure stands in, the figure in brackets."""
    sentence = next(each for each in report.sentences if each.start <= row.figure.start < each.end)
    text, figure = report.text, row.figure
    return f"{text[sentence.start : figure.start]}[{text[figure.start : figure.end]}]{text[figure.end : sentence.end]}"


def print_whole(name: str, report: Report) -> None:
    """Every sentence, and below it its rows."""
    print(f"\n# {name}, report of {report.metadata.year}")
    rows = read_indicators(report)
    for sentence in report.sentences:
        print(f"{sentence.kind[:1]} {report.text[sentence.start : sentence.end]}")
        for row in rows:
            if sentence.start <= row.figure.start < sentence.end:
                print(f"      {told(row)}")


if __name__ == "__main__":
    main()
