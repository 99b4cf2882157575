"""The headings and words of a written summary, in the language of its points. Pure."""

from dataclasses import dataclass

from rag.parsing.figures.topics import Topic
from rag.summaries.schema import Summary
from rag.text.place_names import LEVELS, Level
from rag.types import SummaryLanguage
from rag.verification.labels import LABELS, Labels


@dataclass(frozen=True, slots=True)
class SummaryLabels:
    """One language's words."""

    title: str  # takes town and year
    unknown_town: str
    overview: str
    key_figures: str
    columns: tuple[str, str, str]
    topics: str
    problems: str
    plans: str
    warnings: str
    dropped: str  # takes a number
    tidied: str  # takes a number
    left_in_chinese: str
    facts: dict[str, str]
    without_model: str
    topic_names: dict[Topic, str]

    def topic(self, topic: Topic) -> str:
        """The topic's name."""
        return self.topic_names.get(topic, topic)


SUMMARY_LABELS: dict[SummaryLanguage, SummaryLabels] = {
    "zh": SummaryLabels(
        title="{town}{year}年工作摘要",
        unknown_town="未知乡镇",
        overview="概况",
        key_figures="主要指标",
        columns=("指标", "数值", "原文"),
        topics="各项工作",
        problems="存在问题",
        plans="下一年计划",
        warnings="需要留意",
        dropped="另有 {} 条内容未能与原文核对一致，已略去。",
        tidied="清理了 {} 处网页内容或句中换行，不影响报告内容。",
        left_in_chinese="",
        facts={
            "level": "级别",
            "county": "县区",
            "report_year": "报告年度",
            "plan_year": "计划年度",
            "issuer": "发文机关",
            "publish_date": "发布日期",
            "file": "来源文件",
            "model": "方式",
        },
        without_model="由报告原句组成，未使用模型",
        topic_names={},
    ),
    "en": SummaryLabels(
        title="{town} {year}: summary of the work report",
        unknown_town="Unknown town",
        overview="Overview",
        key_figures="Key figures",
        columns=("Figure", "Value", "Quotation"),
        topics="Work done",
        problems="Problems admitted",
        plans="Plans for the next year",
        warnings="Please note",
        dropped="{} more drafts could not be verified against the report and were left out.",
        tidied="{} places of web page furniture or broken lines were tidied; the report's content is not affected.",
        left_in_chinese="{} points are in the report's own Chinese, since their English could not be verified.",
        facts={
            "level": "Level",
            "county": "County",
            "report_year": "Report year",
            "plan_year": "Plan year",
            "issuer": "Issued by",
            "publish_date": "Published",
            "file": "Source file",
            "model": "Made",
        },
        without_model="of the report's own sentences, without a model",
        topic_names={
            "党建与作风": "Party building and conduct",
            "经济与财政": "Economy and public finance",
            "农业农村": "Agriculture and villages",
            "工业与项目": "Industry and projects",
            "基础设施": "Infrastructure",
            "民生保障": "Social security",
            "脱贫与乡村振兴": "Poverty relief and rural revitalisation",
            "生态环境": "Environment",
            "安全与稳定": "Safety and stability",
            "文化教育卫生": "Culture, education and health",
            "其他": "Other",
        },
    ),
}


_LEVELS: dict[SummaryLanguage, dict[Level, str]] = {
    "zh": {"province": "省级", "city": "市级", "county": "县级", "township": "乡镇", "village": "村", "bureau": "部门"},
    "en": {level: level for level in LEVELS},
}


def level_name(level: Level | None, language: SummaryLanguage) -> str | None:
    """How people call a level; nothing for a township's, the usual one."""
    return None if level in (None, "township") else _LEVELS[language][level]


def title_of(summary: Summary) -> str:
    """The title line, such as 石矶镇2020年工作摘要."""
    labels = SUMMARY_LABELS[summary.language]
    town = summary.town or labels.unknown_town
    if not summary.report_year:
        return f"{town}工作摘要" if summary.language == "zh" else f"{town}: summary of the work report"
    return labels.title.format(town=town, year=summary.report_year)


def facts_of(summary: Summary) -> list[tuple[str, str]]:
    """What the report says about itself, each with its name; what it does not say is left out."""
    labels = SUMMARY_LABELS[summary.language]
    values: dict[str, object] = {name: getattr(summary, name, None) for name in labels.facts}
    values["level"] = level_name(summary.level, summary.language)
    values["file"] = file_of(summary)
    values["model"] = None if summary.model else labels.without_model
    return [(labels.facts[name], str(value)) for name, value in values.items() if value]


def file_of(summary: Summary) -> str | None:
    """The file that the quotations are from; None where there is no point."""
    points = [*summary.overview, *(point for topic in summary.topics for point in topic.points)]
    return next((quotation.file for point in points for quotation in point.citations), None)


def quotation_labels(summary: Summary) -> Labels:
    """The words around its quotations."""
    return LABELS["en" if summary.language == "en" else "zh-Hans"]


def notes_of(summary: Summary) -> list[str]:
    """What a reader should know about the points and the file."""
    labels = SUMMARY_LABELS[summary.language]
    tidied = len(summary.warnings) - len(summary.faults)
    notes = [labels.tidied.format(tidied)] if tidied else []
    if summary.dropped:
        notes.append(labels.dropped.format(summary.dropped))
    if summary.left_in_chinese:
        notes.append(labels.left_in_chinese.format(summary.left_in_chinese))
    return notes
