"""The library as HTML, and what it offers to ask about."""

import re
from collections.abc import Sequence

from rag.rendering import shortened
from rag.selection import newest_first
from rag.types import IngestResult, Report, ReportSource, Scope
from ui.markup import Markup, element

EVERYTHING = "全部 All"
_STATUS = {
    "added": "新增 added",
    "unchanged": "已有 unchanged",
    "updated": "更新 updated",
    "duplicate": "重复 duplicate",
    "failed": "失败 failed",
}
_NUMBERING = re.compile(r"^\s*(?:[（(][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、|\d+[.、．])\s*")
_BARE = re.compile(r"年|工作|总结|计划|打算|问题|不足")  # headings that say nothing about their subject


def reports_html(held: Sequence[tuple[Report, Sequence[ReportSource]]]) -> Markup:
    """A table of the reports."""
    if not held:
        return element("p", "还没有报告，请上传 .txt 文件。No reports yet: upload .txt files.", class_="hint")
    names = ("乡镇 Town", "年度 Year", "发文机关 Issuer", "日期 Date", "字数 Characters", "文件 Files", "提示 Warnings")
    head = element("tr", *(element("th", name, scope="col") for name in names))
    rows = [_report_row(report, sources) for report, sources in held]
    return element("table", element("thead", head), element("tbody", *rows), class_="reports")


def _report_row(report: Report, sources: Sequence[ReportSource]) -> Markup:
    metadata = report.metadata
    sample = element("small", " 样例 sample") if report.is_sample else Markup()
    cells = (
        f"{metadata.year or '不明'}" + (f"（计划 {metadata.plan_year}）" if metadata.plan_year else ""),
        metadata.issuer or "—",
        metadata.publish_date or metadata.signing_date or "—",
        f"{len(report.text):,}",
        "、".join(source.file.name for source in sources),
    )
    town = element("td", f"{metadata.county or ''}{metadata.town or '未知乡镇'}", sample)
    return element("tr", town, *(element("td", cell) for cell in cells), element("td", _warnings_html(sources)))


def _warnings_html(sources: Sequence[ReportSource]) -> Markup:
    defects = [defect for source in sources for defect in source.defects]
    if not defects:
        return element("span", "—")
    rows = [element("li", f"{defect.detail}：“{shortened(defect.quote, 40)}”") for defect in defects]
    return element("details", element("summary", f"{len(defects)} 条"), element("ul", *rows))


def results_html(results: Sequence[IngestResult], total: int) -> Markup:
    """What became of each uploaded file, and how many are still to come."""
    rows = [
        element(
            "tr",
            element("td", result.path.replace("\\", "/").rsplit("/", 1)[-1]),
            element("td", _STATUS[result.status], class_=result.status),
            element("td", result.detail or (f"{len(result.defects)} 条提示 warnings" if result.defects else "")),
        )
        for result in results
    ]
    rest = total - len(results)
    waiting = element("p", f"还有 {rest} 个文件…… ({rest} to go)", class_="pending") if rest else Markup()
    return element("div", element("table", element("tbody", *rows), class_="results"), waiting, aria_live="polite")


def places_of(reports: Sequence[Report]) -> list[tuple[str, str]]:
    """What the town filter offers: label and value, namesakes of different counties apart."""
    places = sorted({(r.metadata.county or "", r.metadata.town) for r in reports if r.metadata.town})
    return [(EVERYTHING, ""), *((f"{county}{town}", f"{county}\t{town}") for county, town in places)]


def years_of(reports: Sequence[Report]) -> list[tuple[str, int]]:
    """What the year filter offers, newest first."""
    years = sorted({year for r in reports for year in (r.metadata.year, r.metadata.plan_year) if year}, reverse=True)
    return [(EVERYTHING, 0), *((str(year), year) for year in years)]


def chosen_scope(place: str | None, year: int | None) -> Scope:
    """The scope of the two filters.

    Example: chosen_scope("青岚县\\t柳溪镇", 0) -> Scope(towns=("柳溪镇",), county="青岚县")
    """
    county, _, town = (place or "").partition("\t")
    return Scope(towns=(town,) if town else (), county=county or None, years=(year,) if year else ())


def example_questions(reports: Sequence[Report], count: int = 4) -> list[str]:
    """First questions that the library can answer: a subject of each report in turn, a plan, a problem."""
    newest = [report for report in newest_first(reports) if report.metadata.town and report.metadata.year]
    questions: list[str] = []
    for number, report in enumerate(newest[:count]):
        name, subjects = f"{report.metadata.town}{report.metadata.year}年", _subjects(report)
        if number % 4 == 1 and report.metadata.plan_year:
            questions.append(f"{report.metadata.town}{report.metadata.plan_year}年有哪些计划？")
        elif number % 4 == 2 and any(sentence.kind == "problem" for sentence in report.sentences):
            questions.append(f"{name}工作存在哪些问题？")
        elif subjects:
            questions.append(f"{name}“{subjects[number % len(subjects)]}”方面做了什么？")
    return questions


def _subjects(report: Report) -> list[str]:
    bare = (_NUMBERING.sub("", heading.text).strip("。：: ") for heading in report.headings)
    return [subject for subject in bare if 2 <= len(subject) <= 14 and not _BARE.search(subject)]
