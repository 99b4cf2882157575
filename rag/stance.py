"""What a claim says of its facts beside naming them: that they were done, that they are not so, that one is more."""

import re
from collections.abc import Sequence
from typing import Literal

from rag.folding import fold
from rag.types import Evidence
from rag.wording import character_coverage, content_bigrams

StanceReason = Literal["planned_not_done", "polarity_differs", "comparison_not_in_evidence"]

CONTRADICTED = 0.5  # of an affirming claim's words that a denying clause must carry to contradict it

_DONE = re.compile(r"已经|已(?!知)|完成|建成|建好|竣工|落成|完工|实现了|通车|投产|投用|被评为|荣获")
_UNDER_WAY = re.compile(r"推进中|正在|稳步推进|有序推进|加快|进展顺利|有望|确定|拟|将|计划|预计|力争|争取|准备")
_PLANNED = re.compile(r"计划|打算|规划|准备|将|拟|争取|力争|目标|思路|预计|下一步|要")
_NOT_DENYING = "线|人机|公害|障碍|偿|纺|缝|形|害"  # 无线, 无人机 …
_NEGATED = re.compile(
    rf"没有|未|无(?!{_NOT_DENYING})|不是|并非|尚未|(?<![\d.])0(?=起|例|人|事故|火情|疫情)|零(?=事故|发生|感染)"
    r"|\bnot?\b|\bnone\b"
)
_COMPARED = re.compile(
    r"[更最][多大长高少小短低早晚快]|[多大高长]于|比[^，。]{2,14}[多大长高少小短低]|\b(?:more|larger|longer|higher|fewer|less)\b"
)
_CLAUSE = re.compile(r"[，,。；;！!？?\n:：]")
_CORRECTION = re.compile(r"(?:不是|并非|而非)[^，,。；;]*[，,]?(?:而是)?")  # denies the question, not the fact


def check_tense(text: str, chosen: Sequence[Evidence], asks_plan: bool) -> StanceReason | None:
    """A plan, or work under way, told as done is not supported; nor is a plan told plainly where none was asked for."""
    if _PLANNED.search(text) or is_denial(text):
        return None
    if all(item.sentence.kind == "plan" for item in chosen) and not asks_plan:
        return "planned_not_done"
    if not _DONE.search(text):
        return None
    clauses = [_best_clause(text, item) for item in chosen]
    if any(_DONE.search(clause) and not _UNDER_WAY.search(clause) for clause in clauses):
        return None
    is_open = all(item.sentence.kind == "plan" for item in chosen) or any(_UNDER_WAY.search(c) for c in clauses)
    return "planned_not_done" if is_open else None


def check_polarity(words: str, text: str, chosen: Sequence[Evidence], question: str) -> StanceReason | None:
    """The sentences must deny where the claim denies, and its best clause must not deny what the claim affirms.

    `words` is the claim without its figures.
    """
    said = is_denial(_CORRECTION.sub("", text))
    if said and not _PLANNED.search(text) and not any(is_denial(item.text) for item in chosen):
        return "polarity_differs"
    if said or is_denial(question):
        return None
    for item in chosen:
        clause = _best_clause(text, item)
        place = content_bigrams(f"{item.county or ''}{item.town or ''}")
        if is_denial(clause) and character_coverage(words, place, content_bigrams(clause)) >= CONTRADICTED:
            return "polarity_differs"
    return None


def check_comparison(text: str, chosen: Sequence[Evidence]) -> StanceReason | None:
    """Which is more is for code to compute, unless a sentence says it."""
    if _COMPARED.search(text) and not any(_COMPARED.search(fold(item.text)) for item in chosen):
        return "comparison_not_in_evidence"
    return None


def is_denial(text: str) -> bool:
    """Whether a text says that something is not so."""
    return bool(_NEGATED.search(fold(text)))


def _best_clause(text: str, item: Evidence) -> str:
    """The folded clause of a sentence that has most of the claim's words."""
    words = content_bigrams(text)
    clauses = [clause for clause in _CLAUSE.split(fold(item.text)) if clause]
    return max(clauses, key=lambda clause: len(content_bigrams(clause) & words), default="")
