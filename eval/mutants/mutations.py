"""False claims made of true ones: exactly one thing changed, to see whether the verifier notices. Pure.

A mutant is left out where it may be true after all, by these rules:
- a changed figure, if a shown clause has it (value, unit class, approximation) beside half of the claim's own words;
- swapped figures, if they are equal or are parts of a date;
- a changed town or year, if shown sentences of that town and year have every figure and half of the words;
- a changed name, if what it was changed to stands in a shown sentence;
- a changed numeral that counts nothing: 一个, 亿元以上, list numbers, clock times, figures inside quotation marks;
- a plan told as done, if another word of planning is left.
Every choice follows from a hash of the claim, so that the mutants are the same on every machine.
"""

from collections.abc import Iterator

from eval.mutants.changed_figures import figures_changed, figures_swapped
from eval.mutants.changed_names import names_changed
from eval.mutants.changed_scopes import towns_changed, years_changed
from eval.mutants.changed_stance import plans_told_as_done, polarity_changed
from eval.mutants.statements import Mutant, Statement, full_text, told

_MAKERS = (
    figures_changed,
    figures_swapped,
    years_changed,
    towns_changed,
    names_changed,
    polarity_changed,
    plans_told_as_done,
)


def mutants_of(statement: Statement) -> Iterator[Mutant]:
    """Every mutant of a statement that no rule leaves out, each text once."""
    seen: set[str] = {told(statement), full_text(statement)}
    for make in _MAKERS:
        for mutant in make(statement):
            if mutant.text not in seen:
                seen.add(mutant.text)
                yield mutant
