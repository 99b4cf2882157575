"""A figure's subject with the head that an earlier clause or an item lends it, and what kind of figure it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.parsing.figures.quantities import Quantity, is_of_part, quantity_of, whose_figure
from rag.parsing.figures.subjects import Named
from rag.parsing.figures.timeline import ToldSentence
from rag.parsing.heads.clause import Lent
from rag.parsing.heads.lending import ClauseHead
from rag.parsing.heads.lent_words import is_said, unquoted
from rag.parsing.rows import entries_in, entry_at
from rag.text.clauses import CLAUSE_BREAK
from rag.text.figures import level
from rag.text.lexicon import concept
from rag.text.time_spans import time_spans

_CHANGED = concept("rate_of_change", "changed_to", "turned_into", "brought_to").any
_FROM = re.compile(rf"(?:[由从]|{concept('past_year').any}(?:同期)?的?)[^，,；;。]*$")
_BEHIND_TO = r"(?:[^，,；;。\d]{0,6}|(?:19|20)\d\d年[^，,；;。\d]{0,3})"  # 增加到2020年的3万吨
_TO = re.compile(rf"[^，,；;。]{{0,4}}?(?:年[末底]?)?的?再?{_CHANGED}[到至为了]?{_BEHIND_TO}")


@dataclass(frozen=True, slots=True)
class Headed:
    """The name of a figure.

    Example: head 水域环境治理 and subject 水域环境治理：投入 for 二是加大水域环境治理力度。共投入40万元
    """

    subject: str
    own: str
    head: str
    lent: tuple[Lent, ...]
    quantity: Quantity
    whose: str | None
    is_part: bool
    is_base: bool


def headed(named: Named, every: Sequence[Named], told: ToldSentence, heads: Sequence[ClauseHead], text: str) -> Headed:
    """The name of one of `every` amount of a sentence, with what the sentence's `heads` lend it."""
    flat, amount = told.parsed.folded, named.amount
    clause = CLAUSE_BREAK.split(flat[: amount.start])[-1]
    is_entry = entry_at(entries_in(flat), amount.start) is not None
    lent = [] if is_entry else _lent(_rooted(named, every), told, heads, text)
    subject = _in_words(lent, named.subject)
    head = _in_words(lent, named.head)
    return Headed(
        subject=subject,
        own=named.subject,
        head=head,
        lent=tuple(each for _, each in lent),
        quantity=quantity_of(named.subject, clause, amount),
        whose=whose_figure(named.subject, head),
        is_part=is_of_part(clause, named.head),
        is_base=_is_base(named, every, flat),
    )


def _rooted(named: Named, every: Sequence[Named]) -> Named:
    """The amount that lends another of the sentence its subject: what that one is lent goes for both."""
    return next((each for each in every if each.root == named.root), named) if named.head else named


def _lent(named: Named, told: ToldSentence, heads: Sequence[ClauseHead], text: str) -> list[tuple[str, Lent]]:
    """What the clause of an amount is lent and its subject does not say yet, and as what."""
    place = told.sentence.start + named.amount.start
    head = next((each for each in heads if each.start <= place < each.end), None)
    words = [(unquoted(level(text[lent.start : lent.end])), lent) for lent in head.lent] if head else []
    return [(word, each) for word, each in words if not is_said(word, named.subject)]


def _in_words(lent: Sequence[tuple[str, Lent]], own: str) -> str:
    """What is lent before the own words: a verb at once, what else it is behind a colon."""
    return "".join(word if each.kind == "verb" or not own else f"{word}：" for word, each in lent) + own


def _is_base(named: Named, every: Sequence[Named], flat: str) -> bool:
    """Whether an amount is what the next one has changed from: 由[52%]提高到76%, 比上年的[25起]下降32%."""
    amount = named.amount
    following = next((each.amount for each in every if each.amount.start >= amount.end), None)
    if following is None or not _FROM.search(flat, 0, amount.start):
        return False
    return bool(_TO.fullmatch(flat, amount.end, following.start))


def names_time(before: str) -> bool:
    """Whether the words before a base value say when it was: 由2019年的, 比上年的."""
    found = _FROM.search(before)
    return found is not None and next(time_spans(found[0]), None) is not None
