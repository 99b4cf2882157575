"""What could be asked: first questions that the library can answer, and what goes on from an answer."""

from collections.abc import Sequence

from rag.answering.answers import Answer
from rag.library.resolve import newest_first
from rag.parsing.report import Report
from rag.text.item_numbers import read_numbering
from rag.text.lexicon import concept

_BARE = concept("bare_headings")


def example_questions(reports: Sequence[Report], count: int = 4) -> list[str]:
    """First questions that the library can answer: a subject of each report in turn, a plan, a problem."""
    newest = [report for report in newest_first(reports) if report.metadata.town and report.metadata.year]
    questions: list[str] = []
    for number, report in enumerate(newest[:count]):
        name, subjects = f"{report.metadata.town}{report.metadata.year}年", _subjects(report)
        if number % 4 == 1 and report.metadata.plan_year:
            questions.append(f"{report.metadata.town}{report.metadata.plan_year}年有哪些计划？")
        elif number % 4 == 2 and _has_problems(report):
            questions.append(f"{name}工作存在哪些问题？")
        elif subjects:
            questions.append(f"{name}“{subjects[number % len(subjects)]}”方面做了什么？")
    return questions


def follow_up_questions(answer: Answer, reports: Sequence[Report], count: int = 3) -> list[str]:
    """What goes on from an answer about one report: another year of the town, another town, its problems or plan.

    Only what the library holds is offered; for an English question nothing is.
    """
    cited = [c for claim in answer.claims for c in claim.citations] or list(answer.evidence_citations)
    about = [report for report in reports if cited and report.id == cited[0].report]
    if not about or answer.language == "en" or answer.outcome not in ("answered", "evidence_only"):
        return []
    report = about[0]
    town, year = report.metadata.town, report.metadata.year
    others = [r.metadata for r in newest_first(reports) if r.id != report.id and r.metadata.town and r.metadata.year]
    years = [f"{other.year}年呢？" for other in others if other.town == town and other.year != year]
    towns = [f"{other.town}呢？" for other in others if other.town != town and other.year == year]
    told = [f"{town}{year}年工作存在哪些问题？"] if _has_problems(report) else []
    plans = [f"{town}{report.metadata.plan_year}年有哪些计划？"] if report.metadata.plan_year else []
    offered = [*years[:1], *towns[:1], *told, *plans]
    return [question for question in dict.fromkeys(offered) if question != answer.question][:count]


def _has_problems(report: Report) -> bool:
    return any(sentence.kind == "problem" for sentence in report.sentences)


def _subjects(report: Report) -> list[str]:
    bare = (_without_number(heading.text).strip("。：: ") for heading in report.headings)
    return [subject for subject in bare if 2 <= len(subject) <= 14 and not _BARE.search(subject)]


def _without_number(heading: str) -> str:
    numbering = read_numbering(heading.strip())
    return heading.strip()[numbering.length if numbering else 0 :]
