"""Summaries of a whole report, with a scripted model and without one."""

from pathlib import Path

import pytest

from rag.errors import ModelMissing
from rag.models.cache import Cache
from rag.models.conversation import ChatModel
from rag.parsing.report import Report
from rag.summaries.schema import Point, Summary
from rag.summaries.selection import SHARE, budget
from rag.summaries.summarize import Summarizer
from rag.text.english_figures import with_english_figures
from rag.text.figures import read_figures
from rag.types import Length
from rag.workspace import Workspace
from tests.support.made_errors import bad_reply, no_model, offline
from tests.support.scripted_model import ScriptedModel, SpeakingModel


def report_of(workspace: Workspace, town: str, year: int) -> Report:
    return next(r for r in workspace.library.every_report() if (r.metadata.town, r.metadata.year) == (town, year))


def points_of(summary: Summary) -> list[Point]:
    results = [point for topic in summary.topics for point in topic.points]
    return [*summary.overview, *results, *summary.key_figures, *summary.problems, *summary.plans]


def made(workspace: Workspace, model: ChatModel | None = None, length: Length = "full") -> Summary:
    report = report_of(workspace, "石矶镇", 2020)
    return Summarizer(library=workspace.library, model=model, shortens=True).summarize(report.id, length=length)


def test_without_a_model_the_reports_own_clauses_stand_for_it(sample_workspace: Workspace) -> None:
    summary = made(sample_workspace)
    assert summary.model is None
    assert summary.problems and summary.plans and summary.key_figures and summary.topics
    assert len(summary.overview) == 3
    assert all(point.citations for point in points_of(summary))


@pytest.mark.parametrize("town", ["石矶镇", "南浦街道", "大塘镇", "鹤鸣乡", "柳溪镇"])
def test_a_summary_is_at_most_a_quarter_of_its_report(sample_workspace: Workspace, town: str) -> None:
    report = next(r for r in sample_workspace.library.every_report() if r.metadata.town == town)
    summary = Summarizer(library=sample_workspace.library, model=None).summarize(report.id)
    assert sum(len(point.text) for point in points_of(summary)) <= len(report.text) / SHARE


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


def test_a_share_of_a_task_is_no_key_figure(sample_workspace: Workspace) -> None:
    report = report_of(sample_workspace, "南浦街道", 2023)
    figures = Summarizer(library=sample_workspace.library, model=None).summarize(report.id).key_figures
    written = {f"{figure.subject}{figure.value}{figure.unit}" for figure in figures}
    assert "固定资产投资11.2亿元" in written  # 完成年度任务的102% stands behind it
    assert not any("102" in figure for figure in written)


def test_a_paragraph_is_the_overview_alone(sample_workspace: Workspace) -> None:
    summary = made(sample_workspace, length="paragraph")
    assert summary.overview
    assert not (summary.topics or summary.key_figures or summary.problems or summary.plans)
    assert sum(len(point.text) for point in summary.overview) < 300


def test_a_page_is_no_longer_than_a_full_summary(sample_workspace: Workspace) -> None:
    page, full = (made(sample_workspace, length=length) for length in ("page", "full"))
    assert len(points_of(page)) <= len(points_of(full))


WORDY = "镇村两级主动上门推送惠企政策，为9家小微企业争取信用贷款860万元"


def test_a_wordy_point_is_told_in_the_models_fewer_words(sample_workspace: Workspace) -> None:
    model = SpeakingModel({WORDY: "为9家小微企业争取信用贷款860万元"})
    texts = [point.text for point in points_of(made(sample_workspace, model))]
    assert "为9家小微企业争取信用贷款860万元" in texts and WORDY not in texts


@pytest.mark.parametrize(
    "said",
    [
        "为9家小微企业争取信用贷款960万元",
        "为9家小微企业争取信用贷款",
        "获评全国先进，为9家争取贷款860万元",
        "为9家争取860万元贷",
    ],
)
def test_a_draft_that_is_wrong_lacks_something_adds_something_or_breaks_off_is_dropped_and_counted(
    sample_workspace: Workspace, said: str
) -> None:
    summary = made(sample_workspace, SpeakingModel({WORDY: said}))
    texts = [point.text for point in points_of(summary)]
    assert said not in texts and WORDY in texts
    assert summary.dropped == 1


def test_the_embedded_model_is_not_asked_for_chinese(sample_workspace: Workspace) -> None:
    report = report_of(sample_workspace, "石矶镇", 2020)
    model = ScriptedModel()
    assert Summarizer(library=sample_workspace.library, model=model).summarize(report.id).model is None
    assert not model.asked


def test_a_point_the_model_fails_on_is_told_in_the_reports_words(sample_workspace: Workspace) -> None:
    summary = made(sample_workspace, ScriptedModel(*[bad_reply()] * 50))
    assert WORDY in [point.text for point in points_of(summary)]
    assert summary.dropped == 0


def test_a_model_that_does_not_answer_is_done_without(sample_workspace: Workspace) -> None:
    assert made(sample_workspace, ScriptedModel(*[offline()] * 50)).model is None


def test_english_needs_a_model(sample_workspace: Workspace) -> None:
    report = report_of(sample_workspace, "石矶镇", 2020)
    for model in (None, ScriptedModel(*[no_model()] * 50)):
        with pytest.raises(ModelMissing):
            Summarizer(library=sample_workspace.library, model=model).summarize(report.id, language="en")


def test_english_that_cannot_be_verified_stays_chinese_and_is_counted(sample_workspace: Workspace) -> None:
    report = report_of(sample_workspace, "石矶镇", 2020)
    model = SpeakingModel(
        {with_english_figures(WORDY): "Credit of 8.6 million yuan was arranged for 9 small enterprises."},
        "Much was done.",
    )
    summary = Summarizer(library=sample_workspace.library, model=model).summarize(report.id, language="en")
    texts = [point.text for point in points_of(summary)]
    assert "Credit of 8.6 million yuan was arranged for 9 small enterprises." in texts
    assert not any("Much was done" in text for text in texts)
    told = [*summary.problems, *summary.plans, *(point for topic in summary.topics for point in topic.points)]
    assert summary.left_in_chinese == len(told) - 1


def test_progress_counts_the_points(sample_workspace: Workspace) -> None:
    report = report_of(sample_workspace, "石矶镇", 2021)
    seen: list[tuple[int, int]] = []
    Summarizer(library=sample_workspace.library, model=None).summarize(
        report.id, on_progress=lambda done, total: seen.append((done, total))
    )
    assert seen[0][0] == 0 and seen[-1][0] == seen[-1][1] >= 10


def test_a_finished_summary_is_kept_for_its_model_length_and_language(
    sample_workspace: Workspace, tmp_path: Path
) -> None:
    report = report_of(sample_workspace, "石矶镇", 2020)
    cache = Cache(tmp_path / "cache.sqlite3")
    model = SpeakingModel({}, "无")
    summarizer = Summarizer(library=sample_workspace.library, model=model, shortens=True, cache=cache)
    first = summarizer.summarize(report.id)
    asked = len(model.asked)
    assert summarizer.summarize(report.id) == first and len(model.asked) == asked
    assert summarizer.summarize(report.id, length="paragraph").topics == []
    assert Summarizer(library=sample_workspace.library, model=None, cache=cache).summarize(report.id).model is None
    cache.close()


def test_a_summary_made_without_the_model_that_was_wanted_is_not_kept(
    sample_workspace: Workspace, tmp_path: Path
) -> None:
    report = report_of(sample_workspace, "石矶镇", 2020)
    cache = Cache(tmp_path / "cache.sqlite3")
    failing = ScriptedModel(*[offline()] * 50)
    assert (
        Summarizer(library=sample_workspace.library, model=failing, shortens=True, cache=cache)
        .summarize(report.id)
        .model
        is None
    )
    speaking = SpeakingModel({}, "无", name="scripted")
    assert (
        Summarizer(library=sample_workspace.library, model=speaking, shortens=True, cache=cache)
        .summarize(report.id)
        .model
    )
    cache.close()


def test_several_requests_at_once_tell_the_same_in_the_same_order(sample_workspace: Workspace) -> None:
    report = report_of(sample_workspace, "石矶镇", 2020)
    told = {WORDY: "为9家小微企业争取信用贷款860万元"}
    one, many = (
        Summarizer(
            library=sample_workspace.library, model=SpeakingModel(told), shortens=True, parallel=parallel
        ).summarize(report.id)
        for parallel in (1, 8)
    )
    assert one == many


def test_a_note_of_a_few_lines_still_has_a_summary() -> None:
    assert budget("full", 40) == budget("paragraph", 40) == 60
    assert budget("full", 4000) == 970
