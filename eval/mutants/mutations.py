"""False claims made of true ones: exactly one thing changed, to see whether the verifier notices. Pure.

A mutant is left out where it may be true after all, by these rules:
- a changed figure, if a shown clause has it (value, unit class, approximation) beside half of the claim's own words;
- swapped figures, if they are equal or are parts of a date;
- a changed town or year, if shown sentences of that town and year have every figure and half of the words;
- a changed name, if what it was changed to stands in a shown sentence;
- a changed numeral that counts nothing: 一个, 亿元以上, list numbers, clock times, figures inside quotation marks;
- a plan told as done, if another word of planning is left.
Every choice follows from a hash of the claim, so that the mutants are the same on every machine.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from eval.scoring.numbers import Figure, figures_in
from eval.scoring.scopes import scope_at, scopes
from eval.scoring.wording import bigrams, clauses

MutationKind = Literal["digit", "unit", "approximation", "year", "town", "name", "polarity", "plan", "swap"]

SAME_CLAUSE = 0.5  # of a clause's words that a shown clause must have to be taken to say the same
NAMES_CHANGED = 3  # of one claim
PAIRS_SWAPPED = 2
OTHER_TOWNS = 2
OTHER_YEARS = (-1, 1, 3)


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence that the verifier is given, with whose and of when it is."""

    text: str
    town: str
    year: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A true claim in simplified script, and what it can be confused with."""

    text: str
    town: str
    year: int  # of the statement: a plan's is the year planned for
    is_plan: bool = False
    names: tuple[str, ...] = ()  # words of the text that answer a question for a name
    shown: tuple[Shown, ...] = ()
    other_towns: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()  # of other reports


@dataclass(frozen=True, slots=True)
class Mutant:
    """A false claim, the true one that it was made of, and the difference."""

    kind: MutationKind
    text: str
    original: str
    change: str


_UNITS = {
    "亩": "公顷", "公顷": "亩", "户": "人", "人": "户", "名": "户", "公里": "米", "米": "公里", "平方米": "亩",
    "吨": "公斤", "公斤": "吨", "元": "万元", "万元": "亿元", "亿元": "万元", "人次": "户", "%": "个百分点",
    "个百分点": "%", "立方米": "平方米", "千米": "米", "斤": "吨", "担": "吨", "万": "亿", "亿": "万", "处": "户",
    "个": "亩", "家": "人", "条": "公里", "座": "公里", "场次": "人次", "起": "人",
}  # fmt: skip
_UNIT_AT_END = re.compile(rf"(?:{'|'.join(sorted(map(re.escape, _UNITS), key=len, reverse=True))})$")
_OVER = re.compile(r"[余多]|以上|超过|超|逾|突破|至少|不少于|不低于")
_ABOUT = re.compile(r"近|约|左右|将近|接近|大约")
_NUMERAL = re.compile(r"[\d.]+|[零〇一二两三四五六七八九十百千万亿]+")
_CLOCK = re.compile(r"\d{1,2}[:：]\d\d")
_DIGIT = re.compile(r"\d|[一二三四五六七八九]")
_CHINESE_DIGITS = "一二三四五六七八九"
_DATE_UNITS = frozenset({"年", "月", "日", "日期"})
_QUOTED = re.compile(r"[“\"「『《]([^”\"」』》]{2,16})[”\"」』》]")
_LIST_NUMBER = re.compile(r"(?:^|[,，。；;:：])\s*[(（]?$")
_PLACE = re.compile(
    r"([\u4e00-\u9fff]{2})(村委会|村|社区|公司|合作社|学校|小学|中学|医院|卫生院|水库|公路|大桥|桥|河|集团|工业园|基地)"
)
_NO_NAME = re.compile(r"[的了等在和与及各全本个所我该行政自然贫困新农乡镇级入驻在帮扶驻示范省市县]")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_STRANGE = "霖钰枫岐浔澧锡璋黛鸥榕琪珩蓥皓"  # characters of names, rare in reports
_NEGATION = re.compile(
    r"尚未|并未|未(?!来|成年)|没有|无(?=一|人|重|安全|上访|事故|新增|疫|火|违|返)|不(?=够|强|高|到位|平衡|完善|规范|健全|明显|深|多|大|严|及时)"
)
_VERB = re.compile(
    r"完成|新建|修建|建成|建设|发放|实现|开展|组织|新增|投入|争取|拆除|改造|硬化|种植|引进|举办|安装|查处|清理|获得|荣获|"
    r"培训|落实|推进|成立|召开|化解|救助|达到|接待"
)
_PLANNED = re.compile(r"计划|打算|规划|准备|拟|将(?!近)|争取|力争|目标|预计|下一步|明年|来年|要(?!求|素|点)")
_NUMBERING = re.compile(
    r"^\s*(?:[(（][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}(?:、|是(?!否))|\d{1,2}[、.](?!\d))\s*"
)
_TO_FULL_WIDTH = str.maketrans({",": "，", ";": "；", ":": "：", "!": "！", "?": "？"})
_TO_HALF_WIDTH = str.maketrans({"，": ",", "；": ";", "：": ":", "！": "!", "？": "?"})
_LONGEST_STATEMENT = 70


def statement_text(sentence: str, quote: str) -> str:
    """A sentence as an answer would say it, in simplified script: of a long one the clauses that the quotation is in.

    Empty where it cannot be told simply.
    """
    folded = clauses(sentence)
    wanted = clauses(quote)
    begin = folded.find(wanted)
    if begin < 0:
        begin, wanted = 0, folded
    if len(folded) > _LONGEST_STATEMENT:
        inside = [s for s in scopes(folded, 1) if s[0] < begin + len(wanted) and begin < s[1]]
        folded = folded[inside[0][0] : inside[-1][1]] if inside else folded
    text = _NUMBERING.sub("", folded).strip().rstrip(".。,;:").translate(_TO_FULL_WIDTH)
    return text if _half(text) == clauses(text) else ""


def full_text(statement: Statement) -> str:
    """The statement with its town and year, where it does not name one, and with 计划 where it is a plan."""
    has_year = any(_is_year(f) for f in figures_in(_half(statement.text)))
    has_town = _stem(statement.town) in statement.text
    year = "" if has_year else f"{statement.year}年"
    return f"{'' if has_town else statement.town}{year}{told(statement)}"


def told(statement: Statement) -> str:
    """The statement, a plan with a word that says so."""
    needs_word = statement.is_plan and not _PLANNED.search(statement.text)
    return f"计划{statement.text}" if needs_word else statement.text


def mutants_of(statement: Statement) -> Iterator[Mutant]:
    """Every mutant of a statement that no rule leaves out, each text once."""
    seen: set[str] = {told(statement), full_text(statement)}
    for make in (_figures_changed, _swapped, _years, _towns, _names, _polarity, _done):
        for mutant in make(statement):
            if mutant.text not in seen:
                seen.add(mutant.text)
                yield mutant


def _half(text: str) -> str:
    return text.translate(_TO_HALF_WIDTH)


def _choice(seed: str, count: int) -> int:
    return int(hashlib.sha256(seed.encode()).hexdigest()[:8], 16) % count


def _stem(town: str) -> str:
    return clauses(town)[:-1] if len(town) > 2 else clauses(town)


def _is_year(figure: Figure) -> bool:
    return figure.unit == "年" and 1900 <= figure.value <= 2100


def _outermost(text: str) -> list[Figure]:
    """The figures of a text that count something, none inside another."""
    found = figures_in(_half(text))
    labels = [m.span() for pattern in (_QUOTED, _CLOCK) for m in pattern.finditer(text)]
    kept: list[Figure] = []
    for figure in sorted(found, key=lambda f: (f.start, -f.end)):
        inside = kept and figure.start < kept[-1].end
        is_label = any(a <= figure.start < b for a, b in labels)
        has_digit = _DIGIT.search(text, figure.start, figure.end) or "十" in text[figure.start : figure.end]
        is_number_of_list = not figure.unit and _LIST_NUMBER.search(text[: figure.start])
        if has_digit and not (inside or is_label or figure.idiomatic or is_number_of_list):
            kept.append(figure)
    return kept


# figures


def _figures_changed(statement: Statement) -> Iterator[Mutant]:
    text = told(statement)
    for figure in _outermost(text):
        if _is_year(figure):
            continue
        said = text[figure.start : figure.end]
        changes: list[tuple[MutationKind, str]] = [
            *(("digit", new) for new in _other_digits(said, text)),
            *(("unit", new) for new in _other_units(said)),
            *(("approximation", new) for new in _other_approximations(figure, said)),
        ]
        for kind, new in changes:
            changed = text[: figure.start] + new + text[figure.end :]
            if not _is_same_figure(figure, changed) and not _may_be_true(statement, changed, figure.start):
                yield Mutant(kind, changed, text, f"{said}→{new}")


def _other_digits(said: str, seed: str) -> Iterator[str]:
    """The first digit changed, and the last."""
    digits = list(_DIGIT.finditer(said))
    for match in dict.fromkeys((digits[0], digits[-1])) if digits else ():
        pool = "123456789" if match.start() == digits[0].start() else "0123456789"
        pool = pool if match[0].isascii() else _CHINESE_DIGITS
        others = pool.replace(match[0], "")
        new = others[_choice(seed + said + str(match.start()), len(others))]
        yield said[: match.start()] + new + said[match.end() :]


def _other_units(said: str) -> Iterator[str]:
    """Another unit, and 万 or 亿 left out."""
    if match := _UNIT_AT_END.search(said):
        yield said[: match.start()] + _UNITS[match[0]]
    if re.search(r"[\d余多][万亿]", said):
        yield re.sub(r"(?<=[\d余多])[万亿]", "", said, count=1)


def _other_approximations(figure: Figure, said: str) -> Iterator[str]:
    """An approximation dropped or turned into the opposite, or put to an exact figure."""
    is_counted = figure.unit not in _DATE_UNITS | {"位次"} and (figure.unit or figure.scaled)
    if figure.high is not None or not is_counted or not figure.arabic:
        return
    if figure.approximation == "exact":
        yield f"近{said}"
        yield re.sub(r"^(\d+)(?![\d.])", r"\1余", said, count=1) if re.match(r"\d+0(?!\d|\.)", said) else f"超过{said}"
        return
    bare = (_OVER if figure.approximation == "over" else _ABOUT).sub("", said)
    if bare != said:
        yield bare
        yield f"近{bare}" if figure.approximation == "over" else f"超过{bare}"


def _is_same_figure(figure: Figure, changed: str) -> bool:
    """Whether the evaluation reads the changed figure as it read the old one."""
    now = _figure_at(changed, figure.start)
    return now is None or (
        now.value == figure.value
        and now.high == figure.high
        and now.same_unit(figure)
        and now.approximation == figure.approximation
    )


def _figure_at(text: str, start: int) -> Figure | None:
    found = [f for f in figures_in(_half(text)) if f.start <= start < f.end]
    return max(found, key=lambda f: f.end - f.start, default=None)


def _may_be_true(statement: Statement, changed: str, start: int) -> bool:
    """Whether a shown clause has the changed figure beside half of the words of its clause."""
    now = _figure_at(changed, start)
    if now is None:
        return True
    begin, end = scope_at(_half(changed), 1, start)
    return any(_says(clause, now, changed[begin:end]) for item in statement.shown for clause in _clauses(item.text))


def _says(clause: str, figure: Figure, words: str) -> bool:
    wanted = bigrams(words)
    has_it = any(
        f.same_value(figure) and f.same_unit(figure) and f.approximation == figure.approximation
        for f in figures_in(clause)
    )
    return has_it and len(wanted & bigrams(clause)) >= SAME_CLAUSE * len(wanted)


def _clauses(text: str) -> list[str]:
    folded = clauses(text)
    return [folded[a:b] for a, b in scopes(folded, 1)]


def _swapped(statement: Statement) -> Iterator[Mutant]:
    """Two figures in each other's place: whole ones of one unit first, else their numerals alone."""
    text = told(statement)
    figures = [f for f in _outermost(text) if f.unit not in _DATE_UNITS | {""} and f.high is None]
    pairs = [(a, b) for a, b in combinations(figures, 2) if a.value != b.value]
    pairs.sort(key=lambda pair: (pair[0].unit != pair[1].unit, _choice(text + str(pair[0].start), 97)))
    for one, other in pairs[:PAIRS_SWAPPED]:
        first, second = (one.start, one.end), (other.start, other.end)
        if one.unit != other.unit:
            first, second = _numeral(text, one), _numeral(text, other)
        a, b = text[slice(*first)], text[slice(*second)]
        if a != b:
            changed = f"{text[: first[0]]}{b}{text[first[1] : second[0]]}{a}{text[second[1] :]}"
            yield Mutant("swap", changed, text, f"{a}↔{b}")


def _numeral(text: str, figure: Figure) -> tuple[int, int]:
    match = _NUMERAL.search(text, figure.start, figure.end)
    return match.span() if match else (figure.start, figure.end)


# time and place


def _years(statement: Statement) -> Iterator[Mutant]:
    text = full_text(statement)
    for figure in figures_in(_half(text)):
        if not _is_year(figure):
            continue
        for shift in OTHER_YEARS:
            year = int(figure.value) + shift
            changed = (
                text[: figure.start]
                + text[figure.start : figure.end].replace(str(figure.value), str(year))
                + text[figure.end :]
            )
            mine = [s for s in statement.shown if s.year == year or str(year) in clauses(s.text)]
            if changed != text and not _is_told(statement.text, mine):
                yield Mutant("year", changed, text, f"{figure.value}→{year}")


def _towns(statement: Statement) -> Iterator[Mutant]:
    text = full_text(statement)
    stem = _stem(statement.town)
    others = [town for town in statement.other_towns if _stem(town) != stem]
    first = _choice(text, len(others)) if others else 0
    for town in (others[first:] + others[:first])[:OTHER_TOWNS]:
        changed = text.replace(statement.town, town).replace(stem, _stem(town))
        mine = [s for s in statement.shown if s.town == town or _stem(town) in clauses(s.text)]
        if changed != text and not _is_told(statement.text, mine):
            yield Mutant("town", changed, text, f"{statement.town}→{town}")


def _is_told(text: str, shown: Sequence[Shown]) -> bool:
    """Whether one of the sentences has every figure and half of the words."""
    wanted, figures = bigrams(text), _outermost(text)
    for item in shown:
        folded = clauses(item.text)
        has_all = all(any(f.same_value(g) and f.same_unit(g) for g in figures_in(folded)) for f in figures)
        if has_all and len(wanted & bigrams(folded)) >= SAME_CLAUSE * len(wanted):
            return True
    return False


# names


def _names(statement: Statement) -> Iterator[Mutant]:
    text = told(statement)
    shown = "\n".join(clauses(item.text) for item in statement.shown)
    for name in _names_of(statement)[:NAMES_CHANGED]:
        for new in (*_misspelt(name), *_others(name, statement.other_names)):
            if new not in shown:
                yield Mutant("name", text.replace(name, new, 1), text, f"{name}→{new}")


def _names_of(statement: Statement) -> list[str]:
    """Names as far as they can be told: what a question for a name wants, what stands in quotation marks, and the two
    characters before 村, 公司 and the like."""
    text = told(statement)
    found = [name for name in statement.names if name in text and not _NUMERAL.search(name)]
    found += [m[1] for m in _QUOTED.finditer(text) if _HAN.fullmatch(m[1])]
    found += [m[0] for m in _PLACE.finditer(text) if not _NO_NAME.search(m[1])]
    return sorted(dict.fromkeys(found), key=lambda name: _choice(text + name, 1000))


def _misspelt(name: str) -> Iterator[str]:
    """One character replaced; in a longer name also two."""
    suffix = _PLACE.fullmatch(name)
    length = len(suffix[1]) if suffix else len(name)
    at = _choice(name, length)
    strange = _STRANGE[_choice(name + "1", len(_STRANGE))]
    yield name[:at] + strange + name[at + 1 :]
    if length > 3:
        at = _choice(name + "2", length - 1)
        yield name[:at] + strange + _STRANGE[_choice(name + "3", len(_STRANGE))] + name[at + 2 :]


def _others(name: str, names: Sequence[str]) -> Iterator[str]:
    """A name of another report that ends alike, else one as long."""
    alike = [n for n in names if n != name and n[-1] == name[-1] and abs(len(n) - len(name)) < 3]
    alike = alike or [n for n in names if n != name and len(n) == len(name)]
    if alike:
        yield alike[_choice(name, len(alike))]


# stance


def _polarity(statement: Statement) -> Iterator[Mutant]:
    """Each negation taken away, or one put in before the verb of each clause that holds one."""
    text = told(statement)
    negations = list(_NEGATION.finditer(text))
    for match in negations:
        changed = text[: match.start()] + text[match.end() :]
        yield Mutant("polarity", changed, text, f"{match[0]}→")
    if negations:
        return
    begin = 0
    for clause in re.split(r"(?<=[，；。：])", text):
        verb = _VERB.search(clause)
        if verb:
            at = begin + verb.start()
            word = ("没有", "未")[_choice(clause, 2)]
            yield Mutant("polarity", text[:at] + word + text[at:], text, f"{word}{verb[0]}")
        begin += len(clause)


def _done(statement: Statement) -> Iterator[Mutant]:
    """A plan as something done."""
    if not statement.is_plan:
        return
    text = told(statement)
    for word in ("已完成", "已经"):
        changed = _PLANNED.sub(word, text, count=1)
        if not _PLANNED.search(changed):
            yield Mutant("plan", changed, text, word)
