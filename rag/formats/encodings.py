"""Telling apart the encodings of Chinese text files.

UTF-8 and byte-order marks prove themselves. GB18030, Big5 and UTF-16 without a mark accept almost any bytes, so their
readings are weighed: right ones consist of common Chinese characters, wrong ones of rare ones.
"""

import codecs
import unicodedata
from dataclasses import dataclass

from rag.text.normalization import fold_characters

_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSED = ("gb18030", "big5", "big5hkscs", "cp950", "utf-16-le", "utf-16-be")
_WEIGHED = 20_000  # characters of a reading that are weighed
_LEAST_WEIGHT = 0.45
_MOST_CONTROLS = 0.01

_COMMON = frozenset(
    "的一是了在人有我他这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之都好看起发当没成"
    "只如事把还用第样道想作种开美总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间斯知世什两次使身者被高已"
    "亲其进此话常与活正感见明问力理尔点文几定本公特做外孩相西果走将月十实向声车全信重三机工物气每并别真打太新比才便夫再书部水像眼等体"
    "却加电主界门利海受听表德少克代员许先口由死安写性马光白或住难望教命花结乐色更拉东神记处让母父应直字场平报友关放至张认接告入笑内英军"
    "候民岁往何度山觉路带万男边风解叫任金快原吃妈变通师立象数四失满战远格士音轻目条呢病始达深完今提求清王化空业思切怎非找片罗钱南语"
    "元喜曾离飞科言干流欢约各即指合反题必该论交终林请医晚制球决传画保读运及则房早院量苦火布品近坐产答星精视五连司巴奇管类未朋且婚台夜"
    "青北队久乎越观落尽形影红爸百令周吧识步希亚术留市半热送兴造谈容极随演收首根讲整式取照办强石古华拿计您装似足双妻尼转诉米称丽客南领"
    "节衣站黑刻统断福城故历惊脸选包紧争另建维绝树系伤示愿持千史谁准联妇纪基买志静阿诗独复痛消社算义竟确酒需单治卡幸兰念举仅钟怕共毛句"
    "息功官待究跟穿室易游程号居考突皮哪费倒价图具刚脑永歌响商礼细专黄块脚味灵改据般破引食仍存众注笔甚某沉血备习校默务土微娘须试怀料调"
    "广苏显赛查密议底列富梦错座参八除跑亮假印设线温虽掉京初养香停际致阳纸李纳验助激够严证帝饭忘趣支春集丈木研班普导顿睡展跳获艺六波察"
    "群皇段急庭创区奥器谢弟店否害草排背止组州朝封睛板角况曲馆育忙质河续哥呼若推境遇雨标姐充围案伦护冷警贝著雪索剧啊船险烟依斗值帮汉慢"
    "佛肯闻唱沙局伯族低玩资屋击速顾泪洲团圣旁堂兵七露园牛哭旅街劳型烈姑陈莫鱼异抱宝权鲁简态级票怪寻杀律胜份汽右洋范床舞秘午登楼贵吸责"
    "例追较职属渐左录丝牙党继托赶章智冲叶胡吉卖坚喝肉遗救修松临藏担戏善卫药悲敢靠伊村戴词森耳差短祖云规窗散迷油旧适乡架恩投弹铁博雷府"
    "压超负勒杂醒洗采毫嘴毕九冰既状乱景席珍童顶派素脱农疑练野按犯拍征坏骨余承置彩灯巨琴免环姆暗换技翻束增忍餐洛塞缺忆判欧层付阵玛批岛"
    "项狗休懂武革良恶恋委拥娜妙探呀营退摇弄桌熟诺宣银势奖宫忽套康供优课鸟喊降夏困刘罪亡鞋健模败伴守挥鲜财孤枪禁恐伙杰迹妹遍盖副坦牌江"
    "镇县街办户亩贫扶兴乡垃圾整治隐患疫防控贷缴纠纷矛盾项目投资万元额增硬化渠塘粮油茶烤猪养殖社区网格低保医疗险宅基镇委政府书记组织干部"
)
_ONE_OFF = frozenset("　、。〈〉《》「」『』【】〔〕“”‘’…—·～￥①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢ㎡℃％±×°")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text without its byte-order mark, and the encoding it was in."""

    text: str
    encoding: str


def decode(content: bytes) -> Decoded | None:
    """The text that bytes hold, None where no encoding gives a readable one.

    Example: decode("柳溪镇".encode("gb18030")) == Decoded("柳溪镇", "gb18030")
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _accepted(content[len(mark) :], encoding)
    if decoded := _accepted(content, "utf-8"):
        return decoded
    readings = [decoded for encoding in _GUESSED if (decoded := _accepted(content, encoding))]
    best = max(readings, key=lambda reading: _weight(reading.text), default=None)
    return best if best and _weight(best.text) >= _LEAST_WEIGHT else None


def is_cut_character(content: bytes) -> bool:
    """Whether bytes would be readable without the one to three at their end, which begin a character."""
    return any(decode(content[:-cut]) is not None for cut in (1, 2, 3) if cut < len(content))


def undecodable_line(content: bytes) -> int | None:
    """The line (from 1) at which the encoding of the lines before it stops to fit, None where none fits for long."""
    reached = max((_first_fault(content, encoding) for encoding in ("utf-8", "gb18030", "big5")), default=0)
    before = content[:reached].rfind(b"\n") + 1
    return content[:before].count(b"\n") + 1 if before and decode(content[:before]) is not None else None


def _first_fault(content: bytes, encoding: str) -> int:
    try:
        content.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start
    return 0


def has_control_characters(text: str) -> bool:
    """Whether a text holds NULs, or more than one control character in a hundred."""
    text = text.rstrip("\x1a")  # the end mark of old DOS files
    controls = sum(character < "\xa0" and not character.isprintable() and not character.isspace() for character in text)
    return "\x00" in text or controls > len(text) * _MOST_CONTROLS


def _accepted(content: bytes, encoding: str) -> Decoded | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if has_control_characters(text) else Decoded(text, encoding)


def _weight(text: str) -> float:
    """How much of the text beyond ASCII is common Chinese, from 0 to 1; 0 where there is nothing beyond ASCII."""
    foreign = [character for character in fold_characters(text[:_WEIGHED]) if not _is_neutral(character)]
    return sum(_character_weight(character) for character in foreign) / len(foreign) if foreign else 0.0


def _is_neutral(character: str) -> bool:
    return character.isascii() or character.isspace()


def _character_weight(character: str) -> float:
    if unicodedata.category(character) == "Co":
        return -1.0  # private use: hardly ever in a real text
    if character in _COMMON or character in _ONE_OFF or "！" <= character <= "～":
        return 1.0
    try:
        row = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return 0.0
    return 0.5 if 0xB0 <= row <= 0xD7 else 0.0  # the first level of GB 2312: the 3,755 usual characters
