"""A claim told of another year or another town."""

from collections.abc import Iterator

from eval.mutants.resemblance import is_told
from eval.mutants.statements import Mutant, Statement, choice, full_text, half_width, is_year, stem_of
from eval.scoring.numbers import figures_in
from eval.scoring.wording import clauses

OTHER_TOWNS = 2
OTHER_YEARS = (-1, 1, 3)


def years_changed(statement: Statement) -> Iterator[Mutant]:
    """Each year as one shortly before or after it."""
    text = full_text(statement)
    for figure in figures_in(half_width(text)):
        if not is_year(figure):
            continue
        for shift in OTHER_YEARS:
            year = int(figure.value) + shift
            changed = (
                text[: figure.start]
                + text[figure.start : figure.end].replace(str(figure.value), str(year))
                + text[figure.end :]
            )
            mine = [s for s in statement.shown if s.year == year or str(year) in clauses(s.text)]
            if changed != text and not is_told(statement.text, mine):
                yield Mutant("year", changed, text, f"{figure.value}→{year}")


def towns_changed(statement: Statement) -> Iterator[Mutant]:
    """The town as another one of the library."""
    text = full_text(statement)
    stem = stem_of(statement.town)
    others = [town for town in statement.other_towns if stem_of(town) != stem]
    first = choice(text, len(others)) if others else 0
    for town in (others[first:] + others[:first])[:OTHER_TOWNS]:
        changed = text.replace(statement.town, town).replace(stem, stem_of(town))
        mine = [s for s in statement.shown if s.town == town or stem_of(town) in clauses(s.text)]
        if changed != text and not is_told(statement.text, mine):
            yield Mutant("town", changed, text, f"{statement.town}→{town}")
