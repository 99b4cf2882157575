"""What is under way told as done, and what something came to as the change: 正在建设 as 已建设, 增加到 as 增加了."""

import re
from collections.abc import Iterator

from eval.mutants.resemblance import stands_in
from eval.mutants.statements import Mutant, Shown, Statement, choice, counted_figures, told

_DONE = (
    (r"正在|正加紧|正抓紧|正(?=有序|稳步|加快|积极)", ("已完成",)),
    (r"即将|有望|(?<![模虚])拟(?!定|订|稿|任)", ("已",)),
    (r"等?待(?=[上省市县]级|审核|验收|审批|批复|落实|建设|开工)", ("已",)),
    (r"预计(?:将|可|到)?", ("",)),
    (r"预计(?:将|可)?(?=完成|实现|达|突破|增长)", ("已",)),
    (r"启动(?!仪式|资金|会)", ("完成",)),
    (r"开工建设|动工建设|动工兴建", ("建成",)),
    (r"(?<!劳)动工(?!建设|兴建)|(?<!即)开工(?!率|建设)", ("竣工", "完工")),
    (r"在建(?!筑|设)", ("建成",)),
    (r"主体(?:工程|结构|建设)?(?:基本)?(?=完工|完成|竣工|封顶)", ("", "整体")),
    (r"基本(?=建成|完成|完工|实现|脱贫)", ("全部", "全面")),
)
_FORMS = tuple((re.compile(pattern), words) for pattern, words in _DONE)
_NOT_TOLD = re.compile(r"方可|才能|必须|不得|严禁|[未不]")  # 批准后方可开工 tells of no beginning
MOVES_CHANGED = 2  # of one claim
_MOVED = re.compile(r"(?P<verb>增加|提高|增长|扩大|上升|提升|下降|减少|降低|缩小|缩减|压减|降)(?P<to>到|至|了|)$")


def aspects_changed(statement: Statement) -> Iterator[Mutant]:
    """Each sign that something goes on exchanged for one that it is over, and 到 for 了 before figures.

    Example: "茶园增加到9600亩，大桥正在施工" gives "茶园增加了9600亩，…" and "…，大桥已完成施工"
    """
    text = told(statement)
    for pattern, words in _FORMS:
        for match in pattern.finditer(text):
            for new in words:
                yield from _changed(text, match.span(), new, statement.shown)
    figures = sorted(counted_figures(text), key=lambda figure: choice(text + str(figure.start), 97))
    moves = [(moved, figure) for figure in figures if (moved := _MOVED.search(text[: figure.start]))]
    for moved, figure in moves[:MOVES_CHANGED]:
        new = "了" if moved["to"] in ("到", "至") else "到"
        if not stands_in(moved["verb"] + new + text[figure.start : figure.end], statement.shown):
            yield from _changed(text, moved.span("to"), new, statement.shown)


def _changed(text: str, span: tuple[int, int], new: str, shown: tuple[Shown, ...]) -> Iterator[Mutant]:
    """The text with the new words, unless a shown sentence has them between the same neighbours."""
    begin, end = span
    near = text[max(0, begin - 4) : begin] + new + text[end : end + 4]
    if (new and stands_in(near, shown)) or _NOT_TOLD.search(text[max(0, begin - 8) : begin]):
        return
    yield Mutant("aspect", text[:begin] + new + text[end:], text, f"{text[begin:end]}→{new}")
