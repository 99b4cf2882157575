"""How lists are numbered: a number in each of the styles that Word and web pages know."""

from collections.abc import Callable, Mapping

from rag.text.numerals import ONES, counting_numeral

STEMS = "甲乙丙丁戊己庚辛壬癸"
FORMAL = "壹贰叁肆伍陆柒捌玖"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_FORMAL_TRADITIONAL = "壹貳參肆伍陸柒捌玖"
_FORMAL_SCALES = ("", "拾", "佰", "仟")
_SCALES = ("", "十", "百", "千")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def list_numeral(number: int, style: str) -> str:
    """A number as a list of that style shows it, in Arabic digits where the style has no sign for it.

    The names are those of Word and, for web pages, of CSS.

    Example: list_numeral(12, "chineseCounting") == "十二"; list_numeral(2, "ideographTraditional") == "乙"
    """
    written = _STYLES.get(style, str)(number) if 0 < number < 10_000 else ""
    return written or str(number)


def _signs(*ranges: tuple[str, int]) -> Callable[[int], str]:
    """One sign for each number: runs of characters, each by its first and how many."""
    signs = [chr(ord(first) + place) for first, count in ranges for place in range(count)]
    return lambda number: signs[number - 1] if number <= len(signs) else ""


def _cycle(number: int) -> str:
    """Stem and branch: 甲子 to 癸亥."""
    return STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if number <= 60 else ""


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        written += sign * count
    return written


def _scaled(number: int, digits: str, scales: tuple[str, ...], zero: str) -> str:
    """Digits with their scales: 一百零五, 壹拾."""
    written, is_gap = "", False
    for scale in reversed(range(len(scales))):
        digit = number // 10**scale % 10
        written += (zero if is_gap and written else "") + digits[digit - 1] + scales[scale] if digit else ""
        is_gap = not digit
    return written


def _counted(number: int) -> str:
    return counting_numeral(number) if number < 100 else _scaled(number, ONES, _SCALES, "零")


def _by_digit(zero: str) -> Callable[[int], str]:
    return lambda number: "".join(f"{zero}{ONES}"[int(digit)] for digit in str(number))


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


_circled = _signs(("①", 20), ("㉑", 15), ("㊱", 15))
_STYLES: Mapping[str, Callable[[int], str]] = {
    **dict.fromkeys(
        (
            *("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"),
            *("taiwaneseCountingThousand", "cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal"),
        ),
        _counted,
    ),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand"), _by_digit("〇")),
    **dict.fromkeys(("taiwaneseDigital", "cjk-decimal"), _by_digit("〇")),
    **dict.fromkeys(
        ("chineseLegalSimplified", "simp-chinese-formal"), lambda number: _scaled(number, FORMAL, _FORMAL_SCALES, "零")
    ),
    **dict.fromkeys(
        ("ideographLegalTraditional", "trad-chinese-formal"),
        lambda number: _scaled(number, _FORMAL_TRADITIONAL, _FORMAL_SCALES, "零"),
    ),
    **dict.fromkeys(("ideographTraditional", "cjk-heavenly-stem"), lambda number: STEMS[number - 1 : number]),
    **dict.fromkeys(("ideographZodiac", "cjk-earthly-branch"), lambda number: _BRANCHES[number - 1 : number]),
    "ideographZodiacTraditional": _cycle,
    "ideographEnclosedCircle": _signs(("㊀", 10)),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    "decimalEnclosedParen": _signs(("⑴", 20)),
    "decimalEnclosedFullstop": _signs(("⒈", 20)),
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), _full_width),
    **dict.fromkeys(("decimalZero", "decimal-leading-zero"), lambda number: f"{number:02}"),
    "numberInDash": lambda number: f"- {number} -",
    **dict.fromkeys(("lowerLetter", "lower-alpha", "lower-latin", "a"), _letters),
    **dict.fromkeys(("upperLetter", "upper-alpha", "upper-latin", "A"), lambda number: _letters(number).upper()),
    **dict.fromkeys(("lowerRoman", "lower-roman", "i"), _roman),
    **dict.fromkeys(("upperRoman", "upper-roman", "I"), lambda number: _roman(number).upper()),
}
