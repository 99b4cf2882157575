"""The level of an honour, a project or a rank raised: 县级 as 省级, 全县第三 as 全市第三.

Never lowered: what is first in the province is first in its county, too, and who is honoured by the province mostly was
by the county before. 全区 is left as it is: it may be a district or an autonomous region.
"""

import re
from collections.abc import Iterator

from eval.mutants.resemblance import is_said_with
from eval.mutants.statements import Mutant, Statement, choice, clause_at, told

_LEVELS = ("镇", "县", "市", "省", "国家")
_OF_LEVEL = re.compile(r"(?<![副正各跨上下社园])(?P<level>乡|镇|县|区|市|省|国家)级(?!别|以上|以下|联|领导|干部)")
_AREAS = ("镇", "县", "市", "省", "国")
_OF_AREA = re.compile(
    r"全(?P<area>乡|镇|县|市|省)"
    r"(?=[^，；。]{0,12}?(?:第[一二三四五六七八九十\d]|首位|之首|首个|首家|唯一|最大|最高|最多|前列|先进|十佳|十强|百强|百佳|优秀|示范|文明|试点|典型|一等奖))"
)
_SAME = {"乡": "镇", "区": "县"}


def levels_changed(statement: Statement) -> Iterator[Mutant]:
    """Each level as one above it, unless a shown sentence says the clause with that one.

    Example: "石矶老街列入县级历史文化街区" gives "石矶老街列入市级历史文化街区" or "石矶老街列入省级历史文化街区"
    """
    text = told(statement)
    for pattern, group, names, form in ((_OF_LEVEL, "level", _LEVELS, "{}级"), (_OF_AREA, "area", _AREAS, "全{}")):
        for match in pattern.finditer(text):
            name = _SAME.get(match[group], match[group])
            higher = names[max(names.index(name), 1) + 1 :]  # above a township stands its city at the least
            if higher:
                new = form.format(higher[choice(text + str(match.start()), len(higher))])
                if not is_said_with(new, clause_at(text, match.start()), statement.shown):
                    changed = text[: match.start()] + new + text[match.end() :]
                    yield Mutant("level", changed, text, f"{match[0]}→{new}")
