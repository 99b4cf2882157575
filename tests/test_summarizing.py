"""Summaries of a whole report, with a scripted model and without one."""

from rag.errors import BadReply
from rag.figures import read_figures
from rag.summarizing import Summarizer
from rag.summary import Point, Summary
from rag.types import Report
from rag.workspace import Workspace
from tests.scripted import ScriptedModel, claims


def report_of(workspace: Workspace, town: str, year: int) -> Report:
    return next(r for r in workspace.library.reports() if (r.metadata.town, r.metadata.year) == (town, year))


def points_of(summary: Summary) -> list[Point]:
    return [point for topic in summary.topics for point in topic.points] + summary.problems + summary.plans


def test_without_a_model_the_reports_own_sentences_stand_for_it(sample_workspace: Workspace) -> None:
    report = report_of(sample_workspace, "石矶镇", 2021)
    summary = Summarizer(library=sample_workspace.library, model=None).summarize(report.id)
    assert summary.model is None
    assert summary.problems and summary.plans and summary.key_figures and summary.overview
    assert all(point.citations for point in points_of(summary))
    assert sum(len(point.text) for point in points_of(summary)) < len(report.text)


def test_every_quotation_is_verbatim(sample_workspace: Workspace) -> None:
    report = report_of(sample_workspace, "南浦街道", 2023)
    summary = Summarizer(library=sample_workspace.library, model=None).summarize(report.id)
    [source] = sample_workspace.library.sources(report.id)
    for point in points_of(summary):
        for quotation in point.citations:
            assert source.file.text[quotation.start : quotation.end] == quotation.quote


def test_every_figure_stands_in_its_quotations(sample_workspace: Workspace) -> None:
    report = report_of(sample_workspace, "大塘镇", 2022)
    summary = Summarizer(library=sample_workspace.library, model=None).summarize(report.id)
    for point in points_of(summary):
        quoted = {figure.value for quotation in point.citations for figure in read_figures(quotation.quote)}
        assert {figure.value for figure in read_figures(point.text)} <= quoted


def test_a_point_with_an_invented_figure_is_dropped_and_counted(sample_workspace: Workspace) -> None:
    report = report_of(sample_workspace, "石矶镇", 2021)
    model = ScriptedModel(*[claims("完成财政收入1404万元", "完成财政收入9999万元")] * 20)
    summary = Summarizer(library=sample_workspace.library, model=model).summarize(report.id)
    texts = [point.text for point in points_of(summary)]
    assert "完成财政收入1404万元" in texts
    assert not any("9999" in text for text in texts)
    assert summary.dropped >= 1


def test_a_section_the_model_fails_on_is_told_in_the_reports_words(sample_workspace: Workspace) -> None:
    report = report_of(sample_workspace, "石矶镇", 2021)
    model = ScriptedModel(*[BadReply("坏")] * 20)
    assert points_of(Summarizer(library=sample_workspace.library, model=model).summarize(report.id))


def test_a_heading_is_no_point(sample_workspace: Workspace) -> None:
    report = report_of(sample_workspace, "石矶镇", 2021)
    model = ScriptedModel(*[claims("2021年工作回顾：")] * 20)
    summary = Summarizer(library=sample_workspace.library, model=model).summarize(report.id)
    assert "2021年工作回顾：" not in [point.text for point in points_of(summary)]


def test_progress_counts_the_blocks(sample_workspace: Workspace) -> None:
    report = report_of(sample_workspace, "石矶镇", 2021)
    seen: list[tuple[int, int]] = []
    Summarizer(library=sample_workspace.library, model=None).summarize(
        report.id, on_progress=lambda done, total: seen.append((done, total))
    )
    assert seen[0][0] == 0 and seen[-1][0] == seen[-1][1] >= 3
