"""Whether a claim's words are those of the sentences it rests on. Pure."""

import re
from collections.abc import Sequence

from rag.alignment import MAXIMUM_SENTENCES, words_of
from rag.stance import is_intent_unfounded
from rag.subjects import without_figures
from rag.text.bigrams import character_coverage, content_bigrams
from rag.text.english import is_english, names_carried
from rag.text.normalization import fold
from rag.text.units import UNITS
from rag.types import Evidence
from rag.unsaid import unsaid_words
from rag.verdicts import Asked, UnsupportedReason

NEW_WORDS_COVERED = 0.5  # of a claim's words that the question does not have
ALL_WORDS_COVERED = 0.45  # of all its words
LONG_ITEM = 3  # characters of a list item that is looked for in further sentences
SAYS_YES = 0.9  # of a claim's words that are the question's own

AGREEMENT = re.compile(
    r"^(?:是的?|不是|没有|有|对|不对|否)[，,。]|没有|报告(?:中|里)?(?:说|提到|写的?是?)?|以及|另外"
)  # adds no fact
_LISTS = re.compile("[、；;]")
_EDGES = re.compile(r"^\W+|\W+$")
_OFFICE = re.compile(
    r"(?:书记|镇长|乡长|主任|主席|局长|校长|村长|支书|所长|站长|县长|市长|院长|队长)(?:是|叫|名叫|为|姓名是)([\u4e00-\u9fff]{2,4})"
)
_NOT_A_NAME = re.compile(r"组长|主体|成员|代表|第一|核心|负责|牵头|总|全|各|一")
_UNIT = "|".join(map(re.escape, sorted(UNITS, key=len, reverse=True)))
_COUNTED = re.compile(rf"(?:多少|几)(?:{_UNIT})?的?([\u4e00-\u9fff]{{2,4}})[？?，,]")


def check_words(text: str, chosen: Sequence[Evidence], asked: Asked) -> UnsupportedReason | None:
    """Why a claim's words are not carried: names, what is counted and all else must stand in the sentences, but for
    words of the question that need no proof."""
    if is_english(text):
        said = " ".join(item.text for item in chosen)
        return None if names_carried(text, said, asked.text) else "words_not_in_evidence"
    carried = frozenset().union(*(words_of(item) | _context_words(item) for item in chosen))
    words = AGREEMENT.sub(" ", without_figures(text))
    is_carried = (
        character_coverage(words, content_bigrams(asked.text), carried) >= NEW_WORDS_COVERED
        and character_coverage(words, frozenset(), carried) >= ALL_WORDS_COVERED
        and all(name in _said(chosen) for name in _office_holders(text))
        and not _counts_unsaid(text, carried, asked)
        and not _unsaid(text, chosen, asked)
        and not is_intent_unfounded(text, chosen)
    )
    return None if is_carried else "words_not_in_evidence"


def with_list_items(
    text: str, chosen: Sequence[Evidence], evidence: Sequence[Evidence], asked: Asked
) -> list[Evidence]:
    """A claim that lists things gets the sentences that name those of its items that are still open, and what it says
    whole, such as 县委 for the salutation of a report."""
    found = list(chosen)
    if is_english(text) or not (unsaid := _unsaid(text, chosen, asked)):
        return found
    whole = [e for e in evidence if (words := _EDGES.sub("", fold(e.text))) and len(words) > 1 and words in fold(text)]
    items = [item for item in unsaid if len(item) >= LONG_ITEM and _LISTS.search(text)]
    naming = [next((e for e in evidence if item in fold(e.text)), None) for item in items]
    more = dict.fromkeys(e for e in (*whole, *naming) if e is not None and e not in chosen)
    return [*found, *list(more)[: max(0, MAXIMUM_SENTENCES - len(found))]]


def _office_holders(text: str) -> list[str]:
    """Names that a claim gives to offices; the question naming them proves nothing."""
    return [match[1] for match in _OFFICE.finditer(fold(text)) if not _NOT_A_NAME.search(match[1])]


def _counts_unsaid(text: str, carried: frozenset[str], asked: Asked) -> bool:
    """Whether a claim counts what the question asks to be counted, and its sentences do not speak of that.

    Example: 接待了多少游客 is not answered by 采摘园200亩 told as 接待了200亩采摘园的游客
    """
    counted = [content_bigrams(match[1]) for match in _COUNTED.finditer(fold(asked.text))]
    return any(noun and noun & content_bigrams(text) and not noun & carried for noun in counted)


def _said(chosen: Sequence[Evidence]) -> str:
    return "".join(fold(item.text) for item in chosen)


def _only_says_yes(text: str, asked: Asked) -> bool:
    """Whether a claim affirms a yes-or-no question in its own words: then each of them is to be proved."""
    words = AGREEMENT.sub(" ", without_figures(text))
    return asked.is_yes_no and character_coverage(words, frozenset(), content_bigrams(asked.text)) >= SAYS_YES


def _unsaid(text: str, chosen: Sequence[Evidence], asked: Asked) -> tuple[str, ...]:
    """The claim's words that neither the chosen sentences nor the question have."""
    asked_words = content_bigrams(asked.text) - asked.unproved
    if asked.is_yes_no:
        asked_words = frozenset()  # what is asked is to be proved
    known = asked_words.union(*(_context_words(item) for item in chosen))
    words = AGREEMENT.sub(" ", without_figures(text))
    said = [without_figures(item.text) for item in chosen]
    return unsaid_words(words, known, said, is_strict=_only_says_yes(text, asked))


def _context_words(item: Evidence) -> frozenset[str]:
    return content_bigrams(f"{item.county or ''}{item.town or ''} {item.sentence.section}")
