"""Summaries as Markdown."""

from rag.summaries.markdown import summary_markdown
from rag.summaries.schema import FileWarning
from tests.support.made_parts import made_summary


def test_a_summary_has_its_sections_and_one_footnote_for_one_quotation() -> None:
    assert summary_markdown(made_summary()) == (
        "# 石矶镇2020年工作摘要\n\n- 县区：衡州县\n- 报告年度：2020\n- 计划年度：2021\n- 来源文件：石矶2020.txt\n\n"
        "## 概况\n\n- 种植水稻1200亩。[^1]\n\n"
        "## 主要指标\n\n| 指标 | 数值 |\n|---|---|\n| 种植水稻 | 1200亩[^1] |\n\n"
        "## 各项工作\n\n### 农业农村\n\n- 种植水稻1200亩。[^1]\n\n"
        "## 需要留意\n\n- 另有 1 条内容未能与原文核对一致，已略去。\n\n"
        "[^1]: “种植水稻1200亩。” — 石矶镇 2020 · 石矶2020.txt · 一、农业\n"
    )


def test_a_summary_without_a_model_says_so() -> None:
    assert "- 方式：由报告原句组成，未使用模型" in summary_markdown(made_summary().model_copy(update={"model": None}))


def test_an_english_summary_has_english_headings_and_says_what_stayed_chinese() -> None:
    written = summary_markdown(made_summary().model_copy(update={"language": "en", "left_in_chinese": 2}))
    assert "# 石矶镇 2020: summary of the work report" in written
    assert "### Agriculture and villages" in written
    assert "- 2 points are in the report's own Chinese" in written


def test_a_pipe_in_a_subject_does_not_break_the_table() -> None:
    summary = made_summary()
    figure = summary.key_figures[0].model_copy(update={"subject": "水|稻", "text": "水|稻1200亩"})
    assert "| 水\\|稻 | 1200亩[^1] |" in summary_markdown(summary.model_copy(update={"key_figures": [figure]}))


def test_faults_are_listed_and_what_was_tidied_is_counted() -> None:
    tidied = FileWarning(kind="boilerplate", detail="网页内容", quote="首页", start=0, end=2)
    fault = FileWarning(kind="figure_conflict", detail="两处数字不一致", quote="3公里", start=9, end=12)
    written = summary_markdown(made_summary().model_copy(update={"warnings": [tidied, fault]}))
    assert "- 两处数字不一致：“3公里”" in written and "- 清理了 1 处" in written
    assert "- 网页内容" not in written
