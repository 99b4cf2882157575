"""Any number of invented township reports as text files, with all that is true of them beside.

    python -m benchmarks.generated_reports FOLDER --reports 1000

Report number 7 is the same for every size. Of ten reports eight are of towns of their own, the other two of the first
one's two years before. `truth.jsonl` stands beside the folder's `reports`, a line a report.
"""

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks import generated_words as words
from benchmarks.generated_places import TOWNS, Place, places
from benchmarks.generated_words import TOPICS, Subject, Topic, subjects

_OWN = 8  # towns of their own in ten reports
MOST = TOWNS // _OWN * 10
SUBJECTS_EACH = 64
PLANNED = 10  # of them stand among the plans
_SECTIONS = "一二三四五六"
_TOPIC_SUBJECTS = frozenset(topic.subject.name for topic in TOPICS)


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure that a report states, such as 1200 吨 of 香菇收购量; its status is that of its section."""

    subject: str
    value: str
    unit: str
    year: int
    status: str  # result or plan
    kind: str  # whole, part, rate, share or before


@dataclass(frozen=True, slots=True)
class Truth:
    """All that is known of one report."""

    file: str
    town: str
    county: str
    year: int
    topics: tuple[str, ...]
    figures: tuple[Stated, ...]


@dataclass(slots=True)
class _Writer:
    """One report on its way."""

    chance: random.Random
    place: Place
    year: int
    figures: list[Stated] = field(default_factory=list)

    def pick(self, choices: list[str]) -> str:
        return choices[int(self.chance.random() * len(choices))]

    def amount(self, subject: Subject) -> tuple[str, str]:
        """A value about the subject's size with its unit, in 万 where it is large."""
        value = max(3, int(subject.size * (0.3 + 1.4 * self.chance.random())))
        if value >= 20_000 and "万" not in subject.unit:
            return f"{value / 10_000:.2f}".rstrip("0").rstrip("."), f"万{subject.unit}"
        return str(value), subject.unit

    def state(self, name: str, amount: tuple[str, str], kind: str = "whole", *, status: str = "result") -> str:
        """Keeps a figure, and says it."""
        year = self.year + (status == "plan") - (kind == "before")
        self.figures.append(Stated(name, *amount, year, status, kind))
        return "".join(amount)

    def share(self, name: str, kind: str, lowest: int, highest: int) -> str:
        value = f"{self.chance.randint(lowest, highest)}.{self.chance.randint(1, 9)}"
        return self.state(name, (value, "%"), kind)

    @property
    def village(self) -> str:
        return f"{self.pick(list('东西南北上下前后'))}{self.pick(list('王李陈刘周吴何邓彭曾龚戴'))}家村"


def make_report(number: int) -> tuple[str, Truth]:
    """The text of a report, and what is true of it."""
    chance = random.Random(f"report {number}")
    block, slot = divmod(number, 10)
    town = block * _OWN + (slot if slot < _OWN else 0)
    place = places()[town]
    writer = _Writer(chance, place, 2016 + town % 9 - max(0, slot - _OWN + 1))
    topics = tuple(topic for topic in TOPICS if chance.random() < topic.share)
    text = "\n".join(_lines(writer, topics)) + "\n"
    name = f"{number:05}-{place.county}{place.town}{writer.year}.txt"
    said = tuple(topic.word for topic in topics)
    return text, Truth(name, place.town, place.county, writer.year, said, tuple(writer.figures))


def _lines(writer: _Writer, topics: tuple[Topic, ...]) -> Iterator[str]:
    town, year = writer.place.town, writer.year
    chosen = writer.chance.sample(subjects(), SUBJECTS_EACH)
    yield f"{writer.place.county}{town}{year}年工作总结和{year + 1}年工作计划"
    yield f"发布单位：{town}人民政府    发布时间：{year + 1}-01-{writer.chance.randint(5, 28):02}"
    deed = f"{writer.pick(words.HOW)}{writer.pick(words.DID)}{writer.pick(words.WHAT)}"
    yield f"{year}年，{town}{deed}，现将有关情况报告如下。"
    yield f"一、{year}年工作完成情况"
    done = list(_done(writer, chosen[PLANNED:], topics))
    for number, heading in enumerate(words.HEADINGS):
        yield f"（{_SECTIONS[number]}）{heading}"
        part = done[number :: len(words.HEADINGS)]
        half = (len(part) + 1) // 2
        yield "".join(part[:half])
        yield "".join(part[half:])
    yield "二、存在的问题"
    yield "".join(f"{mark}是{_shortage(writer)}" for mark in _SECTIONS)
    yield f"三、{year + 1}年工作计划"
    planned = list(_planned(writer, chosen[:PLANNED], topics))
    yield "".join(planned[::2])
    yield "".join(planned[1::2])


def _done(writer: _Writer, chosen: list[Subject], topics: tuple[Topic, ...]) -> Iterator[str]:
    """The sentences of the year's results, in an order by chance."""
    waiting = [*chosen, *(topic.subject for topic in topics if writer.chance.random() < 0.7)]
    writer.chance.shuffle(waiting)
    counted = {subject.name for subject in waiting}
    sentences = []
    while waiting:
        sentences.append(_figure_sentence(writer, waiting))
        sentences += [_deed(writer) for _ in range(writer.chance.choice((0, 1, 1, 2, 3)))]
    for topic in topics:
        if topic.subject.name not in counted and writer.chance.random() < 0.6:
            sentences.append(_mention(writer, topic, words.MENTIONS))
            counted.add(topic.subject.name)
    writer.chance.shuffle(sentences)
    yield from sentences


def _figure_sentence(writer: _Writer, waiting: list[Subject]) -> str:
    """One sentence with the figures of the next subject, or of the next two."""
    subject = waiting.pop()
    name, amount = subject.name, writer.amount(subject)
    forms = 4 if name in _TOPIC_SUBJECTS else 5  # a topic's value of last year would be another to count
    form = writer.chance.randrange(forms + bool(waiting))
    if form == forms:
        other = waiting.pop()
        also = f"，{other.name}{writer.state(other.name, writer.amount(other))}"
        return f"{name}{writer.state(name, amount)}{also}。"
    said = writer.state(name, amount)
    if form == 0:
        return f"{name}达到{said}，比上年增长{writer.share(name, 'rate', 2, 39)}。"
    if form == 1:
        return f"全年{name}{said}，{writer.pick(words.EFFECT)}。"
    if form == 2:
        return f"截至12月底，{name}为{said}，占年度任务的{writer.share('年度任务', 'share', 60, 99)}。"
    if form == 3:
        part = writer.amount(Subject(name, subject.unit, max(8, subject.size // 5)))
        return f"{name}{said}，其中{writer.village}{writer.state(name, part, 'part')}。"
    before = writer.amount(subject)
    return f"{name}由上年的{writer.state(name, before, 'before')}变为{said}。"


def _deed(writer: _Writer) -> str:
    pick = writer.pick
    deed = f"{pick(words.WHO)}{pick(words.HOW)}{pick(words.DID)}{pick(words.WHERE)}{pick(words.WHAT)}"
    return f"{deed}，{pick(words.EFFECT)}。"


def _shortage(writer: _Writer) -> str:
    pick = writer.pick
    return f"{pick(words.WHERE)}{pick(words.WHAT)}{pick(words.SHORTAGE)}，{pick(words.BECAUSE)}。"


def _mention(writer: _Writer, topic: Topic, forms: tuple[str, ...]) -> str:
    pick = writer.pick
    parts = {"where": words.WHERE, "who": words.WHO, "how": words.HOW, "effect": words.EFFECT, "aim": words.AIM}
    return pick(list(forms)).format(word=topic.word, **{name: pick(choices) for name, choices in parts.items()})


def _planned(writer: _Writer, chosen: list[Subject], topics: tuple[Topic, ...]) -> Iterator[str]:
    """The sentences of the plans; a topic that stands nowhere else stands here."""
    for subject in chosen:
        said = writer.state(subject.name, writer.amount(subject), status="plan")
        lead = writer.pick(["力争", "计划", "确保"])
        yield f"{lead}{subject.name}达到{said}，{writer.pick(words.AIM)}。"
        task = f"{writer.pick(words.WHO)}要继续抓好{writer.pick(words.WHERE)}{writer.pick(words.WHAT)}"
        yield f"{task}，{writer.pick(words.AIM)}。"
    for topic in topics:
        if topic.subject.name not in {stated.subject for stated in writer.figures}:
            yield _mention(writer, topic, words.PLANNED_MENTIONS)
        elif writer.chance.random() < 0.3:
            said = writer.state(topic.subject.name, writer.amount(topic.subject), status="plan")
            yield f"力争{topic.subject.name}达到{said}，{writer.pick(words.AIM)}。"


def write_reports(folder: Path, count: int) -> Path:
    """Writes the reports below a folder, unless they are there, and gives the folder with the files."""
    reports, truth = folder / "reports", folder / "truth.jsonl"
    if not truth.exists():
        reports.mkdir(parents=True, exist_ok=True)
        rows = []
        for number in range(count):
            text, known = make_report(number)
            (reports / known.file).write_text(text, encoding="utf-8")
            rows.append(json.dumps(asdict(known), ensure_ascii=False))
        truth.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return reports


def read_truth(folder: Path) -> list[Truth]:
    """What is true of the reports below a folder."""
    rows = map(json.loads, (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines())
    return [
        Truth(**{**row, "topics": tuple(row["topics"]), "figures": tuple(Stated(**each) for each in row["figures"])})
        for row in rows
    ]


def main() -> None:
    """Writes the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--reports", type=int, default=1000, metavar="N")
    options = parser.parse_args()
    if options.reports > MOST:
        parser.error(f"at most {MOST} reports")
    print(write_reports(options.folder, options.reports))


if __name__ == "__main__":
    main()
