"""What a figure is counted by, dropped or put in: 人均收入 as 收入, 总产量 as 亩产."""

import re
from collections.abc import Iterator

from eval.mutants.resemblance import stands_in
from eval.mutants.statements import Mutant, Shown, Statement, clause_spans, counted_figures, told
from eval.scoring.wording import tight

_PER = re.compile(
    r"(?:年|月)?(?:人均|户均|亩均|村均|户平|人平)(?<!各村均)(?!预期寿命|寿命)|亩(?=产)|每(?:人|户|亩|村|个村|株|台)(?!每)"
)
_BY_NATURE = (
    (re.compile(r"(?=可支配收入|纯收入)|总?(?=收入)"), "人均"),
    (re.compile(r"总?(?=产量)"), "亩均"),
    (re.compile(r"(?=增收(?!节支)\D{0,2}\d)"), "户均"),
    (re.compile(r"共?(?=发放\D{0,14}\d)|共?(?=补助\D{0,6}\d)"), "户均"),
    (re.compile(r"(?<=[种播获园茶林植稻菜])总?(?=面积)"), "户均"),
)


def heads_changed(statement: Statement) -> Iterator[Mutant]:
    """Each head dropped, and one put into each clause that has none and counts an amount of money, land or weight.

    Example: "居民人均可支配收入19840元" gives "居民可支配收入19840元", "总产量4620吨" gives "亩均产量4620吨"
    """
    text = told(statement)
    for begin, end in clause_spans(text):
        clause = text[begin:end]
        figures = counted_figures(clause)
        match = _PER.search(clause)
        if match and any(figure.start >= match.end() and figure.unit != "%" for figure in figures):
            changed = clause[: match.start()] + clause[match.end() :]
            if not _is_said_bare(match[0], clause[match.end() :], statement.shown):
                yield Mutant("head", text[:begin] + changed + text[end:], text, f"{match[0]}→")
        elif not _PER.search(text):
            yield from _put_in(statement, text, (begin, end))


def _put_in(statement: Statement, text: str, span: tuple[int, int]) -> Iterator[Mutant]:
    """The first head that suits what the clause counts."""
    clause = text[slice(*span)]
    amounts = [f for f in counted_figures(clause) if f.unit in ("元", "亩", "公斤", "平方米") and f.high is None]
    for pattern, head in _BY_NATURE:
        match = pattern.search(clause)
        if match and any(figure.start >= match.end() for figure in amounts):
            changed = clause[: match.start()] + head + clause[match.end() :]
            if not stands_in(changed, statement.shown):
                yield Mutant("head", text[: span[0]] + changed + text[span[1] :], text, f"{match[0]}→{head}")
            return


def _is_said_bare(head: str, rest: str, shown: tuple[Shown, ...]) -> bool:
    """Whether a shown sentence says the rest of the clause also without the head."""
    return any(tight(rest) in tight(item.text).replace(tight(head + rest), "") for item in shown)
