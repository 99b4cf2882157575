"""A question about several towns, or several years of one, in parts that each ask for one figure of one report."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answering.questions import Question
from rag.library.placed import Where, admitted_by
from rag.library.readable_reports import ReadableReports
from rag.library.results import Scope
from rag.text.bigrams import content_bigrams
from rag.text.clauses import COMMAS
from rag.text.lexicon import concept
from rag.text.place_names import short_name
from rag.verification.claims import Evidence

_YEAR = r"20\d\d年"
_COMPUTED = re.compile(rf"{concept('sum', 'difference', 'each', 'in_order', 'asks_year').any}|比{_YEAR}|变化")
_JOINED = rf"(?:{concept('and').any}|跟)"
_DEGREE, _WHICH = concept("degree").any, concept("which_one")
_WHO_HAS_MORE = re.compile(rf"(?:{_WHICH.any}{_DEGREE}){{2}}")
_WHICH_TOWN = re.compile(rf"[{COMMAS}]?(?:这?两个?镇)?{_WHICH.any}的?")
_BARE_MORE = re.compile(rf"(?<![多是])更?{_DEGREE}(?<!多少)(?<!多大)(?=[？?]?$)")
_LONGER = re.compile(rf"{_WHICH.any}更?[长短](?=[？?]?$)")
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
    rf"(?:{_YEAR})?比(?:{_YEAR})?{concept('growth').any}{concept('aspect').any}?(?={concept('how_many').any})"
)
_YEARS = re.compile(
    rf"{_YEAR}(?:(?:{_JOINED}|[到至比])*{_YEAR})*[{COMMAS}的]?|[这两三]年[间内]?|{concept('asks_year').any}的?"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One town's or one year's part of a question: what is asked of it, where, and how its figure is called."""

    name: str
    question: Question
    scope: Scope
    report_year: int | None = None  # where the parts are years

    def has(self, item: Evidence) -> bool:
        """Whether a sentence can answer this part."""
        return item.town in self.scope.towns and self.report_year in (None, item.report_year)


def parts_of(asked: Question, scope: Scope, readable: ReadableReports) -> tuple[Part, ...]:
    """The parts of a question, at least two, or none where it is about one report."""
    if len(scope.towns) > 1:
        return tuple(_of_town(asked, scope, town, readable) for town in scope.towns)
    if len(scope.towns) != 1 or len(asked.years) < 2 or not _COMPUTED.search(asked.text):
        return ()
    mine = readable.within(Scope(towns=scope.towns))
    years = [year for year in sorted(asked.years) if mine.has(Where("year = ?", (year,)))]
    return tuple(_of_year(asked, scope, year) for year in years) if len(years) > 1 else ()


def _of_town(asked: Question, scope: Scope, town: str, readable: ReadableReports) -> Part:
    """A county or a year before or behind a town's name is this town's own."""
    text = about_one(asked.text, town, asked.towns)
    mine = readable.within(Scope(towns=(town,)))
    county = scope.county if scope.county and mine.has(Where("county = ?", (scope.county,))) else None
    text = text if county or not scope.county else text.replace(scope.county, "")
    own = _own_year(asked.text, town)
    years = (own,) if own and mine.has(admitted_by(Scope(years=(own,)))) else scope.years
    question = replace(asked, text=text, query=text, towns=(town,), years=years)
    return Part(town, question, replace(scope, towns=(town,), county=county, years=years))


def _of_year(asked: Question, scope: Scope, year: int) -> Part:
    town = scope.towns[0]
    text = about_year(asked.text, year, town)
    question = replace(asked, text=text, query=text, years=(year,))
    return Part(f"{town}{year}年", question, replace(scope, years=(year,)), year)


def _own_year(text: str, town: str) -> int | None:
    """Example: _own_year("石矶镇2021年和大塘镇2022年谁的路长？", "大塘镇") == 2022"""
    found = re.search(rf"(?:{re.escape(town)}|{re.escape(short_name(town))})(?:在|于)?(20\d\d)年", text)
    return int(found[1]) if found else None


def about_one(text: str, town: str, towns: Sequence[str]) -> str:
    """A question about several towns as one about a single town, asking for its figure instead of the comparison.

    Example: about_one("石矶镇和大塘镇哪个镇的油茶多？", "石矶镇", ("石矶镇", "大塘镇")) == "石矶镇的油茶有多少？"
    Example: about_one("石矶镇修的公路和大塘镇硬化的公路，哪个长？", "石矶镇", …) == "石矶镇修的公路有多长？"
    """
    own = _own_part(text, town, towns)
    if own is not None:
        return f"{own}{_how_much(text)}？"
    for other in towns:
        if other != town:
            names = f"{re.escape(other)}|{re.escape(short_name(other))}"
            before, behind = rf"(?:{_JOINED}|[{COMMAS}])?", rf"(?:{_JOINED}(?={re.escape(town[:2])}))?"
            text = re.sub(rf"{before}(?:{names})(?:{_YEAR})?{behind}", "", text)
    text = _asking_for_its_figure(text)
    return text if town in text or short_name(town) in text else f"{town}{text}"


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
    text = _WHICH_TOWN.sub("的", _WHO_HAS_MORE.sub(how_much, text))
    text = _SIZE_DIFFERS.sub(r"\g<size>有多少", text)
    text = _DIFFER.remove(text, "怎么样")
    text = _TOGETHER.sub("", _BARE_MORE.sub(how_much, text))
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
