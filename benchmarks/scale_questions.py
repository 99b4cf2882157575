"""What a library of generated reports is asked: questions of every kind, and what is true of them by brute force.

Whether a report speaks of a topic is read off its file with plain Python, not with the code that is measured.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from opencc import OpenCC
from pypinyin import lazy_pinyin

from benchmarks.generated_places import unheld_places
from benchmarks.generated_reports import Truth
from benchmarks.generated_words import TOPICS, Subject, Topic, subjects

_IN_ENGLISH = (
    "grain output", "planting area of rapeseed", "number of cultural squares", "length of village roads",
    "number of public toilets", "medical insurance coverage", "number of villages with streetlights",
)  # fmt: skip
_PLANS = re.compile(r"\n三、")


@dataclass(frozen=True, slots=True)
class Ask:
    """A question and its kind."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Survey:
    """A question about all towns, with the files of the reports that its answer must name."""

    text: str
    files: frozenset[str]


def mixed_questions(known: Sequence[Truth], count: int) -> list[Ask]:
    """Questions of seven kinds in turn."""
    chance = random.Random(1504)
    kinds = list(_KINDS)
    return [Ask(kind, _KINDS[kind](chance, chance.choice(known))) for kind in (kinds * count)[:count]]


def _subject(chance: random.Random, of: Truth) -> Subject:
    """A subject that the report has a figure of."""
    names = {stated.subject for stated in of.figures if stated.kind == "whole" and stated.status == "result"}
    held = [subject for subject in subjects() if subject.name in names]
    return chance.choice(held)


def _named(chance: random.Random, of: Truth) -> str:
    return f"{of.town}{of.year}年的{_subject(chance, of).name}是多少？"


def _county(chance: random.Random, of: Truth) -> str:
    return f"{of.county}的{_subject(chance, of).name}是多少？"


def _no_place(chance: random.Random, of: Truth) -> str:
    return f"{_subject(chance, of).name}是多少？"


def _paraphrase(chance: random.Random, of: Truth) -> str:
    subject = _subject(chance, of)
    return f"我想了解一下{of.town}那边{subject.name}到底有多少{subject.unit}？"


def _traditional(chance: random.Random, of: Truth) -> str:
    return OpenCC("s2t").convert(_named(chance, of))


def _english(chance: random.Random, of: Truth) -> str:
    name = "".join(lazy_pinyin(of.town[:-1])).capitalize()
    level = "Town" if of.town.endswith("镇") else "Township"
    return f"What was the {chance.choice(_IN_ENGLISH)} of {name} {level} in {of.year}?"


def _unheld(chance: random.Random, of: Truth) -> str:
    return f"{chance.choice(unheld_places()).town}{of.year}年的{_subject(chance, of).name}是多少？"


_KINDS: dict[str, Callable[[random.Random, Truth], str]] = {
    "named town and year": _named,
    "named county": _county,
    "no place": _no_place,
    "paraphrase": _paraphrase,
    "traditional script": _traditional,
    "English": _english,
    "unheld place": _unheld,
}


class Texts:
    """The texts of the generated files."""

    def __init__(self, reports: Path) -> None:
        self._texts = {file.name: file.read_text(encoding="utf-8") for file in reports.iterdir()}

    def speaking_of(self, word: str) -> frozenset[str]:
        """The files in which a word stands."""
        return frozenset(name for name, text in self._texts.items() if word in text)

    def beyond(self, topic: Topic, is_beyond: Callable[[float], bool]) -> frozenset[str]:
        """The files whose results give the topic a value beyond a bound."""
        figure = re.compile(rf"{topic.subject.name}\D{{0,2}}?([\d.]+)(万?){topic.unit}")
        found = set()
        for name, text in self._texts.items():
            values = [float(value) * (10_000 if scale else 1) for value, scale in figure.findall(_PLANS.split(text)[0])]
            if any(map(is_beyond, values)):
                found.add(name)
        return frozenset(found)

    @property
    def all(self) -> frozenset[str]:
        return frozenset(self._texts)


def surveys(known: Sequence[Truth], texts: Texts) -> list[Survey]:
    """Questions about all towns: who speaks of a topic, who does not, whose figure is beyond a bound."""
    by_word = {topic.word: topic for topic in TOPICS}
    found = [
        Survey(f"哪些乡镇的报告提到了{word}？", texts.speaking_of(word))
        for word in ("油茶", "民宿", "中药材", "罗汉果", "小龙虾")
    ]
    found += [
        Survey(f"哪些乡镇的报告没有提到{word}？", texts.all - texts.speaking_of(word))
        for word in ("中药材", "光伏电站")
    ]
    for word, bound in (("油茶", 9000), ("小龙虾", 4000), ("中药材", 7000)):
        topic = by_word[word]
        files = texts.beyond(topic, lambda value, bound=bound: value > bound)
        found.append(Survey(f"哪些乡镇的{topic.subject.name}超过了{bound}{topic.unit}？", files))
    county = next(each.county for each in known if "中药材" in each.topics)
    inside = frozenset(each.file for each in known if each.county == county)
    found.append(Survey(f"{county}哪些乡镇的报告提到了中药材？", texts.speaking_of("中药材") & inside))
    return [each for each in found if each.files]


def compared_subjects() -> list[str]:
    """What is compared: two topics that many reports have a figure of, then two subjects of the 5,000."""
    by_word = {topic.word: topic.subject.name for topic in TOPICS}
    return [by_word["油茶"], by_word["民宿"], by_word["中药材"], subjects()[17].name, subjects()[4711].name]


def chosen_towns(known: Sequence[Truth], count: int) -> list[tuple[str, str]]:
    """Towns with their counties, whose figures are asked for."""
    places = sorted({(each.town, each.county) for each in known})
    return random.Random(1505).sample(places, min(count, len(places)))
