"""Villages, firms, cooperatives and offices that a text names. Pure.

A name is read from a boundary (the begin of a clause, a mark, or a word such as 由 and 在) to what such names end in,
so that no half of one is taken: 石门槛村, and not 门槛村. What stands in quotation marks is a title: “书香社区”.
"""

import re
from dataclasses import dataclass
from typing import Literal

from eval.scoring.wording import clauses

ActorKind = Literal["village", "firm", "cooperative", "office"]

_ENDS: dict[ActorKind, str] = {
    "cooperative": "合作社|联合社|合作联社|家庭农场",
    "firm": "(?:股份|控股)?有限(?:责任)?公司|公司|集团",
    "office": "卫生院|医院|中心小学|小学|中学|学校|派出所|司法所|财政所|供电所|税务所|管理站|商会|协会|办公室|"
    "(?:公安|税务|林业|水利|农业农村|财政|民政|教育|交通|住建|自然资源|生态环境|卫健|应急管理)局",
    "village": "村委会|村|社区居委会|社区",
}
_BOUNDARY = (
    r"[,，。;；:：、()（）\n ]|其中|委托|引进|联合|支持|依托|指导|协助|带动|以及|整治|整顿|拆除|完成|打造|建成|确定|"
    r"联系|开发|配强|充实|现有|培育|实现|解决|化解|新建|实施|推荐|组织|成立|位于|投资|流转|帮扶|走访|入驻|突出|[镇乡县由在对与和及将给为被向从到至是于同让使把]"
)
_LETTER = r"[\u3400-\u9fff]"
_NAME = re.compile(
    rf"(?:^|{_BOUNDARY})(?P<name>(?:(?!{_BOUNDARY}){_LETTER}){{2,12}}?"
    rf"(?:{'|'.join(f'(?P<{kind}>{ends})' for kind, ends in _ENDS.items())}))"
    r"(?![民级庄镇口务部容貌干支组居集社医工班（(])"
)
_NO_NAME = re.compile(
    r"[的了等各全本该每我两几多个名共些]|行政|自然|贫困|脱贫|示范|美丽|和美|薄弱|重点|试点|企业|驻村|农村|乡村|镇村|联村|村村|"
    r"城市|龙头|民营|工业|新型|农民|便民|党群|政务|养老|物业|处理|水厂|产生|生态|文明|特色|总|^有限|^股份|"
    r"利用|分析|运用|通过|按照|根据|完善|加强|规范|落实|推进|科学|建立|健全|开展|强化|严格|整合|盘活|发展|壮大|提升|改善"
)
_LONGEST_VILLAGE = 6


@dataclass(frozen=True, slots=True)
class Actor:
    """A name at [start, end) of a text, and what it is the name of."""

    name: str
    kind: ActorKind
    start: int
    end: int


def actors_in(text: str) -> list[Actor]:
    """The names of a text in their order.

    Example: actors_in("由青笋竹业公司承建，石磬村投工") names 青笋竹业公司 and 石磬村
    """
    found: list[Actor] = []
    place = 0
    while match := _NAME.search(text, place):
        name = match["name"]
        kind = next(kind for kind in _ENDS if match[kind])
        stem = name[: match.start(kind) - match.start("name")]
        is_name = not _NO_NAME.search(name) and len(stem) > 1 and (kind != "village" or len(name) <= _LONGEST_VILLAGE)
        if is_name:
            found.append(Actor(name, kind, match.start("name"), match.end("name")))
        place = match.end("name") if is_name else max(match.start("name"), place + 1)
    return found


def actor_names(text: str) -> tuple[str, ...]:
    """Every name of a report, once, in simplified script."""
    return tuple(dict.fromkeys(actor.name for actor in actors_in(clauses(text))))
