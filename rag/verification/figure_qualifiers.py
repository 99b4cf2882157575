"""What stands beside a figure and changes what it says: per what it counts, of which part, before or after a change.

Each check compares a claim's figure with every place that has it in the sentences the claim rests on; a figure is
refused where no place allows it.
"""

import re
from collections.abc import Callable

from rag.text.bigrams import bigrams_in
from rag.text.clauses import CLAUSE_MARKS, SENTENCE_MARKS
from rag.text.figures import Figure, same_amount
from rag.text.lexicon import concept
from rag.text.normalization import HAN
from rag.text.parsed_text import ParsedText
from rag.verification.case import Case
from rag.verification.claims import Evidence

PART_NAMED = 0.5  # of the words of a part (其中…) that a claim has beside the figure of the whole

_PROSPECT = re.compile(rf"{concept('prospect').any}|(?<![认许])可(?={concept('can_do').any})")
_IN_PROSPECT = re.compile(
    rf"{concept('prospect', 'intention', 'possibility').any}|\b(?:will|would|can|could|expect|plan|projected|estimat)"
)
_CHANGED = re.compile(rf"[由从][^{CLAUSE_MARKS}]{{0,12}}$")
_CHANGED_TO = re.compile(rf"^[^{CLAUSE_MARKS}\d]{{0,4}}{concept('changed_to').any}[至到为]")
_BEFORE_THE_CHANGE = re.compile(rf"{concept('before_a_change').any}|\bfrom\b|\bearlier|\bformer|\blast year")
_PART = re.compile(rf"^[^{SENTENCE_MARKS}]{{0,14}}?[，,（(]?其中[，,]?([{HAN}]{{2,14}}?)(?=[\d约近])")
_COMPARED = re.compile(rf"[比较][^{CLAUSE_MARKS}]{{0,6}}$")
_EACH_TOLD = concept("each_told")
_SHARES = ("%", "百分点")

Allows = Callable[[Case, Figure, Evidence, Figure], bool]
"""Whether a place of a sentence allows what a claim says of its figure: case, figure, sentence, place."""


def every_figure(allows: Allows, *, in_english: bool = False) -> Callable[[Case], bool]:
    """A check that holds where some place of each figure allows it; English claims pass unless it is made for them."""

    def holds(case: Case) -> bool:
        if case.claim.is_english and not in_english:
            return True
        return all(
            not places or any(allows(case, figure, item, place) for item, place in places)
            for figure in case.figures
            for places in [case.places(figure)]
        )

    return holds


def keeps_prospect(case: Case, figure: Figure, item: Evidence, place: Figure) -> bool:
    """预计脱贫233人 is not told as 脱贫233人."""
    is_prospect = item.sentence.kind != "plan" and _PROSPECT.search(item.parsed.clause_before(place))
    return not is_prospect or bool(_IN_PROSPECT.search(_with_question(case)))


def keeps_rate_per(case: Case, figure: Figure, item: Evidence, place: Figure) -> bool:
    """每户补助650元 is not told as 补助650元, nor 450元/年/人 as 每户450元."""
    said = f"{case.claim.clause_before(figure)} {case.asked.parsed.folded}"
    is_kept = all(
        unit in figure.per
        or re.search(rf"每[^，。]{{0,3}}{unit}|{unit}均|/{unit}|一{unit}|(?<!\d){unit}(?=[增收产补领])", said)
        for unit in map(re.escape, place.per)
    )
    return is_kept and (not figure.per or bool(place.per))


def keeps_each(case: Case, figure: Figure, item: Evidence, place: Figure) -> bool:
    """三个村各建成1个 is not told as 共建成1个."""
    return not concept("each_thing").search(item.parsed.clause_before(place)) or bool(
        _EACH_TOLD.search(case.claim.folded + case.asked.parsed.folded)
    )


def keeps_times(case: Case, figure: Figure, item: Evidence, place: Figure) -> bool:
    """检查386家次 is not told as 检查386家."""
    return item.parsed.folded[place.end : place.end + 1] != "次" or "次" in case.claim.folded


def is_after_change(case: Case, figure: Figure, item: Evidence, place: Figure) -> bool:
    """由83%提高到91%: 83% is what it was."""
    folded = item.parsed.folded
    if not (_CHANGED.search(folded[: place.start]) and _CHANGED_TO.match(folded[place.end :])):
        return True
    return bool(_BEFORE_THE_CHANGE.search(_with_question(case)))


def keeps_stock(case: Case, figure: Figure, item: Evidence, place: Figure) -> bool:
    """油茶林面积达到9300亩 is not told as 新造油茶9300亩."""
    before = item.parsed.clause_before(place)
    is_stock = concept("stock").search(before) and "新" not in before
    return not (is_stock and concept("newly").search(case.claim.clause_before(figure)))


def is_not_of_part(case: Case, figure: Figure, item: Evidence, place: Figure) -> bool:
    """吸纳就业86人，其中贫困劳动力39人: 86 is not told of 贫困劳动力."""
    behind = _PART.match(item.parsed.folded[place.end :])
    if not behind:
        return True
    part = bigrams_in(behind[1]) - bigrams_in(item.parsed.clause_before(place))
    said = bigrams_in(case.claim.clause_before(figure))
    return not part or len(part & said) < PART_NAMED * len(part)


def keeps_rated(case: Case, figure: Figure, item: Evidence, place: Figure) -> bool:
    """In 面积3万亩，总产量1万吨，增长2% the rate is the output's, not the area's."""
    rated = _rated(case.claim, figure)
    if rated is None or (concept("in_order") | concept("each")).search(item.parsed.folded[: place.end]):
        return True
    told = _rated(item.parsed, place)
    return told is None or same_amount(rated, told)


def says_all_only_where_told(case: Case) -> bool:
    """A claim speaks of all of something only where one of its sentences does; the answer to yes or no may."""
    if case.claim.is_english or case.asked.is_yes_no:
        return True
    says_all = (concept("whole") | concept("evenly")).search(case.claim.folded)
    return not says_all or any(concept("whole_told").search(said.folded) for said in case.said)


def _with_question(case: Case) -> str:
    return f"{case.claim.folded} {case.asked.parsed.folded}"


def _rated(parsed: ParsedText, rate: Figure) -> Figure | None:
    """The figure right before a rate of growth, in the same sentence; None for any other figure."""
    if rate.measure not in _SHARES or not concept("rate_of_change").search(parsed.clause_before(rate)):
        return None
    sentence = max(parsed.folded.rfind(mark, 0, rate.start) for mark in SENTENCE_MARKS) + 1
    before = [f for f in parsed.quantities if sentence <= f.start and f.end <= rate.start and f.measure not in _SHARES]
    before = [f for f in before if not _COMPARED.search(parsed.folded[: f.start])]
    return before[-1] if before else None
