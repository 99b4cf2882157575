"""What a question costs does not depend on how many reports there are: the steps that SQLite takes are counted."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast
from unittest.mock import patch

import pytest

from rag.answering.answer import Answerer
from rag.answering.answers import Answer
from rag.library.held_places import HeldPlaces
from rag.library.lexical import LexicalIndex
from rag.library.library import Library
from rag.library.resolve import reports_of_town
from rag.library.results import Scope
from rag.library.row_writer import Stored
from rag.library.search import Searcher
from rag.library.sentence_index import SentenceIndex
from rag.library.vectors import VectorIndex
from rag.models.embedding import Vectors
from tests.support.generated_reports import CharacterEmbedder, stored

FEW, MANY = 100, 1000
MORE = 1.3  # times as many steps, at most
_CHARACTERS = "岚砚麓枫浔鹭樟苕桐泽"
_EACH = 10  # instructions of SQLite's machine between two counts


class NoVectors:
    """A vector index that is whole and finds nothing, so that the words decide."""

    def refresh(self, generation: int) -> None:
        pass

    def count(self) -> int:
        return 1_000_000

    def query(self, vector: Vectors, **filters: object) -> list[object]:
        return []

    def fetch(self, passages: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Vectors]:
        return {}


@dataclass
class Steps:
    """How much SQLite did since it was last asked."""

    steps: int = 0

    def one(self) -> int:
        self.steps += 1
        return 0

    def taken(self) -> int:
        taken, self.steps = self.steps, 0
        return taken


@dataclass
class House:
    """A library of so many reports of a few lines, of which one alone speaks of oil-tea and of 桃源镇."""

    home: Path
    count: int
    counted: Steps = field(default_factory=Steps)

    def __post_init__(self) -> None:
        with ExitStack() as stack:
            connect = sqlite3.connect

            def counting(*arguments: object, **options: object) -> sqlite3.Connection:
                connection: sqlite3.Connection = connect(*arguments, **options)  # type: ignore[call-overload]
                connection.set_progress_handler(self.counted.one, _EACH)
                return connection

            stack.enter_context(patch("sqlite3.connect", counting))
            self.library = Library.open(self.home / "library.sqlite3")
            self.sentences = SentenceIndex(self.home / "sentences.sqlite3")
            self.lexical = LexicalIndex(self.home / "lexical.sqlite3")
            rows = [Stored(*stored(text, f"{number}.txt")) for number, text in enumerate(_texts(self.count))]
            self.library.add_many(rows)
            self.library.settle(self.library.pending())
            reports = [row.report for row in rows]
            self.sentences.upsert_many(reports)
            self.lexical.upsert_many(reports)
        embedder = CharacterEmbedder()
        self.searcher = Searcher(self.library, embedder, cast(VectorIndex, NoVectors()), self.lexical)
        self.answerer = Answerer(
            library=self.library, sentences=self.sentences, searcher=self.searcher, embedder=embedder, model=None
        )

    @property
    def places(self) -> HeldPlaces:
        return HeldPlaces(self.library, self.sentences)

    def close(self) -> None:
        self.lexical.close()
        self.sentences.close()
        self.library.close()


def _texts(count: int) -> Iterator[str]:
    yield "云陂县石矶镇2020年工作总结\n新造油茶林315亩。\n与桃源镇共建水渠8公里。\n计划明年硬化道路6公里。"
    for number in range(count - 1):
        a, b, c = (_CHARACTERS[number // 10**place % 10] for place in range(3))
        yield "\n".join(
            (
                f"{c}{b}县{a}{c}{b}镇2021年工作总结",
                f"完成投资{number}万元。",
                f"整治河道{number}米。",
                f"计划明年修桥{number}座。",
            )
        )


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[House]]:
    both = [House(tmp_path_factory.mktemp(f"of-{count}"), count) for count in (FEW, MANY)]
    yield both
    for house in both:
        house.close()


def asked(houses: Sequence[House], question: str, scope: Scope) -> list[tuple[int, Answer]]:
    """Steps and answer at each size; asked twice, since what is read of a file at first is not the question's."""
    found = []
    for house in houses:
        house.answerer.ask(question, scope=scope)
        house.counted.taken()
        answer = house.answerer.ask(question, scope=scope)
        found.append((house.counted.taken(), answer))
    return found


@pytest.mark.parametrize(
    ("question", "scope", "shown"),
    [
        ("石矶镇新造油茶林多少亩？", Scope(), "新造油茶林315亩。"),
        ("石矶2020年新造油茶林多少亩？", Scope(), "新造油茶林315亩。"),
        ("云陂县石矶镇2020年新造油茶林多少亩？", Scope(), "新造油茶林315亩。"),
        ("新造油茶林多少亩？", Scope(), "新造油茶林315亩。"),
        ("新造油茶林多少亩？", Scope(county="云陂"), "新造油茶林315亩。"),
        ("桃源镇水渠多少公里？", Scope(), "与桃源镇共建水渠8公里。"),
        ("How much oil-tea forest did Shiji Town plant?", Scope(), "新造油茶林315亩。"),
        ("How long is the canal of Taoyuan Town?", Scope(), "与桃源镇共建水渠8公里。"),
        ("青龙镇新造油茶林多少亩？", Scope(), ""),
        ("石矶镇1999年新造油茶林多少亩？", Scope(), ""),
    ],
)
def test_a_question(houses: list[House], question: str, scope: Scope, shown: str) -> None:
    (few, one), (many, other) = asked(houses, question, scope)
    assert one.outcome == other.outcome == ("evidence_only" if shown else "refused")
    assert not shown or all(shown in {item.text for item in answer.evidence} for answer in (one, other))
    assert many <= MORE * few


def test_a_search(houses: list[House]) -> None:
    taken = []
    for house in houses:
        for _ in range(2):
            house.counted.taken()
            hits = house.searcher.search("油茶林", scope=Scope(towns=("石矶镇",)), k=3).hits
        taken.append(house.counted.taken())
        assert hits[0].text == "新造油茶林315亩。"
    assert taken[1] <= MORE * taken[0]


@pytest.mark.parametrize("name", ["石矶镇", "云陂县石矶镇", "石矶"])
def test_the_choice_of_a_report_to_summarize(houses: list[House], name: str) -> None:
    taken = []
    for house in houses:
        house.counted.taken()
        (chosen,) = reports_of_town(house.places, name)
        taken.append(house.counted.taken())
        assert chosen.metadata.town == "石矶镇"
    assert taken[1] <= MORE * taken[0]
