"""Questions of all reports: what is sought in them, by whom, and beyond which figure. Pure."""

import re
from dataclasses import dataclass, replace

from rag.text.bigrams import content_bigrams
from rag.text.clauses import COMMAS, SENTENCE_MARKS
from rag.text.figures import Figure, read_figures
from rag.text.glossary import in_official_words
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN, fold

BOUNDS = table("bounds")
_REPORTS = re.compile(rf"{concept('all_reports').any}(?![级域]|直属|属(?!于))")  # 哪些县级荣誉 asks no county
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
    return replace(found, is_denied=is_denied, wants_detail=wants_detail)


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
    parts = tuple(part for part in _OR.split(topic) if part)
    return Sought(topic, parts, tuple(_RANKED.all_in(topic)), did is not None, text)


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
