"""Twins found by fingerprints are those that comparing with every report finds."""

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from rag.library.deduplication import predecessor, twin, versions
from rag.library.library import Library
from rag.parsing.parse import parse
from rag.parsing.report import Metadata, Report, ReportSource
from rag.parsing.same_text import letter_forms, may_be_same, same_text
from rag.text.normalization import to_traditional
from rag.types import SourceFile
from tests.support.generated_reports import source_file

BODIES = (
    "全镇种植油茶1200亩，新修水渠3公里，改造低产林300亩，惠及群众五百余户。",
    "硬化道路8公里，新建冷库2座，引进企业五家，完成税收三千万元，同比增长两成。",
)
FURNITURE = ("首页 政务公开", "打印本页", "责任编辑：某某", "扫一扫在手机打开", "字体大小")
TITLES = ("云陂县石矶镇2021年工作总结", "石矶镇2021年工作总结", "云陂县大塘镇2021年工作总结", "工作总结")


def made(chance: random.Random) -> str:
    """One of few texts, in one of many forms."""
    body = [chance.choice(BODIES) for _ in range(chance.randrange(1, 3))]
    if chance.random() < 0.3:
        cut = chance.randrange(5, 25)
        body[0] = f"{body[0][:cut]}\n{body[0][cut:]}"
    lines = [chance.choice(TITLES), *body]
    before, after = (chance.choices(FURNITURE, k=chance.choice((0, 0, 1, 3, 11))) for _ in range(2))
    text = "\n".join([*before, *lines, *after]) + "\n"
    return to_traditional(text) if chance.random() < 0.2 else text


def parsed(text: str, number: int) -> tuple[Report, ReportSource]:
    file: SourceFile = source_file(text, f"{number}.txt")
    made_of = parse(file)
    return made_of.report, ReportSource(made_of.report.id, file, made_of.offsets, made_of.defects)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library.open(tmp_path / "library.sqlite3")) as library:
        yield library


def compared_with_all(library: Library, report: Report) -> Report | None:
    """What reading every report finds."""
    held = list(library.every_report())
    if same := next((each for each in held if each.id == report.id), None):
        return same
    states = {each.id: (each.metadata, library.corrected_of(each.id).found) for each in held}
    near = [each for each in held if any(may_be_same(state, report.metadata) for state in states[each.id])]
    return next((each for each in near if same_text(each, report)), None)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("is_read", [True, False])
def test_the_same_twins_are_found_as_by_reading_all(library: Library, seed: int, is_read: bool) -> None:
    chance = random.Random(seed)
    found = 0
    for number in range(40):
        report, source = parsed(made(chance), number)
        expected = compared_with_all(library, report)
        assert twin(library, report, letter_forms(report)) == expected
        found += expected is not None
        if expected is None and library.source_by_sha256(source.file.sha256) is None:
            library.add(report, source, figures=() if is_read else None)
            if chance.random() < 0.2:
                library.correct(report.id, Metadata(town=chance.choice(("大塘镇", "石鼓镇")), county=""))
    assert found > 5


def test_reports_of_an_earlier_release_without_fingerprints_are_found(library: Library) -> None:
    report, source = parsed(f"{TITLES[0]}\n{BODIES[0]}\n", 1)
    library.add(report, source)
    with library.together():
        library.rows("DELETE FROM letter_forms")
    page, _ = parsed(f"{FURNITURE[0]}\n{TITLES[0]}\n{BODIES[0]}\n{FURNITURE[1]}\n", 2)
    assert twin(library, page, letter_forms(page)) == report


def test_only_what_an_index_names_is_loaded(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        title = f"云陂县第{number}镇2021年工作总结"
        report, source = parsed(f"{title}\n{BODIES[0]}全镇{number}村。\n", number)
        library.add(report, replace(source, file=replace(source.file, name="总结.txt")), figures=())
    loaded: list[str] = []
    load = Library._load

    def counted(self: Library, name: str, *, keep: bool = True) -> Report:
        loaded.append(name)
        return load(self, name, keep=keep)

    monkeypatch.setattr(Library, "_load", counted)
    new, _ = parsed(f"云陂县新塘镇2021年工作总结\n{BODIES[0]}全镇九村。\n", 99)
    assert twin(library, new, letter_forms(new)) is None
    assert predecessor(library, new, "总结.txt", set()) is None
    assert versions(library, new) == []
    assert loaded == []
