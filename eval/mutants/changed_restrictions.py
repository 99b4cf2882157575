"""What a claim is restricted to cut away: 规模以上工业增加值 as 工业增加值, 上半年完成 as 完成, 除甲村外 left out.

Only totals, rates and amounts of a period turn false by it. Of things done, some remain what they were without the
attribute (2957名80周岁以上老人 are also 2957名老人), and a cause or a place that is left unsaid leaves a true claim; a
crop that is left unsaid leaves a figure of nothing.
"""

import re
from collections.abc import Iterator

from eval.mutants.statements import Mutant, Shown, Statement, clause_spans, counted_figures, told
from eval.scoring.wording import tight

_ATTRIBUTES = (
    (r"规模以上|规上", r"工业|企业|服务业|文化企业"),
    (r"限额以上|限上", r"社会消费品|消费品|零售|批发|住宿"),
    (r"农村|城镇|城市", r"低保|居民|常住居民|五保|特困|养老保险|新增就业"),
    (r"城镇", r"就业|常住人口"),
    (r"农民|村民|职工|脱贫户|脱贫人口|脱贫群众|低收入户|监测户", r"人均|户均|纯收入|可支配收入"),
    (r"脱贫人口|脱贫劳动力|贫困劳动力", r"外出务工|务工|就业|转移就业"),
    (r"一般公共预算|一般预算|公共财政预算|非税|政府性基金", r"收入|支出"),
    (r"税务部门|财政部门|工商", r"税收"),
    (r"高新技术|高技术|装备|战略性新兴", r"制造业|产业(?:增加值|产值|投资)"),
    (r"民间|工业|房地产|基础设施", r"投资(?:完成|增长|下降|达|额)"),
    (r"电商|网络|线上|直播", r"零售额|销售额|交易额"),
    (r"技术", r"合同成交额"),
    (r"有效|节水", r"灌溉面积"),
    (r"非?经营性", r"自建房"),
    (r"新能源|光伏|风电", r"装机"),
)
_ACCIDENT = re.compile(r"(?P<cut>生产安全|道路交通|交通安全|较大|重大|森林)(?=死亡事故|安全事故|责任事故|事故|火灾)")
_SECTORS = re.compile(
    r"(?<!规模以上)(?<!规上)(?P<cut>(?:茶叶|竹木|油茶|林果|工业|农业|林业|渔业|畜牧业?|水产|旅游|服务业|建筑业|集中区|园区)+)"
    r"(?=(?:综合|总|年|实现|完成)*(?:总?产值|总?收入|用电量|增加值))"
)
_PERIOD = re.compile(
    r"(?P<cut>(?:今年|当年|去年)?(?:\d{1,2}\s*(?:月份?)?\s*[-—~至到]\s*\d{1,2}\s*月份?|上半年|下半年|前[一二三两]?个?季度|"
    r"[一二三四]季度|前\d{1,2}个月|(?:国庆|中秋|春节|五一|清明)+(?:假期|期间|黄金周))[，,]?)"
    r"(?=[^，；。]{0,8}(?:完成|实现|接待|销售|营业|税收|收入|产值|用电|生产总值|投资|零售))"
)
_EXCEPT = re.compile(
    r"(?P<cut>(?:除[^，；。]{2,20}?(?:以外|之外|外)|(?:扣除|剔除)[^，；。]{2,20}|不含[^，；。]{2,20}|按可比价格?(?:计算)?)[，,])"
    r"(?![还也另])"
)
_COUNTED = re.compile(r"\d\s*[家户名个人起]$")  # 11家规模以上工业企业 are also 11家工业企业
_DONE_TO = re.compile(
    r"(?:组织|帮助|引导|安置|促进|带动|为|对)$"
)  # 组织脱贫劳动力外出务工538人: 538 went, whoever they are
_DENIED = re.compile(r"(?:无|没有|未|零)[^，；。]{0,8}$")  # of accidents only none at all is more than none of a sort
_CUTS = tuple((attribute, re.compile(rf"(?P<cut>{attribute})(?={head})")) for attribute, head in _ATTRIBUTES)


def restrictions_cut(statement: Statement) -> Iterator[Mutant]:
    """Each attribute cut where no like one is left, a sector only at the begin: further on the clause before gives it.

    Example: "规模以上工业总产值9.72亿元，增长8.6%" gives "工业总产值9.72亿元，增长8.6%"
    """
    text = told(statement)
    for attribute, pattern in _CUTS:
        if len(re.findall(attribute, text)) == 1 and (match := pattern.search(text)):
            yield from _without(statement, text, match.span("cut"))
    for pattern in (_PERIOD, _EXCEPT, _ACCIDENT):
        match = pattern.search(text)
        if match and (pattern is not _ACCIDENT or _DENIED.search(text[: match.start()])):
            yield from _without(statement, text, match.span("cut"))
    first = clause_spans(text)[:1]
    for begin, end in first:
        if match := _SECTORS.search(text, begin, end):
            yield from _without(statement, text, match.span("cut"))


def _without(statement: Statement, text: str, span: tuple[int, int]) -> Iterator[Mutant]:
    begin, end = span
    cut = text[begin:end]
    last = next((stop for start, stop in clause_spans(text) if start <= end < stop), len(text))
    has_figure = any(end <= figure.start < last for figure in counted_figures(text))
    is_denial = _DENIED.search(text[:begin])
    if _COUNTED.search(text[:begin]) or _DONE_TO.search(text[:begin]):
        return
    is_of_all = re.search(r"全部|均|都", text[end:last])
    if (has_figure or is_denial or is_of_all) and not _is_said_bare(cut, text[end:last], statement.shown):
        yield Mutant("restriction", text[:begin] + text[end:], text, f"{cut}→")


def _is_said_bare(cut: str, rest: str, shown: tuple[Shown, ...]) -> bool:
    """Whether a shown sentence says the rest of the clause also without what was cut."""
    return any(tight(rest) in tight(item.text).replace(tight(cut + rest), "") for item in shown)
