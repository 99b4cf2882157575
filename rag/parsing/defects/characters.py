"""Characters that were typed or recognised for another one: 岀动, 打涝垃圾, 秸杆."""

import re
from collections.abc import Iterator

from rag.parsing.cleaning import LEADING
from rag.parsing.defects.finding import Finding, Occurrence, once_each
from rag.text.clauses import CLAUSE_MARKS
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN, fold_characters, to_traditional, usual_characters
from rag.text.readability import common_share
from rag.types import Span

_LOOK_ALIKES = {wrong: right for right, words in table("look_alikes").items() for wrong in words}
_SLIPS = table("slips")
_OFTEN = 3  # a rare character met so often is somebody's name
_RARE = re.compile("[\u3400-\u4dbf\ufa0e-\ufa29]")
_VILLAGE, _TOWN = (table("place_level")[level] for level in ("village", "town"))
_PLACE_NAME = re.compile(rf"[^{CLAUSE_MARKS}、]{{0,3}}{(_VILLAGE | _TOWN | concept('place_end')).any}")
# Which of two characters that mean different things a word wants, OpenCC's phrases know.
_CONFUSED = frozenset(wrong + right for right, words in table("wrong_conversions").items() for wrong in words)
_LEAST_SHARE = 0.1  # of the characters that a text in traditional script writes in forms of its own
_MOST_LEFT_OVER = 6  # different characters: more of them are a mixed text, said once
_RUN = re.compile(r"[^\x00-\x7f\s，。；：、！？（）《》“”‘’]{4,}")
_LATIN_RUN = re.compile(
    r"(?:[\u00c2-\u00ef][\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u2026\u20ac\u2122]{1,2}){2,}"
)
_LOST = re.compile(
    rf"[^\s\ufffd]?\ufffd+[^\s\ufffd]?|(?<=[{HAN}，、。])\?{{3,}}|\?{{3,}}(?=[{HAN}])|□{{2,}}|[〓▯]+|[\u202d\u202e]"
)
_PRIVATE = re.compile(rf"^{LEADING.pattern}|(?P<unknown>[\ue000-\uf8ff]+)", re.MULTILINE)
_WESTERN = re.compile("[¡-ÿ]{4,}")
_WESTERN_LETTERS = re.compile("[À-ÿ]")
_LEAST_WEIGHED = 40  # characters beyond ASCII; fewer are a list of names
_LEAST_COMMON = 0.65  # of them: of a report nearly all
_LONGEST_WORD = 25  # characters on average, in a text that is in any language
_MOST_ASKED = 0.2  # question marks, likewise
_FILLED = concept("broken_text").pattern
_LEAST_GARBLED_SHARE = 0.75  # of the bytes: single characters of ordinary text are UTF-8 by chance


def wrong_characters(text: str) -> Iterator[Finding]:
    """Look-alikes, known slips and characters so rare that they are hardly meant, in a text in simplified script.

    Example: in "岀动挖机10余台" the span of "岀", which should be 出.
    """
    yield from once_each(_look_alikes(text))
    yield from once_each(_slips(fold_characters(text)))
    yield from once_each(_rare(text))
    usual = usual_characters(text)
    doubles = [place for place, (one, other) in enumerate(zip(text, usual, strict=True)) if one != other]
    if doubles:
        shown = "、".join(dict.fromkeys(f"{text[place]}（{usual[place]}）" for place in doubles))[:40]
        detail = (
            f"部首或兼容字符代替了汉字：{shown}，共{len(doubles)}处 (compatibility characters, as PDF readers give)"
        )
        yield Finding("wrong_character", detail, Span(doubles[0], doubles[0] + 1))


def _look_alikes(text: str) -> Iterator[Occurrence]:
    for place, character in enumerate(text):
        if right := _LOOK_ALIKES.get(character):
            detail = f"“{character}”疑为“{right}”字之误 (probably another character)"
            yield Occurrence(character, Finding("wrong_character", detail, Span(place, place + 1)))


def _slips(text: str) -> Iterator[Occurrence]:
    for right, wrong in _SLIPS.items():
        for match in wrong.pattern.finditer(text):
            detail = f"“{match[0]}”疑为“{right}”之误 (probably a slip)"
            yield Occurrence(match[0], Finding("wrong_character", detail, Span(*match.span())))


def _rare(text: str) -> Iterator[Occurrence]:
    simplified = fold_characters(text)
    for match in _RARE.finditer(text):
        is_name = text.count(match[0]) >= _OFTEN or _PLACE_NAME.match(simplified, match.end())
        if match[0] not in _LOOK_ALIKES and not is_name:
            detail = f"“{match[0]}”是极少用的字，疑有误 (a very rare character, probably wrong)"
            yield Occurrence(match[0], Finding("wrong_character", detail, Span(*match.span())))


def wrong_conversions(text: str) -> Iterator[Finding]:
    """Wrongly converted characters of a text, one finding for each word they stand in.

    Example: in "黨的建設全麵過硬" the span of "全麵", which should be 全面.
    """
    text = usual_characters(text)
    simplified = fold_characters(text)
    own = sum(one != other for one, other in zip(text, simplified, strict=True))
    if own >= _LEAST_SHARE * len(text):
        yield from once_each(_confused(text, to_traditional(simplified)))
        yield from _left_over(
            text, [i for i, each in enumerate(text) if _is_simplified_only(each)], "简体", "simplified"
        )
    else:
        places = [i for i, each in enumerate(text) if each != simplified[i] and _is_encodable(each, "big5")]
        yield from _left_over(text, places, "繁体", "traditional")


def _confused(text: str, expected: str) -> Iterator[Occurrence]:
    if len(expected) != len(text):
        return
    for place, (wrong, right) in enumerate(zip(text, expected, strict=True)):
        if wrong + right in _CONFUSED:
            is_last = bool(place) and text[place - 1].isalpha()
            word = Span(place - 1, place + 1) if is_last else Span(place, place + 2)
            quoted = text[word.start : word.end]
            detail = f"“{quoted}”的“{wrong}”疑为简繁转换错误，应为“{right}” (wrong conversion between the scripts)"
            yield Occurrence(quoted, Finding("wrong_conversion", detail, Span(word.start, min(word.end, len(text)))))


def _left_over(text: str, places: list[int], script: str, english: str) -> Iterator[Finding]:
    characters = dict.fromkeys(text[place] for place in places)
    if len(characters) > _MOST_LEFT_OVER:
        shown = "、".join(list(characters)[:_MOST_LEFT_OVER])
        detail = f"简繁混用：{shown}等{len(characters)}个{script}字 (two scripts are mixed)"
        yield Finding("wrong_conversion", detail, Span(places[0], places[0] + 1))
        return
    detail = f"混入{script}字 (a {english} character among others)"
    yield from once_each(
        Occurrence(text[place], Finding("wrong_conversion", f"“{text[place]}”：{detail}", Span(place, place + 1)))
        for place in places
    )


def _is_simplified_only(character: str) -> bool:
    """Whether a character exists in simplified script alone: Big5 has all that traditional script uses."""
    is_common = "\u4e00" <= character <= "\u9fff" and not _is_encodable(character, "big5")
    return is_common and to_traditional(character) != character


def _is_encodable(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def garbled(text: str) -> Iterator[Span]:
    """The damaged stretches of a text, in order.

    Example: garbled("全镇\\ufffd\\ufffd发展") gives the span of "镇\\ufffd\\ufffd发"
    """
    spans = [Span(*match.span()) for pattern in (_LOST, _FILLED) for match in pattern.finditer(text)]
    spans += [Span(*match.span()) for match in _PRIVATE.finditer(usual_characters(text)) if match["unknown"]]
    spans += [Span(*match.span()) for match in _RUN.finditer(text) if _was_utf8(match[0], "gb18030")]
    spans += [Span(*match.span()) for match in _LATIN_RUN.finditer(text) if _was_utf8(match[0], "cp1252")]
    spans += [Span(*match.span()) for match in _WESTERN.finditer(text) if _is_no_word(match[0])]
    spans += [Span(0, min(_LEAST_WEIGHED, len(text)))] if not spans and _is_no_text(text) else []
    end = -1
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if span.start >= end:
            yield span
            end = span.end


def _is_no_word(run: str) -> bool:
    """Whether a run of Western letters and signs is mostly letters: no language writes four of these together."""
    return 2 * len(_WESTERN_LETTERS.findall(run)) >= len(run)


def _is_no_text(text: str) -> bool:
    """Whether a text is in no language: of rare characters, of lost ones, or of signs that machines exchange."""
    if any(character.isalpha() and not character.isascii() for character in text):
        return _is_rare_throughout(text)
    words = text.split()
    signs = sum(map(len, words))
    return signs > _LONGEST_WORD * max(len(words), 2) or text.count("?") > _MOST_ASKED * max(signs, _LEAST_WEIGHED)


def _is_rare_throughout(text: str) -> bool:
    foreign = sum(not character.isascii() and not character.isspace() for character in text)
    return foreign >= _LEAST_WEIGHED and common_share(text) < _LEAST_COMMON


def _was_utf8(run: str, encoding: str) -> bool:
    """Whether a run's bytes in the encoding it was read in are, all but the ends, Chinese text in UTF-8."""
    raw = run.encode(encoding, "ignore")
    decoded = [character for character in raw.decode("utf-8", "ignore") if "\u4e00" <= character <= "\u9fff"]
    return len("".join(decoded).encode()) >= _LEAST_GARBLED_SHARE * len(raw)
