"""What earlier runs came to, one line a run, for the plot on the page."""

from pathlib import Path

from pydantic import ValidationError

from eval.reporting.results import Frozen, Results


class Point(Frozen):
    """One run in the history."""

    commit: str
    model: str
    accuracy: float
    total: int
    supported_but_wrong: int


def point_of(results: Results) -> Point:
    """A run as a point of the history."""
    accuracy = results.overall.means.get("accuracy")
    return Point(
        commit=results.settings.get("commit", ""),
        model=results.settings.get("model", ""),
        accuracy=accuracy.mean if accuracy else 0.0,
        total=results.overall.total,
        supported_but_wrong=results.overall.supported_but_wrong,
    )


def add_to_history(path: Path, results: Results) -> list[Point]:
    """Adds a run unless the last line is the same, and returns the whole history, unreadable lines left out."""
    point = point_of(results)
    points = read_history(path)
    if not points or points[-1] != point:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(point.model_dump_json() + "\n")
        points.append(point)
    return points


def read_history(path: Path) -> list[Point]:
    """The runs so far, unreadable lines left out."""
    points: list[Point] = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        try:
            points.append(Point.model_validate_json(line))
        except ValidationError:
            continue
    return points
