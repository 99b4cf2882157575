"""What a clause of a report is worth in a summary: figures and outcomes weigh, mottoes and routine do not. Pure."""

import re
from collections.abc import Sequence

from rag.text.clauses import COMMAS
from rag.text.figures import Figure, read_figures
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN, fold
from rag.text.numerals import ZEROS
from rag.types import SectionKind

LARGE = 100_000  # yuan
SHORT = 6  # Chinese characters of a clause that says too little alone
HANGING = 4  # the same beside its figures

# How much each thing adds to a statement; found by trying neighbouring values on ten reports, where little moved.
FIGURE, FURTHER_FIGURE, LARGE_SUM = 1.0, 0.45, 1.2
PRIZE, OUTCOME, COMMITMENT, STEP = 0.8, 0.4, 0.8, 0.3
THING, LISTED = 0.3, 0.2
ROUTINE, MOTTO, IMPLIED = -0.35, -0.15, -0.4
BARE = 0.5  # times the rest, for 投入86万元, which does not say in what

_OUTCOME, _PRIZE, _ROUTINE = concept("outcome"), concept("prize"), concept("routine")
_STEP, _THING = concept("step"), concept("built_thing")
_OCCASIONS = ("场", "次")  # 人次 too
_MOTTO = re.compile(rf"{concept('zeal', 'motto').any}|以[^{COMMAS}]{{1,12}}为")
_COMMITMENT = re.compile(rf"{concept('promise').any}|确保[^{COMMAS}]*[不零无]")
_ADMITS = re.compile(rf"{concept('falls_short').any}|待[^{COMMAS}]{{0,4}}审核")
_MENDED = re.compile(rf"{concept('mended').any}|{concept('done').any}\d")
_SUBORDINATE = re.compile(
    rf"^{concept('leads_a_clause').any}|{concept('ends_a_clause').any}$|^[^{COMMAS}]{{0,4}}问题$|{table('admission')['realise'].any}"
    rf"|取得[^{COMMAS}]{{0,8}}成绩|存在[^{COMMAS}]{{0,10}}(?:问题|不足|困难)[^{COMMAS}]{{0,4}}$"
)
_REMEDY, _DEPENDENT = concept("promised_remedy"), concept("dependent")
_HAN = re.compile(rf"[{HAN}]")
_DIGIT = re.compile(rf"[\d{ZEROS}]")
_COUNTED_IN_WORDS = table("weighty_units")["counted_in_words"]


def counted(text: str) -> list[Figure]:
    """The figures that count something: no years, dates and road numbers, and no 四条底线."""
    is_ranking = bool(_PRIZE.search(text))
    return [figure for figure in read_figures(text) if _counts(figure, is_ranking)]


def _counts(figure: Figure, is_ranking: bool) -> bool:
    if figure.kind == "rank":
        return is_ranking
    is_plain = figure.value >= 10 or bool(_DIGIT.search(figure.text)) or figure.measure in _COUNTED_IN_WORDS
    return figure.kind == "quantity" and is_plain


def is_worthy(clause: str, kind: SectionKind) -> bool:
    """Whether a clause says something of its own, by what its section reports."""
    said = fold(clause)
    size = len(_HAN.findall(said))
    if kind == "problem":
        return size >= SHORT and not _SUBORDINATE.search(said) and not _REMEDY.search(said)
    if counted(said):
        return True
    if size <= SHORT or _SUBORDINATE.search(said):
        return False
    if kind == "plan":
        return bool(_STEP.search(said) or _COMMITMENT.search(said) or "、" in said or "“" in said)
    return bool(_PRIZE.search(said)) or (bool(_OUTCOME.search(said)) and not _MOTTO.search(said))


def admits(clause: str) -> bool:
    """Whether a clause owns to something that is not as it should be, outside any section of problems."""
    said = fold(clause)
    return len(_HAN.findall(said)) >= SHORT and bool(_ADMITS.search(said)) and not _MENDED.search(said)


def is_dependent(clause: str) -> bool:
    """Whether a clause hangs on the one before it: 共计5795米, 其中287户722人, 年产值800余万元."""
    said = fold(clause)
    figures = counted(said)
    return bool(_DEPENDENT.pattern.match(said)) or (bool(figures) and _own_characters(said, figures) < HANGING)


def _own_characters(said: str, figures: Sequence[Figure]) -> int:
    """Chinese characters that are no part of a figure."""
    return len(_HAN.findall(said)) - sum(len(_HAN.findall(figure.text)) for figure in figures)


def is_routine(clause: str) -> bool:
    """Whether a clause counts what an office does every day, such as leaflets and inspections."""
    said = fold(clause)
    return _routine(said) > 0 and not _PRIZE.search(said) and not _OUTCOME.search(said)


def _routine(said: str) -> int:
    """How often a clause speaks of what an office does every day; one that ends with 80人次 or 12场 does."""
    return len(_ROUTINE.all_in(said)) + said.endswith(_OCCASIONS)


def weight(text: str, kind: SectionKind) -> float:
    """How much a statement says; a problem always says something, most in a section of problems.

    Example: weight("全年种植油茶3000亩，产值800万元", "result") > weight("悬挂横幅20条", "result") > 0
    """
    said = fold(text)
    figures = counted(said)
    found = FIGURE + FURTHER_FIGURE * min(3, len(figures) - 1) if figures else 0.0
    if kind == "problem":
        return 1 + 0.3 * found + IMPLIED * bool(_ADMITS.search(said))
    found += LARGE_SUM * any(figure.measure == "元" and figure.value >= LARGE for figure in figures)
    found += PRIZE * bool(_PRIZE.search(said)) + OUTCOME * min(2, len(_OUTCOME.all_in(said)))
    found += THING * min(2, len(_THING.all_in(said))) + LISTED * min(2, said.count("、") + said.count("“"))
    found += ROUTINE * _routine(said)
    if not figures:
        found += MOTTO * len(_MOTTO.findall(said))
    if kind == "plan":
        found += STEP * min(2, len(_STEP.all_in(said))) + COMMITMENT * bool(_COMMITMENT.search(said))
    return found * (BARE if _own_characters(said, figures) < SHORT - 1 else 1.0)
