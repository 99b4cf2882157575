"""The tables of a run, a comparison and a verdict for the terminal."""

from collections.abc import Sequence

from rich.table import Table

from eval.reporting.comparing import Comparison
from eval.reporting.gates import Fault
from eval.reporting.results import Mean, Metrics, Results

_COLUMNS = (
    "类别 kind", "题", "对 right", "正确率 accuracy", "拒对", "拒错", "错 wrong", "失败 failed",
    "引准", "引全", "R@5", "据而误",
)  # fmt: skip
"""拒对, 拒错: refused rightly, wrongly; 引准, 引全: citation precision, recall; 据而误: supported but wrong."""


def kinds_table(results: Results) -> Table:
    """One row a kind and one for all."""
    table = Table(title=f"{results.set} · {results.settings.get('model', '')}", title_justify="left")
    for index, column in enumerate(_COLUMNS):
        table.add_column(column, justify="left" if index == 0 else "right", no_wrap=True)
    for kind, metrics in results.by_kind.items():
        table.add_row(kind, *_cells(metrics))
    table.add_section()
    table.add_row("全部 all", *_cells(results.overall))
    return table


def _cells(metrics: Metrics) -> list[str]:
    means = metrics.means
    return [
        str(metrics.total),
        str(metrics.right),
        _interval(means.get("accuracy")),
        str(metrics.refused_rightly),
        str(metrics.refused_wrongly),
        str(metrics.wrong),
        str(metrics.failed),
        _share(means.get("citation_precision")),
        _share(means.get("citation_recall")),
        _share(means.get("recall@5")),
        str(metrics.supported_but_wrong),
    ]


def _share(mean: Mean | None) -> str:
    return f"{mean.mean:.2f}" if mean else "–"


def _interval(mean: Mean | None) -> str:
    return f"{mean.mean:.2f} [{mean.low:.2f}, {mean.high:.2f}]" if mean else "–"


def scores_table(title: str, scores: dict[str, float]) -> Table:
    """Names and scores, such as those of summaries and indicators."""
    table = Table(title=title, title_justify="left", show_header=False)
    for name, value in scores.items():
        table.add_row(name, f"{value:.3f}")
    return table


def faults_text(faults: Sequence[Fault]) -> str:
    """The verdict, one paragraph a fault."""
    if not faults:
        return "通过 (passed)"
    lines = [f"✗ {fault.gate} {fault.name}\n  {fault.detail}" for fault in faults]
    return "\n".join([*lines, f"未通过：{len(faults)} 处 (failed)"])


def comparison_table(comparison: Comparison) -> Table:
    """Two runs side by side, kind by kind."""
    test = comparison.test
    title = f"A {comparison.first} → B {comparison.second} · p = {test.p_value:.4f}"
    table = Table(title=title, title_justify="left")
    for column in ("类别 kind", "题 n", "A 对", "B 对", "仅 A", "仅 B"):
        table.add_column(column, justify="left" if column.startswith("类") else "right", no_wrap=True)
    for row in comparison.rows:
        table.add_row(row.kind, *(str(v) for v in (row.total, row.first, row.second, row.only_first, row.only_second)))
    return table
