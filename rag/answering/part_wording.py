"""How a part of a question about several towns or years asks for its own figure."""

import re
from collections.abc import Sequence

from rag.text.bigrams import content_bigrams
from rag.text.clauses import COMMAS
from rag.text.lexicon import concept, table
from rag.text.numerals import ONES
from rag.text.place_names import short_name

YEAR = r"20\d\d年"
_JOINED = rf"(?:{concept('and').any}|跟)"
_WHICH, _HOW_MANY = concept("which_one"), concept("how_many").any
_OF_A_CHANGE = "".join(  # before the degree of a verb: 增 of 增长
    {word[0] for word in concept("rate_of_change", "changed_to", "growth") if word[1:] in concept("degree")}
)
_DEGREE = rf"(?:(?<![{_OF_A_CHANGE}]){concept('degree').any})"
_WHO_HAS_MORE = re.compile(rf"(?:{_WHICH.any}{_DEGREE}){{2}}")
_WHICH_TOWN = re.compile(rf"[{COMMAS}]?(?:这?两个?镇)?{_WHICH.any}的?")
_BARE_MORE = re.compile(rf"(?<![多是])[更最]?{_DEGREE}(?<!多少)(?<!多大)些?(?=[？?]?$)")
_MORE_AND_HOW_MUCH = re.compile(rf"的?[更最]?(?<![多是]){_DEGREE}些?[{COMMAS}？?]+(?=[^？?]*{_HOW_MANY})")
_BY_HOW_MUCH = re.compile(rf"(?<!最)更?{_DEGREE}[了出]{{0,2}}{_HOW_MANY}(?P<unit>[^{COMMAS}？?]*)")
_FASTER = {told: re.compile(rf"{words.any}[更最]?[快慢]些?(?=[？?]?$)") for told, words in table("how_fast").items()}
_LONGER = re.compile(rf"{_WHICH.any}[更最]?[长短](?=[？?]?$)")
_BESIDE = re.compile(rf"相?比(?:较|起来|一比)?(?=[{COMMAS}])")  # 石矶镇跟大塘镇比，谁…
_KINDS_OF_PLACES = concept("place_level", "kinds_of_places").any
_ALL_OF_THEM = rf"[这那]?(?:[{ONES[1:]}十两俩仨]|\d+)个?{_KINDS_OF_PLACES}+(?:里[头面]?|[之当]?中)?"
_DOUBLED = (
    ("的的", "的"),
    ("的有多", "有多"),
    ("是多少有多少", "是多少"),
    ("，有多", "有多"),
)
_DIFFER = concept("asks_how_they_differ")
_SIZE_DIFFERS = re.compile(rf"(?P<size>{concept('sizes', 'figure_nouns').any})上?{_DIFFER.any}")
_TOGETHER = re.compile(rf"{concept('sum', 'difference').any}|分别|各自|各(?=是|有)|^把|(?:[两三四五]份)?报告[里中]?的?")
_GROWN = re.compile(
    rf"(?:{YEAR})?比(?:{YEAR})?{concept('growth').any}{concept('aspect').any}?(?={concept('how_many').any})"
)
_YEARS = re.compile(
    rf"{YEAR}(?:(?:{_JOINED}|[到至比])*{YEAR})*[{COMMAS}的]?|[这两三]年[间内]?|{concept('asks_year').any}的?"
)


def about_one(text: str, town: str, towns: Sequence[str]) -> str:
    """A question about several towns as one about a single town, asking for its figure instead of the comparison.

    Example: about_one("石矶镇和大塘镇哪个镇的油茶多？", "石矶镇", ("石矶镇", "大塘镇")) == "石矶镇的油茶有多少？"
    Example: about_one("石矶镇修的公路和大塘镇硬化的公路，哪个长？", "石矶镇", …) == "石矶镇修的公路有多长？"
    """
    text = _with_places_first(_BESIDE.sub("", text), towns)
    own = _own_part(_BY_HOW_MUCH.sub("", text), town, towns)
    if own is not None:
        return f"{own}{_how_much(text)}？"
    text = re.sub(rf"((?:{names_of(*towns)})(?:{YEAR})?){_ALL_OF_THEM}", r"\1", text)
    year = f"(?:{YEAR})?" if len(re.findall(YEAR, text)) > 1 else ""  # one behind a list is that of all
    for other in towns:
        if other != town:
            before, behind = rf"(?:{_JOINED}|[{COMMAS}])?", rf"(?:{_JOINED}(?={re.escape(town[:2])}))?"
            text = re.sub(rf"{before}(?:{names_of(other)}){year}{behind}", "", text)
    text = _asking_for_its_figure(text)
    return text if town in text or short_name(town) in text else f"{town}{text}"


def names_of(*towns: str) -> str:
    """The full and the short names of towns as alternatives of a pattern."""
    forms = {form for town in towns for form in (town, short_name(town))}
    return "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))


def _with_places_first(text: str, towns: Sequence[str]) -> str:
    """The places compared as a list in front of what is compared.

    Example: 油茶更多的是石矶镇还是大塘镇？ -> 石矶镇、大塘镇油茶更多？; 石矶镇的油茶比大塘镇多几亩？ ->
    石矶镇、大塘镇的油茶多几亩？ Where each has its own, 石矶镇的油茶比大塘镇的茶园多几亩？, both keep their places.
    """
    one = rf"(?:{names_of(*towns)})(?:{YEAR})?"
    either = re.fullmatch(rf"(?P<told>.+?)的?是?(?P<places>{one}(?:、{one})*(?:，?还是{one})+)[？?]?", text)
    if either:
        return f"{either['places'].replace('，', '').replace('还是', '、')}{either['told'].rstrip(COMMAS)}？"
    than = re.fullmatch(rf"(?P<begin>.*?)(?P<one>{one})(?P<told>[^{COMMAS}]*?)比(?P<other>{one})(?P<more>.*)", text)
    if than is None:
        return text
    if content_bigrams(than["told"]) and content_bigrams(_BY_HOW_MUCH.sub("", than["more"])):
        return f"{than['begin']}{than['one']}{than['told']}，{than['other']}{than['more']}"
    return f"{than['begin']}{than['one']}、{than['other']}{than['told']}{than['more']}"


def about_year(text: str, year: int, town: str) -> str:
    """A question about several years of a town as one about a single year.

    Example: about_year("石矶镇2020年和2021年，哪一年的油茶更多？", 2020, "石矶镇") == "石矶镇2020年油茶有多少？"
    """
    text = _YEARS.sub("", _GROWN.sub("有", text))
    names = f"{re.escape(town)}|{re.escape(short_name(town))}"
    bare = re.sub(rf"^.{{0,12}}?(?:{names})的?", "", _asking_for_its_figure(text), count=1)
    return f"{town}{year}年{bare.lstrip(f'{COMMAS}的')}"


def _asking_for_its_figure(text: str) -> str:
    """A question for a comparison, a sum or a difference as one for the figure itself."""
    how_much = _how_much(text)
    for told, faster in _FASTER.items():
        text = faster.sub(f"{told}百分之几", text)
    text = _BY_HOW_MUCH.sub(lambda more: f"有多少{'' if '百分点' in more['unit'] else more['unit']}", text)
    text = _WHICH_TOWN.sub("的", _WHO_HAS_MORE.sub(how_much, text))
    text = _SIZE_DIFFERS.sub(r"\g<size>有多少", text)
    text = _DIFFER.remove(text, "怎么样")
    text = _TOGETHER.sub("", _BARE_MORE.sub(how_much, _MORE_AND_HOW_MUCH.sub("", text)))
    for doubled, single in _DOUBLED:
        text = text.replace(doubled, single)
    return text


def _how_much(text: str) -> str:
    """What a comparison asks of each: 哪个长 asks for a length, where the road has a number, too."""
    return "有多长" if _LONGER.search(text) else "有多少"


def _own_part(text: str, town: str, towns: Sequence[str]) -> str | None:
    """What a question says of one of two towns, where it says something of each; None where both share it."""
    starts = {each: max(text.find(each), text.find(short_name(each))) for each in towns}
    if len(towns) != 2 or min(starts.values()) < 0:
        return None
    first, second = sorted(towns, key=lambda each: starts[each])
    head = text[starts[first] : starts[second]]
    head = re.sub(rf"(?:{_JOINED}|[{COMMAS} ])+$", "", head)
    tail = re.split(rf"[{COMMAS}？?]", text[starts[second] :], maxsplit=1)[0]
    if min(len(content_bigrams(part.replace(name, ""))) for part, name in ((head, first), (tail, second))) < 2:
        return None
    return head if town == first else tail
