"""Naming what an amount counts, in the report's own words.

The words stand before it (修水库8处), behind it (完成3000亩种植, 8名党员), or where the amount before it has them
(599户1822人; 10条，共计5795米; 合作社3家，养殖面积1000亩).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.amounts import Amount
from rag.figures import level


@dataclass(frozen=True, slots=True)
class Named:
    """An amount with its subject; `start` and `end` are the stretch of the sentence that holds both."""

    amount: Amount
    subject: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands by an amount up to punctuation or another amount; `begin` and `end` bound its clause."""

    left: str
    right: str
    begin: int
    end: int
    follows: bool  # no word stands between it and the amount before


LONGEST_SUBJECT = 30
_STOP = re.compile(r"[，,。；;：:！!？?\n]")
_LISTED = re.compile(r"、(?=[^，,。；;、]*$)")
_TIME = (
    r"(?:截至|截止到?|到)?(?:\d{4}年度?)?(?:\d{1,2}月(?:份|底|\d{1,2}日)?)?(?:底|末|以来|初)?"
    r"|一年来|今年以?来?|本年度?|当年|全年|上半年|下半年|目前(?:为止)?|至今|截至目前|到目前为止|年内|年底前?|期间|近年来|去年以?来?"
)
_LEAD = re.compile(
    rf"^(?:(?:{_TIME})(?:[，,]|(?=[^年月日]))|我镇|我乡|我街道|我们|我[市县区]|全[镇乡县]|全街道|本[镇乡]|各村|镇党委政府|党委政府|同时|并且?|还|又|也|已经|已|将|其中|共计?|总计"
    r"|累计|合计|分别|先后|进一步|积极|大力|重点|顺利|圆满|成功|全面|切实|有效|另外?|此外|以及|及|和|与|至|了|的|均|都|对|、|\s)+"
)
_TAIL = re.compile(
    r"(?:达到了?|高达|多达|可达|达|共计?|总计|累计|合计|计|为|是|有|约|近|超过?|至|到|了|的|地|在|由|从|将|其中|等|分别|已|均|仅|各|不|：|:|、|[（(“\"]|\s)+$"
)
_ONLY_TOTAL = re.compile(r"(?:其中|共计?|总计|合计|累计|总共|计|约|近|达到?|和|与|及|、|以及|、|[（(）)\s])*")
_GENERIC = (
    r"(?:种植|播种|养殖|覆盖|总|建筑|占地|建设|改造|受益|流转|新增|推广|示范|种|占|用地|腾出土地|涉及)*(?:面积|长|全长|宽|总长|长度|里程)"
    r"|(?:年|总|工业|农业|实现|预计|可)*(?:产值|产量|投资额?|总额|金额|资金|收入|增收|创收|利润|效益|营收|年?销售额|税收|利税|创利税|补偿款|经费)"
    r"|(?:覆盖|惠及|涉及|受益|参与|带动|参加|服务|共?有|其中|补贴)*(?:人数|人次|人员|群众|村民|农户|户数|家庭|职工|学生|党员)?"
    r"|同比(?:增长|下降|增加|减少|上升)|增长|下降|增幅|占比|(?:较|比)[上去]年(?:同期)?(?:增长|下降|增加|减少)|增加|减少|上升|完成率|目标|已?完成"
    r"|总?投资|计划投资|已?完成投资|投入|涉及|制止在萌芽状态|整改|办结|处理|解决|化解|查处"
)
_NEEDS_CONTEXT = re.compile(rf"(?:{_GENERIC}|[镇村县乡]级|[\u4e00-\u9fff])")
_BARE_VERB = re.compile(
    r"(?:[\u4e00-\u9fff]{0,4}(?:完成|实现|建成|建设|新建|修建|修|建|种植|发放|发展|组建|成立|组织|开展|举办|召开|拆除|改造|清理|清运|整治|引进|引入|新增|投入"
    r"|争取|投资|启动|带动|解决|培养|培训|发动|处理|化解|检查|排查|查处|整改|惠及|吸纳|安置|打造|创建|获|获得|荣获|评选|表彰|帮扶|慰问|救助|纳入|处罚|受理|接待|安装|购置|购买|出动"
    r"|派出|招募|流转|改建|扩建|硬化|辐射带动|实施|落实|推进|办理|调解|使|为|对|有|设立|配备|配强|选派|涉及|覆盖|创建|试种|推广|下辖|辖|现有|共有|拥有|确保|预计|按照|每年|成为|用于|围绕|守住|夯实|突出|抓住))"
)
_RIGHT = re.compile(r"^(?:余|多|左右|以上|[（(）)]|的|\s)*(?P<words>[^，,。；;：:、！!？?（(]*)")
_RIGHT_END = re.compile(r"(?:已经?|均|全部|全面|顺利|正在|等|在|进行|得到|，|达到|分别|都|用于|被).*$")
_PAREN = re.compile(r"[（(][^（）()]*[）)]")
_MARKS = re.compile(r"[“”\"「」『』《》【】\s（）()]")


def name_amounts(text: str, amounts: Sequence[Amount]) -> tuple[Named, ...]:
    """The amounts of a sentence with their subjects, in the order given."""
    flat = level(text)
    named: list[Named] = []
    for beside, amount in zip(_surroundings(flat, amounts), amounts, strict=True):
        named.append(_name(flat, amount, beside, named))
    return tuple(_distributed(flat, named))


def _surroundings(flat: str, amounts: Sequence[Amount]) -> Iterator[_Beside]:
    for index, amount in enumerate(amounts):
        last = amounts[index - 1].end if index else 0
        following = amounts[index + 1].start if index + 1 < len(amounts) else len(flat)
        stops = [m.end() for m in _STOP.finditer(flat, 0, amount.start) if not _is_inside_mark(flat, m.start())]
        begin = max([0, *stops])
        stop = _STOP.search(flat, amount.end)
        end = stop.start() if stop else len(flat)
        left = flat[max(begin, last) : amount.start]
        if last > begin and "、" in left:
            left = left.rpartition("、")[2] if left.startswith("、") else left
        right = flat[amount.end : min(end, following)]
        follows = bool(last) and bool(_ONLY_TOTAL.fullmatch(re.sub(r"[，,]", "", flat[last : amount.start])))
        yield _Beside(left, right, begin, end, follows)


def _is_inside_mark(flat: str, at: int) -> bool:
    return flat.rfind("“", 0, at) > flat.rfind("”", 0, at)


def _name(flat: str, amount: Amount, beside: _Beside, before: Sequence[Named]) -> Named:
    left, right = _clean_left(beside.left), _clean_right(beside.right)
    if beside.follows and before:
        last = before[-1]
        return Named(amount, last.subject if not _counts_own(right) else f"{right}", last.start, beside.end)
    if left and not _BARE_VERB.fullmatch(left) and not _NEEDS_CONTEXT.fullmatch(left):
        return Named(amount, left, beside.begin, beside.end)
    if right and (not left or _BARE_VERB.fullmatch(left)):
        return Named(amount, f"{left}{right}", beside.begin, beside.end)
    return _with_context(flat, amount, f"{left}{right if not left else ''}", beside, before)


def _counts_own(right: str) -> bool:
    """Whether the words behind a second amount name what it counts: 3次约700人的培训 does not, 46处、修路 does."""
    return False


def _with_context(flat: str, amount: Amount, own: str, beside: _Beside, before: Sequence[Named]) -> Named:
    """A subject too general to stand alone, behind that of the amount before it or the words of the clause before."""
    clause_start = beside.begin
    own_clause = [each for each in before if each.start >= clause_start]
    if own_clause:
        return Named(amount, _joined(own_clause[-1].subject, own), clause_start, beside.end)
    previous = before[-1] if before else None
    gap = flat[previous.end : clause_start] if previous else flat[:clause_start]
    words = _last_clause(gap)
    if words and (not previous or len(words) >= 2):
        return Named(amount, _joined(words, own), max(0, clause_start - len(gap) + gap.rfind(words[:2])), beside.end)
    if previous:
        return Named(amount, _joined(previous.subject, own), previous.start, beside.end)
    return Named(amount, own, clause_start, beside.end)


def _last_clause(gap: str) -> str:
    pieces = [piece for piece in _STOP.split(gap) if piece.strip()]
    return _clean_left(pieces[-1])[-LONGEST_SUBJECT:] if pieces else ""


def _joined(context: str, own: str) -> str:
    return context if own and own in context else f"{context}{own}"


def _distributed(flat: str, named: Sequence[Named]) -> list[Named]:
    """甲、乙、丙分别达到5户、30户、100户: each amount with its own name."""
    result = list(named)
    m = re.search(r"(?P<names>[^，,。；;]+?)(?P<tail>的[^，,。；;、]+?)?(?:分别|各)(?:达到?了?|为|是|有)?(?=[\d一二三四五六七八九十])", flat)
    if m is None:
        return result
    names = m["names"].split("、")
    places = [i for i, each in enumerate(named) if each.amount.start >= m.end()]
    clause = [i for i in places if not re.search("[。；;，,]", flat[m.end() : named[i].amount.start])]
    if len(names) == len(clause) > 1:
        for i, name in zip(clause, names, strict=True):
            subject = _clean_left(f"{name}{m['tail'] or ''}")
            result[i] = replace(named[i], subject=subject, start=m.start())
    return result


def _clean_left(words: str) -> str:
    words = _PAREN.sub("", words)
    words = _LEAD.sub("", words.strip())
    while (shorter := _TAIL.sub("", words)) != words:
        words = shorter
    return _MARKS.sub("", words)[-LONGEST_SUBJECT:].lstrip("、的")


def _clean_right(words: str) -> str:
    m = _RIGHT.match(words)
    return _MARKS.sub("", _RIGHT_END.sub("", m["words"]))[:LONGEST_SUBJECT].rstrip("的、和与及") if m else ""
