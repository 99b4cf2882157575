"""How a clause hangs on the one before it: whether it goes on about the same thing, is its effect, or stands alone."""

import re

from eval.mutants.statements import counted_figures
from eval.scoring.wording import bigrams

ACT = re.compile(
    r"(?:共|全年|累计|先后|已|又)*(?P<verb>新建|改建|修建|建成|新修|维修|整修|修复|硬化|拆除|改造|完成|发放|举办|召开|组织|开展|"
    r"安装|清理|清运|查处|化解|培训|救助|接待|种植|栽植|引进|新增|发展|受理|办理|排查|整改|检查|收集|印发|投放|架设|疏浚|"
    r"补植|流转|签约|发现|出动|悬挂|张贴|征地|迁坟|关停|取缔|配备|划分|选派|评选|开挖|调解|摸排|立案|处置|招录|巡查)"
)
"""What was done, told at the begin of a clause."""

RATE = re.compile(
    r"(?:其中[，,]?)?(?:同比|比上年|较上年|比去年|较去年|年均|环比|总量|增速|增幅)*(?:名义|实际)?"
    r"(?:增长|增加|下降|减少|提高|上升|降低|占|居|列|位居|位列|排名|增产|减产|增收|减收)(?!民|地|入|支出)"
)
"""A rate, a share or a rank of what the clause before told."""

_HANGING = re.compile(
    r"(?:共|已)?(?:其|该|此|这|并|且|还|也|均|皆|都|全部|各|每|人均|户均|亩均|平均|总|占|为|使|让|将|把|从而|因|由|以|有|无|没有|未|不|受益|惠及|"
    r"带动|辐射|解决|方便|保障|保证|确保|改善|提升|提高|实现|促进|推动|增强|覆盖|吸纳|消除|达|合计|共计|涉及|面积|产量|产值|"
    r"投资|总投资|建筑面积|资金|金额|奖励|办结|整改|完成率|满意率|率|成为|荣获|获|被|名列|预计|计划|力争|比|较|"
    r"发现|查出|立案|处置|处罚|整治|挽回|追缴|清退|招录|收集|出动|抽调|流转|排查|化解|受理|"
    r"完成(?:了)?[^，；]{0,4}(?:任务|目标|计划))"
)
_MEANS = re.compile(
    r"(?:共|全年|累计|已)*"
    r"(?:投入|投资|争取|通过|按照|围绕|根据|落实|组织|开展|以|为|在|对|针对|因|受(?!理)|由|随着|依托|坚持|借助|成立|抓|征地)"
)
INDICATOR = re.compile(
    r"粮食|油菜|蔬菜|茶园|油茶|生猪|出栏|水产|财政|税收|固定资产|社会消费品|规模以上|规上|工业|农业|农村居民|城镇|城乡|居民|"
    r"森林|常住人口|外出务工|高新技术|市场主体|地区生产总值|生产总值|第[一二三]产业|一般公共预算|空气|优良天数|新农合|参保|党员|"
    r"门诊|在校|存款"
)
"""What reports count each year, told at the begin of a clause."""

_RATE_OF_DEED = re.compile(r"率|满意|比例")
_TOURISM = re.compile(r"游客|客流|旅游|景区|民宿|营业额|接待")  # guests and income, told one after the other


def has_own_figure(clause: str) -> bool:
    """Whether a clause counts something."""
    return bool(counted_figures(clause))


def stands_alone(clause: str) -> bool:
    """Whether a clause with a figure needs none before it: no rate, effect, part or size of what was told.

    Example: stands_alone("改造户厕322座"); not stands_alone("惠及群众2000人")
    """
    return has_own_figure(clause) and not RATE.match(clause) and not _HANGING.match(clause)


def are_unrelated(first: str, second: str) -> bool:
    """Whether two clauses tell of two things, the first being no means of the second.

    Example: are_unrelated("硬化公路3公里", "发放补贴40万元"); not are_unrelated("投入86万元", "改造服务中心5个")
    """
    is_apart = stands_alone(first) and stands_alone(second) and not _MEANS.match(first)
    is_rate = _RATE_OF_DEED.search(second) and not INDICATOR.match(second)
    are_of_tourism = _TOURISM.search(first) and _TOURISM.search(second)
    return is_apart and not (is_rate or are_of_tourism) and not bigrams(first) & bigrams(second)
