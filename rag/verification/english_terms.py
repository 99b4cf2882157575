"""Checking an English claim against Chinese sentences: figures are figures, names must be pinyin, terms translated."""

import re

from rag.text.english import pinyin_of
from rag.text.figures import Figure
from rag.text.glossary import Term, terms_in
from rag.text.lexicon import table
from rag.text.normalization import HAN
from rag.text.parsed_text import ParsedText

TERMS_BESIDE = 0.5  # of the English terms beside a figure that its Chinese words must have

_WORD = re.compile(r"[A-Za-z][A-Za-z'-]+")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]\s+|\n)$")
_HAN_WORD = re.compile(rf"[{HAN}]{{2,}}")
_COMMON = frozenset(
    """
    town township village villages county city province subdistrict community committee party government company co ltd
    river road highway national provincial national yes no rmb yuan mu january february march april may june july
    august september october november december chinese china the its report covid new crown
    """.split()
)


def is_of_body(text: str, before: str) -> bool:
    """Whether an English sentence names the body whose figure it tells; `before` is the clause before the figure.

    Example: is_of_body("The town planted 300 mu.", "9个村集体种植烤烟") is False
    """
    bodies = [english for body, english in table("bodies").items() if body in before]
    return all(any(word in text.lower() for word in english) for english in bodies)


def speaks_of_terms(words: str, said: str) -> bool:
    """Whether the Chinese text beside a figure has at least TERMS_BESIDE of the terms that English words give it.

    Example: speaks_of_terms("1,000 mu of farm-machinery subsidy", "示范片1000余亩") is False
    """
    terms = terms_in(words)
    return sum(_is_in(term, said) for term in terms) >= TERMS_BESIDE * len(terms)


def names_carried(claim: ParsedText, said: str, question: str) -> bool:
    """Whether an English claim rests on the folded Chinese text `said`: all its names in it, and a figure or a name.

    Names are capitalised words inside a sentence and Han characters; those of the question need no proof.
    """
    names = [name for name in _names(claim.text) if name.lower() not in question.lower()]
    sounds = pinyin_of(said)
    if not all(name.lower().replace("'", "").replace("-", "") in sounds for name in names):
        return False
    if not all(_is_in(term, said) for term in terms_in(claim.text)):
        return False
    if not all(part in said for part in _HAN_WORD.findall(claim.folded)):
        return False
    return bool(names or re.search(rf"[{HAN}]", claim.folded) or any(_counts(figure) for figure in claim.figures))


def _counts(figure: Figure) -> bool:
    return figure.kind != "year"


def _is_in(term: Term, said: str) -> bool:
    """Whether the Chinese text has one of the words that an English term stands for."""
    return any(word in said for word in term.chinese)


def _names(text: str) -> list[str]:
    return [
        m[0]
        for m in _WORD.finditer(text)
        if m[0][0].isupper() and m[0].lower() not in _COMMON and not _SENTENCE_START.search(text[: m.start()])
    ]
