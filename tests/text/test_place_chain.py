"""Places named one within the other."""

from collections.abc import Iterator

import pytest

from rag.text import gazetteer, place_chain
from rag.text.place_chain import level_of_place, places_at, places_in_title
from rag.text.place_names import level_of

TOWNS = ("镇", "乡", "街道", "苏木")


def names(line: str) -> list[str]:
    return [place.name for place in places_in_title(line)]


def real_townships() -> Iterator[tuple[str, str]]:
    """Every fiftieth township of the list with its county."""
    lines = gazetteer._FILE.read_text(encoding="utf-8").splitlines()
    counties = [line.split() for line in lines if line.startswith("\t\t")]
    pairs = [(county.partition("=")[0], town) for county, *towns in counties for town in towns if town.endswith(TOWNS)]
    yield from pairs[::50]


def misread(title: str) -> list[str]:
    pairs = [(county, town) for county, town in real_townships()]
    lines = [(title.format(county=county, town=town), (county, town)) for county, town in pairs]
    return [line for line, expected in lines if names(line) != [each for each in expected if each in line]]


def test_real_townships_are_read_whole() -> None:
    assert misread("{county}{town}2022年工作总结") == []


def test_most_are_read_by_form_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As towns are that no list has; first 1,367 of 1,500 were, 城区 and 山区 being taken for no names."""
    monkeypatch.setattr(place_chain, "divisions", lambda name: ())
    monkeypatch.setattr(place_chain, "listed_level", level_of)
    place_chain._listed.cache_clear()
    places_at.cache_clear()
    try:
        wrong = misread("{county}{town}2022年工作总结")
        assert len(wrong) < 0.04 * len(list(real_townships())), wrong
    finally:
        place_chain._listed.cache_clear()
        places_at.cache_clear()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("丹桥县沙洲镇2022年工作总结", ["丹桥县", "沙洲镇"]),
        ("丹桥县 沙洲镇 2022年工作总结", ["丹桥县", "沙洲镇"]),
        ("华坪县中心镇2022年工作总结", ["华坪县", "中心镇"]),  # the one county that has it
        ("丹桥县中心镇2022年工作总结", ["丹桥县"]),
        ("乘势而上开新局 沙洲镇2022年工作总结", ["沙洲镇"]),
        ("丹桥县乡村振兴局工作总结", ["丹桥县", "乡村振兴局"]),
        ("高市镇工作总结", ["高市镇"]),
        ("推进中心镇建设工作总结", []),
        ("打造田园之乡2022年工作总结", []),
        ("建设美丽乡村工作总结", []),
        ("乡村振兴工作总结", []),
        ("工业强镇2022年工作总结", []),
        ("特色小镇2022年工作总结", []),
        ("县城镇建设工作总结", []),
        ("全县工作总结", []),
    ],
)
def test_places_in_titles(line: str, expected: list[str]) -> None:
    assert names(line) == expected


@pytest.mark.parametrize(
    ("name", "level"),
    [("云陂县水利局", "bureau"), ("滑石苗族乡", "township"), ("清苑县", "county"), ("我镇", None), ("", None)],
)
def test_the_level_of_a_name(name: str, level: str | None) -> None:
    assert level_of_place(name) == level
