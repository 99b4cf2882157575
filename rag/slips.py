"""Characters that were typed or recognised for another one: 岀动, 打涝垃圾, 秸杆."""

import re
import unicodedata
from collections.abc import Iterator

from rag.findings import Finding, Occurrence, once_each
from rag.text.normalization import fold_characters
from rag.types import Span

# Rare characters that input methods and text recognition give for common ones: wrong, right.
_LOOK_ALIKES = {
    pair[0]: pair[1]
    for pair in """
        岀出 䃼补 亊事 囯国 収收 対对 毎每 歩步 戸户 徳德 査查 黒黑 単单 県县 実实 戦战 総总 経经 済济 図图 効效
        労劳 営营
    """.split()
}
# Slips that are no words, as patterns (with what the characters may not meet by chance), and what was meant.
_SLIPS = tuple(
    (re.compile(pair.split(">")[0]), pair.split(">")[1])
    for pair in """
        打涝>打捞 [秸桔]杆>秸秆 布署(?!名)>部署 松驰>松弛 (?<!严)峻工>竣工 幅射>辐射 急燥>急躁 坐阵>坐镇 气慨>气概
        脉博>脉搏 重迭>重叠 穿流不息>川流不息 一股作气>一鼓作气 既往不究>既往不咎 不加思索>不假思索 水笼头>水龙头
        贯切落实>贯彻落实 贯澈>贯彻 防冶(?![炼金])>防治 冶理>治理 整冶(?![炼金])>整治 扶贪>扶贫 贪困>贫困 脱贪>脱贫
        拔付(?!出)>拨付 (?<!究)竟争(?!取)>竞争 帐蓬>帐篷 疏竣>疏浚 气侯>气候 再接再励>再接再厉 迫不急待>迫不及待
        走头无路>走投无路 鼎立相助>鼎力相助 追朔>追溯 震憾>震撼 粗旷>粗犷 寒喧>寒暄 沉缅>沉湎 默守成规>墨守成规
        甘败下风>甘拜下风 一愁莫展>一筹莫展 谈笑风声>谈笑风生
    """.split()
)
_OFTEN = 3  # a rare character met so often is somebody's name
_RARE = re.compile("[\u3400-\u4dbf\ufa0e-\ufa29]")
_COMPATIBLE = re.compile(
    "[\u2e80-\u2fdf\uf900-\ufa0d\ufa2a-\ufaff]"
)  # radicals and doubles that normalise to the common one
_PLACE_NAME = re.compile(r"[^，。；、,;]{0,3}(?:[村镇乡组坪冲塘岭湾桥水河坝垸洞]|街道|社区)")


def wrong_characters(text: str) -> Iterator[Finding]:
    """Look-alikes, known slips and characters so rare that they are hardly meant, in a text in simplified script.

    Example: in "岀动挖机10余台" the span of "岀", which should be 出.
    """
    yield from once_each(_look_alikes(text))
    yield from once_each(_slips(fold_characters(text)))
    yield from once_each(_rare(text))
    doubles = list(_COMPATIBLE.finditer(text))
    if doubles:
        shown = "、".join(dict.fromkeys(f"{each[0]}（{unicodedata.normalize('NFKC', each[0])}）" for each in doubles))[
            :40
        ]
        detail = (
            f"部首或兼容字符代替了汉字：{shown}，共{len(doubles)}处 (compatibility characters, as PDF readers give)"
        )
        yield Finding("wrong_character", detail, Span(*doubles[0].span()))


def _look_alikes(text: str) -> Iterator[Occurrence]:
    for place, character in enumerate(text):
        if right := _LOOK_ALIKES.get(character):
            detail = f"“{character}”疑为“{right}”字之误 (probably another character)"
            yield Occurrence(character, Finding("wrong_character", detail, Span(place, place + 1)))


def _slips(text: str) -> Iterator[Occurrence]:
    for wrong, right in _SLIPS:
        for match in wrong.finditer(text):
            detail = f"“{match[0]}”疑为“{right}”之误 (probably a slip)"
            yield Occurrence(match[0], Finding("wrong_character", detail, Span(*match.span())))


def _rare(text: str) -> Iterator[Occurrence]:
    for match in _RARE.finditer(text):
        is_name = text.count(match[0]) >= _OFTEN or _PLACE_NAME.match(text, match.end())
        if match[0] not in _LOOK_ALIKES and not is_name:
            detail = f"“{match[0]}”是极少用的字，疑有误 (a very rare character, probably wrong)"
            yield Occurrence(match[0], Finding("wrong_character", detail, Span(*match.span())))
