"""The library as HTML, and the choices that filters make of it."""

from collections.abc import Sequence

from rag.library.results import IngestResult, Scope
from rag.parsing.report import TIDIED, Defect, Report, ReportSource, open_defects
from rag.text.display import shortened
from rag.text.place_names import full_place
from ui.markup import Markup, element, joined
from ui.words import Words

_STATUS = {
    "added": "added",
    "unchanged": "unchanged",
    "updated": "updated",
    "duplicate": "duplicate",
    "failed": "status_failed",
}
_COLUMNS = ("edit_which", "details", "warnings", "actions")


def reports_html(held: Sequence[tuple[Report, Sequence[ReportSource]]], words: Words) -> Markup:
    """A table of the reports, each with what can be done about it."""
    if not held:
        return element("p", words["no_reports"], class_="hint")
    head = element("tr", *(element("th", words[name], scope="col") for name in _COLUMNS))
    rows = [_report_row(report, sources, words) for report, sources in held]
    caption = element("caption", words.say("held", len(rows)))
    return element("table", caption, element("thead", head), element("tbody", *rows), class_="reports")


def _report_row(report: Report, sources: Sequence[ReportSource], words: Words) -> Markup:
    metadata = report.metadata
    sample = element("small", words["sample"], class_="sample") if report.is_sample else Markup()
    year = str(metadata.year or words["unknown_year"])
    plan = words.say("plan", metadata.plan_year) if metadata.plan_year else ""
    town = element("strong", full_place(metadata.county, metadata.town or words["unknown_town"]))
    details = (
        words.level(metadata.level),
        metadata.issuer,
        metadata.publish_date or metadata.signing_date,
        words.say("source_characters", f"{len(report.text):,}"),
        "、".join(source.file.name for source in sources),
    )
    return element(
        "tr",
        element("th", town, " ", year, element("span", plan, class_="quiet"), sample, scope="row"),
        element("td", " · ".join(detail for detail in details if detail)),
        element("td", _warnings_html(report, sources, words)),
        element("td", *_row_actions(report, sources, words), class_="row-actions"),
    )


def _warnings_html(report: Report, sources: Sequence[ReportSource], words: Words) -> Markup:
    """What someone should look at, one by one; what cleaning tidied is only counted."""
    faults, tidied = _parted([defect for source in sources for defect in open_defects(report, source)], words)
    if not faults:
        return element("span", tidied or words["no_warnings"], class_="quiet")
    rows = [element("li", f"{defect.detail}：“{shortened(defect.quote, 40)}”") for defect in faults]
    shown = element("details", element("summary", words.say("warning_count", len(faults))), element("ul", *rows))
    return joined(shown, element("span", tidied, class_="quiet"))


def _parted(defects: Sequence[Defect], words: Words) -> tuple[list[Defect], str]:
    """What someone should look at, and how much cleaning tidied in words, nothing for nothing."""
    faults = [defect for defect in defects if defect.kind not in TIDIED]
    tidied = len(defects) - len(faults)
    return faults, words.say("tidied_count", tidied) if tidied else ""


def _row_actions(report: Report, sources: Sequence[ReportSource], words: Words) -> list[Markup]:
    file = sources[0].file.name if sources else ""
    acts: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("view", "opened", {"data_file": file, "data_defects": "1"}),
        ("edit", "edited", {}),
        ("remove", "removed", {"data_sure": words.say("remove_sure", report.label)}),
    )
    return [
        element(
            "button",
            words[key],
            type="button",
            class_="link",
            data_act=act,
            data_report=report.id,
            aria_label=f"{words[key]} {report.label}",
            **data,
        )
        for key, act, data in acts
    ]


def results_html(results: Sequence[IngestResult], total: int, words: Words) -> Markup:
    """What became of each uploaded file, and how many are still to come."""
    rows = [
        element(
            "tr",
            element("td", result.path.replace("\\", "/").rsplit("/", 1)[-1]),
            element("td", words[_STATUS[result.status]], class_=result.status),
            element("td", " ".join(map(words.told, result.details)) or _warned(result, words)),
        )
        for result in results
    ]
    rest = total - len(results)
    waiting = element("p", words.say("files_left", rest), class_="pending") if rest > 0 else Markup()
    return element("div", element("table", element("tbody", *rows), class_="results"), waiting, role="status")


def _warned(result: IngestResult, words: Words) -> str:
    faults, tidied = _parted(result.defects, words)
    warned = f"{words['warnings']}：{words.say('warning_count', len(faults))}" if faults else ""
    return " · ".join(part for part in (warned, tidied) if part)


def places_of(reports: Sequence[Report], words: Words) -> list[tuple[str, str]]:
    """What the town filter offers: label and value, namesakes of different counties apart."""
    places = sorted({(r.metadata.county or "", r.metadata.town) for r in reports if r.metadata.town})
    return [(words["all_towns"], ""), *((f"{county}{town}", f"{county}\t{town}") for county, town in places)]


def years_of(reports: Sequence[Report], words: Words) -> list[tuple[str, int]]:
    """What the year filter offers, newest first."""
    years = sorted({year for r in reports for year in (r.metadata.year, r.metadata.plan_year) if year}, reverse=True)
    return [(words["all_years"], 0), *((str(year), year) for year in years)]


def chosen_scope(place: str | None, year: int | None) -> Scope:
    """The scope of the two filters.

    Example: chosen_scope("青岚县\\t柳溪镇", 0) -> Scope(towns=("柳溪镇",), county="青岚县")
    """
    county, _, town = (place or "").partition("\t")
    return Scope(towns=(town,) if town else (), county=county or None, years=(year,) if year else ())
