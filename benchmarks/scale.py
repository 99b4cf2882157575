"""What a library costs as it grows: the same measures with 100, 1,000 and 10,000 generated reports.

    python -m benchmarks.scale                               # needs about 3 GB and, the first time, an hour
    python -m benchmarks.scale --sizes 100,1000
    python -m benchmarks.scale --against FOLDER --reports 150 --embedder real

Embedder and chat model cost nothing (`benchmarks.free_embedder`). Each library is made once and kept below --place as
long as the code that fills it stays the same. Counts and lists in answers are checked by brute force. Writes
results/scale.json and results/scale.md; the exit code is 1 where a bar is missed, where from 1,000 to 10,000 reports a
measure more than doubles, or where an answer is wrong. With --against another checkout ingests the same reports too.
"""

import argparse
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.generated_reports import Truth, read_truth
from benchmarks.scale_against import compare_checkouts
from benchmarks.scale_checks import comparison_faults, figure_faults, survey_faults
from benchmarks.scale_processes import SAMPLES, fresh_seconds, generated_library, made_library, megabytes, run_task
from benchmarks.scale_questions import Texts, chosen_towns, compared_subjects, mixed_questions, surveys
from benchmarks.scale_results import Kind, Measured, Scale, kinds_table, missed, table
from rag import __version__

RESULTS = Path(__file__).parent / "results"
QUESTIONS = 200
FOR_MEMORY = 50
FOR_STEPS = 35
TOWNS = 10
TIMES = 5
_NO_PLACE = "粮食总产量是多少？"
_NAMED_OF_SAMPLES = "石矶镇2021年的粮食总产量是多少？"


def main() -> None:
    """Measures, writes and prints the tables."""
    options = _options()
    if options.against:
        print("\n".join(compare_checkouts(options.against, options.reports, options.embedder)))
        return
    sizes = [int(size) for size in options.sizes.split(",")]
    measured = []
    for size in sizes:
        print(f"{size:,} reports", file=sys.stderr, flush=True)
        measured.append(measure(options.place, size, questions=options.questions, times=options.times))
    scale = Scale(release=__version__, processors=os.cpu_count() or 1, sizes=tuple(measured))
    lines = page(scale)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(scale.model_dump_json(indent=1) + "\n", encoding="utf-8")
    options.out.with_suffix(".md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    sys.exit(1 if missed(scale) else 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100,1000,10000", metavar="N,N,...", help="reports of each library")
    parser.add_argument("--questions", type=int, default=QUESTIONS, metavar="N", help="mixed ones to a running process")
    parser.add_argument("--times", type=int, default=TIMES, metavar="N", help="fresh processes for each median")
    parser.add_argument("--place", type=Path, default=Path(tempfile.gettempdir()) / "zhenbao-scale", metavar="DIR")
    parser.add_argument("--out", type=Path, default=RESULTS / "scale.json", metavar="FILE")
    parser.add_argument("--against", type=Path, metavar="FOLDER", help="another checkout that ingests the same reports")
    parser.add_argument("--reports", type=int, default=150, metavar="N", help="with --against: how many")
    parser.add_argument("--embedder", choices=("free", "real"), default="real", help="with --against: which one")
    return parser.parse_args()


def measure(place: Path, size: int, *, questions: int, times: int) -> Measured:
    """All measures of one size."""
    files, home, made = generated_library(place, size)
    samples, _ = made_library(place, "samples", SAMPLES)
    known, texts = read_truth(files), Texts(files / "reports")
    asked, about_all, towns = mixed_questions(known, questions), surveys(known, texts), chosen_towns(known, TOWNS)
    plan = {
        "questions": [asdict(each) for each in asked],
        "surveys": [each.text for each in about_all],
        "comparisons": compared_subjects(),
        "figures": towns,
        "tab_times": times,
    }
    named = next(each.text for each in asked if each.kind == "named town and year")
    fresh, more = fresh_seconds(home, samples, [(_NO_PLACE, _NO_PLACE), (named, _NAMED_OF_SAMPLES)], times)
    ran = run_task("running", home, plan)
    steps = run_task("steps", home, {"questions": plan["questions"][:FOR_STEPS]})["steps"]
    mixed = [{"kind": "all towns", "text": each.text} for each in about_all[:4]]
    peak = run_task("memory", home, {"questions": [*plan["questions"][: FOR_MEMORY - len(mixed)], *mixed]})["peak_mb"]
    first = [seconds for _, seconds in ran["questions"]]
    of_surveys, of_comparisons, of_figures = (
        [seconds for seconds, _ in ran[name]] for name in ("surveys", "comparisons", "figures")
    )
    return Measured(
        reports=size,
        ingest=made["wall"],
        ingest_processor=made["processor"],
        ingest_peak=made["peak_mb"],
        disc=megabytes(home),
        fresh=fresh,
        fresh_more=more,
        first_median=median(first),
        first_p95=p95(first),
        kinds=_kinds(ran["questions"], steps),
        surveys_median=median(of_surveys),
        surveys_longest=max(of_surveys),
        compare_first=of_comparisons[0],
        compare_later=max(of_comparisons[1:]),
        figures_median=median(of_figures),
        figures_longest=max(of_figures),
        tab=median(ran["tab"]),
        peak=peak,
        peak_of_all=ran["peak_mb"],
        faults=tuple(_faults(known, texts, towns, ran, added=int(made["added"]))),
    )


def _kinds(seconds: Sequence[tuple[str, float]], steps: Sequence[tuple[str, int]]) -> tuple[Kind, ...]:
    by_kind: dict[str, list[float]] = defaultdict(list)
    steps_of: dict[str, list[int]] = defaultdict(list)
    for kind, each in seconds:
        by_kind[kind].append(each)
    for kind, count in steps:
        steps_of[kind].append(count)
    return tuple(
        Kind(kind=kind, median=median(found), p95=p95(found), steps=median(steps_of[kind] or [0]))
        for kind, found in by_kind.items()
    )


def _faults(
    known: Sequence[Truth], texts: Texts, towns: Sequence[tuple[str, str]], ran: dict[str, Any], *, added: int
) -> list[str]:
    """What answers got wrong, a line for each answer."""
    found = [("ingestion", [] if added == len(known) else [f"{added} of {len(known)} reports added"])]
    for survey, (_, said) in zip(surveys(known, texts), ran["surveys"], strict=True):
        found.append((survey.text, survey_faults(survey, said, known)))
    for subject, (_, rows) in zip(compared_subjects(), ran["comparisons"], strict=True):
        found.append((f"compare {subject}", comparison_faults(subject, rows, known)))
    for town, (_, rows) in zip(towns, ran["figures"], strict=True):
        found.append((f"figures of {town[1]}{town[0]}", figure_faults(town, rows, known)))
    return [f"{what}: {faults[0]} ({len(faults)} faults)" for what, faults in found if faults]


def p95(seconds: Sequence[float]) -> float:
    """The 95th percentile."""
    return quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]


def page(scale: Scale) -> list[str]:
    """The results as Markdown."""
    over = missed(scale)
    return [
        f"Zhenbao {scale.release}, {scale.processors} processors, embedder and chat model that cost nothing.",
        "",
        *table(scale),
        "",
        *kinds_table(scale),
        "",
        *([f"- {line}" for line in over] or ["Every bar is met, and every answer that was checked is right."]),
    ]


if __name__ == "__main__":
    main()
