"""Every word of the page that is no report's: Chinese and English, switched by the person."""

from dataclasses import dataclass
from typing import Literal

from rag.errors import ZhenbaoError
from rag.errors.messages import message
from rag.summaries.labels import level_name
from rag.text.place_names import Level
from rag.types import Language, Notice
from rag.verification.labels import LABELS, Labels
from ui.library_words import LIBRARY_WORDS

Interface = Literal["zh", "en"]

_TABLE: dict[str, tuple[str, str]] = {
    **LIBRARY_WORDS,
    # around the tabs
    "subtitle": ("乡镇年度报告问答，逐句可核对", "Township annual reports, answers you can check"),
    "other_language": ("English", "中文"),
    "theme": ("深色 / 浅色", "Dark / light"),
    "tab_ask": ("问答", "Ask"),
    "tab_summaries": ("总结", "Summaries"),
    "tab_compare": ("对比", "Compare"),
    "tab_library": ("资料", "Library"),
    "tab_evaluation": ("评测", "Evaluation"),
    "town": ("乡镇", "Town"),
    "year": ("年度", "Year"),
    "all_towns": ("全部乡镇", "All towns"),
    "all_years": ("全部年度", "All years"),
    "type_on": ("先列 {} 个，继续输入以缩小范围", "the first {}: type on to narrow"),
    "no_match": ("没有符合的", "nothing matches"),
    "unknown_town": ("未知乡镇", "unknown town"),
    "unknown_year": ("年份不明", "unknown year"),
    "failed": ("没有做成", "Failed"),
    "download": ("下载 {}", "Download {}"),
    # asking
    "question": ("问题", "Question"),
    "question_hint": ("例如：某镇2023年粮食总产量是多少？", "For example: how much grain did the town grow in 2023?"),
    "send": ("提问", "Ask"),
    "stop": ("停止", "Stop"),
    "new": ("新对话", "New chat"),
    "export": ("导出对话", "Export chat"),
    "conversation": ("对话", "Conversation"),
    "ask_hint": (
        "向报告提问：每句回答都附原文出处，点数字即可看到原文中的那一句。",
        "Ask the reports: every sentence is tied to its source; click a number to stand in the original.",
    ),
    "try_asking": ("可以这样问", "You can ask"),
    "answering": ("正在作答……", "Answering…"),
    "stopped": ("已停止", "Stopped"),
    "verified": ("✓ 已与原文核对", "✓ checked against the source"),
    "partly": ("部分未经核实", "partly not verified"),
    "worded": ("模型的措辞，请对照原文", "wording by the model, compare the source"),
    "refused": ("没有答案", "no answer"),
    "redirected": ("提示", "note"),
    "ask_of": ("改问：{}", "Ask instead: {}"),
    "ask_without_filter": ("去掉地区筛选：{}", "Without the place filter: {}"),
    "sources_only": ("只有原文", "sources only"),
    "evidence": ("找到 {} 句相关原文", "{} sentences found"),
    "quotation": ("引用 {}：{}", "Quotation {}: {}"),
    "follow_ups": ("接着问", "Follow up"),
    "copy": ("复制", "Copy"),
    "copied": ("已复制", "Copied"),
    "retry": ("重试", "Retry"),
    "good_answer": ("答得对", "Right"),
    "bad_answer": ("答得不对", "Wrong"),
    "judged": ("已记下，可供测评使用", "Kept as a candidate for the evaluation"),
    "nothing_to_export": ("还没有对话可以导出。", "There is nothing to export yet."),
    # reading a source
    "source": ("原文", "Source"),
    "close": ("关闭", "Close"),
    "page": ("第{}页", "page {}"),
    "source_gone": ("这份报告已不在资料库中。", "This report is no longer in the library."),
    "source_characters": ("{} 字", "{} characters"),
    "defects_here": ("文件中有 {} 处需要留意", "{} things to note in this file"),
    # the first start
    "start_title": ("开始使用", "Getting started"),
    "start_reports": (
        "上传您自己的报告（在“资料”页），或先用样例试试；样例是虚构的乡镇，随时可以一键删除。",
        "Upload your own reports (tab Library), or try the samples first: invented towns, removed in one click.",
    ),
    "load_samples": ("载入样例报告", "Load the sample reports"),
    "loading_samples": ("正在载入样例：{} / {}", "Loading samples: {} / {}"),
    "samples_held": (
        "资料库中有 {} 份样例报告（虚构的乡镇）。",
        "The library holds {} sample reports (invented towns).",
    ),
    "remove_samples": ("删除全部样例", "Remove all samples"),
    "samples_removed": ("样例已全部删除。", "All samples were removed."),
    "no_model": (
        "还没有模型文件：现在的回答只列出原文。下载一次即可（1.1 GB），期间可以照常提问。",
        "No model file yet: answers list the sources only. One download (1.1 GB); you can go on asking meanwhile.",
    ),
    "pull_model": ("下载模型", "Download the model"),
    "pulling": ("正在从 {} 下载模型：{:.0f} / {:.0f} MB", "Downloading the model from {}: {:.0f} / {:.0f} MB"),
    "preparing_engine": (
        "正在为本机处理器准备模型，约需一分钟……",
        "Preparing the model for this processor, about a minute …",
    ),
    "pulled": ("模型已就绪，可以提问了。", "The model is ready."),
    # summaries
    "which_report": ("报告", "Report"),
    "summarize": ("生成总结", "Summarise"),
    "summarize_all": ("全部报告逐份总结", "Summarise all reports"),
    "length": ("篇幅", "Length"),
    "language": ("语言", "Language"),
    "chinese": ("中文", "Chinese"),
    "english": ("英文", "English"),
    "paragraph": ("一段", "One paragraph"),
    "one_page": ("一页", "One page"),
    "full": ("全文", "Full"),
    "format": ("格式", "Format"),
    "summary_hint": (
        "选一份报告，得到按固定栏目整理的总结，每条都附原文。",
        "Choose a report for a summary in fixed sections, every point with its source.",
    ),
    "summarizing": ("正在总结：{} / {} 段", "Summarising: {} / {} parts"),
    "batch_summarizing": ("第 {} / {} 份：{}", "Report {} of {}: {}"),
    "batch_done": ("已总结 {} 份，{} 份没有做成。", "{} summarised, {} failed."),
    "overview": ("概况", "Overview"),
    "key_figures": ("主要指标", "Key figures"),
    "topics": ("各项工作", "Work by topic"),
    "problems": ("存在问题", "Problems"),
    "plans": ("下一年计划", "Plans for next year"),
    "file_warnings": ("需要留意", "Please note"),
    "tidied": (
        "清理了 {} 处网页内容或句中换行，不影响报告内容。",
        "{} places of web page furniture or broken lines were tidied; the report's content is not affected.",
    ),
    "dropped": ("另有 {} 条未能与原文核对一致，已略去。", "{} points could not be verified and were left out."),
    "no_model_summary": ("由报告原句组成，未使用模型", "made of the report's own sentences, without a model"),
    "batch_limit": (
        "网页一次最多总结最新的 {} 份；更多请用命令 zhenbao summarize --all。",
        "The page summarises at most the newest {}; for more there is the command zhenbao summarize --all.",
    ),
    "nothing_yet": ("请先生成总结。", "Summarise a report first."),
    # comparing
    "subject": ("指标或事项", "Subject"),
    "subject_hint": ("例如：粮食总产量、油茶面积、新增就业", "For example: 粮食总产量, 油茶面积, 新增就业"),
    "compare": ("对比", "Compare"),
    "compare_hint": (
        "输入一个指标，看它在各乡镇、各年度的数字；点任一数字即可看到原文。",
        "Enter a subject to see its figures across towns and years; click a figure to stand in the source.",
    ),
    "nothing_found": ("报告中没有找到“{}”的数字。", "No figures for “{}” were found in the reports."),
    "report": ("报告", "Report"),
    "status": ("性质", "Status"),
    "value": ("数值", "Value"),
    "change": ("较上次", "Change"),
    "status_result": ("完成", "result"),
    "status_plan": ("计划", "plan"),
    "status_target": ("目标", "target"),
    "since": ("比{}年 {}", "{1} since {0}"),
    "points": ("{}个百分点", "{} percentage points"),
    "no_figure": ("没有写到完成数", "no result stated"),
    "rows_shown": ("共 {} 条，先列 {} 条；下载的文件里有全部。", "{} rows, {} shown; a download has all."),
    "gaps_shown": ("共 {} 份报告没有写到完成数，先列 {} 份。", "{} reports state no result, {} shown."),
    "comparison_of": ("“{}”（{}）", "“{}” ({})"),
    "chart": ("图（SVG）", "Chart (SVG)"),
    # the evaluation
    "evaluation_hint": (
        "还没有测评结果。运行 python -m eval --set 文件夹 之后，这里按题型显示结果。",
        "No results yet. After python -m eval --set FOLDER, the results by kind are shown here.",
    ),
    "which_set": ("测评集", "Set"),
    "refresh": ("刷新", "Refresh"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """The words in one language."""

    language: Interface = "zh"

    def __getitem__(self, key: str) -> str:
        return _TABLE[key][self.language == "en"]

    def say(self, key: str, *values: object) -> str:
        """Words with something filled in.

        Example: Words("en").say("page", 3) -> "page 3"
        """
        return self[key].format(*values)

    def level(self, level: Level | None) -> str | None:
        """What kind of place reports, where it is no township."""
        return level_name(level, self.language)

    def told(self, said: ZhenbaoError | Notice) -> str:
        """An error or a notice as one line."""
        return message(said, self.language)

    def labels(self, answer: Language = "zh-Hans") -> Labels:
        """The words around an answer: in its own script where the page is Chinese too."""
        if self.language == "en":
            return LABELS["en"]
        return LABELS["zh-Hans" if answer == "en" else answer]

    @classmethod
    def of(cls, language: object) -> "Words":
        """The words of a language that a browser named; Chinese for any other."""
        return cls("en" if language == "en" else "zh")

    @property
    def others(self) -> "Words":
        """The words in the other language."""
        return Words("zh" if self.language == "en" else "en")


def keys() -> tuple[str, ...]:
    """Every key of the table."""
    return tuple(_TABLE)
