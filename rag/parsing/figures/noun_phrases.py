"""Making names of the words around an amount: what a figure is of, without what says only that it was reached."""

import re

from rag.parsing.heads.words import PREPOSITIONS, VERBS, WordSet
from rag.text.clauses import CLAUSE_MARKS
from rag.text.lexicon import concept
from rag.text.normalization import HAN

LONGEST_SUBJECT = 30  # characters
LONGEST_BEHIND = 40  # of a list that one amount is spent on
LONGEST_PREDICATE = 10
SHORTEST_NOUN = 2
_DONE_AHEAD = re.compile(rf"^(?:{concept('reached').any}了?|有)(?=[{HAN}a-z0-9]{{2}})(?!率)")
_MARK_BEHIND = re.compile(rf"(?<=[{HAN}a-z0-9]{{2}}){concept('before_a_mark').any}了?$")
_FROM_BEHIND = re.compile(rf"(?<=[{HAN}]{{2}})(?<!自|理)[由从](?:{concept('earlier_time', 'past_year').any}|年初)?$")
_PREPOSITION = re.compile(rf"^{concept('loose_preposition').any}(?=[{HAN}a-z0-9]{{4}})")
_SERVED = re.compile(r"^[对为给向与](?P<whom>.{2,})$")
_HOW_OFTEN = re.compile(rf"{concept('lately').any}$")
_LIGHT = re.compile(rf"^{concept('taking_light_verb').any}了?(?P<what>[{HAN}]{{2,}})")
_TAKEN = re.compile(rf"^(?:{concept('already').any}|{concept('evenly', 'whole', 'whole_told').any})+(?:经|全面|全部)*")
_NOT_A_NOUN = WordSet(concept("noun_ends", "behind_subject", "behind_amount", "rate_of_change", "changed_to"))
_PREDICATES = WordSet(concept("predicate_verb"))
_BREAK = re.compile(rf"[{CLAUSE_MARKS}：:！!？?（(]")
_AND_OTHERS = "等"
_AND = WordSet(("、", "以及", *concept("and")))


def as_name(words: str) -> str:
    """Words as a name: without 完成 or 预计 at their ends and what only leads to them, not longer than a name is.

    Example: 农民人均纯收入 of 农民人均纯收入预计, 地区生产总值 of 完成地区生产总值
    """
    while (shorter := _without_ends(words)) != words:
        words = shorter
    return shortened(words)


def _without_ends(words: str) -> str:
    ahead = _PREPOSITION.sub("", _DONE_AHEAD.sub("", words))
    return _MARK_BEHIND.sub("", _FROM_BEHIND.sub("", ahead))


def shortened(words: str, longest: int = LONGEST_SUBJECT) -> str:
    """A long name from the first verb, 的 or mark on that leaves no more than so many characters."""
    if len(words) <= longest:
        return words
    for place in range(len(words) - longest, len(words) - 1):
        if words[place - 1] in "的、，,":
            return words[place:]
        if VERBS.at(words, place) > 1 and not VERBS.before(words, place):
            return words[place:]
    return words[-longest:]


def both_sides(left: str, right: str) -> str:
    """What an amount between two parts of one name is of; empty where the words behind it are none.

    Example: 天威光伏发电 of 天威[20兆瓦]光伏发电, 甲厂、乙厂等项目 of 甲厂、乙厂等[9个]项目
    """
    if not right or not left or is_predicate(right):
        return ""
    return f"{left}{without_predicate(right)}"


def without_predicate(words: str) -> str:
    """A noun without what is told of it: 学生宿舍楼 of 学生宿舍楼竣工."""
    return words[: _PREDICATES.first(words, SHORTEST_NOUN, len(words))]


def is_predicate(words: str) -> bool:
    """Whether words behind an amount say what happens, and are no noun."""
    return bool(VERBS.at(words, 0) or PREPOSITIONS.at(words, 0) or _NOT_A_NOUN.at(words, 0))


def served(left: str, right: str) -> str:
    """对相关部门[两次]进行调度 is 相关部门调度; empty where no such verb follows."""
    whom, what = _SERVED.match(left), _LIGHT.match(right)
    return f"{_HOW_OFTEN.sub('', whom['whom'])}{what['what']}" if whom and what else ""


def with_predicate(name: str, right: str) -> str:
    """A noun with what its amount says of it: 贫困户脱贫 of 贫困户[599户]已全面脱贫."""
    taken = _TAKEN.match(right)
    if not taken or VERBS.at(name, 0):
        return name
    said = _BREAK.split(right[taken.end() :])[0]
    is_short = 2 <= len(said) <= LONGEST_PREDICATE and re.fullmatch(rf"[{HAN}]+", said)
    return f"{name}{said}" if is_short else name


def shared_predicate(words: str) -> str:
    """What is said of several nouns with amounts behind the last of them: 入选人才计划 of 创新团队入选人才计划."""
    said = _BREAK.split(words)[0]
    return said[_PREDICATES.first(said, SHORTEST_NOUN, len(said)) :]


def list_behind(words: str) -> str:
    """A list of things behind an amount, up to the end of its clause, without the figures of a further one."""
    said = _BREAK.split(words)[0]
    if "、" not in said or any(sign.isdigit() for sign in said):
        return ""
    return said if len(said) <= LONGEST_BEHIND else said[: said.rfind("、", 0, LONGEST_BEHIND)]


def ends_with_and(words: str) -> bool:
    """Whether words end with 和, 以及 or 、, so that what follows them is of the same kind."""
    return bool(_AND.before(words, len(words)))


def others_of(left: str, right: str) -> str:
    """甲、乙等[9个]项目: the name of what they are some of."""
    return f"{left}{_AND_OTHERS}{right}" if left and right else ""


def starts_with_and(words: str) -> bool:
    """Whether words begin with 和, 以及 or 、."""
    return bool(_AND.at(words, 0))
