"""A claim denied, a denial taken away, a plan told as done."""

import re
from collections.abc import Iterator

from eval.mutants.statements import PLANNED, Mutant, Statement, choice, told

_NEGATION = re.compile(
    r"尚未|并未|未(?!来|成年)|没有|无(?=一|人|重|安全|上访|事故|新增|疫|火|违|返)|不(?=够|强|高|到位|平衡|完善|规范|健全|明显|深|多|大|严|及时)"
)
_VERB = re.compile(
    r"完成|新建|修建|建成|建设|发放|实现|开展|组织|新增|投入|争取|拆除|改造|硬化|种植|引进|举办|安装|查处|清理|获得|荣获|"
    r"培训|落实|推进|成立|召开|化解|救助|达到|接待"
)


def polarity_changed(statement: Statement) -> Iterator[Mutant]:
    """Each negation taken away, or one put in before the verb of each clause that holds one."""
    text = told(statement)
    negations = list(_NEGATION.finditer(text))
    for match in negations:
        changed = text[: match.start()] + text[match.end() :]
        yield Mutant("polarity", changed, text, f"{match[0]}→")
    if negations:
        return
    begin = 0
    for clause in re.split(r"(?<=[，；。：])", text):
        verb = _VERB.search(clause)
        if verb:
            at = begin + verb.start()
            word = ("没有", "未")[choice(clause, 2)]
            yield Mutant("polarity", text[:at] + word + text[at:], text, f"{word}{verb[0]}")
        begin += len(clause)


def plans_told_as_done(statement: Statement) -> Iterator[Mutant]:
    """A plan as something done."""
    if not statement.is_plan:
        return
    text = told(statement)
    for word in ("已完成", "已经"):
        changed = PLANNED.sub(word, text, count=1)
        if not PLANNED.search(changed):
            yield Mutant("plan", changed, text, word)
