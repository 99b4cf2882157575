"""Reading amounts: the figures of a sentence that state a quantity, as they are written.

On top of `figures`, which verification reads by, this knows what is no statement (thresholds, road numbers, ages of a
group, serial numbers) and what has no digit (无一起, 零事故, 两个, ranges), and keeps unit and approximation apart.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from rag.figures import Figure, level, number_value, read_figures
from rag.units import UNITS


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity at [start, end) of a sentence.

    Example: 3.2万吨以上 has value "3.2", unit "万吨", approx "以上", value_base 32000, unit_base "吨".
    """

    start: int
    end: int
    value: str
    approx: str | None
    unit: str
    value_base: Decimal | None
    unit_base: str


_SCALES = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_PREFIX = r"不少于|不低于|超过|突破|至少|将近|接近|大约|约莫|大概|约为|不足|不到|不超过|至多|少于|低于|超|逾|近|约"
_PARTS = re.compile(
    rf"(?P<before>{_PREFIX})?\s?第?(?P<half>百分之|千分之)?"
    r"(?P<number>(?:[\d,.零〇一二两三四五六七八九十百万亿余多来几]|千(?![瓦克米]))+)(?P<plus>\+)?\s?(?P<rest>.*)",
    re.DOTALL,
)
_AFTER = re.compile(r"(?:及|或)?(?:以上|以下|以内|有余|左右|上下|余|多|之多)$")
_ARABIC = re.compile(
    r"(?P<digits>[\d,]*\d(?:\.\d+)?)(?P<inner>[余多来几]?)(?P<thousands>[十百千]?)(?P<more>[余多来几]?)"
)
_SOFT = re.compile("[余多来几]")

# Units and counting words that `figures` leaves unread, since verification has no measure for them.
_MORE_UNITS = (
    "剂次|批次|车次|人天|毫升|公顷|立方|余次|趟|艘次|个月|门|副|轮|轴|眼|对|班|色|场次|学时|课时|机位|床|张床位|床位|车位|泊位"
    "|学位|席|例|级|大|强|星|档|分(?!别|公司|局|散|类)|成(?!立|功|为|效|果|员|本|绩|都)|斤|桌|尊|口|缸|吨|兆|垧|站|线|堂"
)
_MORE = re.compile(rf"\s?(?P<unit>{_MORE_UNITS})")
_TIMES = re.compile("次(?!数)")
_PER = re.compile(r"(?:/(?:平方米|年|月|周|天|日|时|次|人|户|亩|个|村|吨|斤|家))+")
_LASTING = re.compile(
    r"(?:长达|历时|为期|持续|连续|延长|缩短|使用|寿命|期限|合同期|租期|时隔|[成用行在]已)(?:至|到|了|为|近|约)?$"
)
_YEAR = re.compile(r"\s?(?:个月|周年|年)(?![产均度底初])")

_RANGE = re.compile(
    r"(?<![\d.\-])(?P<low>\d+(?:\.\d+)?)(?P<first>[万亿]?[元亩人户家个米吨名条次%]?)\s?[-—~～–至到]\s?(?P<high>\d+(?:\.\d+)?)(?![\d.\-—])"
    rf"(?P<unit>[万亿]?(?:{'|'.join(sorted((re.escape(word) for word in UNITS if not word.isascii() or word == '%'), key=len, reverse=True))}))"
)
_ZERO_THINGS = (
    "安全事故|事故|火灾|火情|火险|案件|命案|发案|警情|疫情|舆情|感染|伤亡|死亡|溺亡|溺水|越级上访|进京上访|赴京上访"
    "|上访|访|扣分|投诉|逾期|违建|事件|纠纷|失误|漏报|新增"
)
_NOTHING = re.compile(
    r"(?:无|没有|未)(?:发生|出现|新增|新发|新)?一(?P<unit>[起人例件户名次处宗个笔])"
    rf"|(?P<zero>零|(?<![\d.])0)(?P<thing>(?:{_ZERO_THINGS}))"
    r"|(?P<thing2>事故|火灾|案件|发案|警情|舆情|感染|伤亡|死亡|上访|投诉|违法用地|违建|抛荒|返贫)[^，,。；;]{0,4}?(?:为|保持|实现)(?P<zero2>零|0)(?![\d.])"
)
_ROUND = re.compile(
    r"(?P<approx>近|超|逾|上)(?P<scale>十万|百万|千万|百|千|万)(?:名)?(?P<unit>[人元亩户米吨件份](?!的|口以|大|头|家))"
)
_TENTHS = re.compile(
    rf"(?P<before>{_PREFIX})?(?P<tenths>[一二两三四五六七八九])成(?P<after>左右|以上|多)?(?=[，,。；;、的\s]|$)"
)
_NOTHING_UNITS = {
    "感染": "人",
    "伤亡": "人",
    "死亡": "人",
    "溺亡": "人",
    "溺水": "人",
    "访": "人",
    "分": "分",
    "返贫": "人",
    "抛荒": "亩",
    "投诉": "件",
}
_FEW = re.compile(
    r"(?<![第其之统单唯专某任逐每同这那进近再万当划百千十二三四五六七八九一])"
    r"(?P<number>[一两])(?!项补贴)(?P<unit>[个座所处家栋层条台名项件起例场次期套间村口辆])(?![个方手步心把级下样些流体致定直面委会系])"
)
_MADE = re.compile(
    r"(?:建设|建成|新建|修建|兴建|改造|完成|引进|成立|组建|开展|召开|举办|创建|获评|设立|打造|购置|安装|新增|落户|查处"
    r"|办理|处置|发放|培育|保证|至少|不少于|申报|争取|开工|投产|竣工|围绕|抓住|[每各][月周天日年季村]{1,2}|辖|有)了?$"
)
_JOINT = re.compile(
    r"(?:突出|围绕|打好|抓好|聚焦|实施|打造|做强|做好|(?<=、)[\u4e00-\u9fff]{2,4})(?P<number>[二三四五六七八九十])(?P<unit>大)(?=[\u4e00-\u9fff]{2})"
)
_EVERY = re.compile(r"每(?P<period>[年月周季天日])度?(?:至少|不少于|开展|召开|[^，,。；;]{0,4})$|(?P<daily>一天|每日)$")

_QUOTED = re.compile(r"[“\"「『《〈][^”\"」』》〉]{1,40}[”\"」』》〉]")
_LONGEST_SLOGAN = 16
_THRESHOLD = re.compile(
    r"\s?(?:及)?(?:以上|以下|以内)?(?:、[^，,。；;]{0,12}?)?的?(?:[\u4e00-\u9fff]{0,6}?)"
    r"(?:大户|老人|老年人|人群|人口|企业|党员|儿童|妇女|居民|群众|项目|干部|村|合作社|家庭农场)"
)
_BOUND = re.compile(r"(?:及|周)?(?:以上|以下|以内|及以上|及以下)")
_RANKED = re.compile(r"(?:列|居|位|名|获|得|排|取得|[县市省区国镇]|为|升至|跃居|考核|并列)$")
_AGE = re.compile(r"(?:年龄|岁数|寿命)[^。；;]{0,20}$")
_HELD = re.compile(r"(?:举办|开办|开展|组织|培训班?|编印|印发|刊发|推出)[^，,。；;]{0,8}$")
_SERIAL = re.compile(r"^\s?(?:号|楼|栋楼|路|线|国道|省道|县道|乡道|热线|工作法|条例|文件|次会议|届|次全会|款|年级|班$)")
_LETTER = re.compile(r"[A-Za-z][-–]?$")
_FORMULA = re.compile(r"^\s?[+＋×*/xX:：]|^\s?N\b")
_LEAST = re.compile(r"(?P<word>至少|不少于|不低于)[^，,。；;\d]{0,5}$")
_MISTYPED = re.compile(r"(?<![\d.])\d{4,}、$")
_PEOPLE = re.compile(r"\s?[\u4e00-\u9fff]{0,4}?(?:人口|群众|居民|游客|村民|农民|学生|党员)")
_MONEY = re.compile(r"资金|贷款|投资|收入|产值|补贴|补助|经费|财政|税|资|款|金额|增收|创收|营收|费|奖")


def read_amounts(text: str) -> tuple[Amount, ...]:
    """The amounts of a sentence, in order; offsets count in `text` itself."""
    flat = level(text)
    found: list[Amount] = []
    for amount in (*_ranges(flat), *_nothing(flat), *_plain(text, flat), *_rounded(flat), *_few(flat), *_joint(flat)):
        if not any(amount.start < other.end and other.start < amount.end for other in found):
            found.append(amount)
    return tuple(sorted(found, key=lambda amount: amount.start))


def _ranges(flat: str) -> Iterator[Amount]:
    """2-3家: a value that has no single number."""
    for m in _RANGE.finditer(flat):
        if m["first"] in ("", m["unit"]) and not _in_slogan(flat, m.start()):
            scale, bare = _split_scale(m["unit"])
            yield Amount(m.start(), m.end(), f"{m['low']}-{m['high']}", None, f"{scale}{bare}", None, bare)


def _rounded(flat: str) -> Iterator[Amount]:
    """近万人 and 三成: round amounts without a digit; the bounds of a group (过百万元的企业) are none."""
    for m in _ROUND.finditer(flat):
        value, (scale, unit) = number_value(m["scale"]), _split_scale(m["unit"])
        value *= _SCALES[scale]
        yield Amount(m.start(), m.end(), _text(value), m["approx"], unit, value, unit)
    for m in _TENTHS.finditer(flat):
        value = number_value(m["tenths"]) * 10
        yield Amount(m.start(), m.end(), _text(value), m["before"] or m["after"], "%", value, "%")


def _nothing(flat: str) -> Iterator[Amount]:
    """无一起, 零事故, 舆情为零: what did not happen."""
    for m in _NOTHING.finditer(flat):
        unit = m["unit"] or _unit_of_nothing(m["thing"] or m["thing2"])
        if m["unit"]:
            start, end = m.start(), m.end()
        else:
            start, end = m.span("zero" if m["zero"] else "zero2")
        if not _in_slogan(flat, start):
            yield Amount(start, end, "0", None, unit, Decimal(0), unit)


def _unit_of_nothing(thing: str) -> str:
    return next((unit for word, unit in _NOTHING_UNITS.items() if thing.endswith(word)), "起")


def _few(flat: str) -> Iterator[Amount]:
    """一个 and 两条 behind a word that counts them: most 一个 are articles."""
    for m in _FEW.finditer(flat):
        if not (m["number"] == "两" or _MADE.search(flat[: m.start()])) or _in_slogan(flat, m.start()):
            continue
        number = 1 if m["number"] == "一" else 2
        least = _LEAST.search(flat[: m.start()])
        approx = least["word"] if least else None
        after = re.compile("以上|左右").match(flat, m.end())
        unit = _per_period(flat, m.start(), m["unit"])
        yield Amount(
            m.start(),
            after.end() if after else m.end(),
            str(number),
            approx or (after[0] if after else None),
            unit,
            Decimal(number),
            unit,
        )


def _joint(flat: str) -> Iterator[Amount]:
    """突出三大重点, 三级网络: a count of named things, outside slogans."""
    for m in _JOINT.finditer(flat):
        if not _in_slogan(flat, m.start()):
            value, unit = number_value(m["number"]), m["unit"]
            yield Amount(m.start("number"), m.end("unit"), str(value), None, unit, value, unit)


def _plain(text: str, flat: str) -> Iterator[Amount]:
    for figure in read_figures(text):
        if figure.kind in ("quantity", "rank"):
            amount = _rank(figure, flat) if figure.kind == "rank" else _quantity(figure, flat)
            if amount is not None and not _is_no_statement(amount, flat):
                yield amount


def _rank(figure: Figure, flat: str) -> Amount | None:
    """第四名 behind 列, 居, 全县; 第七次 and 第一批 only number things."""
    m = re.fullmatch(r"第(?P<number>[\d一二三四五六七八九十]+)(?P<unit>[名位])?.*", figure.text, re.DOTALL)
    if m is None or not _RANKED.search(flat[: figure.start]):
        return None
    if not m["unit"] and not re.match(r"[，,。；;、\s）)的]|$", flat[figure.end :]):
        return None
    value, unit = number_value(m["number"]), "位" if m["unit"] == "位" else "名(次)"
    return Amount(figure.start, figure.end, str(value), None, unit, value, unit)


def _quantity(figure: Figure, flat: str) -> Amount | None:
    start, end = _stretch(figure, flat)
    written = flat[start:end].replace("、", ".")
    m = _PARTS.match(written)
    if m is None or "/" in written.split("元")[0] or "分之" in m["rest"]:
        return _fraction(figure)
    after = _AFTER.search(m["rest"])
    unit = m["rest"][: after.start()] if after else m["rest"]
    value, scale = _value(m["number"])
    if not after and (more := _further_unit(unit.strip(), flat, figure.start, end)):
        unit, end = more
    if m["half"]:
        unit, value = "%", value if m["half"] == "百分之" else value / 10
    unit = unit.strip()
    if not unit and scale and _MONEY.search(flat[max(0, figure.start - 12) : figure.end + 6]):
        unit = "元"
    if not unit and scale and _PEOPLE.match(flat, end):
        unit = "人"
    if not unit:
        return None
    approx = m["before"] or _soft(m["number"]) or (after[0] if after else None) or (m["plus"] and "+")
    if approx is None and (late := re.match(r"(?:及以上|以上|左右|余|多(?=[，,。；;、\s]|$))", flat[end:])):
        approx, end = late[0], end + late.end()
    if approx is None and (
        early := re.search(r"(?<=[值入额资积量到达])过$|高达约$|约达$|可达$|上$(?<=[达值]上)", flat[:start])
    ):
        approx, start = early[0], early.start()
    if approx is None and (least := _LEAST.search(flat[:start])):
        approx = least["word"]
    unit = _per_period(flat, start, unit)
    return Amount(start, end, _text(value), approx, f"{scale}{unit}", value * _SCALES[scale], unit)


def _fraction(figure: Figure) -> Amount | None:
    """三分之一 as 1/3."""
    m = re.fullmatch(r"(?P<whole>.+)分之(?P<part>.+)", figure.text)
    if m is None:
        return None
    value = f"{number_value(m['part'])}/{number_value(m['whole'])}"
    return Amount(figure.start, figure.end, value, None, "", figure.value, "")


def _value(number: str) -> tuple[Decimal, str]:
    """The number before 万 and 亿 where it is written in Arabic digits, else the whole of it.

    Example: "2000多万" gives 2000 and "万"; "4万3千余" and "三万余" give 43000 and 30000 with no scale.
    """
    bare = _SOFT.sub("", number)
    scaled = re.fullmatch(r"(?P<digits>[\d,]*\d(?:\.\d+)?[十百千]?)(?P<scale>万亿|万|亿)", bare)
    if scaled:
        return number_value(scaled["digits"]), scaled["scale"]
    return number_value(number), ""


def _stretch(figure: Figure, flat: str) -> tuple[int, int]:
    """Where a figure stands; `figures` takes the 千 of 万千瓦时 for a number, and 44836、4 for two."""
    mistyped = _MISTYPED.search(flat[: figure.start]) if re.match(r"\d(?![\d.])", figure.text) else None
    unit = re.compile(r"千(?:瓦时|瓦|克|米)").match(flat, figure.end - 1)
    return (mistyped.start() if mistyped else figure.start, unit.end() if unit else figure.end)


def _further_unit(unit: str, flat: str, start: int, end: int) -> tuple[str, int] | None:
    """A unit that `figures` does not read or reads in part, with its end: 家次, 元/年/人, 门, 年 behind 长达."""
    if not unit:
        lasting = _YEAR.match(flat, end)
        if lasting and _LASTING.search(flat[:start]):
            return lasting[0].strip(), lasting.end()
        more = _MORE.match(flat, end)
        return (more["unit"], more.end()) if more and _may_count(flat[start], more["unit"]) else None
    if unit not in ("次", "场次", "人次") and _TIMES.match(flat, end):
        return f"{unit}次", end + 1
    per = _PER.match(flat, end)
    return (unit + per[0], per.end()) if per else None


def _may_count(first: str, unit: str) -> bool:
    """Whether the unit counts behind a number that begins so: 5级 does, 四大 and 百强 are parts of names."""
    return unit not in ("大", "强", "星", "线", "站", "级") or first.isdigit()


def _per_period(flat: str, start: int, unit: str) -> str:
    """次/月 for 每月开展一次."""
    every = _EVERY.search(flat[max(0, start - 12) : start])
    if every is None or "/" in unit or unit in ("元", "%"):
        return unit
    return f"{unit}/{every['period'] or '天'}"


def _soft(number: str) -> str | None:
    found = _SOFT.search(number)
    return found[0] if found else None


def _split_scale(unit: str) -> tuple[str, str]:
    return (unit[0], unit[1:]) if unit[0] in "万亿" else ("", unit)


def _text(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _in_slogan(flat: str, at: int) -> bool:
    """Whether a place is inside a title or a short quotation: “四区一花园”, 《三年行动计划》."""
    return any(
        m.start() < at < m.end() and (m[0][0] in "《〈" or m.end() - m.start() <= _LONGEST_SLOGAN)
        for m in _QUOTED.finditer(flat)
    )


def _is_no_statement(amount: Amount, flat: str) -> bool:
    before, after = flat[: amount.start], flat[amount.end :]
    bare = amount.unit.split("/")[0]
    if _LETTER.search(before) or _in_slogan(flat, amount.start) or _SERIAL.match(after):
        return True
    if bare == "岁" and not _AGE.search(before):
        return True
    if (
        bare == "届"
        or (bare == "本" and not flat[amount.start].isdigit())
        or (bare == "个" and re.match(r"一(?=[，,。；;、“]|$)|[“\"”]|方面", after))
    ):
        return True  # 十九届, 三个一, 三个“100%”
    if bare == "期" and not amount.value.startswith(flat[amount.start]):
        return not _HELD.search(before)  # 二期工程 is its second stage
    if re.search(r"(?:(?<![岁元亩人])以下|下列|如下)$", before):
        return True
    if after.startswith("的") and re.search(r"[过超]$", before) and flat[amount.start] in "百千万":
        return True  # 税收过百万元的企业
    if bare in ("日", "号") or (bare in ("天", "小时") and re.match(r"[内前后之]", after)):
        return True
    if bare == "个" and re.match(r"月(?!亮)", after) and not _LASTING.search(before):
        return True
    if amount.approx and _BOUND.fullmatch(amount.approx) and bare != "%":
        return bool(_THRESHOLD.match(after) or re.match("、|的", after))
    return bool(_FORMULA.match(after)) and not amount.unit.endswith("%")
