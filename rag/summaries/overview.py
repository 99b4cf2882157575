"""A summary's overview: two or three sentences put together from its weightiest points. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.parsing.figures.topics import Topic
from rag.summaries.schema import Point
from rag.types import SectionKind, SummaryLanguage
from rag.verification.claims import Citation

PROBLEMS, PLANS = 0.2, 0.3  # of the overview's characters; the rest are results


@dataclass(frozen=True, slots=True)
class Weighed:
    """A point with what it weighs and where it belongs."""

    point: Point
    kind: SectionKind
    topic: Topic
    weight: float


@dataclass(frozen=True, slots=True)
class _Words:
    problems: str
    plans: str
    between: str
    end: str


_WORDS: dict[SummaryLanguage, _Words] = {
    "zh": _Words("报告承认：", "下一年计划：", "；", "。"),
    "en": _Words("Problems admitted: ", "Planned next: ", "; ", "."),
}


def overview(points: Sequence[Weighed], room: int, language: SummaryLanguage) -> list[Point]:
    """What was done, what is wrong, what is planned, in at most about `room` characters; nothing where it says nothing.

    Example: 粮食总产3.2万吨以上；新增就业276人。 / 报告承认：招商引资工作举措不够有力。 / 下一年计划：新修公路5公里。
    """
    words = _WORDS[language]
    by_lead = {
        words.problems: [weighed for weighed in points if weighed.kind == "problem"],
        words.plans: _one_per_topic([weighed for weighed in points if weighed.kind == "plan"]),
        "": _one_per_topic([weighed for weighed in points if weighed.kind in ("result", "other")]),
    }
    chosen: dict[str, list[Point]] = {}
    for (lead, some), share in zip(by_lead.items(), (PROBLEMS, PLANS, 1.0), strict=True):
        chosen[lead] = _chosen(some, share * room if lead else room)
        room -= sum(len(point.text) for point in chosen[lead])
    return [_sentence(lead, chosen[lead], words) for lead in ("", words.problems, words.plans) if chosen[lead]]


def _chosen(points: Sequence[Weighed], room: float) -> list[Point]:
    """The weightiest that fit, or the shortest where none does, in the order given."""
    chosen: list[Weighed] = []
    for weighed in sorted(points, key=lambda weighed: -weighed.weight):
        if len(weighed.point.text) <= room:
            chosen.append(weighed)
            room -= len(weighed.point.text)
    if not chosen:
        chosen = sorted(points, key=lambda weighed: len(weighed.point.text))[:1]
    return [weighed.point for weighed in points if weighed in chosen]


def _one_per_topic(points: Sequence[Weighed]) -> list[Weighed]:
    best: dict[Topic, Weighed] = {}
    for weighed in points:
        if weighed.topic not in best or weighed.weight > best[weighed.topic].weight:
            best[weighed.topic] = weighed
    return [weighed for weighed in points if best[weighed.topic] is weighed]


def _sentence(lead: str, points: Sequence[Point], words: _Words) -> Point:
    text = words.between.join(point.text.rstrip("。.；;") for point in points)
    quotations: dict[tuple[int, int], Citation] = {}
    for point in points:
        quotations |= {(quotation.start, quotation.end): quotation for quotation in point.citations}
    return Point(text=f"{lead}{text}{words.end}", citations=list(quotations.values()))
