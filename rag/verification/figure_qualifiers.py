"""What stands beside a figure and changes what it says: per what it counts, of which part, before or after a change.

Each check compares a claim's figure with every place that has it in the sentences the claim rests on; a figure is
refused where no place allows it. Pure.
"""

import re
from collections.abc import Callable, Sequence

from rag.text.bigrams import content_bigrams
from rag.text.clauses import CLAUSE_BREAK
from rag.text.english import is_english
from rag.text.figures import Figure, read_figures, same_amount
from rag.text.normalization import fold
from rag.verification.alignment import places_of
from rag.verification.claims import Evidence
from rag.verification.verdicts import Asked, UnsupportedReason

PART_NAMED = 0.5  # of the words of a part (其中…) that a claim has beside the figure of the whole

_PER = re.compile(r"每([户人年月亩村天])|([户人亩月年])均|/([户人年月亩天])")
_SLASHES = re.compile(r"(?:/[户人年月亩天])+")
_PROSPECT = re.compile(
    r"预计|预期|有望|(?<![认许])可(?=提供|容纳|带动|实现|解决|新增|增加|吸纳|安置|覆盖|望|年产|增收)"
)
_IN_PROSPECT = re.compile(
    r"预计|预期|有望|可|能|将|拟|计划|打算|准备|力争|争取|目标|大概|\b(?:will|would|can|could|expect|plan|projected|estimat)"
)
_CHANGED = re.compile(r"(?:由|从)[^，,。；;]{0,12}$")
_CHANGED_TO = re.compile(
    r"^[^，,。；;\d]{0,4}(?:提高|提升|上升|增加|增长|扩大|拓宽|增|升|下降|降低|减少|缩减|降|减)[至到为]"
)
_BEFORE_THE_CHANGE = re.compile(
    r"由|从|原|此前|以前|之前|去年|上年|年初|改造前|\bfrom\b|\bearlier|\bformer|\blast year"
)
_NEW = re.compile(r"新[增造建办栽发种]")
_STOCK = re.compile(r"累计|总面积|总数|面积达|共有|已有|截[至止]")
_PART = re.compile(r"^[^。；;]{0,14}?[，,（(]?其中[，,]?([\u4e00-\u9fff]{2,14}?)(?=[\d约近])")
_RATE = re.compile("增长|增幅|下降|增加|减少|上升|降低|增|降")
_IN_ORDER = re.compile("分别|依次|各(?!级|类|项|种)")
_ALL = re.compile(r"全部|所有|一律|(?<![平人户年月亩])均(?!价|衡|匀)|都(?!市)")
_ALL_TOLD = re.compile(r"全(?![年镇乡县市区省国面力])|均|都|所有|每|一律|各|皆|100%|百分之百")
_EACH = re.compile("各(?![级类项种式界方地村镇乡位]|部门|单位|有关)")
_COMPARED = re.compile("[比较][^，,。；;]{0,6}$")

Allows = Callable[[str, Figure, Evidence, Figure, Asked], bool]
"""Whether a place of a sentence allows what a claim says of its figure: claim, figure, sentence, place, asked."""


def check_qualifiers(
    text: str, figures: Sequence[Figure], chosen: Sequence[Evidence], asked: Asked
) -> UnsupportedReason | None:
    """Why a claim says more of its figures, or of all, than its sentences do; English claims for prospects alone."""
    checks: tuple[tuple[Allows, UnsupportedReason], ...] = (
        (_keeps_prospect, "planned_not_done"),
        *(() if is_english(text) else _CHINESE_CHECKS),
    )
    for figure in figures:
        places = [(item, place) for item in chosen for place in places_of(figure, item)]
        for allows, reason in checks:
            if places and not any(allows(text, figure, item, place, asked) for item, place in places):
                return reason
    if not is_english(text) and not asked.is_yes_no and _says_all(text, chosen):
        return "words_not_in_evidence"
    return None


def _clause_before(text: str, place: Figure) -> str:
    return CLAUSE_BREAK.split(fold(text[: place.start]))[-1]


def _keeps_prospect(text: str, figure: Figure, item: Evidence, place: Figure, asked: Asked) -> bool:
    """预计脱贫233人 is not told as 脱贫233人."""
    is_prospect = item.sentence.kind != "plan" and _PROSPECT.search(_clause_before(item.text, place))
    return not is_prospect or bool(_IN_PROSPECT.search(f"{text} {asked.text}".lower()))


def _keeps_rate_per(text: str, figure: Figure, item: Evidence, place: Figure, asked: Asked) -> bool:
    """每户补助650元 is not told as 补助650元, nor 450元/年/人 as 每户450元."""
    told = _per(_own_words(item.text, place))
    own = _own_words(text, figure)
    said = f"{own} {asked.text}"
    is_kept = all(
        re.search(rf"每[^，。]{{0,3}}{unit}|{unit}均|/{unit}|一{unit}|(?<!\d){unit}(?=[增收产补领])", said)
        for unit in told
    )
    return is_kept and (not _per(own) or bool(told))


def _keeps_each(text: str, figure: Figure, item: Evidence, place: Figure, asked: Asked) -> bool:
    """三个村各建成1个 is not told as 共建成1个."""
    return not _EACH.search(_clause_before(item.text, place)) or bool(re.search("[各每均]|分别", text + asked.text))


def _keeps_times(text: str, figure: Figure, item: Evidence, place: Figure, asked: Asked) -> bool:
    """检查386家次 is not told as 检查386家."""
    return fold(item.text[place.end : place.end + 1]) != "次" or "次" in text


def _own_words(text: str, figure: Figure) -> str:
    """The clause before a figure and the units by which it counts right behind; those of figures before it apart."""
    behind = _SLASHES.match(fold(text[figure.end :]))
    return f"{_SLASHES.sub('', _clause_before(text, figure))}{behind[0] if behind else ''}"


def _per(words: str) -> set[str]:
    """What a figure is counted by: {"户", "年"} for 每户每年."""
    return {unit for found in _PER.finditer(words) for unit in found.groups() if unit}


def _is_after_change(text: str, figure: Figure, item: Evidence, place: Figure, asked: Asked) -> bool:
    """由83%提高到91%: 83% is what it was."""
    behind = fold(item.text[place.end :])
    if not (_CHANGED.search(fold(item.text[: place.start])) and _CHANGED_TO.match(behind)):
        return True
    return bool(_BEFORE_THE_CHANGE.search(f"{text} {asked.text}".lower()))


def _keeps_stock(text: str, figure: Figure, item: Evidence, place: Figure, asked: Asked) -> bool:
    """油茶林面积达到9300亩 is not told as 新造油茶9300亩."""
    before = _clause_before(item.text, place)
    is_stock = _STOCK.search(before) and "新" not in before
    return not (is_stock and _NEW.search(_clause_before(text, figure)))


def _is_not_of_part(text: str, figure: Figure, item: Evidence, place: Figure, asked: Asked) -> bool:
    """吸纳就业86人，其中贫困劳动力39人: 86 is not told of 贫困劳动力."""
    behind = _PART.match(fold(item.text[place.end :]))
    if not behind:
        return True
    part = content_bigrams(behind[1]) - content_bigrams(_clause_before(item.text, place))
    said = content_bigrams(_clause_before(text, figure))
    return not part or len(part & said) < PART_NAMED * len(part)


def _keeps_rated(text: str, figure: Figure, item: Evidence, place: Figure, asked: Asked) -> bool:
    """In 面积3万亩，总产量1万吨，增长2% the rate is the output's, not the area's."""
    rated = _rated(text, figure)
    if rated is None or _IN_ORDER.search(item.text[: place.end]):
        return True
    told = _rated(item.text, place)
    return told is None or same_amount(rated, told)


def _rated(text: str, rate: Figure) -> Figure | None:
    """The figure right before a rate of growth, in the same sentence; None for any other figure."""
    if rate.measure not in ("%", "百分点") or not _RATE.search(_clause_before(text, rate)):
        return None
    sentence = max(text.rfind(mark, 0, rate.start) for mark in "。；;") + 1
    before = [f for f in read_figures(text) if sentence <= f.start and f.end <= rate.start and f.kind == "quantity"]
    before = [f for f in before if f.measure not in ("%", "百分点") and not _COMPARED.search(text[: f.start])]
    return before[-1] if before else None


def _says_all(text: str, chosen: Sequence[Evidence]) -> bool:
    """Whether a claim speaks of all of something where none of its sentences does."""
    return bool(_ALL.search(fold(text))) and not any(_ALL_TOLD.search(fold(item.text)) for item in chosen)


_CHINESE_CHECKS: tuple[tuple[Allows, UnsupportedReason], ...] = (
    (_keeps_rate_per, "figure_of_other_subject"),
    (_keeps_each, "figure_of_other_subject"),
    (_keeps_times, "figure_not_in_evidence"),
    (_is_after_change, "figure_of_other_subject"),
    (_keeps_stock, "figure_of_other_subject"),
    (_is_not_of_part, "figure_of_other_subject"),
    (_keeps_rated, "figure_of_other_subject"),
)
