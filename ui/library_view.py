"""The library as HTML, and the choices that filters make of it."""

from collections.abc import Mapping, Sequence

from rag.library.listing import FiledDefect, Listed
from rag.library.results import IngestResult, Scope
from rag.parsing.report import TIDIED, Defect
from rag.text.display import shortened
from rag.text.place_names import full_place
from ui.markup import Markup, element, joined, note
from ui.words import Words

_STATUS = {
    "added": "added",
    "unchanged": "unchanged",
    "updated": "updated",
    "duplicate": "duplicate",
    "failed": "status_failed",
}
_COLUMNS = ("edit_which", "details", "warnings", "actions")


def reports_html(held: Sequence[Listed], defects: Mapping[str, Sequence[FiledDefect]], words: Words) -> Markup:
    """A table of reports, each with what can be done about it; `defects` are those of their files, by id."""
    if not held:
        return Markup()
    head = element("tr", *(element("th", words[name], scope="col") for name in _COLUMNS))
    rows = [_report_row(report, [each.defect for each in defects.get(report.id, ())], words) for report in held]
    caption = element("caption", words["held"])
    return element("table", caption, element("thead", head), element("tbody", *rows), class_="reports")


def part_html(held: int, found: int, offset: int, shown: int, words: Words) -> Markup:
    """Which part of the library is shown: `shown` reports from `offset` on, of `found` that fit and `held` in all."""
    if not held:
        return note(words["no_reports"])
    if not shown:
        return note(words.say("listed_none", held))
    part = (found, offset + 1, offset + shown)
    return note(words.say("listed_all", *part) if found == held else words.say("listed_found", *part, held))


def _report_row(report: Listed, defects: Sequence[Defect], words: Words) -> Markup:
    metadata = report.metadata
    sample = element("small", words["sample"], class_="sample") if report.is_sample else Markup()
    year = str(metadata.year or words["unknown_year"])
    plan = words.say("plan", metadata.plan_year) if metadata.plan_year else ""
    town = element("strong", full_place(metadata.county, metadata.town or words["unknown_town"]))
    details = (
        words.level(metadata.level),
        metadata.issuer,
        metadata.publish_date or metadata.signing_date,
        words.say("source_characters", f"{report.characters:,}"),
        "、".join(report.files),
    )
    return element(
        "tr",
        element("th", town, " ", year, element("span", plan, class_="quiet"), sample, scope="row"),
        element("td", " · ".join(detail for detail in details if detail)),
        element("td", _warnings_html(defects, words)),
        element("td", *_row_actions(report, words), class_="row-actions"),
    )


def _warnings_html(defects: Sequence[Defect], words: Words) -> Markup:
    """What someone should look at, one by one; what cleaning tidied is only counted."""
    faults, tidied = _parted(defects, words)
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


def _row_actions(report: Listed, words: Words) -> list[Markup]:
    file = report.files[0] if report.files else ""
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


def years_of(years: Sequence[int], words: Words) -> list[tuple[str, int]]:
    """What the year filter offers."""
    return [(words["all_years"], 0), *((str(year), year) for year in years)]


def chosen_scope(place: str | None, year: int | None) -> Scope:
    """The scope of the two filters.

    Example: chosen_scope("青岚县\\t柳溪镇", 0) -> Scope(towns=("柳溪镇",), county="青岚县")
    """
    county, _, town = (place or "").partition("\t")
    return Scope(towns=(town,) if town else (), county=county or None, years=(year,) if year else ())
