"""How often one claim is read while it is verified: conversions of script and scans for figures, by towns known.

`python -m benchmarks.reading_once`. Counted at the converter and at the scanner of figures themselves, with empty
caches, the towns' names and the question included: neither figure may depend on how many towns the library knows.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar
from unittest.mock import patch

from rag.parsing.report import Sentence
from rag.text import figures, normalization
from rag.verification.claims import Evidence
from rag.verification.towns import GivenTowns
from rag.verification.verdicts import Asked
from rag.verification.verify import verify

T = TypeVar("T")
TOWNS = (5, 100, 1000)
LINES = (
    "全镇种植水稻1.2万亩，总产量0.65万吨，同比增长2.2%。",
    "种植油茶3000余亩，改造低产林450亩，带动农户311户增收。",
    "新建污水管网3.5公里，改厕120户，覆盖12个村。",
    "硬化通组公路15公里，安装路灯60盏，修建水渠2.3公里。",
    "发放低保金310万元，临时救助86人次，医疗救助42万元。",
    "排查安全隐患386处，整改到位380处，整改率98.4%。",
    "引进项目3个，总投资1.2亿元，其中亿元项目1个。",
    "调解矛盾纠纷119起，化解信访积案8件，未发生群体性事件。",
)
CLAIM = "石矶镇2020年种植油茶3000亩，改造低产林450亩，带动农户311户增收"


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """Counts conversions and scans while the block runs."""
    counts: Counter[str] = Counter()

    def counting(name: str, read: Callable[[str], T]) -> Callable[[str], T]:
        def counted_read(text: str) -> T:
            counts[name] += 1
            return read(text)

        return counted_read

    normalization._simplify_one.cache_clear()
    normalization._fold_one.cache_clear()
    scan = counting("scans", figures.figures_in)
    with (
        patch("rag.text.normalization._simplify", counting("conversions", normalization._simplify)),
        patch("rag.text.figures.figures_in", scan),
        patch("rag.text.parsed_text.figures_in", scan),
    ):
        yield counts


def one_claim(towns: int) -> Counter[str]:
    """The counts for one claim on eight sentences in a library of so many towns."""
    names = ("石矶镇", *(f"{a}{b}镇" for a in _CHARACTERS for b in _CHARACTERS))[:towns]
    evidence = [
        Evidence(
            n, "r" * 12, Sentence(0, len(line), f"第{n}节", "result", "body"), line, "石矶镇", "云陂县", 2020, 2020
        )
        for n, line in enumerate(LINES, start=1)
    ]
    with counted() as counts:
        verify(CLAIM, (2,), evidence, Asked("石矶镇2020年种植油茶多少亩？", ("石矶镇",), held_towns=GivenTowns(*names)))
    return counts


_CHARACTERS = [chr(code) for code in range(0x5000, 0x5020)]


def main() -> None:
    for towns in TOWNS:
        counts = one_claim(towns)
        print(
            f"{towns:5} towns: {counts['conversions']:3} conversions of script, {counts['scans']:3} scans for figures"
        )


if __name__ == "__main__":
    main()
