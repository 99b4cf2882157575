"""What a report counts in ways that it may tell again elsewhere, each figure with the range it leaves open."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from rag.parsing.defects.finding import Passage
from rag.text.dates import YEAR
from rag.text.figures import LINK, Figure
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN
from rag.types import Span

_OTHER_TIME = concept("past_year", "other_time").pattern
_LEAST_PEOPLE = 1000
_INHABITANTS = table("inhabitants")
_KIND_OF_INHABITANTS = {word: kind for kind, words in _INHABITANTS.items() for word in words}
_BESIDE = table("told_count")
_PEOPLE = concept("inhabitants").any
_PEOPLE_LEAD = (concept("whole_town", "own_town") | _BESIDE["people_lead"]).any
_PEOPLE_BEFORE = re.compile(rf"(?:^|[^{HAN}]|{_PEOPLE_LEAD})(?P<noun>{_PEOPLE}){LINK}$")
_PEOPLE_AFTER = re.compile(rf"(?P<noun>{_PEOPLE})")
_WHOLE_TOWN = concept("whole_town")
_VILLAGES = re.compile(
    rf"(?P<lead>{(_BESIDE['governs'] | _WHOLE_TOWN).any})(?P<count>\d+)个"
    r"(?P<what>行政村|村\((?:社区|居)\)|村[、和]?社区|村社|社区|村)(?!集体|民?小组)"
    rf"(?:{concept('and').any}(?P<more>\d+)个(?:社区|居委会|居民委员会))?"
)
_AMONG = concept("among")
_UNIVERSAL = _BESIDE["universal"]
_SET_LEAD = re.compile(rf"{(_BESIDE['set_lead'] | concept('within_year', 'whole_town', 'own_town')).any}|{YEAR}")
_NOUN = re.compile(rf"[{HAN}]{{4,8}}?(?=$|[^{HAN}]|{_BESIDE['progress'].any})")
_TOTAL = re.compile(
    rf"{_WHOLE_TOWN.any}{(concept('total') | _BESIDE['done']).any}*(?P<verb>[{HAN}]{{2}})(?P<object>[{HAN}]{{0,8}})$"
)
_FITTED = re.compile(rf"{_BESIDE['fitted'].any}(?P<object>[{HAN}]{{2,6}})$")
_NOT_ALIKE = _AMONG | _BESIDE["part_of_town"] | table("place_level")["village"]
_PERSONS = frozenset(concept("people_units"))
_AMOUNTS = frozenset(concept("measured_units", "time_units"))
_LEAST_SHARED = 100  # households or people: smaller counts are equal by chance


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with what it counts; two should be equal where one `subject` begins with the other."""

    subject: str
    least: Decimal
    most: Decimal
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a figure counts, and where in its sentence the words for it end."""

    name: str
    end: int


def tellings(passage: Passage) -> Iterator[Told]:
    """What a sentence counts that the report may tell again: inhabitants, villages, named sets, totals of the town."""
    yield from _villages(passage)
    for figure in passage.said.figures:
        begin = _clause_start(passage.text, figure.start)
        is_other_time = _OTHER_TIME.search(passage.text, begin, figure.start)
        if figure.kind == "quantity" and not is_other_time:
            subjects = (
                *_inhabitants(passage.text, figure),
                *_named(passage.text, figure),
                *_totals(passage.text, figure),
            )
            yield from (of_figure(each.name, figure, passage, each.end) for each in subjects)


def of_figure(subject: str, figure: Figure, passage: Passage, end: int) -> Told:
    """The figure with the range it leaves open: 4.17万 stands for 41650 to 41750, 3万余 for 30000 to 40000."""
    step = _step(figure.value)
    value = figure.value
    ranges = {
        "": (value - step / 2, value + step / 2),
        "over": (value, value + step),
        "under": (value - step, value),
        "near": (value - step, value + step),
    }
    least, most = ranges[figure.approximation]
    return _told_at(subject, least, most, passage, figure.start, end)


def _told_at(subject: str, least: Decimal, most: Decimal, passage: Passage, start: int, end: int) -> Told:
    """The figure quoted with its clause up to it: a bare 12个 says nothing to a reader."""
    begin = min(start, _clause_start(passage.text, start))
    begin += len(passage.text[begin:start]) - len(passage.text[begin:start].lstrip())
    return Told(subject, least, most, passage.text[begin:end], passage.span(begin, end))


def _step(value: Decimal) -> Decimal:
    """The place of a value's last digit that is not 0: 41700 has 100. Small counts are exact."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(int(exponent)) if int(exponent) > 0 and value >= _LEAST_PEOPLE else Decimal(0)


def _inhabitants(text: str, figure: Figure) -> Iterator[_Subject]:
    if figure.measure not in ("人", "") or figure.value < _LEAST_PEOPLE:
        return
    before = text[max(0, figure.start - 14) : figure.start]
    match = _PEOPLE_BEFORE.search(before) or _PEOPLE_AFTER.match(text, figure.end)
    if match:
        kind = _KIND_OF_INHABITANTS[match["noun"]]
        yield _Subject(kind, max(figure.end, match.end() if match.pos else 0))
    elif before.endswith(_WHOLE_TOWN.words) and text.startswith("中", figure.end):
        yield _Subject("人口", figure.end)


def _villages(passage: Passage) -> Iterator[Told]:
    for match in _VILLAGES.finditer(passage.text):
        following = passage.text[match.end() : match.end() + 24].split("。")[0]
        if match["lead"] in _WHOLE_TOWN and not _UNIVERSAL.search(following):
            continue
        what, count, more = match["what"], Decimal(match["count"]), Decimal(match["more"] or 0)
        if what in ("行政村", "村"):
            yield _told_at("行政村", count, count, passage, *match.span())
        if what == "社区":
            yield _told_at("社区", count, count, passage, *match.span())
        if more or "(" in what or what not in ("行政村", "村", "社区"):
            yield _told_at("村（社区）", count + more, count + more, passage, *match.span())


def _clause_start(text: str, place: int) -> int:
    return max(text.rfind(mark, 0, place) for mark in ",;。:、()") + 1


def _named(text: str, figure: Figure) -> Iterator[_Subject]:
    """What is counted by name alone: 实施重点项目12个, 年初承诺的10件民生实事."""
    if figure.approximation or not figure.measure or figure.measure in _AMOUNTS | _PERSONS:
        return
    clause = text[_clause_start(text, figure.start) : figure.start]
    before = _SET_LEAD.sub("", clause)
    if before == clause:
        return  # without 全年, 年初承诺的 or the like it may be one of several occasions
    after = _NOUN.match(text, figure.end)
    if not before and after:
        yield _Subject(f"{figure.measure} {after[0]}", after.end())
    if after is None and _NOUN.fullmatch(before) and not _AMONG.search(before):
        yield _Subject(f"{figure.measure} {before}", figure.end)


def _totals(text: str, figure: Figure) -> Iterator[_Subject]:
    """What the whole town did, or what was newly fitted: 全镇累计接种新冠疫苗18240人, 加装电梯17部."""
    before = text[_clause_start(text, figure.start) : figure.start]
    if figure.approximation or not figure.measure or _NOT_ALIKE.search(before):
        return
    if match := _TOTAL.search(before):
        if figure.measure in _PERSONS:
            yield _Subject(f"全镇 {figure.measure} {match['verb']}{match['object']}", figure.end)
        elif match["object"]:
            yield _Subject(f"全镇 {figure.measure} {match['verb']}{match['object']} ", figure.end)
    elif (match := _FITTED.search(before)) and figure.measure not in _AMOUNTS | _PERSONS:
        yield _Subject(f"安装 {figure.measure} {match['object']} ", figure.end)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two places that tell one thing differently."""

    first: Told
    second: Told


@dataclass(frozen=True, slots=True)
class _Pair:
    """526户1893人."""

    households: Told
    people: Told


def disagreements(passages: Sequence[Passage]) -> tuple[Disagreement, ...]:
    """The contradictions among a report's results, each subject once.

    Example: "总人口4.17万人" and "按全镇总人口39860人计算" disagree; "户籍人口" and "常住人口" do not.
    """
    results = [each for each in passages if each.kind != "plan"]
    alike: dict[str, list[Told]] = defaultdict(list)
    for each in (each for passage in results for each in tellings(passage)):
        alike[each.subject.split(" ")[0]].append(each)
    found: dict[str, Disagreement] = {}
    for first, second in (pair for group in alike.values() for pair in combinations(group, 2)):
        if _are_alike(first, second) and (first.most < second.least or second.most < first.least):
            found.setdefault(first.subject, Disagreement(first, second))
    return (*found.values(), *_households(results))


def _are_alike(one: Told, other: Told) -> bool:
    return one.subject.startswith(other.subject) or other.subject.startswith(one.subject)


def _households(passages: Iterable[Passage]) -> Iterator[Disagreement]:
    """526户1893人 and 562户1893人: one of two counts is the same, the other nearly."""
    pairs = [each for passage in passages for each in _pairs(passage)]
    seen: set[tuple[str, str]] = set()
    for first, second in combinations(pairs, 2):
        for same, also_same, one, other in (
            (first.people, second.people, first.households, second.households),
            (first.households, second.households, first.people, second.people),
        ):
            is_shared = same.least == also_same.least >= _LEAST_SHARED
            if is_shared and _is_slip(one, other) and (one.text, other.text) not in seen:
                seen.add((one.text, other.text))
                yield Disagreement(one, other)


def _pairs(passage: Passage) -> Iterator[_Pair]:
    for first, second in pairwise(passage.said.figures):
        if (first.measure, second.measure) == ("户", "人") and first.end == second.start:
            yield _Pair(of_figure("户", first, passage, first.end), of_figure("人", second, passage, second.end))


def _is_slip(one: Told, other: Told) -> bool:
    """Whether two figures differ by digits that changed places or by one digit."""
    first, second = str(one.least), str(other.least)
    if first == second or len(first) != len(second):
        return False
    return sorted(first) == sorted(second) or sum(a != b for a, b in zip(first, second, strict=True)) == 1
