"""Questions of all reports: what is sought in them, by whom, and beyond which figure. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rag.answering.answer_types import measures_asked
from rag.text.bigrams import content_bigrams
from rag.text.clauses import COMMAS, SENTENCE_MARKS
from rag.text.figures import Figure, read_figures
from rag.text.glossary import in_official_words
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN, fold
from rag.text.units import UNITS

BOUNDS = table("bounds")
_GROUP = rf"{concept('group_of_places').any}(?:的?{concept('group_of_places').any})?"
_ASKED_OF = concept("mentions", "asked_undertakings", "negation").any
_OF_A_GROUP = (  # 三个县里，哪些建成了公园; not 三个县里，哪些项目建成了
    rf"[\d一二三四五六七八九十百两几这各](?:个|份|些)?{_GROUP}{concept('picked_from').any}[{COMMAS}]?"
    rf"{concept('which_of_a_group').any}(?=的?(?:报告|都|也|在|{_ASKED_OF}))"
)
_HOW_MANY = (  # 几个县的报告提到了油茶; not 几个县建成了公园, which a report may say of its own
    rf"(?<![哪第好这那十]){concept('how_many').any}[个份]?{_GROUP}(?=的?(?:报告)?[里中]?都?{concept('mentions').any})"
)
_REPORTS = re.compile(  # 哪些县级荣誉 asks no county
    rf"{concept('all_reports').any}(?![级域]|直属|属(?!于))|{_OF_A_GROUP}|(?P<count>{_HOW_MANY})"
)
_ASPECT, _NEGATION = concept("aspect"), concept("negation")
_TOPIC = rf"{_ASPECT.any}?(?P<topic>[^{COMMAS}{SENTENCE_MARKS}]+)"
_MENTIONS = re.compile(rf"{concept('mentions').any}{_TOPIC}")
_DID = re.compile(rf"(?<!的){concept('asked_undertakings').any}{_TOPIC}")
_TOLD_BEFORE = re.compile(  # 种油茶的有哪几个县
    rf"^(?:{concept('mentions').any}|{concept('asked_undertakings', 'leading_verbs').any})?"
    rf"{_ASPECT.any}?(?P<topic>[^{COMMAS}{SENTENCE_MARKS}的]{{2,}}?)的(?:报告)?都?[有是]$"
)
_NOTHING_MORE = re.compile(rf"(?:的?报告)?[呢啊呀]?[{SENTENCE_MARKS}]*$")
_BELONGS = re.compile(rf"属于?(?P<topic>[{HAN}]{{2,4}}[县区])")
_LEFT_UNSAID = re.compile(rf"{_NEGATION.any}{concept('speaking').any}")
_NOT = re.compile(rf"{_NEGATION.any}$")
_BOUND = re.compile(
    rf"的?(?P<topic>[^的{COMMAS}？?]{{2,16}}?)(?P<way>{'|'.join(way.any for way in BOUNDS.values())})"
    rf"{_ASPECT.any}?(?=[\d一二三四五六七八九十百千万两])"
)
_QUOTED = re.compile(r"[“\"「『]([^”\"」』]{1,20})[”\"」』]")
_OR = re.compile("或者?|、")
_UNDER_WAY = re.compile(rf"(?:在|要|想|{concept('intention').any})$")  # 哪些县在搞 asks of plans too
_ASIDE = re.compile(r"(?P<said>[^()]+)\((?P<other>[^()]+)\)")  # 村级公路（通村路）: either word
_AMOUNT = re.compile(
    rf"{_ASPECT.any}?(?:{concept('asks_figure').any})(?:个|[十百千]?[万亿])?"
    rf"(?:{concept('money_noun').any}|钱|{'|'.join(sorted(map(re.escape, UNITS), key=len, reverse=True))})?"
)
_DONE_FOR = re.compile(rf"(?P<matter>.{{2,}}?){concept('beneficiary_preposition').any}(?P<acts>.{{2,}})")
_LIGHT = re.compile("|".join(sorted((word for word in concept("light_words") if len(word) > 1), key=len, reverse=True)))
_RANKED = concept("superlative", "comparative")
_DETAIL = concept("asks_detail")


@dataclass(frozen=True, slots=True)
class Sought:
    """What a question seeks in all reports."""

    topic: str
    alternatives: tuple[str, ...]
    required: tuple[str, ...]  # folded words that must stand in the sentence
    results_only: bool
    question: str  # folded; tells which of two places speaks of more that is asked
    county: str = ""
    bound: Figure | None = None
    way: str = ""  # how the figure sought stands to the bound
    is_denied: bool = False  # asked is who does not speak of it
    wants_detail: bool = False  # more is asked than the names
    measures: frozenset[str] = frozenset()  # of the amounts that are asked of each
    weights: Mapping[str, int] = field(default_factory=dict)  # of the pairs of the topic, by rarity
    acts: tuple[str, ...] = ()  # one of which must stand by the amount
    is_amount: bool = False  # who tells no amount is not sought
    wants_count: bool = False  # how many is asked


def sought_in_all(question: str) -> Sought | None:
    """What a question asks of all reports; None where it asks nothing of the kind.

    Example: "哪几个镇的报告提到了污水处理厂？" is one; "哪个镇的油茶多？" is not, it wants figures compared.
    """
    text = in_official_words(fold(question))
    which = _REPORTS.search(text)
    return _sought(text, which) if which else None


def _sought(text: str, which: re.Match[str]) -> Sought | None:
    start = which.end()
    belongs = _BELONGS.search(text, start)
    found = _of_county(belongs, text) if belongs else _beyond(text, start) or _spoken_of(text, start)
    found = found or _spoken_of_before(text, which)
    if found is None:
        return None
    is_denied = bool(_LEFT_UNSAID.search(text))
    wants_detail = bool(_DETAIL.search(text[start:])) and not is_denied
    return replace(
        found,
        is_denied=is_denied,
        wants_detail=wants_detail,
        measures=found.measures or measures_asked(text[start:]),
        is_amount=found.is_amount and wants_detail,
        wants_count=which["count"] is not None,
    )


def _of_county(belongs: re.Match[str], text: str) -> Sought:
    return Sought(belongs["topic"], (), (), False, text, county=belongs["topic"])


def _spoken_of(text: str, start: int) -> Sought | None:
    """哪些镇提到了油茶, 哪个镇建成了公园: a topic that a report speaks of, or that was done."""
    says = _MENTIONS.search(text, start)
    did = None if says else _DID.search(text, start)
    said = says or did
    if said is None or (did is not None and (_RANKED.search(did["topic"]) or _NOT.search(text[: did.start()]))):
        return None  # who did not build something is not who does not speak of it
    if not content_bigrams(concept("how_many", "question_words").remove(said["topic"], " ")):
        return None
    topic = said["topic"].strip()
    quoted = tuple(_QUOTED.findall(topic))
    if quoted:
        return Sought(topic, quoted, quoted, did is not None, text)
    is_done = did is not None and not _UNDER_WAY.search(text[: did.start()])
    if measures_asked(topic) and _AMOUNT.search(topic):
        return replace(_amounts(_AMOUNT.sub("", topic).strip(), is_done, text), measures=measures_asked(topic))
    return Sought(topic, _alternatives(topic), tuple(_RANKED.all_in(topic)), is_done, text)


def _amounts(topic: str, is_done: bool, text: str) -> Sought:
    """写了低保给老人发放、补助了多少钱: the matter, and what was done, by which the amount must stand."""
    split = _DONE_FOR.fullmatch(topic)
    matter = split["matter"] if split else topic
    acts = [_LIGHT.sub("", act) or act for act in _OR.split(split["acts"])] if split else []
    acts = [act for act in acts if content_bigrams(act)]
    is_result = is_done or not concept("intention", "asks_plan").search(text)
    return Sought(topic, _alternatives(matter), (), is_result, text, acts=tuple(acts), is_amount=True)


def _alternatives(topic: str) -> tuple[str, ...]:
    """What may stand for a topic. Example: _alternatives("村级公路(通村路)养护") == ("村级公路养护", "通村路养护")"""
    aside = _ASIDE.match(topic)
    if aside and content_bigrams(aside["other"]):
        rest = topic[aside.end() :]
        return tuple(each for said in (aside["said"], aside["other"]) for each in _alternatives(said + rest))
    return tuple(part for part in _OR.split(topic) if part)


def _spoken_of_before(text: str, which: re.Match[str]) -> Sought | None:
    """种油茶的有哪几个县: the topic stands before who is asked for."""
    told = _TOLD_BEFORE.match(text[: which.start()])
    if told is None or not _NOTHING_MORE.match(text, which.end()) or _RANKED.search(told["topic"]):
        return None
    return Sought(told["topic"], (told["topic"],), (), False, text)


def _beyond(text: str, start: int) -> Sought | None:
    """哪个镇的油菜面积超过了1万亩: a topic with a figure to be above or below."""
    way = _BOUND.search(text, start)
    figure = next((f for f in read_figures(text) if way and f.start >= way.end("way") - 2 and f.measure), None)
    if way is None or figure is None or _NOT.search(way["topic"]):
        return None
    said = f"{way['topic']}{way['way']}{figure.text.removeprefix(way['way'])}"
    bare = concept("sizes").remove(way["topic"]) or way["topic"]
    return Sought(said, (bare,), (), True, text, bound=figure, way=way["way"])
