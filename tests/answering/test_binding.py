"""Over libraries made by chance: whatever is asked and said, nothing of another place stands in an answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from rag.models.conversation import ChatRequest, Choice, ChoiceRequest, Reply, Tokens
from rag.parsing.report import Report
from tests.support.asked_library import answerer_over, of_place, sources

T = TypeVar("T", bound=BaseModel)
STEMS = ("砚泽", "桐麓", "鹭岚", "枫浔", "樟苕", "岚砚", "麓枫", "浔鹭")
TOWNSHIPS, COUNTIES = ("镇", "街道", "苗族乡", "土家族乡"), ("县", "区", "市", "土家族自治县")
WAYS = (
    "{}油茶面积有多少？",
    "2021年{}的油茶面积",
    "请问在{}，油茶面积是多少？",
    "油茶面积{}有多少？",
    "{}在报告里提到了哪些油茶？",
    "{}的报告承认有哪些不足？",
    "{}到底有多少亩油茶？",
    "全县油茶面积多少，{}呢？",
)
_LINE = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Library:
    """Reports, the county in which each town lies, and what is asked about."""

    reports: tuple[Report, ...]
    within: dict[str, str]
    asked: str


class EchoModel:
    """Claims every sentence that it is shown, and believes in all of them."""

    name = "echo"

    def complete(self, request: ChatRequest[T]) -> Reply[T]:
        shown = _LINE.findall("\n".join(turn.content for turn in request.turns))
        said = {"claims": [{"text": text, "evidence": [int(number)]} for number, text in shown]}
        return Reply(request.output.model_validate(said), Tokens(), 0.0, "")

    def choose(self, request: ChoiceRequest) -> Choice:
        return Choice((1.0, *(0.0 for _ in request.words[1:])), Tokens(), 0.0)


@st.composite
def libraries(draw: st.DrawFn) -> Library:
    stems = draw(st.permutations(STEMS))
    counties = [f"{stem}{draw(st.sampled_from(COUNTIES))}" for stem in stems[:3]]
    towns = [f"{stem}{draw(st.sampled_from(TOWNSHIPS))}" for stem in stems[3:7]]
    within = {town: draw(st.sampled_from(counties)) for town in towns}
    everywhere = [*counties, *towns, f"{stems[7]}镇"]
    area = iter(range(1000, 9999, 13))

    def lines() -> list[str]:
        others = draw(st.lists(st.sampled_from(everywhere), max_size=3))
        return [
            f"油茶面积{next(area)}亩。",
            f"存在的不足是油茶只有{next(area)}亩。",
            *(f"{name}油茶面积{next(area)}亩。" for name in others),
        ]

    reporting = draw(st.lists(st.sampled_from([*counties, *towns]), unique=True, min_size=1, max_size=5))
    reports = [of_place(name, *lines(), county=within.get(name)) for name in reporting]
    if draw(st.booleans()):
        reports.append(of_place(None, *lines()))
    return Library(tuple(reports), within, draw(st.sampled_from(everywhere)))


def allowed(library: Library) -> set[str]:
    """By the words of the rule: all of the place's own report, else sentences elsewhere that name it."""
    own = [report for report in library.reports if report.metadata.town == library.asked]
    if own:
        return {line for report in own for line in report.text.split("\n")}
    elsewhere = [report for report in library.reports if report.metadata.county != library.asked]
    named = {line for report in elsewhere for line in report.text.split("\n") if library.asked in line}
    return named


def stands_in(quotes: set[str], lines: set[str]) -> bool:
    """Whether each quotation is a part of some line."""
    return all(any(quote in line for line in lines) for quote in quotes)


@settings(max_examples=60, deadline=None)
@given(library=libraries(), way=st.sampled_from(WAYS), is_within=st.booleans())
def test_nothing_of_another_place_stands_in_an_answer(library: Library, way: str, is_within: bool) -> None:
    county = library.within.get(library.asked, "") if is_within else ""
    question = way.format(f"{county}{library.asked}")
    with TemporaryDirectory() as home:
        answerer = answerer_over(Path(home), library.reports, EchoModel())
        steps = list(answerer.stream(question))
    rule = allowed(library)
    assert all(stands_in(sources(step), rule) for step in steps)
    assert bool(rule) or (steps[-1].outcome, steps[-1].reason) == ("refused", "no_such_town")


@settings(max_examples=30, deadline=None)
@given(library=libraries(), names=st.lists(st.sampled_from(STEMS), min_size=2, max_size=2, unique=True))
def test_nothing_of_a_third_place_stands_in_a_comparison(library: Library, names: Sequence[str]) -> None:
    everything = [*library.within, *library.within.values()]
    asked = [name for stem in names for name in dict.fromkeys(everything) if name.startswith(stem)]
    if len(asked) != 2:
        return
    with TemporaryDirectory() as home:
        answer = answerer_over(Path(home), library.reports, EchoModel()).ask(
            f"{asked[0]}和{asked[1]}哪个的油茶面积大？"
        )
    assert stands_in(sources(answer), set().union(*(allowed(replace(library, asked=name)) for name in asked)))


def test_without_the_rule_the_model_would_say_it_all(tmp_path: Path) -> None:
    reports = (of_place("砚泽镇", "油茶面积1000亩。"), of_place("桐麓镇", "油茶面积1013亩。"))
    assert len(sources(answerer_over(tmp_path, reports, EchoModel()).ask("油茶面积有多少？")) - {""}) > 1
