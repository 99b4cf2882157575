"""Hard line wraps: where a line end stands in the middle of a sentence. All lines are folded."""

import re

from rag.parsing.outline import LONGEST_HEADING, is_section_title
from rag.text.clauses import CLAUSE_MARKS, SENTENCE_MARKS
from rag.text.item_numbers import begins_point, read_numbering
from rag.text.letterhead import is_addressee, is_letterhead, is_title
from rag.text.normalization import HAN
from rag.text.numerals import INDEFINITE, LARGE, MULTIPLES, NUMERALS, POINT
from rag.text.prompt_injection import is_order
from rag.text.units import UNIT

_FULL_LINE = 28  # characters from which an unfinished line is taken for a wrapped one
_ENDED = re.compile(rf"[{SENTENCE_MARKS}:…][\"'”’)\]】》」』]*$")
_SENTENCE_MARK = re.compile(rf"[{SENTENCE_MARKS}]")
_CANNOT_END = (",", "、", "(", "“", "《", "「", "『", "【")
_CANNOT_BEGIN = (",", "、", "。", ";", ":", "!", "?", ")", "”", "》", "」", "』", "】", "%")
_CLAUSE_END = rf"(?=[{CLAUSE_MARKS}、)]|$)"
_FIGURE_BEGUN = re.compile(rf"(?:[{HAN}]\ ?(?:[\d.,]*\d)|分之(?P<words>[{NUMERALS}{POINT}]*))$")
_FIGURE_GOES_ON = re.compile(
    rf"[{INDEFINITE}]?(?:[{MULTIPLES[1:3]}]?[{LARGE}](?:{UNIT}|{_CLAUSE_END})|(?:{UNIT}|‰){_CLAUSE_END})"
)
_WORDS_GO_ON = re.compile(rf"[{NUMERALS}{POINT}]+{_CLAUSE_END}")


def ends_sentence(line: str) -> bool:
    """Whether a line ends with a full stop, semicolon, colon or the like, closing quotes allowed."""
    return bool(_ENDED.search(line))


def is_wrapped(line: str, following: str) -> bool:
    """Whether the sentence at the end of a line goes on in the following line.

    Example: is_wrapped("一是摸清底数。二是做好用地底", "数登记工作。") is True
    """
    if ends_sentence(line) or "\t" in line or is_letterhead(line) or is_title(line) or is_section_title(line):
        return False
    goes_on = (
        following.startswith(_CANNOT_BEGIN)
        or _parts_a_figure(line, following)
        or (_is_unfinished(line) and _can_continue(following, line))
    )
    return goes_on and not (is_order(line) or is_order(following))  # orders to a model take no sentence with them


def _parts_a_figure(line: str, following: str) -> bool:
    """Whether a line ends within a figure: 达到2.35 and 万吨, 百分之八 and 十."""
    begun = _FIGURE_BEGUN.search(line)
    if begun is None:
        return False
    return bool((_FIGURE_GOES_ON if begun["words"] is None else _WORDS_GO_ON).match(following))


def _is_unfinished(line: str) -> bool:
    if read_numbering(line) and len(line) <= LONGEST_HEADING and not _SENTENCE_MARK.search(line):
        return line.endswith(_CANNOT_END)
    return (
        len(line) >= _FULL_LINE
        or bool(_SENTENCE_MARK.search(line))
        or line.endswith(_CANNOT_END)
        or any(line.count(opening) > line.count(closing) for opening, closing in ("“”", "()", "《》"))
    )


def _can_continue(following: str, line: str) -> bool:
    if "\t" in following or is_letterhead(following) or is_section_title(following) or is_addressee(following):
        return False
    if begins_point(following) or following.startswith("附件"):
        return False
    return ends_sentence(following) or len(following) >= _FULL_LINE or line.endswith(_CANNOT_END)
