"""What an answer says beside its figures: yes or no, done or planned, and in which language and script."""

import re
from typing import Literal

from eval.items import GoldenItem
from eval.scoring.shortcoming import Shortcoming
from eval.scoring.wording import clauses

Script = Literal["en", "zh", "zh-Hans", "zh-Hant"]

_YES = re.compile(r"(?:是的|是[,。;!]|对的?[,。;!]|没错|确实|正确|有[,。;!]|有的|会的|可以[,。;!]|yes\b|correct\b)")
_NO = re.compile(r"(?:不是|不对|不可以|不能|没有|没|未|尚未|还没|否|并非|并未|并没|不[,。;!]|无|no\b|not\b)")
_HESITANT = re.compile(
    r"不|没|未|无|非|否|计划|打算|规划|拟|将|预计|目标|有望|推进|正在|还|尚|任务|只|仅|要|争取|力争|以来|累计|底|截至|截止|严禁|零|(?<!\d)0(?!\d)"
    r"|\bnot?\b|\bplan|\bwill\b|\bonly\b|\bunder way\b|\bintend"
)
_DENIAL = re.compile(r"[不没未无非否尚]|\bnot?\b")
_DONE = re.compile(r"已经?(?:建成|完成|完工|建好|实施|启动|种植|发放|落实|实现|改成)|(?:建成|完成|完工|种植|实现)了")
_INTENDED = re.compile(r"计划|打算|规划|拟|将|预计|目标|争取|力争|要|任务|准备|思路|\bplan|\bwill\b|\bintend|\baim")
_QUOTED = re.compile(r"“[^”]*”|「[^」]*」|『[^』]*』|《[^》]*》|\"[^\"]*\"")


def wrong_polarity(item: GoldenItem, answer: str) -> tuple[Shortcoming, ...]:
    """Why an answer says yes where the golden one says no, or the reverse; empty where it does not."""
    if item.polarity is None:
        return ()
    text = clauses(answer).lstrip('答:“" ')
    if item.polarity == "yes":
        return (Shortcoming("应为是，答作否 (says no)"),) if _NO.match(text) else ()
    first = re.split("[。;\n]", text)[0]
    if _YES.match(text) and not _DENIAL.search(first[2:]):
        return (Shortcoming("应为否，答作是 (says yes)"),)
    return () if _HESITANT.search(text) else (Shortcoming("应为否，没有否定 (nothing denied)"),)


def wrong_tense(item: GoldenItem, answer: str) -> tuple[Shortcoming, ...]:
    """Why an answer tells a plan as done; only for items whose golden answer is a plan and says nothing is done."""
    if item.kind != "plan" or _DONE.search(clauses(item.answer)):
        return ()
    text = clauses(answer)
    if _DONE.search(text) and not _INTENDED.search(text) and not re.search("未|没|不", text):
        return (Shortcoming("把计划说成已完成 (a plan told as done)"),)
    return ()


def script_of(text: str) -> Script:
    """Language of a text and, where its characters tell, its script; quotations are left out.

    Example: "230吨" -> zh-Hans, "230噸" -> zh-Hant, "34户" with no telling character -> zh
    """
    own = _QUOTED.sub("", text)
    own = own if any(c.isalpha() for c in own) else text
    letters = [c for c in own if c.isalpha()]
    han = [c for c in letters if "\u3400" <= c <= "\u9fff"]
    if len(han) < 0.2 * max(1, len(letters)):
        return "en"
    traditional = sum(_only_in(c, "big5", "gb2312") for c in han)
    simplified = sum(_only_in(c, "gb2312", "big5") for c in han)
    if traditional == simplified:
        return "zh"
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def _only_in(character: str, one: str, other: str) -> bool:
    """Whether a legacy character set of one script has a character that the other's lacks."""
    return _encodes(character, one) and not _encodes(character, other)


def _encodes(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def wrong_language(question: str, answer: str) -> tuple[Shortcoming, ...]:
    """Why an answer is not in the question's language and script; very short answers have none."""
    asked, given = script_of(question), script_of(answer)
    letters = sum(c.isalpha() for c in answer)
    if (asked == "en") != (given == "en"):
        return (Shortcoming("语言不符 (language)", f"{asked} → {given}"),) if letters > 8 else ()
    if {asked, given} == {"zh-Hans", "zh-Hant"}:
        return (Shortcoming("字体不符 (script)", f"{asked} → {given}"),)
    return ()
