"""Reports, evidence and a judging model in a few words, for tests of what is read off and quoted."""

import re
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from rag.answering.cross_report import Survey, survey
from rag.answering.survey_questions import sought_in_all
from rag.errors import ModelError
from rag.library.library import Library
from rag.library.readable_reports import ReadableReports
from rag.models.conversation import Choice, ChoiceRequest, Tokens
from rag.parsing.parse import parse
from rag.parsing.report import Report, ReportSource, Sentence
from rag.types import SectionKind
from rag.verification.claims import Evidence
from tests.support.generated_reports import source_file
from tests.support.held import sentences_of
from tests.support.scripted_model import ScriptedModel

_JUDGED = re.compile(r"原文：(.*)\n能不能")


def told(town: str, *lines: str, county: str = "云陂县", year: int = 2020) -> Report:
    """A report as the real parser reads it: a title, a heading of the work done, and the lines."""
    return parsed(f"{county}{town}{year}年工作总结和{year + 1}年工作计划", f"一、{year}年工作总结", *lines)


def parsed(*lines: str) -> Report:
    """A report of exactly these lines."""
    return parse(source_file("\n".join(lines))).report


def source_of(report: Report) -> ReportSource:
    """A file that has the report's clean text, as the real parser reads it."""
    file = source_file(report.text, f"{report.label}.txt")
    read = parse(file)
    return ReportSource(report.id, file, read.offsets, read.defects, read.statements)


def shown(*texts: str, town: str = "石矶镇", year: int = 2020, kind: SectionKind = "result") -> list[Evidence]:
    """Numbered sentences of one report that follow each other."""
    evidence, start = [], 0
    for number, text in enumerate(texts, start=1):
        sentence = Sentence(start, start + len(text), "", kind, "body")
        evidence.append(Evidence(number, town, sentence, text, town, "云陂县", year, year + (kind == "plan")))
        start += len(text)
    return evidence


def library_of(home: Path, *reports: Report) -> Library:
    """A library of these reports, each from a file that has its clean text."""
    library = Library.open(home / "library.sqlite3")
    for report in reports:
        library.add(report, source_of(report))
    return library


def surveyed(question: str, *reports: Report, page: int = 0) -> Survey:
    """What a question of all reports finds in these."""
    sought = sought_in_all(question)
    assert sought is not None
    with (
        TemporaryDirectory() as folder,
        closing(library_of(Path(folder), *reports)) as library,
        closing(sentences_of(library)) as sentences,
    ):
        return survey(sought, ReadableReports(library), sentences, page)


class JudgingModel(ScriptedModel):
    """A scripted model that believes in a text as far as `likely` says, 0 where it says nothing."""

    def __init__(self, *replies: Mapping[str, object] | ModelError, likely: Mapping[str, float]) -> None:
        super().__init__(*replies)
        self._likely = likely
        self.judged: list[str] = []

    def choose(self, request: ChoiceRequest) -> Choice:
        self.asked.append(list(request.turns))
        (text,) = _JUDGED.findall(request.turns[-1].content)
        self.judged.append(text)
        share = self._likely.get(text, 0.0)
        return Choice((share, round(1 - share, 3)), Tokens(50, 1), 0.1)
