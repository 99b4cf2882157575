"""How many of the known defects of an eval set's files are warned of, and all warnings for a person to judge.

    python benchmarks/file_warnings.py FOLDER [--all]

FOLDER is an eval set: `reports/` and `summaries.jsonl` with `data_quality`. An entry counts as found when a warning of
a kind that answers to its type overlaps one of its quotations. Types that Zhenbao does not claim to see (typos, style,
missing metadata) are listed apart and count in no share. `--all` prints every warning.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.formats.read import read_file
from rag.parsing.parse import parse
from rag.parsing.report import Defect, DefectKind

ANSWERS: dict[str, frozenset[DefectKind]] = {  # type of the set: kinds of warning that answer to it
    **dict.fromkeys(("breadcrumb", "header", "footer", "page_footer", "page_header"), frozenset({"boilerplate"})),
    "duplicated_body": frozenset({"duplicated_body"}),
    "duplicated_title": frozenset({"duplicated_title", "boilerplate"}),
    "placeholder": frozenset({"placeholder"}),
    "hard_wrap": frozenset({"hard_wraps"}),
    "truncated": frozenset({"truncated_item"}),
    "year_conflict": frozenset({"year_conflict"}),
    **dict.fromkeys(
        ("numbering", "numbering_gap", "double_numbering"), frozenset({"numbering_gap", "numbering_conflict"})
    ),
    "contradiction": frozenset({"figure_conflict", "sum_mismatch"}),
    "sum_mismatch": frozenset({"sum_mismatch"}),
    **dict.fromkeys(("unit_error", "missing_unit"), frozenset({"unit_misfit"})),
    **dict.fromkeys(("decimal_error", "approx_conflict"), frozenset({"loose_figure", "unit_misfit"})),
    "date_contradiction": frozenset({"late_date"}),
    "wrong_conversion": frozenset({"wrong_conversion"}),
    "wrong_char": frozenset({"wrong_character", "wrong_conversion"}),
    "mojibake": frozenset({"encoding_damage"}),
}


@dataclass(frozen=True, slots=True)
class Flaw:
    """A known defect of a file."""

    document: str
    type: str
    quotations: tuple[str, ...]

    def is_found(self, text: str, defects: tuple[Defect, ...]) -> bool:
        """Whether a warning of an answering kind overlaps a quotation, at any of its places in the text."""
        kinds = ANSWERS.get(self.type, frozenset())
        places = [(start, start + len(quote)) for quote in self.quotations for start in _places(text, quote)]
        own = [each for each in defects if each.kind in kinds]
        return any(each.start < end and start < each.end for start, end in places for each in own)


def main() -> None:
    """Reads the set's files and prints found and missed for each type, then what was missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--all", action="store_true", help="print every warning")
    arguments = parser.parse_args()
    folder: Path = arguments.folder
    flaws = list(read_flaws(folder / "summaries.jsonl"))
    found: dict[str, list[Flaw]] = defaultdict(list)
    missed: dict[str, list[Flaw]] = defaultdict(list)
    for path in sorted((folder / "reports").glob("*.txt")):
        source = read_file(path)
        defects = parse(source).defects
        if arguments.all:
            print_warnings(path.name, defects)
        for flaw in (each for each in flaws if each.document == path.name):
            (found if flaw.is_found(source.text, defects) else missed)[flaw.type].append(flaw)
    print_table(found, missed)


def read_flaws(path: Path) -> Iterator[Flaw]:
    """The entries of `data_quality` of all documents."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for entry in row["data_quality"]:
            quotations = tuple(entry[name] for name in ("substring", "also") if entry.get(name))
            yield Flaw(row["doc"], entry["type"], quotations)


def _places(text: str, quotation: str) -> Iterator[int]:
    start = text.find(quotation)
    while start >= 0:
        yield start
        start = text.find(quotation, start + 1)


def print_warnings(name: str, defects: tuple[Defect, ...]) -> None:
    """One line for each warning of a file."""
    print(f"{name}: {len(defects)}")
    for defect in defects:
        print(f"  {defect.kind:<18}{' '.join(defect.quote.split())[:48]}  | {defect.detail}")


def print_table(found: dict[str, list[Flaw]], missed: dict[str, list[Flaw]]) -> None:
    """A line for each type that a warning can answer to, their sum, and what was missed."""
    kinds = sorted(kind for kind in {*found, *missed} if kind in ANSWERS)
    print(f"{'type':<20}{'n':>4}{'found':>7}")
    for kind in kinds:
        print(f"{kind:<20}{len(found[kind]) + len(missed[kind]):>4}{len(found[kind]):>7}")
    right, wrong = (sum(len(group[kind]) for kind in kinds) for group in (found, missed))
    print(f"{'all':<20}{right + wrong:>4}{right:>7}  {right / max(right + wrong, 1):.3f}")
    for flaw in (each for kind in kinds for each in missed[kind]):
        print(f"missed: {flaw.document} {flaw.type} {flaw.quotations[0][:50]!r}")
    print("not claimed: " + ", ".join(f"{kind} {len(missed[kind])}" for kind in sorted(missed) if kind not in ANSWERS))


if __name__ == "__main__":
    main()
