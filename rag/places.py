"""Which town and county a report is about. All lines are folded."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

_TOWN_END = r"(?:镇|乡|街道)"
_HAN = "[一-鿿]"
_PLACE = re.compile(
    rf"(?:(?:19|20)\d\d年?度?)?(?:关于(?:报送|上报|呈报|印发)?|中共|中国共产党)?(?:{_HAN}{{2,3}}省)?(?:{_HAN}{{2,4}}?市(?={_HAN}+[县区旗]))?"
    rf"(?P<county>{_HAN}{{2,7}}?[县区市旗])?(?P<town>{_HAN}{{1,6}}?{_TOWN_END})(?!{_TOWN_END})"
)
_COUNTY = re.compile(rf"(?:{_HAN}{{2,4}}?市)?({_HAN}{{2,7}}?[县区旗])(?:人民政府|政府网?|委员会)?")
_BREADCRUMB_PART = re.compile(r"[>»›→|:\s]+")
# 我镇, 乡镇, 特色小镇: no names. In running text 东城镇 cannot be told from 县城镇, so more is left out there.
_NO_NAME = re.compile(rf"(?:我|全|本|各|乡|城|集|村|该|古|名|小|大|强|农村|建制|中心|(?:特色|旅游).{{0,2}}){_TOWN_END}")
_NO_NAME_IN_BODY = re.compile(rf".*[我全本各乡城集村该古名小强个外入下两驻县邻]{_TOWN_END}|.*(?:示范|重点){_TOWN_END}")
_TOWN_IN_BODY = re.compile(_TOWN_END)
_BEFORE_TOWN = re.compile(rf"{_HAN}{{1,4}}$")
# The words before a county's name in running text, and characters that no such name holds.
_STEM = r"[^\W\da-z_全我本各该外内邻跨省市镇乡县区的了和与及个]"
_COUNTY_IN_BODY = re.compile(
    rf"(?:是|位于|地处|隶属于?|属于?|在|助推|推动|建设|服务|融入)({_STEM}{{2,3}}?县)(?![级域城内外直里下])"
)
_NO_COUNTY = re.compile(r".*(?:社区|园区|小区|片区|辖区|地区|景区|校区|示范区|开发区|专区|镇区|郊区|山区|全县|全区)")


def find_town(title: str | None, signatures: Sequence[str], dropped: Sequence[str], body: Sequence[str]) -> str | None:
    """The town's name: from the title, else the signature, else the breadcrumb, else the name met most in the body."""
    for line in [*([title] if title else []), *signatures]:
        if (place := _PLACE.match(line)) and not _NO_NAME.fullmatch(place["town"]):
            return place["town"]
    return next(_towns_of_breadcrumb(dropped), None) or _most_frequent_town(body)


def find_county(town: str | None, frame: Sequence[str], body: Sequence[str]) -> str | None:
    """The county's name where it is stated: with the town, in the breadcrumb, or in the text ("是衡州县交通要道")."""
    for line in frame:
        if (place := _PLACE.match(line)) and place["county"] and place["town"] == town:
            return place["county"]
    for part in _breadcrumb_parts(frame):
        if (match := _COUNTY.fullmatch(part)) and not _NO_COUNTY.fullmatch(match.group(1)):
            return match.group(1)
    named = Counter(name for line in body for name in _counties_in(line, town))
    return named.most_common(1)[0][0] if named else None


def _counties_in(line: str, town: str | None) -> Iterator[str]:
    yield from _COUNTY_IN_BODY.findall(line)
    if town:
        yield from re.findall(rf"(?:^|[^一-鿿]|[在是])({_STEM}{{2,3}}[县区市旗]){re.escape(town)}", line)


def _towns_of_breadcrumb(dropped: Iterable[str]) -> Iterator[str]:
    for part in _breadcrumb_parts(dropped):
        if (place := _PLACE.match(part)) and place["town"] == part and not _NO_NAME.fullmatch(part):
            yield part


def _breadcrumb_parts(lines: Iterable[str]) -> list[str]:
    return [part for line in lines if ">" in line for part in _BREADCRUMB_PART.split(line) if part]


def _most_frequent_town(body: Sequence[str]) -> str | None:
    """The name most often met, with as many characters before 镇 as always stand there.

    Example: "在石矶镇", "让石矶镇", "石矶镇位于" give 石矶镇: met three times, "在石矶镇" once.
    """
    counts = Counter(name for line in body for name in _possible_towns(line))
    return max(counts, key=lambda name: (counts[name] * (1 if len(name) > 2 else 0.6), len(name)), default=None)


def _possible_towns(line: str) -> Iterator[str]:
    """At each 镇, 乡 or 街道 the names that could end there, with one to four characters before it."""
    for match in _TOWN_IN_BODY.finditer(line):
        if before := _BEFORE_TOWN.search(line[max(0, match.start() - 4) : match.start()]):
            stem = before.group()
            names = (stem[start:] + match.group() for start in range(len(stem)))
            yield from (name for name in names if not _NO_NAME_IN_BODY.fullmatch(name))
