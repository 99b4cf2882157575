"""One self-contained page of a run: metrics by kind, worst cases first, evidence and claims side by side."""

from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files
from string import Template

from eval.reporting.gates import Baseline, Fault, changes, scores_of
from eval.reporting.history import Point
from eval.reporting.results import Mean, Metrics, Results
from eval.scoring.cases import Case

_WORST = ("wrong", "failed", "refused_wrongly", "refused_rightly", "right")
_STATUS = {
    "right": "对 right",
    "wrong": "错 wrong",
    "refused_rightly": "拒答对 refused rightly",
    "refused_wrongly": "拒答错 refused wrongly",
    "failed": "未作答 failed",
}
_HEADS = (
    "类别 kind",
    "题 n",
    "正确率 accuracy",
    "95 %",
    "拒对 / 拒错",
    "错 wrong",
    "失败 failed",
    "引文 P / R",
    "R@5",
    "据而误",
)
_WIDTH, _HEIGHT, _MARGIN = 640, 160, 30


def results_page(
    results: Results, faults: Sequence[Fault], baseline: Baseline | None, history: Sequence[Point] = ()
) -> str:
    """The page as text. It loads nothing and sends nothing; results without cases give a page of totals."""
    better, worse = changes(results, baseline) if baseline else ([], [])
    tags = {case.id: "better" for case in better} | {case.id: "worse" for case in worse}
    template = Template(files("eval").joinpath("page.html").read_text(encoding="utf-8"))
    details = "\n".join(f"{fault.gate} {fault.name}\n{fault.detail}" for fault in faults)
    return template.substitute(
        title=escape(f"测评 {results.set} evaluation"),
        right=f"{results.overall.right} / {results.overall.total}",
        flawed=results.overall.supported_but_wrong,
        settings=escape(" · ".join(f"{name}: {value}" for name, value in results.settings.items())),
        red=" red" if faults else "",
        verdict=f"未通过 failed: {len(faults)}" if faults else "通过 passed",
        faults=f'<pre tabindex="0">{escape(details)}</pre>' if faults else "",
        metrics=_metrics(results),
        scores=_scores(results),
        history=_history(history),
        filters=_filters(results, tags) if results.cases else "",
        cases="\n".join(_case(case, tags.get(case.id, "")) for case in sorted(results.cases, key=_badness)),
    )


def _badness(case: Case) -> tuple[int, int, str]:
    flawed = len(case.supported_but_wrong) + len(case.altered_quotations)
    return (-flawed, _WORST.index(case.status), case.id)


def _metrics(results: Results) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in _HEADS)
    rows = [*results.by_kind.items(), ("全部 all", results.overall)]
    return f"<table><tr>{head}</tr>{''.join(_row(name, metrics) for name, metrics in rows)}</table>"


def _row(name: str, metrics: Metrics) -> str:
    means = metrics.means
    accuracy = means.get("accuracy")
    cells = [
        escape(name),
        metrics.total,
        _share(accuracy),
        f"{accuracy.low:.2f}–{accuracy.high:.2f}" if accuracy else "–",
        f"{metrics.refused_rightly} / {metrics.refused_wrongly}",
        metrics.wrong,
        metrics.failed,
        f"{_share(means.get('citation_precision'))} / {_share(means.get('citation_recall'))}",
        _share(means.get("recall@5")),
        metrics.supported_but_wrong,
    ]
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _share(mean: Mean | None) -> str:
    return f"{mean.mean:.2f}" if mean else "–"


def _scores(results: Results) -> str:
    """Summaries and indicators, where they were measured."""
    scores = {name: v for name, v in scores_of(results).items() if name.startswith(("summaries.", "indicators."))}
    if not scores:
        return ""
    rows = "".join(f"<tr><td>{escape(name)}</td><td>{value:.3f}</td></tr>" for name, value in scores.items())
    return f'<h2>摘要与指标 Summaries and indicators</h2><div class="scroll"><table>{rows}</table></div>'


def _history(points: Sequence[Point]) -> str:
    """Accuracy across runs as a line; nothing before the second run."""
    if len(points) < 2:
        return ""
    step = (_WIDTH - 2 * _MARGIN) / (len(points) - 1)
    spots = [
        (_MARGIN + i * step, _HEIGHT - _MARGIN - p.accuracy * (_HEIGHT - 2 * _MARGIN)) for i, p in enumerate(points)
    ]
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="var(--accent)">'
        f"<title>{escape(p.commit)} {p.model}: {p.accuracy:.3f} ({p.total})</title></circle>"
        for (x, y), p in zip(spots, points, strict=True)
    )
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    label = f"正确率 accuracy {points[0].accuracy:.2f} → {points[-1].accuracy:.2f}"
    grid = [(value, _HEIGHT - _MARGIN - value * (_HEIGHT - 2 * _MARGIN) + 4) for value in (0, 0.5, 1)]
    axis = "".join(
        f'<text x="0" y="{height:.0f}" fill="var(--soft)" font-size="11">{value}</text>' for value, height in grid
    )
    return (
        f'<h2>历次 History</h2><svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(label)}">{axis}'
        f'<polyline points="{line}" fill="none" stroke="var(--accent)" stroke-width="2"/>{dots}</svg>'
        f'<p class="soft">{escape(label)}</p>'
    )


def _filters(results: Results, tags: Mapping[str, str]) -> str:
    names = {"all": "全部 all", "flawed": "据而误 supported but wrong"}
    if tags:
        names |= {"better": "比基线好 better", "worse": "比基线差 worse"}
    names |= {status: _STATUS[status] for status in _WORST} | {kind: kind for kind in results.by_kind}
    return "".join(
        f'<button type="button" data-show="{name}" aria-pressed="false">{escape(label)}</button>'
        for name, label in names.items()
    )


def _case(case: Case, change: str) -> str:
    flawed = "flawed" if case.supported_but_wrong or case.altered_quotations else ""
    tags = " ".join(filter(None, (case.kind, case.status, change, flawed)))
    marks = f'<span class="tag {case.status}">{_STATUS[case.status]}</span>'
    if change:
        marks += f'<span class="tag {"right" if change == "better" else "wrong"}">{change}</span>'
    reasons = [
        *case.reasons,
        *case.supported_but_wrong,
        *(f"引文有改动 (altered): {q}" for q in case.altered_quotations),
    ]
    listed = "".join(f"<li>{escape(reason)}</li>" for reason in reasons)
    return (
        f'<details data-tags="{tags}"><summary>{marks}{escape(case.question)} '
        f'<span class="soft">{escape(case.id)} · {case.kind}</span></summary><div class="body">'
        f"<div><h3>答 answer ({escape(case.outcome)})</h3>{escape(case.answer)}</div>"
        f"<div><h3>应 expected</h3>{escape(case.expected)}</div>"
        + (f'<div class="wide"><h3>原因 reasons</h3><ul>{listed}</ul></div>' if listed else "")
        + f"<div><h3>论断与引文 claims</h3>{_claims(case)}</div><div><h3>证据 evidence</h3>{_evidence(case)}</div>"
        "</div></details>"
    )


def _claims(case: Case) -> str:
    parts = []
    for claim in case.claims:
        mark = "✓" if claim.supported else f"✗ {claim.reason or ''}"
        quotes = "".join(f"<blockquote>{escape(q.quote)}</blockquote>" for q in claim.quotes)
        parts.append(f"<p>{escape(mark)} {escape(claim.text)}</p>{quotes}")
    return "".join(parts) or "–"


def _evidence(case: Case) -> str:
    return (
        "".join(
            f'<blockquote>{escape(q.quote)}<br><span class="soft">{escape(q.file)}</span></blockquote>'
            for q in case.evidence
        )
        or "–"
    )
