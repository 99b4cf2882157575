"""What the heads of a table say of a figure: when, of what, which aspect of it, in which unit. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.text.figure_patterns import ABOUT_BEFORE, ABOUT_BEHIND
from rag.text.item_numbers import read_numbering
from rag.text.lexicon import concept, table
from rag.text.numerals import INDEFINITE, MULTIPLES
from rag.text.time_heads import time_at_start, years_ago
from rag.text.units import UNITS

LONGEST_NAME = 40  # characters of a cell that names the figures of its row
_LONGEST_UNIT = 8

_UNIT_LABEL = concept("unit_label")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ASPECT = re.compile(rf"(?:{concept('column_aspect').any}|[（()）])+")
_CHANGE = concept("change_column")
_NOTHING = concept("value_column")
_AMOUNT = concept("amount_of_change")
_RANK = concept("rank_column")
_BY_SIGN = concept("change_told_by_sign")
_MEASURES = table("measures_of_a_subject")
_MARKS = " \t#＃*※▲●○◆·-—"
_SIGNS = ("%", "％", "‰")
_NO_DATA = re.compile(r"[-—–－/／\\…*×\s.]+")
_INSIDE = rf"(?:{_UNIT_LABEL.any}\s*[:：]?\s*)?(?P<inside>[^（）()\[\]【】\d，,、；;：:]{{1,{_LONGEST_UNIT}}})"
_BEHIND = re.compile(
    rf"\s*(?:[（(\[【]\s*{_INSIDE}\s*[）)\]】]|[/／:：]\s*(?P<slash>[^/／:：（(\d]{{1,{_LONGEST_UNIT}}})|(?P<sign>±?[%％‰]))\s*$"
)
_UNIT_OF_TABLE = re.compile(
    rf"{_UNIT_LABEL.any}\s*[:：]\s*(?P<units>[^\s；;。（）()]+(?:[，,、]\s*[^\s；;。（）()]+)*)"
)
_UNIT_OF_TITLE = re.compile(r"[（(](?P<units>[^（）()\d]{1,12})[）)]\s*$")
_NUMBER = r"(?:\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+|[\d,，]*\d)(?:\.\d+)?"
_BARE = re.compile(
    rf"(?:{ABOUT_BEFORE.any})?[-+−－﹣–]?\s?{_NUMBER}(?:\s?[-—–~～至]\s?{_NUMBER})?[{INDEFINITE}]?[{MULTIPLES}]*"
)
_NOTE = re.compile(rf"\s*(?:[（(][^（）()]*[）)]|[*＊①-⑳]+|{ABOUT_BEHIND.any})")  # behind a figure
_YEARS = re.compile(rf"{_YEAR.pattern}\s?[-—–~～至]\s?{_YEAR.pattern}年?")


@dataclass(frozen=True, slots=True)
class Name:
    """What one cell, or several together, say of a figure.

    Example: 2021年上半年财政收入（万元） has the time 2021年上半年, the thing 财政收入, the unit 万元.
    """

    time: str = ""
    thing: str = ""
    aspect: str = ""  # what is told of the thing: 年度目标, 完成, 同比增长
    unit: str = ""
    unit_as_written: str = ""  # （万元）
    is_change: bool = False  # whether figures are of a change or a share

    @property
    def is_rank(self) -> bool:
        """Whether figures are places in an order, which have no unit of what is ordered."""
        return (self.thing + self.aspect).endswith(_RANK.words)

    @property
    def has_words(self) -> bool:
        return bool(self.time or self.thing or self.aspect)

    def text(self, *, with_unit: bool = False) -> str:
        """When, what, and which aspect of it, as one speaks."""
        return f"{self.time}{self.thing}{self.aspect}{self.unit_as_written if with_unit else ''}"


def read_name(cell: str) -> Name:
    """The name in a head or a label."""
    text, unit, written = _without_unit(one_line(cell))
    if not text and written.startswith("±"):
        text = _BY_SIGN.words[0]
    if _YEAR.fullmatch(text):
        return Name(f"{text}年", unit=unit, unit_as_written=written)
    text = _without_marks(text)
    time = time_at_start(text)
    rest = text[len(time) :].strip()
    rest = rest.removeprefix("的") if time else rest
    is_aspect = rest in _NOTHING or _ASPECT.fullmatch(rest) is not None
    if time and rest and not is_aspect and years_ago(time) is not None:
        return Name("", text, "", unit, written)  # 上年结转
    is_change = is_aspect and _CHANGE.search(rest) is not None and not rest.endswith(_AMOUNT.words)
    return Name(time, "" if is_aspect else rest, rest if is_aspect else "", unit, written, is_change)


def _without_marks(text: str) -> str:
    """A name without its number in a list, and without marks that would part it from its figure: 其中：早稻."""
    numbering = read_numbering(text)
    kept = text[numbering.length if numbering else 0 :].strip(_MARKS)
    return re.sub("[，；、]+", "、", re.sub("[：:。]+", "", kept))


def joined(names: Iterable[Name]) -> Name:
    """Several names as one: times first, then things, then aspects, nothing twice.

    Example: 年度目标 of a row and 粮食产量（吨） of a column are 粮食产量年度目标（吨）.
    """
    kept = [name for name in names if name.has_words or name.unit]
    times = sorted(dict.fromkeys(name.time for name in kept), key=lambda time: not _has_year(time))
    unit = next((name for name in kept if name.is_change), None) or next((name for name in kept if name.unit), Name())
    return Name(
        _together(times),
        _together(name.thing for name in kept),
        _together(name.aspect for name in kept),
        unit.unit,
        unit.unit_as_written,
        any(name.is_change for name in kept),
    )


def _has_year(time: str) -> bool:
    return _YEAR.match(time) is not None or years_ago(time) is not None


def _together(parts: Iterable[str]) -> str:
    text = ""
    for part in parts:
        text = part if text and part.startswith(text) else text if text.endswith(part) else text + part
    return text


def units_of_table(lines: Sequence[str], *, are_titles: bool = True) -> tuple[str, str]:
    """The unit that the lines above a table, or its head, give for its figures, and that for its changes and shares.

    Example: 单位：万元、% gives 万元 and %; a title that ends in （万元） gives 万元; several measures give none.
    """
    found = (_UNIT_OF_TABLE.search(line) or (are_titles and _UNIT_OF_TITLE.search(line)) for line in lines)
    told = [match["units"] for match in found if match]
    units = [unit for unit in re.split("[，,、和]", told[-1]) if unit] if told else []
    if not all(is_unit(unit) for unit in units):
        return ("", "")
    shares = [unit for unit in units if unit in _SIGNS]
    measures = [unit for unit in units if unit not in _SIGNS] or (shares if len(units) == 1 else [])
    return measures[0] if len(measures) == 1 else "", shares[0] if len(shares) == 1 else ""


def is_unit(text: str) -> bool:
    """Whether a text is a unit and nothing else, such as 万元 and 公斤/亩, not the first of several."""
    return all((part.lstrip(MULTIPLES) or part).lower() in UNITS for part in re.split(r"[/／]", text))


def fits(unit: str, name: Name) -> bool:
    """Whether the unit of a whole table may be that of a figure: 户数 and 面积 have units of their own, not 万元."""
    own = next((units.split("/") for units, words in _MEASURES.items() if words.search(name.thing)), None)
    known = UNITS.get((unit.lstrip(MULTIPLES) or unit).lower())
    return own is None or known is None or known.measure in own


def is_without_data(cell: str) -> bool:
    """Whether a cell says that there is nothing to say: —, /, …"""
    return _NO_DATA.fullmatch(cell) is not None


def is_bare(cell: str) -> bool:
    """Whether a cell is a number without a unit; a note may stand behind it."""
    match = _BARE.match(cell)
    return match is not None and _is_note(cell[match.end() :])


def is_value(cell: str) -> bool:
    """Whether a cell is a figure, with or without a unit; a note may stand behind it."""
    match = _BARE.match(cell)
    if match is None or _YEARS.fullmatch(cell):
        return False
    rest = _NOTE.sub("", cell[match.end() :]).strip()
    return not rest or rest in _SIGNS or is_unit(rest)


def with_unit(cell: str, unit: str) -> str:
    """A bare figure with its unit before the note, if any."""
    match = _BARE.match(cell)
    return cell[: match.end()] + unit + cell[match.end() :] if match else cell


def _is_note(text: str) -> bool:
    return not text or _NOTE.fullmatch(text) is not None


def is_year(cell: str) -> bool:
    """Whether a cell is a year, as may head a column: 2021, 2021年."""
    return re.fullmatch(rf"{_YEAR.pattern}年?度?", cell) is not None


def is_head_word(cell: str) -> bool:
    """Whether a cell says when, or which aspect, or in which unit: what heads do and entries do not."""
    name = read_name(cell)
    says = name.time or name.aspect or name.unit
    return bool(says and not is_value(cell) and not any(character.isdigit() for character in name.thing))


def one_line(cell: str) -> str:
    """A cell without its line ends, and without blanks between Chinese characters of a short head: 指 标."""
    joined_lines = "".join(part.strip() for part in cell.split("\n"))
    return re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", joined_lines)


def _without_unit(text: str) -> tuple[str, str, str]:
    if is_unit(text):
        return "", text, ""
    match = _BEHIND.search(text)
    if match is None:
        return text, "", ""
    unit = match["inside"] or match["slash"] or match["sign"]
    unit = unit.strip().removeprefix("±").strip()
    return (text[: match.start()], unit, match[0].strip()) if is_unit(unit) else (text, "", "")
