"""Places by their names, their sound and what reports say of them, looked up point by point."""

from pathlib import Path

import pytest

from rag.library.held_places import HeldPlaces
from rag.library.in_memory import places_of
from rag.library.library import Library
from rag.library.sentence_index import SentenceIndex
from tests.support.asked_library import of_place

REPORTS = (
    of_place("石矶镇", "油茶面积900亩。", "与桃源镇结对。", county="云陂县", city="衡州市"),
    of_place("石矶乡", "油茶面积80亩。", county="青岚县"),
    of_place("滑石侗族苗族乡", "油茶面积700亩，双合村乡贤捐款。", county="云陂县"),
    of_place("滑石乡", "油茶面积600亩。", county="青岚县"),
    of_place("云陂县", "安全生产检查12次。", city="衡州市"),
)


@pytest.fixture(scope="module")
def held() -> HeldPlaces:
    return places_of(REPORTS)


def test_an_exact_name_wins_over_one_without_its_people(held: HeldPlaces) -> None:
    assert held.full("滑石乡") == ("滑石乡",)
    alone = places_of(REPORTS[:3])
    assert alone.full("滑石乡") == ("滑石侗族苗族乡",)


def test_places_of_one_short_name_stand_in_the_order_of_their_reports(held: HeldPlaces) -> None:
    assert held.short("石矶") == ("石矶镇", "石矶乡")  # 云陂县 before 青岚县
    assert held.called("石矶镇") == ("石矶镇",)


def test_what_reports_lie_in_is_a_place_without_a_report(held: HeldPlaces) -> None:
    assert held.full("衡州市") == ("衡州市",)
    assert (held.has_report("云陂县"), held.has_report("衡州市")) == (True, False)
    assert held.counties_in("云陂县和青岚县的油茶") == ("云陂县", "青岚县")


def test_the_towns_that_a_text_names_are_those_with_reports(held: HeldPlaces) -> None:
    assert held.within("衡州市的石矶镇种了油茶") == {"石矶镇"}


def test_a_place_that_became_a_district_is_the_same(held: HeldPlaces) -> None:
    assert held.same_as("云陂区") == held.same_as("云陂县") == ("云陂县",)
    assert held.same_as("衡州县") == ()  # a county is no city


def test_reports_speak_of_a_place_only_by_its_whole_name(held: HeldPlaces) -> None:
    assert held.speak_of_place("桃源镇")
    assert not held.speak_of_place("双合村乡")
    assert not held.speak_of_place("无此镇")


def test_a_word_is_one_that_reports_of_other_places_have(held: HeldPlaces) -> None:
    assert held.is_word("安全", ["石矶镇"])
    assert not held.is_word("安全", ["云陂县"])


@pytest.mark.parametrize(
    ("sound", "ends", "name"),
    [
        ("taoyuan", ("镇", "乡"), "桃源镇"),
        ("taoyuan", ("县",), None),
        ("shuanghecun", ("乡",), "双合村乡"),
        ("wuming", ("镇",), None),
        ("qzx", ("镇",), None),
    ],
)
def test_a_name_that_reports_speak_of_by_its_sound(
    held: HeldPlaces, sound: str, ends: tuple[str, ...], name: str | None
) -> None:
    assert held.spoken_so(sound, ends) == name


def test_a_misspelt_name_is_the_one_that_sounds_so(held: HeldPlaces) -> None:
    assert held.near("石机镇") == "石矶镇"
    assert held.near("石机县") is None


def test_a_damaged_sentence_index_says_nothing_and_is_told(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.sqlite3")
    (tmp_path / "sentences.sqlite3").write_bytes(b"no database at all" * 100)
    held = HeldPlaces(library, SentenceIndex(tmp_path / "sentences.sqlite3"))
    assert not held.speak_of("油茶") and list(held.saying("油茶")) == [] and held.is_deaf
