"""What a clause of a report is worth in a summary: figures and outcomes weigh, mottoes and routine do not. Pure."""

import re
from collections.abc import Sequence

from rag.text.figures import Figure, read_figures
from rag.text.normalization import fold
from rag.types import SectionKind

LARGE = 100_000  # yuan
SHORT = 6  # Chinese characters of a clause that says too little alone
HANGING = 4  # the same beside its figures

# How much each thing adds to a statement; found by trying neighbouring values on ten reports, where little moved.
FIGURE, FURTHER_FIGURE, LARGE_SUM = 1.0, 0.45, 1.2
PRIZE, OUTCOME, COMMITMENT, STEP = 0.8, 0.4, 0.8, 0.3
THING, LISTED = 0.3, 0.2
ROUTINE, MOTTO, IMPLIED = -0.35, -0.15, -0.4
BARE = 0.5  # times the rest, for 投入86万元, which does not say in what

_OUTCOME = re.compile(
    r"完成|实现|建成|建立|竣工|投产|投用|投入|争取|总投资|产值|增收|创收|收入|增长|下降|获(?!得感)|评为|评定|命名|授予|荣|创建|成功|示范"
    r"|试点|全[县市省]第|列全|居全|前列|首|脱贫|就业|参保|低保|安置|新建|新修|硬化|改造|维修|整修|拆除|流转|种植|播种|总产|收购"
    r"|开发|引进|纳入|通车|成立|组建|零|无一|未发生|达标|化解|办结"
)
_PRIZE = re.compile(
    r"评为|评定|命名|授予|荣获|获得(?!感)|获评|全[县市省]第|列全|居全[县市省]|前列|示范|首[个批家]|第一个|唯一"
)
_ROUTINE = re.compile(
    r"会议|培训|宣传|横幅|标语|资料|传单|公告|通告|一封信|展板|讲座|检查|巡查|排查|走访|演练|出动|发放|张贴|悬挂|微信|学习"
    r"|(?:次|场|场次|人次)$"
)
_MOTTO = re.compile(
    r"坚持|围绕|贯彻|以[^，]{1,12}为|牢固|树立|强化|认真|狠抓|严格|切实|积极|不断|深入|努力|全面|扎实|大力|高度|增强|营造|提升"
    r"|提高|促进|确保|保障|推动|夯实|健全|加强"
)
_THING = re.compile(
    r"工程|项目|中心|大楼|基地|园区|公路|道路|大道|水库|渠|堤|河|厂|小区|合作社|平台|公司|企业|村|支柱|派出所|学校|卫生院|广场"
    r"|管网|五化|攻坚"
)
_STEP = re.compile(
    r"建设|启动|新建|改造|种植|打造|引进|实施|完成|争取|力争|创建|盘活|启用|竣工|建成|确保|推进|发展|做大|做强|培育|培养|加快"
    r"|做好|抓好|执行|助推|采取|打好|选择|达到|增长|修建|新增|落实|开展|完善|推行|整治"
)
_COMMITMENT = re.compile(r"确保[^，]*[不零无]|不发生|零发生|全覆盖|全部|力争|争取|杜绝")
_ADMITS = re.compile(
    r"薄弱(?!村)|滞后|反映强烈|待落实|待整改|正在整改|待[^，]{0,4}审核|问题的?整改|尚未|不到位|短板|未完成|没有完成|未能"
    r"|进展缓慢|推进慢|比计划少|差距"
)
_MENDED = re.compile(r"拆除|取缔|关停|已|完成了|完成\d|补齐|补短板|补上|全部|短板弱项")
_SUBORDINATE = re.compile(
    r"^(?:(?:紧紧)?围绕|针对|面对|[着著]眼|如|现将|对照|对标)|等(?:各项|重点)?工作$|(?:基础上|前提下|的同时|为契机|指导下|领导下|要求下|思想|精神|态势|如下)$|认识到|看到|取得[^，]{0,8}成绩"
    r"|存在[^，]{0,10}(?:问题|不足|困难)[^，]{0,4}$|^主要(?:表现|体现)|^[^，]{0,4}问题$"
)
_REMEDY = re.compile(r"下大力气|将采取|加以解决|认真解决|着力解决|予以解决|高度重视")
_DEPENDENT = re.compile(
    r"其中|共计?|合计|总计|累计|均|全部|面积|总面积|覆盖|惠及|受益|带动|同比|较上年|比上年|增长|下降|占|平均|年产值|产值|年产量|产量"
    r"|预计|并|且|达|获得|取得|位列|列|居|排名|现|仅|约|为|使|让|解决|腾出|分别|各|每|有|无|未|推广面积|参[加与]|已"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_DIGIT = re.compile(r"\d|[无零]")
_COUNTED_IN_WORDS = frozenset({"元", "亩", "户", "人", "%", "米", "平方米", "公斤", "栋", "座", "所", "起", "例", "家"})


def counted(text: str) -> list[Figure]:
    """The figures that count something: no years, dates and road numbers, and no 四条底线."""
    is_ranking = bool(_PRIZE.search(text))
    return [figure for figure in read_figures(text) if _counts(figure, is_ranking)]


def _counts(figure: Figure, is_ranking: bool) -> bool:
    if figure.kind == "rank":
        return is_ranking
    is_plain = figure.value >= 10 or bool(_DIGIT.search(figure.text)) or figure.measure in _COUNTED_IN_WORDS
    return figure.kind == "quantity" and is_plain


def is_worthy(clause: str, kind: SectionKind) -> bool:
    """Whether a clause says something of its own, by what its section reports."""
    said = fold(clause)
    size = len(_HAN.findall(said))
    if kind == "problem":
        return size >= SHORT and not _SUBORDINATE.search(said) and not _REMEDY.search(said)
    if counted(said):
        return True
    if size <= SHORT or _SUBORDINATE.search(said):
        return False
    if kind == "plan":
        return bool(_STEP.search(said) or _COMMITMENT.search(said) or "、" in said or "“" in said)
    return bool(_PRIZE.search(said)) or (bool(_OUTCOME.search(said)) and not _MOTTO.search(said))


def admits(clause: str) -> bool:
    """Whether a clause owns to something that is not as it should be, outside any section of problems."""
    said = fold(clause)
    return len(_HAN.findall(said)) >= SHORT and bool(_ADMITS.search(said)) and not _MENDED.search(said)


def is_dependent(clause: str) -> bool:
    """Whether a clause hangs on the one before it: 共计5795米, 其中287户722人, 年产值800余万元."""
    said = fold(clause)
    figures = counted(said)
    return bool(_DEPENDENT.match(said)) or (bool(figures) and _own_characters(said, figures) < HANGING)


def _own_characters(said: str, figures: Sequence[Figure]) -> int:
    """Chinese characters that are no part of a figure."""
    return len(_HAN.findall(said)) - sum(len(_HAN.findall(figure.text)) for figure in figures)


def is_routine(clause: str) -> bool:
    """Whether a clause counts what an office does every day, such as leaflets and inspections."""
    said = fold(clause)
    return bool(_ROUTINE.search(said)) and not _PRIZE.search(said) and not _OUTCOME.search(said)


def weight(text: str, kind: SectionKind) -> float:
    """How much a statement says; a problem always says something, most in a section of problems.

    Example: weight("全年种植油茶3000亩，产值800万元", "result") > weight("悬挂横幅20条", "result") > 0
    """
    said = fold(text)
    figures = counted(said)
    found = FIGURE + FURTHER_FIGURE * min(3, len(figures) - 1) if figures else 0.0
    if kind == "problem":
        return 1 + 0.3 * found + IMPLIED * bool(_ADMITS.search(said))
    found += LARGE_SUM * any(figure.measure == "元" and figure.value >= LARGE for figure in figures)
    found += PRIZE * bool(_PRIZE.search(said)) + OUTCOME * min(2, len(_OUTCOME.findall(said)))
    found += THING * min(2, len(_THING.findall(said))) + LISTED * min(2, said.count("、") + said.count("“"))
    found += ROUTINE * len(_ROUTINE.findall(said))
    if not figures:
        found += MOTTO * len(_MOTTO.findall(said))
    if kind == "plan":
        found += STEP * min(2, len(_STEP.findall(said))) + COMMITMENT * bool(_COMMITMENT.search(said))
    return found * (BARE if _own_characters(said, figures) < SHORT - 1 else 1.0)
