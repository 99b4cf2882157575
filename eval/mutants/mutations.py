"""False claims made of true ones: exactly one thing changed, to see whether the verifier notices. Pure.

A mutant is left out where it may be true after all, by these rules:
- a changed figure, if a shown clause has it (value, unit class, approximation) beside half of the claim's own words;
- swapped figures, if they are equal or are parts of a date;
- a changed town or year, if shown sentences of that town and year have every figure and half of the words;
- a changed name, if what it was changed to stands in a shown sentence;
- a changed numeral that counts nothing: 一个, 亿元以上, list numbers, footnote marks, clock times, figures inside
  quotation marks;
- a plan told as done, if another word of planning is left.

Of figures and names in wrong relations are left out:
- agents, if they are members of one list, the list goes on (等5个村) or the relation holds both ways (结对, 签约); a
  new actor that a shown sentence has with half of the clause's words;
- a restriction, if things done are counted and not a total or a rate, if the claim has a like one besides, or if a
  shown sentence says the rest without it; causes, places and crops, because what is left stays true;
- a skipped clause, if the earlier subject has the same figure or unit, a shown clause gives it to that subject, or the
  clause is of the same over several years;
- a level or a rank's area lowered, because the higher one holds for the lower; one that a shown sentence has;
- an aspect, if a shown sentence has the new words between the same neighbours, or 增加了 and 增加到 with that figure;
- 累计 and 共有 as 新增, if all was new, the clause is of the year, or events are counted; one thing as all there is;
- a part as the whole, if they count different things or a shown sentence says just that;
- coordinated names, if their values are equal;
- a cause, if a clause is neither a deed nor an indicator, both share a word, the second hangs on the first (惠及,
  增长), or the first is a means (投入, 通过); a link that may be true and is not told is a mutant;
- a direction without a figure behind it, and one that a shown sentence has with that figure;
- a head, if a shown sentence says the clause without it (or with it, where it is put in); 人均 of a rate or 预期寿命.
Every choice follows from a hash of the claim, so that the mutants are the same on every machine.
"""

from collections.abc import Iterator

from eval.mutants.changed_agents import agents_changed
from eval.mutants.changed_aspects import aspects_changed
from eval.mutants.changed_coordinations import coordinations_exchanged
from eval.mutants.changed_directions import directions_changed
from eval.mutants.changed_figures import figures_changed, figures_swapped
from eval.mutants.changed_heads import heads_changed
from eval.mutants.changed_levels import levels_changed
from eval.mutants.changed_names import names_changed
from eval.mutants.changed_parts import parts_changed
from eval.mutants.changed_restrictions import restrictions_cut
from eval.mutants.changed_scopes import towns_changed, years_changed
from eval.mutants.changed_stance import plans_told_as_done, polarity_changed
from eval.mutants.changed_stocks import stocks_changed
from eval.mutants.invented_causes import causes_invented
from eval.mutants.skipped_clauses import clauses_skipped
from eval.mutants.statements import Mutant, Statement, full_text, told

_MAKERS = (
    figures_changed,
    figures_swapped,
    years_changed,
    towns_changed,
    names_changed,
    polarity_changed,
    plans_told_as_done,
    agents_changed,
    restrictions_cut,
    clauses_skipped,
    levels_changed,
    aspects_changed,
    stocks_changed,
    parts_changed,
    coordinations_exchanged,
    causes_invented,
    directions_changed,
    heads_changed,
)


def mutants_of(statement: Statement) -> Iterator[Mutant]:
    """Every mutant of a statement that no rule leaves out, each text once."""
    seen: set[str] = {told(statement), full_text(statement)}
    for make in _MAKERS:
        for mutant in make(statement):
            if mutant.text not in seen:
                seen.add(mutant.text)
                yield mutant
