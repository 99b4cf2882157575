"""The results of an evaluation as HTML: by kind, the failing cases, the runs so far as a line."""

from collections.abc import Sequence

from eval.reporting.history import Point
from eval.reporting.results import Metrics, Results
from eval.scoring.cases import Case
from rag.text.display import shortened
from ui.markup import Markup, element
from ui.words import Words

_WIDTH, _HEIGHT, _EDGE = 600, 160, 24
_SHOWN = 200  # failing cases


def results_html(results: Results, history: Sequence[Point], words: Words) -> Markup:
    """One run and the runs before it."""
    overall = results.overall
    settings = " · ".join(value for value in results.settings.values() if value)
    head = [
        element("h2", f"{results.set}：{words.say('right_of', overall.right, overall.total)}"),
        element("p", settings, class_="hint"),
        element("p", words.say("supported_but_wrong", overall.supported_but_wrong)),
    ]
    return element(
        "article", *head, _kinds(results, words), _history(history, words), _failing(results, words), class_="results"
    )


def _kinds(results: Results, words: Words) -> Markup:
    rows = [_kind_row(kind, metrics) for kind, metrics in results.by_kind.items()]
    head = element("tr", *(element("th", words[key], scope="col") for key in ("kind", "right", "share")))
    return element("table", element("thead", head), element("tbody", *rows), class_="kinds")


def _kind_row(kind: str, metrics: Metrics) -> Markup:
    share = metrics.right / metrics.total if metrics.total else 0.0
    bar = element("meter", f"{share:.0%}", value=f"{share:.3f}", min="0", max="1", aria_label=f"{kind} {share:.0%}")
    return element(
        "tr",
        element("th", kind, scope="row"),
        element("td", f"{metrics.right} / {metrics.total}"),
        element("td", bar, f" {share:.0%}"),
    )


def _history(history: Sequence[Point], words: Words) -> Markup:
    """Accuracy run by run, from 0 to 1."""
    if len(history) < 2:
        return Markup()
    step = (_WIDTH - 2 * _EDGE) / (len(history) - 1)
    spots = [(_EDGE + n * step, _EDGE + (1 - p.accuracy) * (_HEIGHT - 2 * _EDGE)) for n, p in enumerate(history)]
    line = element("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in spots), class_="line")
    dots = [
        element("circle", element("title", _run(point)), cx=f"{x:.1f}", cy=f"{y:.1f}", r="4")
        for (x, y), point in zip(spots, history, strict=True)
    ]
    ends = [
        element("text", f"{point.accuracy:.2f}", x=f"{x:.1f}", y=f"{y - 9:.1f}", text_anchor=anchor)
        for (x, y), point, anchor in ((spots[0], history[0], "start"), (spots[-1], history[-1], "end"))
    ]
    label = f"{words['history']}：" + "，".join(f"{point.accuracy:.2f}" for point in history)
    chart = element("svg", line, *dots, *ends, viewBox=f"0 0 {_WIDTH} {_HEIGHT}", role="img", aria_label=label)
    return element("section", element("h3", words["history"]), chart, class_="history")


def _run(point: Point) -> str:
    return f"{point.accuracy:.3f} ({point.total}) {point.model} {point.commit}"


def _failing(results: Results, words: Words) -> Markup:
    failing = [case for case in results.cases if not case.passed]
    if not failing:
        return Markup()
    rows = [_case_html(case, words) for case in failing[:_SHOWN]]
    return element("section", element("h3", words.say("failing", len(failing))), *rows, class_="failing")


def _case_html(case: Case, words: Words) -> Markup:
    summary = element("summary", element("code", case.kind), " ", case.question, " ", element("code", case.id))
    facts = ((words["expected"], case.expected), (words["answered"], shortened(case.answer, 400)))
    rows = [element("p", element("strong", label), " ", value) for label, value in facts]
    return element("details", summary, *rows, element("ul", *(element("li", reason) for reason in case.reasons)))
