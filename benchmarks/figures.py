"""How many of a report's quantitative statements are found, and what is said of them.

    python benchmarks/figures.py SET [--missed] [--unmatched] [--wrong]

SET is an eval set: `reports/`, `golden.jsonl` and `indicators.jsonl`. A row counts as found where a row with an
overlapping quotation has its value. Whether a row that matches no golden one is wrong is for a reader to judge:
`--unmatched` prints them all.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from eval.golden import EvalSet, load_set
from eval.scoring.indicator_scores import GivenIndicator, Match, match_indicators
from rag.formats.read import read_file
from rag.parsing.figures.indicators import FigureRow, figure_rows
from rag.parsing.parse import parse
from rag.parsing.report import ReportSource


def main() -> None:
    """Prints a line per report and one for the set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", type=Path)
    parser.add_argument("--missed", action="store_true", help="also print the golden rows that were not found")
    parser.add_argument("--unmatched", action="store_true", help="also print the rows that match no golden one")
    parser.add_argument("--wrong", action="store_true", help="also print matched rows with another unit, …")
    options = parser.parse_args()
    eval_set = load_set(options.set)
    given = [GivenIndicator.model_validate(asdict(row)) for row in rows_of(eval_set)]
    matches = match_indicators(eval_set.indicators, given)
    print(f"{'':<28}{'golden':>8}{'rows':>8}{'recall':>8}{'matched':>8}{'unit':>8}{'approx':>8}{'status':>8}")
    for name in [*sorted({row.doc for row in eval_set.indicators}), ""]:
        print_line(
            name or "all",
            sum(name in ("", row.doc) for row in eval_set.indicators),
            sum(name in ("", row.file) for row in given),
            [match for match in matches if name in ("", match.given.file)],
        )
    if options.missed:
        found = {match.golden.id for match in matches}
        for row in eval_set.indicators:
            if row.id not in found:
                print(f"- {row.id} {row.subject} = {row.value}{row.unit} {row.status}: {row.quote}")
    if options.unmatched:
        known = {id(match.given) for match in matches}
        for one in given:
            if id(one) not in known:
                print(f"+ {one.file[:12]} {one.subject} = {one.value}{one.unit} {one.status}: {one.quote}")
    if options.wrong:
        print_wrong(matches)


def rows_of(eval_set: EvalSet) -> Iterator[FigureRow]:
    """The rows of the reports that have golden ones."""
    for name in sorted({row.doc for row in eval_set.indicators}):
        source = read_file(eval_set.folder / "reports" / name)
        parsed = parse(source)
        yield from figure_rows(parsed.report, ReportSource(parsed.report.id, source, parsed.offsets, ()))


def print_line(name: str, golden: int, rows: int, matches: Sequence[Match]) -> None:
    """A line of the table; shares are of the matched rows."""
    found = max(1, len(matches))
    shares = [
        len(matches) / max(1, golden),
        len(matches) / max(1, rows),
        sum(match.same_unit for match in matches) / found,
        sum(match.same_approximation for match in matches) / found,
        sum(match.same_status for match in matches) / found,
    ]
    print(f"{name[:26]:<28}{golden:>8}{rows:>8}" + "".join(f"{share:>8.3f}" for share in shares))


def print_wrong(matches: Sequence[Match]) -> None:
    """What of the matched rows differs."""
    for match in matches:
        golden, given = match.golden, match.given
        if not match.same_unit:
            print(f"unit   {given.unit} for {golden.unit}: {given.quote}")
        if not match.same_approximation:
            print(f"approx {given.approx} for {golden.approx}: {golden.value}{golden.unit} {given.quote}")
        if not match.same_status:
            print(f"status {given.status} for {golden.status}: {golden.value}{golden.unit} {given.quote}")


if __name__ == "__main__":
    main()
