"""Checking an English sentence against Chinese evidence: figures are figures, and names must be its pinyin."""

import re
from functools import lru_cache

from rag.text.figures import read_figures
from rag.text.glossary import Term, terms_in
from rag.text.normalization import fold

TERMS_BESIDE = 0.5

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z][A-Za-z'-]+")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]\s+|\n)$")
_COMMON = frozenset(
    """
    town township village villages county city province subdistrict community committee party government company co ltd
    river road highway national provincial national yes no rmb yuan mu january february march april may june july
    august september october november december chinese china the its report covid new crown
    """.split()
)


_BODIES = {  # that may have a figure of their own beside the town's, with the English words for them
    "村集体": "village|collective",
    "合作社": "co-?op",
    "公司|企业": "compan|enterprise|firm|business|factor",
    "社区": "communit",
    "学校": "school",
    "基地": "base",
    "大户": "household|grower|farmer",
}


def is_of_body(text: str, before: str) -> bool:
    """Whether an English sentence names the body whose figure it tells; `before` is the clause before the figure.

    Example: is_of_body("The town planted 300 mu.", "9个村集体种植烤烟") is False
    """
    return all(re.search(english, text, re.IGNORECASE) for word, english in _BODIES.items() if re.search(word, before))


def speaks_of_terms(words: str, said: str) -> bool:
    """Whether the Chinese text beside a figure has at least TERMS_BESIDE of the terms that English words give it.

    Example: speaks_of_terms("1,000 mu of farm-machinery subsidy", "示范片1000余亩") is False
    """
    terms = terms_in(words)
    return sum(_is_in(term, said) for term in terms) >= TERMS_BESIDE * len(terms)


def is_english(text: str) -> bool:
    """Whether a text is written in Latin letters, a few Han names apart."""
    return len(_HAN.findall(text)) < 0.2 * max(1, sum(c.isalpha() for c in text))


def names_carried(text: str, said: str, question: str) -> bool:
    """Whether an English sentence rests on the Chinese text `said`: all its names in it, and a figure or name at all.

    Names are capitalised words inside a sentence and Han characters; those of the question need no proof.
    """
    names = [name for name in _names(text) if name.lower() not in question.lower()]
    han = "".join(_HAN.findall(text))
    sounds = pinyin_of(said)
    if not all(name.lower().replace("'", "").replace("-", "") in sounds for name in names):
        return False
    if not all(_is_in(term, said) for term in terms_in(text)):
        return False
    if han and not all(part in said for part in re.findall(r"[\u3400-\u9fff]{2,}", text)):
        return False
    return bool(names or han or any(figure.kind != "year" for figure in read_figures(text)))


def _is_in(term: Term, said: str) -> bool:
    """Whether the Chinese text has one of the words that an English term stands for."""
    return any(word in fold(said) for word in term.chinese)


def _names(text: str) -> list[str]:
    return [
        m[0]
        for m in _WORD.finditer(text)
        if m[0][0].isupper() and m[0].lower() not in _COMMON and not _SENTENCE_START.search(text[: m.start()])
    ]


@lru_cache(maxsize=2048)
def pinyin_of(text: str) -> str:
    """Toneless pinyin in one word: 茶市 to chashi."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(text))
