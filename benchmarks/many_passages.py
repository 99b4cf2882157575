"""Passages and questions without end, for benchmarks at size: the sample reports' clauses with other words in them.

A third of the words of a clause give way to words of a made vocabulary of 8,000, drawn by Zipf's law, figures to others,
and each report has a town, a county and a year of its own. Nothing of it says anything.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

from rag.formats.read import read_file
from rag.parsing.parse import parse
from rag.text.bigrams import without_grammar
from rag.text.normalization import HAN

SAMPLES = Path(__file__).parents[1] / "eval" / "sets" / "sample" / "reports"
PASSAGES_OF_A_REPORT = 15
_VOCABULARY = 8000
_WORD = re.compile(rf"[{HAN}]{{2}}")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ASKED = ("{town}的{word}{other}有多少", "{town}{year}年{word}{other}情况怎么样", "{word}{other}完成了多少", "哪些镇提到了{word}{other}",
          "{town}在{word}{other}方面做了哪些工作", "{word}{other}投资多少万元", "{year}年{county}{word}发展得怎么样", "{word}的面积是多少亩")


@cache
def _clauses() -> list[str]:
    found: dict[str, None] = {}
    for file in sorted(SAMPLES.glob("*.txt")):
        report = parse(read_file(file)).report
        for sentence in report.sentences:
            if sentence.role == "body":
                text = report.text[sentence.start : sentence.end]
                found.update(dict.fromkeys(re.findall(r"[^，；。]+[，；。]?", text)))
    return list(found)


@cache
def _slots() -> list[list[str]]:
    """Each clause cut at the places where a word of two characters or a figure may be replaced."""
    return [_cut(clause) for clause in _clauses()]


def _cut(clause: str) -> list[str]:
    plain = without_grammar(clause)
    parts: list[str] = []
    end = 0
    for match in re.finditer(rf"{_WORD.pattern}|{_NUMBER.pattern}", plain):
        parts += [clause[end : match.start()], match[0]]
        end = match.end()
    return [*parts, clause[end:]]


@cache
def vocabulary() -> list[str]:
    """Words of two characters, the commonest first: half are words of the sample, half are made of its characters."""
    random = np.random.default_rng(1)
    text = "".join(_clauses())
    real = list(dict.fromkeys(word for parts in _slots() for word in parts[1::2] if not word[0].isdigit()))
    characters = sorted(set(re.findall(f"[{HAN}]", text)))
    made = ["".join(random.choice(characters, 2)) for _ in range(_VOCABULARY)]
    words = list(dict.fromkeys([*real[: _VOCABULARY // 2], *made]))[:_VOCABULARY]
    return [words[index] for index in random.permutation(len(words))]


def _ranks(random: np.random.Generator, count: int) -> Iterator[int]:
    """Numbers of words by Zipf's law."""
    weights = 1 / np.arange(3, len(vocabulary()) + 3)
    sums = np.cumsum(weights) / weights.sum()
    while True:
        yield from np.searchsorted(sums, random.random(count)).tolist()


def passages(count: int, seed: int = 1) -> Iterator[tuple[int, str]]:
    """Number of the report and text of a passage of about 250 characters."""
    random = np.random.default_rng(seed)
    words, ranks, slots = vocabulary(), _ranks(random, 100_000), _slots()
    for number in range(count):
        report = number // PASSAGES_OF_A_REPORT
        parts = [f"{town(report)}{2010 + report % 15} {words[next(ranks)]}{words[next(ranks)]}\n"]
        length = 0
        while length < 230:
            cut = slots[int(random.random() * len(slots))]
            draws = random.random(len(cut)).tolist()
            for index, part in enumerate(cut):
                if index % 2 and part[0].isdigit():
                    part = str(int(draws[index] * 10 ** (1 + index % 4)))
                elif index % 2 and draws[index] < 0.35:
                    part = words[next(ranks)]
                parts.append(part)
                length += len(part)
        yield report, "".join(parts)


def town(report: int) -> str:
    """The name of a report's town."""
    words = vocabulary()
    return f"{words[report * 7919 % len(words)]}{'镇' if report % 3 else '乡'}"


def questions(count: int, reports: int, seed: int = 2) -> Iterator[tuple[int, str]]:
    """Number of the report whose town is named (or would be), and a question as people ask."""
    random = np.random.default_rng(seed)
    words, ranks = vocabulary(), _ranks(random, 1000)
    for number in range(count):
        report = int(random.integers(reports))
        asked = _ASKED[number % len(_ASKED)]
        yield report, asked.format(
            town=town(report), year=2010 + report % 15, county=f"{words[report % 97]}县",
            word=words[next(ranks)], other=words[next(ranks)],
        )
