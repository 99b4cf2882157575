"""Whether a claim's words are those of the sentences it rests on. Pure."""

import re
from collections.abc import Collection, Sequence

from rag.text.bigrams import character_coverage, content_bigrams, without_grammar
from rag.text.english import is_english, names_carried
from rag.text.normalization import fold
from rag.text.units import UNITS
from rag.verification.alignment import MAXIMUM_SENTENCES, words_of
from rag.verification.claims import Evidence
from rag.verification.figure_subjects import without_figures
from rag.verification.tense_and_polarity import is_intent_unfounded
from rag.verification.verdicts import Asked, UnsupportedReason

NEW_WORDS_COVERED = 0.5  # of a claim's words that the question does not have
ALL_WORDS_COVERED = 0.45  # of all its words
LONG_ITEM = 3  # characters of a list item that is looked for in further sentences
SAYS_YES = 0.9  # of a claim's words that are the question's own

AGREEMENT = re.compile(
    r"^(?:是的?|不是|没有|有|对|不对|否)[，,。]|没有|报告(?:中|里)?(?:说|提到|写的?是?)?|以及|另外"
)  # adds no fact
_LISTS = re.compile("[、；;]")
_EDGES = re.compile(r"^\W+|\W+$")
_OFFICE = re.compile(
    r"(?:书记|镇长|乡长|主任|主席|局长|校长|村长|支书|所长|站长|县长|市长|院长|队长)(?:是|叫|名叫|为|姓名是)([\u4e00-\u9fff]{2,4})"
)
_NOT_A_NAME = re.compile(r"组长|主体|成员|代表|第一|核心|负责|牵头|总|全|各|一")
_UNIT = "|".join(map(re.escape, sorted(UNITS, key=len, reverse=True)))
_COUNTED = re.compile(rf"(?:多少|几)(?:{_UNIT})?的?([\u4e00-\u9fff]{{2,4}})[？?，,]")


def check_words(text: str, chosen: Sequence[Evidence], asked: Asked) -> UnsupportedReason | None:
    """Why a claim's words are not carried: names, what is counted and all else must stand in the sentences, but for
    words of the question that need no proof."""
    if is_english(text):
        said = " ".join(item.text for item in chosen)
        return None if names_carried(text, said, asked.text) else "words_not_in_evidence"
    carried = frozenset().union(*(words_of(item) | _context_words(item) for item in chosen))
    words = AGREEMENT.sub(" ", without_figures(text))
    is_carried = (
        character_coverage(words, content_bigrams(asked.text), carried) >= NEW_WORDS_COVERED
        and character_coverage(words, frozenset(), carried) >= ALL_WORDS_COVERED
        and all(name in _said(chosen) for name in _office_holders(text))
        and not _counts_unsaid(text, carried, asked)
        and not _unsaid(text, chosen, asked)
        and not is_intent_unfounded(text, chosen)
    )
    return None if is_carried else "words_not_in_evidence"


def with_list_items(
    text: str, chosen: Sequence[Evidence], evidence: Sequence[Evidence], asked: Asked
) -> list[Evidence]:
    """A claim that lists things gets the sentences that name those of its items that are still open, and what it says
    whole, such as 县委 for the salutation of a report."""
    found = list(chosen)
    if is_english(text) or not (unsaid := _unsaid(text, chosen, asked)):
        return found
    whole = [e for e in evidence if (words := _EDGES.sub("", fold(e.text))) and len(words) > 1 and words in fold(text)]
    items = [item for item in unsaid if len(item) >= LONG_ITEM and _LISTS.search(text)]
    naming = [next((e for e in evidence if item in fold(e.text)), None) for item in items]
    more = dict.fromkeys(e for e in (*whole, *naming) if e is not None and e not in chosen)
    return [*found, *list(more)[: max(0, MAXIMUM_SENTENCES - len(found))]]


def _office_holders(text: str) -> list[str]:
    """Names that a claim gives to offices; the question naming them proves nothing."""
    return [match[1] for match in _OFFICE.finditer(fold(text)) if not _NOT_A_NAME.search(match[1])]


def _counts_unsaid(text: str, carried: frozenset[str], asked: Asked) -> bool:
    """Whether a claim counts what the question asks to be counted, and its sentences do not speak of that.

    Example: 接待了多少游客 is not answered by 采摘园200亩 told as 接待了200亩采摘园的游客
    """
    counted = [content_bigrams(match[1]) for match in _COUNTED.finditer(fold(asked.text))]
    return any(noun and noun & content_bigrams(text) and not noun & carried for noun in counted)


def _said(chosen: Sequence[Evidence]) -> str:
    return "".join(fold(item.text) for item in chosen)


def _only_says_yes(text: str, asked: Asked) -> bool:
    """Whether a claim affirms a yes-or-no question in its own words: then each of them is to be proved."""
    words = AGREEMENT.sub(" ", without_figures(text))
    return asked.is_yes_no and character_coverage(words, frozenset(), content_bigrams(asked.text)) >= SAYS_YES


def _unsaid(text: str, chosen: Sequence[Evidence], asked: Asked) -> tuple[str, ...]:
    """The claim's words that neither the chosen sentences nor the question have."""
    asked_words = content_bigrams(asked.text) - asked.unproved
    if asked.is_yes_no:
        asked_words = frozenset()  # what is asked is to be proved
    known = asked_words.union(*(_context_words(item) for item in chosen))
    words = AGREEMENT.sub(" ", without_figures(text))
    said = [without_figures(item.text) for item in chosen]
    return unsaid_words(words, known, said, is_strict=_only_says_yes(text, asked))


def _context_words(item: Evidence) -> frozenset[str]:
    return content_bigrams(f"{item.county or ''}{item.town or ''} {item.sentence.section}")


SHORTEST_UNSAID = 2  # characters in a row; a single one is a particle or a short verb, unless it replaces another


LONGEST_REPLACED = 3  # characters that a single one may stand for: 墨江 for 松木江


_HAN = "\u3400-\u9fff"


_RUN = re.compile(f"[{_HAN}]+")


_LIGHT = re.compile(
    "包括|包含|内容|全面|进行|通过|目前|当前|已经|当年|全年|今年|去年|明年|上年|期间|以及|并且|同时|因此|所以|由于|因为|此外|另外|"
    "大约|左右|超过|达到|达|仅|发生|出现|存在|涉及|属于|位于|成为|作为|称为|名为|叫做|分别|各自|具体|主要|重点|其中|总数|总量|总额|数量|数目|金额|人数|户数|面积|长度|比例|名称|名单|地点|时间|日期|报告|总结|提到|"
    "提出|指出|表示|说明|写明|记载|显示|根据|按照|实施|开展|落实|推进|组织|举办|举行|召开|新建|修建|兴建|建设|建造|建立|建成|完成|"
    "完工|实现|取得|获得|得到|投入|使用|用于|用来|拥有|设有|新增|引进|引入|成立|设立|安装|设置|"
    "种植|发放|拨付|支付|参加|参与|接受|接到|收到|处理|解决|解释|计划|打算|准备|争取|预计|将要|将会|力争|目标|任务|工作|项目|活动|"
    "方面|措施|工程|问题|地方|单位|部门|人员|群众|村民|居民|学生|家庭|企业|公司|乡镇|全镇|全乡|全村|全县|该镇|该乡|该村|该县|本镇|"
    "本乡|共有|共计|合计|总共|平均|每年|每月|每人|每户|每天|每次|其余|其他|其它|以外|以内|之间|之一|之内|之外|之前|之后|以前|以后|"
    "前后|不是|并非|而是|不能|不得|必须|应当|应该|需要|可以|可能|能够|没有|未能|尚未|还没|还有|还要|只有|只是|就是|也是|均为|皆为|"
    "[一二三四五六七八九十]是|[有为和与及以或等并由对从到在于至向给让使将能会可须先再才后前中内外上下来去经过仍还只就均共计约新成已未无不人年月日个名"
    "份次项种类些所者时处]"
)


_PARTICLE = frozenset(
    "有为和与及以或等并由对从到在于至向给让使将能会可须先再才后中内外来去经过仍还只就均共计约成已个名份次项些达是的了数按指长宽高大小多少"
)


_BOUNDARY = f"(?:^|$|[^{_HAN}])"


def unsaid_words(
    words: str, known: Collection[str], said: Sequence[str], *, is_strict: bool = False
) -> tuple[str, ...]:
    """The stretches of a claim's words that stand neither in the texts it rests on nor among `known` bigrams.

    `words` and the texts come without their figures. Words that fit any report, such as 包括 or 新建, are passed over,
    unless `is_strict`.
    Example: unsaid_words("双桥村修路", frozenset(), ["寺桥村修路"]) == ("双",)
    """
    text = fold(words)
    sources = [fold(one) for one in said]
    carried = frozenset(known).union(*(_bigrams(source) for source in sources))
    light = set() if is_strict else {at for found in _LIGHT.finditer(text) for at in range(*found.span())}
    return tuple(
        text[start:end]
        for start, end in _open_stretches(text, carried)
        if (
            not light.issuperset(range(start, end))
            if end - start >= SHORTEST_UNSAID
            else _replaces(text, start, sources)
        )
    )


def _open_stretches(text: str, carried: Collection[str]) -> list[tuple[int, int]]:
    """The runs of Han characters that no carried bigram holds, grammar apart."""
    plain = without_grammar(text)
    found: list[tuple[int, int]] = []
    for run in _RUN.finditer(plain):
        start = None
        for at in range(run.start(), run.end() + 1):
            is_open = at < run.end() and not _is_carried(text, at, carried)
            if is_open and start is None:
                start = at
            elif not is_open and start is not None:
                found.append((start, at))
                start = None
    return found


def _is_carried(text: str, at: int, carried: Collection[str]) -> bool:
    return text[at : at + 2] in carried or (at > 0 and text[at - 1 : at + 1] in carried)


def _bigrams(text: str) -> set[str]:
    return {run[0][i : i + 2] for run in _RUN.finditer(text) for i in range(len(run[0]) - 1)}


def _replaces(text: str, at: int, sources: Sequence[str]) -> bool:
    """Whether a source has another character in the very place of this one: 雨钰分流 for 雨污分流."""
    if text[at] in _PARTICLE:
        return False
    left, right = _RUN.search(text[max(0, at - 2) : at][::-1]), _RUN.match(text, at + 1)
    before = left[0][::-1] if left and left.start() == 0 else ""
    after = right[0][:2] if right else ""
    if len(before) + len(after) < 2:
        return False
    one = (before[-1:] if after else before) or _BOUNDARY
    other = (after[:1] if before else after) or _BOUNDARY
    between = re.compile(f"{one}(?=([{_HAN}]{{1,{LONGEST_REPLACED}}}){other})")
    return any(found[1] != text[at] for source in sources for found in between.finditer(source))
