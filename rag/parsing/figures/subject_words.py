"""Words around an amount: which of them name what it counts, and which only introduce it."""

import re

LONGEST_SUBJECT = 30

STOP = re.compile(r"[，,。；;：:！!？?\n]")
JOINS = re.compile("(?:、|以?及|和|与)$")
OPENED = re.compile(r"[（(](?![^（）()]*[）)])")  # a bracket that is not closed again
DIVIDES = re.compile("其中")
ONLY_TOTAL = re.compile(r"[、\s]*|[，,、\s]*(?:共计|总计|合计|共|计)[\s]*|\s*约\s*")
"""Between amounts of one thing: 34户64人; 10条，共计5795米."""
DISTRIBUTED = re.compile(
    r"(?P<names>[^，,。；;：:]+?)(?P<tail>的[^，,。；;、]+?)?(?:分别|各)(?:完成|达到?了?|为|是|有)?(?=[\d一二三四五六七八九十])"
)

_TIME = (
    r"(?:截至|截止到?|到|至)?\d{4}年度?(?:\d{1,2}月(?:份|底|\d{1,2}日)?|底|末|初|以来)?|(?:截至|截止到?|到|至)?\d{1,2}月(?:份|底|\d{1,2}日)?"
    r"|截至目前|截止目前|至此|到目前为止|目前|至今|一年来|今年以?来?|本年度?|当年|全年|上半年|下半年|年内|年底前?|近年来|去年以?来?|每[年月周季天日]|一天"
)
_PLACE = "我镇|我乡|我街道|我们|我[市县区]|全[镇乡县]|全街道|本[镇乡]|各村|镇党委政府|党委政府|镇村两级"
_LINK = (
    "同时|并且?|还|又|也|已经|已|将|其中|共计|总计|累计|合计|分别|先后|另外|此外|以及|及|和|与|至(?!此)|了|的|均|都|对"
    "|全部|现有|现"
)
_MANNER = (
    "进一步|积极|大力|重点|顺利|圆满|成功(?!率)|全面|切实|有效|免费|认真|深入|扎实|持续|不断|着力|有序|力争|争取"
    "|计划|预计|拟|确保|继续"
)
_LEAD = re.compile(rf"^(?:{_TIME}|{_PLACE}|{_LINK}|{_MANNER}|共(?!同|享|青|产|建共)|[，,、\s])")
_TAIL = re.compile(
    r"(?:达到了?|高达|多达|长达|可达|达|共计|总计|累计|合计|共|总?计(?<![统设会])|为(?<!行为)|(?<!总)是|(?<!签)约|近|超过|至|到|了|的|在|由|从|将|其中|等|以及|(?<!涉)及|和|与|分别|已经?|均|仅|只有|各"
    r"|不低于|不少于|至少|：|:|、|[（(“\"]|\s)$"
)

GENERIC = re.compile(
    r"(?:种植|播种|养殖|覆盖|总|建筑|占地|建设|改造|受益|流转|新增|推广|示范|种|占|用地|涉及|年|工业|农业|实现|预计|可|完成|计划|带动|创造|户均|人均|参与|参加|服务|惠及|拆除)*"
    r"(?:面积|长|全长|宽|长度|里程|产值|产量|投资额?|总额|金额|资金|收入|增收|创收|创利税|利润|效益|营收|销售额|税收|利税|人数|人次|人员|群众|户数|增长|下降|增幅|占比|上升|减少|增加)?"
    r"|(?:同比|环比|(?:较|比)(?:上年|去年|[前上]一年)(?:同期|末)?|分别)+(?:再?(?:增长|下降|增加|减少|上升|提高|提升|降低))?|(?:提高|提升|降低|增减?)|[镇村县乡]级"
    r"|制止在萌芽状态|(?:完成|按期|及时)?(?:整改|办结|处理|解决|化解|查处)率?|完成率|参与率|覆盖率|合格率|满意率"
)
"""Words that say what is measured and not of what: 养殖面积, 年产值, 同比增长."""

_VERBS = (
    "完成|实现|建成|建设|新建|修建|修|建|建立|种植|发放|发展|组建|成立|组织|开展|举办|召开|拆除|改造|清理|清运|整治|引进|引入|新增|争取|启动|带动|辐射带动|解决|培养|培训|发动"
    "|处理|化解|检查|排查|查处|整改|惠及|吸纳|安置|打造|创建|获得|获|荣获|评选|表彰|帮扶|慰问|救助|纳入|处罚|受理|接待|安装|购置|购买|出动|派出|招募|流转|改建|扩建|硬化|实施"
    "|落实|推进|办理|调解|使|为|对|有|辖|下辖|设立|配备|配强|配齐|选派|涉及|覆盖|试种|推广|拥有|确保|按照|成为|用于|围绕|守住|夯实|突出|抓住|抓好|打好|保证|确定|取得|签订|召集|创造|发现|栽植|补植"
    "|绿化|维修|修复|疏浚|清淤|架设|铺设|栽种|销毁|收缴|查获|破获|抓获|劝返|劝导|走访|入户|采购|储备|投放|捐赠|捐款|募集|收集|征集|采纳|转移|输送|提供|推荐|发布|申报|入库|开工|竣工|投产|达|突破"
)
_VERB = re.compile(rf"(?:{_VERBS})了?")
ENDS_IN_VERB = re.compile(rf"(?:^|(?<=[\u4e00-\u9fff、]))(?:{_VERBS})了?$")
_RIGHT = re.compile(
    r"^(?:多?年来|余|多|左右|以上|[（(][^（）()]*[）)]|的|是|为|属于?|\s)*(?P<words>[^，,。；;：:、！!？?（(]*)"
)
_ORDER = re.compile("^(?:[一二三四五六七八九十]+是|[（(]?[一二三四五六七八九十]+[）)、])")
_RIGHT_END = re.compile(
    r"(?<=.)(?:已经|已|均|全部|全面|顺利|正在|进行|得到|分别|都|用于|被|共|对(?!象)|进展|参与$|完成|等).*$"
)
_PAREN = re.compile(r"[（(][^（）()]*[）)]?")
_MARKS = re.compile(r"[“”\"「」『』《》【】\s（）()]")


def is_general(words: str) -> bool:
    """Whether words do not say what is counted: none, a verb alone (完成), a measure alone (养殖面积)."""
    return bool(not words or GENERIC.fullmatch(words) or _VERB.fullmatch(words))


def bare_before(words: str) -> str:
    """The words before an amount without time, place, manner and what leads up to it.

    Example: bare_before("今年以来，我镇共完成油茶种植面积达") == "完成油茶种植面积"
    """
    words = _ORDER.sub("", _PAREN.sub("", words).strip("，,、 "))
    while m := _LEAD.match(words):
        words = words[m.end() :]
    while m := _TAIL.search(words):
        words = words[: m.start()]
    if any(character.isdigit() for character in words):
        words = words.rpartition("、")[2]
    return _MARKS.sub("", words)[-LONGEST_SUBJECT:].lstrip("、的")


def bare_behind(words: str) -> str:
    """The words behind an amount up to where they go on to something else.

    Example: bare_behind("的冰糖橙提质改造已全部完成") == "冰糖橙提质改造"
    """
    m = _RIGHT.match(words)
    return _MARKS.sub("", _RIGHT_END.sub("", m["words"]))[:LONGEST_SUBJECT].rstrip("的、和与及") if m else ""
