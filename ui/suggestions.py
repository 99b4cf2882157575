"""What could be asked: first questions that the library can answer, and what goes on from an answer."""

from rag.answering.answers import Answer
from rag.library.listing import Choice, Listed, listed
from rag.library.reader import Lookup
from rag.library.results import Scope
from rag.parsing.report import Report
from rag.text.item_numbers import read_numbering
from rag.text.lexicon import concept

_BARE = concept("bare_headings")
_LOOKED_AT = 12  # newest reports, of which those count that state their town and year


def example_questions(library: Lookup, count: int = 4) -> list[str]:
    """First questions that the library can answer: a subject of each report in turn, a plan, a problem."""
    newest = listed(library, order="year", limit=_LOOKED_AT)
    chosen = [each.id for each in newest if each.metadata.town and each.metadata.year][:count]
    questions: list[str] = []
    for number, report in enumerate(library.reports(chosen)):
        name, subjects = f"{report.metadata.town}{report.metadata.year}年", _subjects(report)
        if number % 4 == 1 and report.metadata.plan_year:
            questions.append(f"{report.metadata.town}{report.metadata.plan_year}年有哪些计划？")
        elif number % 4 == 2 and _has_problems(report):
            questions.append(f"{name}工作存在哪些问题？")
        elif subjects:
            questions.append(f"{name}“{subjects[number % len(subjects)]}”方面做了什么？")
    return questions


def further_questions(answer: Answer, library: Lookup) -> list[str]:
    """What can be asked below an answer; first questions where nothing was asked yet."""
    return example_questions(library) if answer.reason == "help" else follow_up_questions(answer, library)


def follow_up_questions(answer: Answer, library: Lookup, count: int = 3) -> list[str]:
    """What goes on from an answer about one report: another year of the town, another town, its problems or plan.

    Only what the library holds is offered; for an English question nothing is.
    """
    cited = [c for claim in answer.claims for c in claim.citations] or list(answer.evidence_citations)
    if not cited or answer.language == "en" or answer.outcome not in ("answered", "evidence_only"):
        return []
    report = library.find(cited[0].report)
    if report is None:
        return []
    town, year = report.metadata.town, report.metadata.year
    told = [f"{town}{year}年工作存在哪些问题？"] if _has_problems(report) else []
    plans = [f"{town}{report.metadata.plan_year}年有哪些计划？"] if report.metadata.plan_year else []
    offered = [*_other_year(library, report), *_other_town(library, report), *told, *plans]
    return [question for question in dict.fromkeys(offered) if question != answer.question][:count]


def _other_year(library: Lookup, report: Report) -> list[str]:
    town, year = report.metadata.town, report.metadata.year
    if not town:
        return []
    own: list[Listed] = listed(library, Choice(Scope((town,), report.metadata.county)), order="year", limit=_LOOKED_AT)
    years = [each.metadata.year for each in own if each.metadata.year and each.metadata.year != year]
    return [f"{other}年呢？" for other in years[:1]]


def _other_town(library: Lookup, report: Report) -> list[str]:
    """The next town of the county, or else of all, with a report of the same year."""
    mine = report.metadata
    if mine.year is None:
        return []
    sql = "SELECT town FROM reports WHERE year = ? AND {} town != ? ORDER BY county, town LIMIT 1"
    own, town = mine.county, mine.town or ""
    found = library.rows(sql.format("county = ? AND"), mine.year, own, town) if own else []
    found = found or library.rows(sql.format(""), mine.year, town)
    return [f"{other}呢？" for (other,) in found]


def _has_problems(report: Report) -> bool:
    return any(sentence.kind == "problem" for sentence in report.sentences)


def _subjects(report: Report) -> list[str]:
    bare = (_without_number(heading.text).strip("。：: ") for heading in report.headings)
    return [subject for subject in bare if 2 <= len(subject) <= 14 and not _BARE.search(subject)]


def _without_number(heading: str) -> str:
    numbering = read_numbering(heading.strip())
    return heading.strip()[numbering.length if numbering else 0 :]
