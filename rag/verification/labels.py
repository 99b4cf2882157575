"""The few words that stand around an answer, in its language. Pure."""

from dataclasses import dataclass

from rag.types import Language
from rag.verification.claims import Support


@dataclass(frozen=True, slots=True)
class Labels:
    """One language's words."""

    quotations: str
    evidence: str
    unsupported: str
    page: str
    context: str
    support: dict[Support, str]  # how a claim is carried
    behind: str  # how that is put behind a claim
    nearest: str  # before what comes nearest to an answer that there is not
    differs: dict[str, str]  # what keeps it from being the answer
    reasons: dict[str, str]  # why a claim is not supported, or why there is no answer

    def carried(self, support: Support) -> str:
        """How a claim is carried, to stand behind it: （原文）."""
        return self.behind.format(self.support[support])

    def not_an_answer(self, differs: str) -> str:
        """What stands before what comes nearest: 最接近的是（这不是答案：时间不同）：."""
        return self.nearest.format(self.differs[differs])

    def reason(self, code: str | None) -> str:
        """The words for a reason; a code without words stays as it is."""
        return self.reasons.get(code, code) if code else ""


LABELS: dict[Language, Labels] = {
    "zh-Hans": Labels(
        quotations="引用",
        evidence="找到的原文",
        unsupported="未经核实",
        page="第{}页",
        context="出处",
        support={"quoted": "原文", "checked": "已核对", "paraphrase": "模型的措辞", "unsupported": "未经核实"},
        behind="（{}）",
        nearest="最接近的是（这不是答案：{}）：",
        differs={
            "kind": "说的不是同一种量或事",
            "whose": "说的是别的事物",
            "when": "时间不同",
            "part": "只说到一部分",
            "plan": "一个是计划，一个是结果",
        },
        reasons={
            "figure_not_in_evidence": "原文中没有这个数字",
            "figure_of_other_subject": "原文中这个数字说的是别的事",
            "language_differs": "没有用提问的语言回答",
            "town_or_year_differs": "原文说的是别的乡镇或年度",
            "words_not_in_evidence": "原文中没有这些内容",
            "comparison_not_in_evidence": "原文中没有这样比较",
            "planned_not_done": "原文是计划，并未说已完成",
            "beside_the_question": "说的不是所问的事",
            "polarity_differs": "原文的说法相反",
            "no_statement": "没有内容",
            "premise_corrected": "问题中的说法与报告不符",
            "planned_only": "报告中只有计划",
            "conflict": "报告前后说法不一",
            "not_in_reports": "报告中没有提到",
            "no_such_town": "没有这个乡镇的报告",
            "no_such_year": "没有这一年的报告",
            "scope_conflict": "筛选和问题说的不是同一个地方",
            "help": "使用帮助",
            "summary": "报告总结",
            "compare": "报告对比",
            "library": "资料库",
            "model_unavailable": "模型不可用，只列出原文",
            "nothing_verified": "模型的回答未能与原文核对一致，只列出原文",
        },
    ),
    "zh-Hant": Labels(
        quotations="引用",
        evidence="找到的原文",
        unsupported="未經核實",
        page="第{}頁",
        context="出處",
        support={"quoted": "原文", "checked": "已核對", "paraphrase": "模型的措辭", "unsupported": "未經核實"},
        behind="（{}）",
        nearest="最接近的是（這不是答案：{}）：",
        differs={
            "kind": "說的不是同一種量或事",
            "whose": "說的是別的事物",
            "when": "時間不同",
            "part": "只說到一部分",
            "plan": "一個是計劃，一個是結果",
        },
        reasons={
            "figure_not_in_evidence": "原文中沒有這個數字",
            "figure_of_other_subject": "原文中這個數字說的是別的事",
            "language_differs": "沒有用提問的語言回答",
            "town_or_year_differs": "原文說的是別的鄉鎮或年度",
            "words_not_in_evidence": "原文中沒有這些內容",
            "comparison_not_in_evidence": "原文中沒有這樣比較",
            "planned_not_done": "原文是計劃，並未說已完成",
            "beside_the_question": "說的不是所問的事",
            "polarity_differs": "原文的說法相反",
            "no_statement": "沒有內容",
            "premise_corrected": "問題中的說法與報告不符",
            "planned_only": "報告中只有計劃",
            "conflict": "報告前後說法不一",
            "not_in_reports": "報告中沒有提到",
            "no_such_town": "沒有這個鄉鎮的報告",
            "no_such_year": "沒有這一年的報告",
            "scope_conflict": "篩選和問題說的不是同一個地方",
            "help": "使用幫助",
            "summary": "報告總結",
            "compare": "報告對比",
            "library": "資料庫",
            "model_unavailable": "模型不可用，只列出原文",
            "nothing_verified": "模型的回答未能與原文核對一致，只列出原文",
        },
    ),
    "en": Labels(
        quotations="Quotations",
        evidence="What the reports say",
        unsupported="not verified",
        page="p. {}",
        context="context",
        support={
            "quoted": "the report's words",
            "checked": "checked",
            "paraphrase": "wording by the model",
            "unsupported": "not verified",
        },
        behind=" ({})",
        nearest="What comes nearest (not an answer: {}):",
        differs={
            "kind": "another kind of thing",
            "whose": "said of something else",
            "when": "another time",
            "part": "only a part of it",
            "plan": "one is a plan, the other a result",
        },
        reasons={
            "figure_not_in_evidence": "the reports do not have this figure",
            "figure_of_other_subject": "the reports give this figure to something else",
            "language_differs": "not in the language of the question",
            "town_or_year_differs": "the reports say it of another town or year",
            "words_not_in_evidence": "the reports do not say this",
            "comparison_not_in_evidence": "the reports do not make this comparison",
            "planned_not_done": "the reports plan it, they do not say it was done",
            "beside_the_question": "true, but not what is asked",
            "polarity_differs": "the reports say the opposite",
            "no_statement": "nothing said",
            "premise_corrected": "the question's premise differs from the reports",
            "planned_only": "the reports only plan it",
            "conflict": "the reports contradict themselves",
            "not_in_reports": "the reports do not say",
            "no_such_town": "no report of this town",
            "no_such_year": "no report of this year",
            "scope_conflict": "the filter and the question name different places",
            "help": "how to ask",
            "summary": "a summary",
            "compare": "a comparison",
            "library": "the library",
            "model_unavailable": "the model is not available; quotations only",
            "nothing_verified": "the model's answer could not be verified; quotations only",
        },
    ),
}
