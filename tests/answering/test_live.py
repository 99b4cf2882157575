"""The embedded model itself, over the sample reports: what it answers is either checked or refused."""

import os
from collections.abc import Iterator

import pytest

from rag.answering.answer import Answerer
from rag.answering.answers import Answer
from rag.models.factory import make_chat_model
from rag.models.model_file import model_path
from rag.settings import read_settings
from rag.summaries.schema import Summary
from rag.summaries.summarize import Summarizer
from rag.text.figures import read_figures
from rag.workspace import Workspace

SETTINGS = read_settings({name: value for name, value in os.environ.items() if name.startswith("ZHENBAO_MODEL")})
pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(model_path(SETTINGS) is None, reason="the chat model has not been pulled"),
]


@pytest.fixture(scope="module")
def answerer(sample_workspace: Workspace) -> Iterator[Answerer]:
    model = make_chat_model(SETTINGS, None)
    yield sample_workspace.answerer_with(model)
    model.close()


def _check_quotations(answer: Answer, workspace: Workspace) -> None:
    for claim in answer.claims:
        for citation in claim.citations:
            [text] = [s.file.text for s in workspace.library.sources(citation.report) if s.file.name == citation.file]
            assert text[citation.start : citation.end] == citation.quote
        if claim.supported:
            quoted = " ".join(citation.quote for citation in claim.citations)
            values = {figure.value for figure in read_figures(quoted)}
            assert {figure.value for figure in read_figures(claim.text)} <= values


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("石矶镇2021年粮食总产量是多少？", ("1.39万吨",)),
        ("大塘镇2022年新造油茶林多少亩？", ("1500亩",)),
        ("南浦街道2023年处置违纪问题线索多少条，立案多少件？", ("16条", "5件")),
        ("鶴鳴鄉連續多少天沒有有效降雨？", ("78天",)),
    ],
)
def test_figures_are_answered_with_quotations(
    answerer: Answerer, sample_workspace: Workspace, question: str, figures: tuple[str, ...]
) -> None:
    answer = answerer.ask(question)
    assert answer.outcome == "answered", answer
    assert all(figure in answer.answer for figure in figures), answer.answer
    _check_quotations(answer, sample_workspace)


@pytest.mark.parametrize(
    "question", ["鹤鸣乡党委书记叫什么名字？", "青龙镇2021年有多少人？", "石矶镇2020年的地区生产总值是多少？"]
)
def test_what_the_reports_do_not_say_is_refused(answerer: Answerer, question: str) -> None:
    answer = answerer.ask(question)
    assert answer.outcome == "refused", answer


def test_a_summary_holds_only_quoted_figures(answerer: Answerer, sample_workspace: Workspace) -> None:
    [report] = [
        r for r in sample_workspace.library.every_report() if (r.metadata.town, r.metadata.year) == ("石矶镇", 2021)
    ]
    model = make_chat_model(SETTINGS, None)
    try:
        summary = Summarizer(library=sample_workspace.library, model=model).summarize(report.id)
    finally:
        model.close()
    assert Summary.model_validate_json(summary.model_dump_json()) == summary
    points = [p for t in summary.topics for p in t.points] + summary.problems + summary.plans
    assert len(points) >= 5
    for point in points:
        values = {figure.value for citation in point.citations for figure in read_figures(citation.quote)}
        assert {figure.value for figure in read_figures(point.text)} <= values
