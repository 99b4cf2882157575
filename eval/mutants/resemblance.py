"""Whether sentences that are shown say what a changed claim says, so that it may be true after all."""

from collections.abc import Sequence
from dataclasses import replace

from eval.mutants.statements import Shown, counted_figures
from eval.scoring.numbers import Figure, figures_in
from eval.scoring.scopes import scopes
from eval.scoring.wording import bigrams, clauses, tight

SAME_CLAUSE = 0.5  # of a clause's words that a shown clause must have to be taken to say the same


def is_told(text: str, shown: Sequence[Shown]) -> bool:
    """Whether one of the sentences has every figure and half of the words."""
    wanted, figures = bigrams(text), counted_figures(text)
    for item in shown:
        folded = clauses(item.text)
        has_all = all(any(f.same_value(g) and f.same_unit(g) for g in figures_in(folded)) for f in figures)
        if has_all and len(wanted & bigrams(folded)) >= SAME_CLAUSE * len(wanted):
            return True
    return False


def is_figure_told(figure: Figure, words: str, shown: Sequence[Shown]) -> bool:
    """Whether one clause of the sentences has the figure beside half of the words."""
    return any(_says(clause, figure, words) for item in shown for clause in _clauses(item.text))


def stands_in(words: str, shown: Sequence[Shown]) -> bool:
    """Whether one of the sentences has the words as they are, spaces and commas aside."""
    return any(tight(words) in tight(item.text) for item in shown)


def is_said_with(word: str, clause: str, shown: Sequence[Shown]) -> bool:
    """Whether one of the sentences has a word, and half of the words of a clause beside it.

    Example: is_said_with("省级", "列入县级历史文化街区", shown) where "石矶老街列入省级历史文化街区" is shown
    """
    wanted = bigrams(clause)
    return any(
        word in clauses(item.text) and len(wanted & bigrams(item.text)) >= SAME_CLAUSE * len(wanted) for item in shown
    )


def clauses_of(shown: Sequence[Shown]) -> list[Shown]:
    """The sentences clause by clause."""
    return [replace(item, text=clause) for item in shown for clause in _clauses(item.text)]


def _says(clause: str, figure: Figure, words: str) -> bool:
    wanted = bigrams(words)
    has_it = any(
        f.same_value(figure) and f.same_unit(figure) and f.approximation == figure.approximation
        for f in figures_in(clause)
    )
    return has_it and len(wanted & bigrams(clause)) >= SAME_CLAUSE * len(wanted)


def _clauses(text: str) -> list[str]:
    folded = clauses(text)
    return [folded[a:b] for a, b in scopes(folded, 1)]
