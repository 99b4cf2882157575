"""A clause between two others skipped, so that what is said of its subject is said of the one before.

Example: 工业产值9亿元，增长8%；税收2亿元，增长5% told as 工业产值9亿元，增长5%
"""

import re
from collections.abc import Iterator

from eval.mutants.actors import actors_in
from eval.mutants.clause_links import ACT, RATE, are_unrelated, has_own_figure, stands_alone
from eval.mutants.resemblance import clauses_of, is_figure_told, is_said_with
from eval.mutants.statements import Mutant, Statement, clause_spans, counted_figures, told

_SIZE = re.compile(
    r"(?:总|建筑|占地|种植|养殖|年)?(?:面积|长度)|桥长|全长|户均|人均|亩产|"
    r"(?:办结|整改|完成|到位|入住|成活|合格|满意|使用)率"
)
"""How large something is, told without its name."""

_OF_YEARS = re.compile(r"累计|[两三四五]年")  # of the same as the clause before, over several years
_BODY = re.compile(
    r"(?!其中|全部|各|每|该)[^\d，；。、的了]{1,9}?(?:院|校|小学|中学|幼儿园|站|中心|所|公司|合作社|村|社区|企业|园区|小区|项目|工程|工业园|"
    r"政府|党委|支部|协会|突击队|志愿者|基地|片区|大桥|街道|集镇|加工厂|党员|干部)(?=[\u3400-\u9fff])"
)
Clause = tuple[int, int]


def clauses_skipped(statement: Statement) -> Iterator[Mutant]:
    """Rates and sizes given to the subject before their own, and deeds to the actor before theirs."""
    text = told(statement)
    spans = clause_spans(text)
    yield from _rates_of_earlier(statement, text, spans)
    for at in range(2, len(spans)):
        yield from _deed_of_earlier(statement, text, spans, at)


def _rates_of_earlier(statement: Statement, text: str, spans: list[Clause]) -> Iterator[Mutant]:
    """The earlier subject may stand in the sentence before."""
    before = [] if statement.is_plan else [statement.before[a:b] for a, b in clause_spans(statement.before)]
    parts = [*before, *(text[slice(*span)] for span in spans)]
    for at in range(len(before) + 1, len(parts)):
        first = _subject_before(parts, at)
        if first is None or _is_told_of(statement, parts, first, at):
            continue
        kept = parts[first] if first < len(before) else text[: spans[first - len(before)][1]]
        rest = text[spans[at - len(before)][0] :]
        yield Mutant("skipped", f"{kept}，{rest}", text, f"{'，'.join(parts[first + 1 : at])}→")


def _subject_before(parts: list[str], at: int) -> int | None:
    """Which clause names the subject that a rate or a size would be told of if the clause before it were skipped."""
    own, said = parts[at - 1], parts[at]
    if _OF_YEARS.search(own):
        return None
    is_rate = bool(RATE.match(said)) and not said.startswith("其中")
    if not _has_subject(own) or not (is_rate or _SIZE.match(said)) or not has_own_figure(said):
        return None
    earlier = [i for i in range(at - 1) if stands_alone(parts[i]) and not _OF_YEARS.match(parts[i])]
    if not earlier or (not is_rate and not are_unrelated(parts[earlier[-1]], own)):
        return None
    return earlier[-1]


def _has_subject(clause: str) -> bool:
    """Whether a clause names a thing and counts it."""
    is_hanging = RATE.match(clause) or _SIZE.match(clause) or clause.startswith(("其", "该", "并"))
    return has_own_figure(clause) and not is_hanging


def _is_told_of(statement: Statement, parts: list[str], first: int, at: int) -> bool:
    """Whether the figure may be of the earlier subject: it has that figure or counts the same, or is shown with it."""
    subject, said = parts[first], parts[at]
    of_subject = [figure for part in parts[first : at - 1] for figure in counted_figures(part)]
    counted = {figure.unit for figure in counted_figures(subject)} - {"%", ""}
    return any(
        f.unit in counted
        or any(f.same_value(g) for g in of_subject)
        or is_figure_told(f, subject + said, statement.shown)
        for f in counted_figures(said)
    )


def _deed_of_earlier(statement: Statement, text: str, spans: list[Clause], at: int) -> Iterator[Mutant]:
    """A做X，B做Y，完成Z told as A完成Z, where deeds alone stand between B's clause and the last."""
    deed = text[slice(*spans[at])]
    if not ACT.match(deed) or actors_in(deed):
        return
    own = at - 1
    while own > 0 and ACT.match(text[slice(*spans[own])]):
        own -= 1
    one, other = (_doer(text[slice(*spans[index])]) for index in (own - 1, own)) if own > 0 else ("", "")
    if one and other and one != other and not is_said_with(one, deed, clauses_of(statement.shown)):
        start, end = spans[own - 1][0] + len(one), spans[at][0]
        yield Mutant("skipped", text[:start] + text[end:], text, f"{text[start:end]}→")


def _doer(clause: str) -> str:
    """The place, firm or body that a clause begins with; empty where it begins with none.

    Example: _doer("镇敬老院改造床位48张") == "镇敬老院"
    """
    named = actors_in(clause)
    if named and named[0].start == 0:
        return named[0].name
    match = _BODY.match(clause)
    return match[0] if match else ""
