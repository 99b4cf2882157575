"""What a claim says of its facts beside naming them: that they were done, that they are not so, that one is more."""

import re
from collections.abc import Sequence
from typing import Literal

from rag.text.bigrams import character_coverage, content_bigrams
from rag.text.clauses import CLAUSE_BREAK
from rag.text.normalization import fold
from rag.verification.claims import Evidence

StanceReason = Literal["planned_not_done", "polarity_differs", "comparison_not_in_evidence"]

CONTRADICTED = 0.5  # of an affirming clause's words that a denying clause must carry to contradict it
NEXT_TO_NEGATION = 4  # characters behind a report's negation that it denies for certain
DENIED_OUTRIGHT = 0.7  # of what a clause denies that the claim must say for it to be denied
COPIED = 0.95  # of a clause's characters, from which it is taken for a copy
LONG_CLAUSE = 12  # characters; shorter ones may be alike by chance
WORDS_OF_A_CLAUSE = 3  # bigrams; a clause of fewer says too little to be judged alone

_DONE = re.compile(
    r"已经|已(?!知)|完成|建成|建好|竣工|落成|完工|实现了|通车|投产|投用|投运|启用|投入(?:使用|运行|运营)|被评为|荣获"
)
_PLAN_MET = re.compile(r"(?:完成|实现|达到|超额完成)了?(?:年度|全年|年初)?(?:计划|目标|任务)")
_ALREADY = re.compile(r"已经|已(?!知)")
_UNDER_WAY = re.compile(r"推进中|正在|稳步推进|有序推进|加快|进展顺利|有望|确定|拟|将|计划|预计|力争|争取|准备")
_PLANNED = re.compile(
    r"计划|打算|规划|准备|将|拟|争取|力争|目标|思路|预计|下一步|(?<![主重必首紧需])要(?![求素点塞闻道])"
)
_INTENDED = re.compile(r"计划|打算|力争|预计")
_NOT_DENYING = "线|人机|公害|障碍|偿|纺|缝|形|害"  # 无线, 无人机 …
_NEGATED = re.compile(
    rf"没有|未|无(?!{_NOT_DENYING})|不是|并非|尚未|不能|不得|不准|不允许|不可以|严禁|禁止|(?<![\d.])0(?=起|例|人|事故|火情|疫情)|零(?=事故|发生|感染)"
    r"|\bnot?\b|\bnone\b"
)
_WEAK = r"不(?=够|强|高(?!于)|到位|平衡|完善|规范|健全|明显|深|多(?!于)|大(?!于)|严|及时)"
_DENIED = re.compile(rf"{_NEGATED.pattern}|{_WEAK}")  # also that something is not enough
_ANY_ONE = re.compile("^一?[人例起户个名项](?:因|由于|发生)?")
_ASKED_WHETHER = re.compile(r"有没有|(?<=了)没有|没有(?=[?？]?$)")
_CORRECTION = re.compile(r"(?:不是|并非|而非)[^，,。；;]*[，,]?(?:而是)?")  # denies the question, not the fact


def check_tense(text: str, chosen: Sequence[Evidence], asks_plan: bool) -> StanceReason | None:
    """A plan, or work under way, told as done is not supported; nor is a plan told plainly where none was asked for."""
    if _PLANNED.search(_PLAN_MET.sub(" ", text)) or is_denial(text):
        return None
    if all(item.sentence.kind == "plan" for item in chosen) and not asks_plan:
        return "planned_not_done"
    return "planned_not_done" if any(_is_still_open(clause, text, chosen) for clause in _done_clauses(text)) else None


def _done_clauses(text: str) -> list[str]:
    """The clauses of a claim that say that something is done."""
    clauses = [clause for clause in CLAUSE_BREAK.split(fold(text)) if _DONE.search(clause)]
    return [clause for clause in clauses if _ALREADY.search(clause) or not _UNDER_WAY.search(clause)]


def _is_still_open(clause: str, text: str, chosen: Sequence[Evidence]) -> bool:
    """Whether what a clause tells as done is a plan or under way in the clauses that are likest to it."""
    words = content_bigrams(clause)
    likest = _likest(words if len(words) >= WORDS_OF_A_CLAUSE else content_bigrams(text), chosen)
    if any(_says_done(told, item, clause) for told, item in likest):
        return False
    return all(item.sentence.kind == "plan" for item in chosen) or any(_UNDER_WAY.search(told) for told, _ in likest)


def _says_done(told: str, item: Evidence, clause: str) -> bool:
    """Whether a clause of a report says that something is done; 完成 in a plan names what is to be done."""
    if item.sentence.kind == "plan" and _ALREADY.search(clause) and not _ALREADY.search(told):
        return False
    return bool(_DONE.search(told)) and not _UNDER_WAY.search(told)


def is_intent_unfounded(text: str, chosen: Sequence[Evidence]) -> bool:
    """Whether a claim speaks of plans, and none of its sentences is a plan or says that something is to come."""
    if not _INTENDED.search(fold(text)):
        return False
    told = [fold(item.text) for item in chosen if item.sentence.kind != "plan"]
    return len(told) == len(chosen) and not any(_PLANNED.search(one) or _UNDER_WAY.search(one) for one in told)


def check_polarity(text: str, chosen: Sequence[Evidence], question: str, is_yes_no: bool) -> StanceReason | None:
    """What a clause of the claim denies the sentences must deny, and what they deny it must not affirm."""
    said = fold(_CORRECTION.sub("", text))
    clauses = [clause for clause in CLAUSE_BREAK.split(said) if clause]
    denying = [clause for clause in clauses if _DENIED.search(clause)]
    if is_yes_no:
        denying = [clause for clause in denying if not _is_only_planned(clause, said, chosen)]
    if not all(_is_denied_too(clause, chosen) for clause in denying):
        return "polarity_differs"
    if _DENIED.search(_ASKED_WHETHER.sub("", fold(question))):
        return None
    affirming = [clause for clause in clauses if not _DENIED.search(clause)]
    if not denying and len(affirming) == len(clauses) and _is_denied_outright(said, chosen):
        return "polarity_differs"
    return "polarity_differs" if any(_is_contradicted(clause, chosen) for clause in affirming) else None


def _is_denied_outright(said: str, chosen: Sequence[Evidence]) -> bool:
    """Whether a clause denies what a claim affirms throughout: nearly all that it denies stands in the claim."""
    words = content_bigrams(said)
    return any(
        character_coverage(denied, frozenset(), words) >= DENIED_OUTRIGHT and len(content_bigrams(denied)) >= 2
        for item in chosen
        for clause in CLAUSE_BREAK.split(fold(item.text))
        for found in [_NEGATED.search(clause)]
        if found
        for denied in [_ANY_ONE.sub("", clause[found.end() :])]
    )


def _is_only_planned(clause: str, said: str, chosen: Sequence[Evidence]) -> bool:
    """Whether a clause denies, before the claim speaks of the plan, what the sentences plan or have under way."""
    behind = said[said.index(clause) + len(clause) :]
    is_bare = len(_denied_words(clause)) < WORDS_OF_A_CLAUSE and not re.search(r"\d", clause)
    if _PLANNED.search(clause) or _UNDER_WAY.search(clause) or not (_PLANNED.search(behind) or is_bare):
        return False
    likest = _likest(content_bigrams(clause), chosen) or [(item.text, item) for item in chosen]
    return any(item.sentence.kind == "plan" or _UNDER_WAY.search(told) for told, item in likest)


def _is_denied_too(clause: str, chosen: Sequence[Evidence]) -> bool:
    """Whether a sentence denies as often, and some of the words that a claim's clause denies.

    What denies few words must be told so by the likest clause; a bare 没有 may deny anything.
    """
    denied, words = _denied_words(clause), content_bigrams(_DENIED.sub(" ", clause))
    if _is_copied_with_a_denial(clause, chosen):
        return False
    told = [part for item in chosen for part in CLAUSE_BREAK.split(fold(item.text)) if _DENIED.search(part)]
    times = sum(len(_DENIED.findall(part)) for part in told if not words or words & content_bigrams(part))
    if times < len(_DENIED.findall(clause)):
        return False
    if len(denied) >= WORDS_OF_A_CLAUSE:
        return any(denied & _denied_words(part) for part in told)
    likest = _likest(words, chosen) if len(words) >= WORDS_OF_A_CLAUSE else []
    return bool(told) and (not likest or any(_DENIED.search(part) for part, _ in likest))


def _is_copied_with_a_denial(clause: str, chosen: Sequence[Evidence]) -> bool:
    """Whether a clause is a long one of a sentence but for a denial: 工程未建设须先报告 for 工程建设须先报告."""
    said = _DENIED.sub(" ", clause)
    copied = [
        part
        for item in chosen
        for part in CLAUSE_BREAK.split(fold(item.text))
        if len(part) >= LONG_CLAUSE and character_coverage(said, frozenset(), content_bigrams(part)) >= COPIED
    ]
    return bool(copied) and all(len(_DENIED.findall(part)) < len(_DENIED.findall(clause)) for part in copied)


def _is_contradicted(clause: str, chosen: Sequence[Evidence]) -> bool:
    """Whether the clauses that are likest to one of the claim's deny what it says."""
    words = content_bigrams(clause)
    likest = _likest(words, chosen) if len(words) >= WORDS_OF_A_CLAUSE else []
    return bool(likest) and all(_denies(told, clause, item) for told, item in likest)


def _denies(told: str, clause: str, item: Evidence) -> bool:
    if not _DENIED.search(told) or not _denied_words(told, NEXT_TO_NEGATION) & content_bigrams(clause):
        return False
    place = content_bigrams(f"{item.county or ''}{item.town or ''}")
    return character_coverage(clause, place, content_bigrams(told)) >= CONTRADICTED


def _denied_words(clause: str, reach: int | None = None) -> frozenset[str]:
    """The words behind a clause's negations, as far as they reach, or all of them where none stands behind."""
    ends = [found.end() for found in _DENIED.finditer(clause)]
    behind = frozenset().union(*(content_bigrams(clause[end : end + reach if reach else None]) for end in ends))
    return behind or content_bigrams(_DENIED.sub(" ", clause))


def _likest(words: frozenset[str], chosen: Sequence[Evidence]) -> list[tuple[str, Evidence]]:
    """The clauses of the sentences that share most words with a claim's clause; none where they share none."""
    told = [(part, item) for item in chosen for part in CLAUSE_BREAK.split(fold(item.text)) if part]
    most = max((len(words & content_bigrams(part)) for part, _ in told), default=0)
    return [(part, item) for part, item in told if most and len(words & content_bigrams(part)) == most]


def is_denial(text: str) -> bool:
    """Whether a text says that something is not so."""
    return bool(_NEGATED.search(fold(text)))
