"""The sentences that code, not the model, adds to an answer."""

from rag.types import Language

_SAYINGS: dict[str, tuple[str, str]] = {
    "not_in_reports": ("报告里没有写明这一点，无法回答。", "The reports do not say."),
    "no_such_town": ("资料库里没有{towns}的报告，无法回答。", "The library holds no report of {towns}."),
    "no_such_year": (
        "资料库里没有{towns}{years}年的报告，只有{have}年的，无法回答。",
        "The library holds no {years} report of {towns}, only {have}.",
    ),
    "nothing_verified": (
        "模型写的回答没有通过核对，下面只列出相关原文。",
        "Nothing the model wrote could be verified; these are the sentences found.",
    ),
    "model_unavailable": (
        "模型暂时不可用，下面只列出相关原文。",
        "The chat model is not available; these are the sentences found.",
    ),
    "planned_only": (
        "报告没有说已经完成，这是{years}年的计划。",
        "The report does not say that this was done; it is a plan for {years}.",
    ),
    "not_said_done": (
        "报告没有说已经完成，还在进行或计划之中。",
        "The report does not say that this was done; it is under way or planned.",
    ),
    "figure_planned": (
        "报告没有说“{figures}”已经做到，这是{years}年的计划或目标。",
        "The report does not say that “{figures}” was reached; it is an aim for {years}.",
    ),
    "of_another_time": (
        "问题里的“{figures}”不是所问时间的，报告说的是另一段时间。",
        "“{figures}” in the question is not of the time asked about; the report gives it for another.",
    ),
    "scope_conflict": (
        "筛选的是{chosen}，问题问的是{asked}，没有作答。请去掉筛选，或改问{chosen}。",
        "The filter is set to {chosen}, the question is about {asked}: not answered. Drop it, or ask of {chosen}.",
    ),
    # to what is no question about what reports say
    "help": (
        "这里回答关于年度报告的问题，每句话都附原文出处。可以问{place}{years}年做了什么、有多少、打算做什么；"
        "也可以说“总结{place}的报告”“对比各镇的粮食产量”“有哪些报告”。",
        "Ask what annual reports say: what was done, how much, what is planned, in {place} in {years}, for example; "
        "every sentence comes with its source. “Summarise the report of …” and “Which reports do you have?” work, too.",
    ),
    "thanks": ("不客气，还有问题请继续问。", "You are welcome; ask on if there is more."),
    "which_report": (
        "请说明要哪个地方、哪一年的报告的总结。",
        "Of which place and year is the report to be summarised?",
    ),
    "overview": ("{place}{years}年报告的概况：", "The report of {place}, {years}, in its own words:"),
    "whole_summary": (
        "完整的总结见“总结”页，或用命令 zhenbao summarize。",
        "The whole summary is on the tab Summaries, or comes with zhenbao summarize.",
    ),
    "which_subject": (
        "请说明对比哪个指标，例如“对比各镇的粮食产量”；表格在“对比”页。",
        "Say which subject to compare; the tab Compare has the tables.",
    ),
    "compared": ("各报告里“{subject}”的数字，共{count}条：", "Figures on “{subject}”, {count} in all:"),
    "nothing_compared": ("各报告里没有找到“{subject}”的数字。", "No figures on “{subject}” were found."),
    "whole_comparison": (
        "完整的表格和原文见“对比”页，或用命令 zhenbao compare。",
        "The whole table with its sources is on the tab Compare, or comes with zhenbao compare.",
    ),
    "held_of": ("{place}：{years}", "{place}: {years}"),
    "unknown_year": ("年份不明", "year unknown"),
    "held": ("共有{count}份报告，年份：{years}。", "{count} reports, of the years {years}:"),
    "whole_library": (
        "全部报告列在“资料”页，或用命令 zhenbao reports。",
        "All reports are listed on the tab Library, or by zhenbao reports.",
    ),
    "in_its_words": ("", "The report says, in Chinese:"),
    "premise_corrected": (
        "问题里的“{figures}”与报告不符。",
        "“{figures}” in the question is not what the report says.",
    ),
}
_CLAIMS: dict[str, str] = {
    "of_place": "{place}：{words}",
    "until": "{period}（至{year}年）",
    "plan": "计划",
    "denied": "没有。{words}",
    # of one report that contradicts itself
    "given_twice": "一处写“{first}”，另一处写“{second}”，前后不一致",
    "dated": "{place}写{year}年（“{words}”）",
    "dated_otherwise": "{dated}，前后不一致",
    "not_dated_as_titled": "{dated}，报告标题写的是{year}年，前后不一致",
    "title": "标题",
    "heading": "小标题",
    "opening": "正文开头",
    "dated_after_signing": "落款日期是{year}年{month}月{day}日，正文却写“{words}”，时间前后矛盾",
    "impossible": "原文“{words}”里的“{figure}”说法不通，疑似笔误，准确数字无法确定",
    "part_beyond_whole": "“{part}”多于“{whole}”，对不上，报告没有解释",
    # of several reports
    "spoken_of": "写到“{topic}”的有：{names}",
    "nearly_spoken_of": "写到“{topic}”或相近内容的有：{names}",
    "not_spoken_of": "没有写到“{topic}”的有：{names}",
    "nearly_not_spoken_of": "没有写到“{topic}”或相近内容的有：{names}",
    "counted_part": "{count}，先列第{first}至{last}个：{names}",
    "counted_whole": "{count}（{names}）",
    "goes_on": "；说“继续”看后面的",
    "towns": "{count}个镇",
    "places": "{count}个地方",
    "reports_of_them": "（{count}份报告）",
    "of_year": "（{year}年）",
    "unknown_town": "未知乡镇",
    # computed
    "sum": "{names}一共{total}",
    "about": "约{total}",
    "difference": "{more}比{less}多{total}",
    "equal": "两者相同：{figures}",
    "ranked": "{first}更{degree}：{figures}",
    "ranked_first": "{first}最{degree}",
}


def saying(key: str, language: Language, **values: object) -> str:
    """A sentence on what there is to an answer, in the question's language."""
    chinese, english = _SAYINGS[key]
    return (english if language == "en" else chinese).format(**values)


def claim(key: str, **values: object) -> str:
    """What code itself claims, in Chinese whatever the language of the question."""
    return _CLAIMS[key].format(**values)
