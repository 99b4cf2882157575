"""Understanding a question by rules: towns, years, tense, shape, language; follow-ups joined to what they follow."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rag.library.results import Scope
from rag.models.conversation import Turn
from rag.parsing.report import Report
from rag.text.bigrams import content_bigrams
from rag.text.clauses import CLAUSE_MARKS
from rag.text.english import pinyin_of
from rag.text.figures import read_figures
from rag.text.glossary import chinese_for, in_official_words, official_for
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN, fold
from rag.text.parsed_text import ParsedText
from rag.text.units import UNITS
from rag.types import Language
from rag.verification.verdicts import Asked

WORDS_OF_A_WHOLE_QUESTION = 4  # bigrams of content


@dataclass(frozen=True)
class Question:
    """What is asked, as far as rules can tell."""

    text: str  # as typed
    query: str  # for retrieval: an elliptical follow-up stands behind what it follows, another behind its town
    language: Language
    towns: tuple[str, ...]  # named and in the library, by the library's own names
    unknown_towns: tuple[str, ...]  # named, not in the library
    counties: tuple[str, ...]
    years: tuple[int, ...]
    asks_plan: bool  # 打算, 计划, 明年
    asks_done: bool  # 完成了吗, 已经
    is_yes_no: bool
    previous: Turn | None = None  # the question a follow-up follows
    previous_answer: Turn | None = None
    known_towns: tuple[str, ...] = ()  # all towns of the library

    @cached_property
    def for_verification(self) -> Asked:
        """What of the question matters when a claim is verified."""
        return Asked(self.query, self.towns, self.is_yes_no, self.asks_plan, self.known_towns)

    @cached_property
    def sought(self) -> str:
        """What to search for: the question with the words that reports use for its English or everyday ones."""
        words = chinese_for(self.text) if self.language == "en" else official_for(fold(self.query))
        return f"{self.query} {words}".rstrip()

    @cached_property
    def resolved(self) -> str:
        """What is asked for: an elliptical follow-up that asks for nothing by itself asks what the one before did."""
        return self.query if self.previous and not _ASKS.search(self.text) else self.text

    @property
    def matter(self) -> str:
        """What the question is about, in its own words; 明年呢？ is about the matter of the question before it."""
        return self.about.text

    @cached_property
    def about(self) -> ParsedText:
        """The same, read once."""
        own = ParsedText(_bare(self.text, self.towns))
        return ParsedText(_bare(self.query, self.towns)) if self.previous and not own.bigrams else own

    @cached_property
    def parsed(self) -> ParsedText:
        """The question as typed, read once."""
        return ParsedText(self.text)

    @property
    def scope(self) -> Scope:
        return Scope(towns=self.towns, county=self.counties[0] if len(self.counties) == 1 else None, years=self.years)


_ASKS_PLAN = concept("asks_plan", "next_period")
_FINISHED = concept("asked_done")
_SET = concept("plan_or_task")
_TASK_MET = re.compile(
    rf"{concept('reached').any}{concept('aspect').any}?(?:年度|全年|年初)?的?{_SET.any}|{_SET.any}{_FINISHED.any}"
)
_DONE = re.compile(
    rf"{_FINISHED.any}.{{0,12}}{concept('yes_no', 'closing_yes_no').any}"
    rf"|{concept('already').any}|{concept('yes_no').any}.{{0,10}}{_FINISHED.any}"
)
_YES_NO = re.compile(
    rf"{concept('closing_yes_no').any}[？?]?$|{concept('yes_no').any}|^(?:did|does|do|was|were|is|are|has|have)\b"
)
_PLACE = re.compile(
    rf"(?:^|[{CLAUSE_MARKS}]|{concept('and').any}|[跟比在])(?:请问)?"
    rf"([{HAN}]{{2,5}}?{concept('place_name_end').any})"
)
_NO_PLACE_NAME = concept("no_place_name")
_ASKS = concept("question_words")
_THE_REST = re.compile(rf"(?:那么?)?{concept('rest', 'back_reference').any}")  # of what was spoken of
_FILLERS = re.compile(rf"(?:19|20)\d\d年度?|{concept('question_fillers').any}")
_HOW_MANY = re.compile(
    rf"[共还]?有?{concept('how_many').any}个?(?:{'|'.join(map(re.escape, sorted(UNITS, key=len, reverse=True)))})?"
)
_HAN = re.compile(rf"[{HAN}]")
_MOVED_YEARS = table("moved_years")


def understand(text: str, reports: Iterable[Report], history: Sequence[Turn] = ()) -> Question:
    """Reads a question against the library's own towns and the conversation before it."""
    reports = list(reports)
    folded = fold(text)
    previous = next((turn for turn in reversed(history) if turn.role == "user"), None)
    answer = next((turn for turn in reversed(history) if turn.role == "assistant"), None)
    towns = find_towns(folded, reports)
    unknown = () if towns else _unknown_towns(folded)
    years = _years(folded)
    inherits = previous is not None and not towns and not unknown
    moved = _moved(folded, towns, previous, reports) if previous is not None and towns else None
    asked_before = ""
    if inherits and previous is not None:
        asked_before = "".join(fold(turn.content) for turn in history if turn.role == "user")
        towns = find_towns(asked_before, reports)[-1:]
        years = years or _inherited_years(folded, asked_before)
    return Question(
        text=text,
        query=moved or _query(text, towns, previous if inherits else None),
        language=language_of(text),
        towns=towns,
        unknown_towns=unknown,
        counties=_counties(folded, reports) or (_counties(asked_before, reports) if inherits else ()),
        years=years,
        asks_plan=bool(_ASKS_PLAN.search(_TASK_MET.sub(" ", folded))) or _is_only_planned_for(years, towns, reports),
        asks_done=bool(_DONE.search(folded)),
        is_yes_no=bool(_YES_NO.search(folded.strip())),
        previous=previous if moved or (inherits and is_elliptical(text)) else None,
        previous_answer=answer if inherits and is_elliptical(text) else None,
        known_towns=_towns(reports),
    )


def _bare(text: str, towns: Sequence[str]) -> str:
    """A question in the words of reports, without its towns, times, what is counted and words that say nothing."""
    folded = fold(text)
    for name in (*towns, *map(short_name, towns)):
        folded = folded.replace(fold(name), " ")
    return _FILLERS.sub(" ", _HOW_MANY.sub(" ", in_official_words(folded)))


def is_elliptical(text: str) -> bool:
    """Whether a follow-up says too little to be understood alone: 明年呢？ 那产值呢？ or 还有哪两处没修好？"""
    asks_nothing = text.rstrip("？? ").endswith("呢") and not _ASKS.search(text)
    return asks_nothing or bool(_THE_REST.match(text)) or len(content_bigrams(text)) < WORDS_OF_A_WHOLE_QUESTION


def _moved(folded: str, towns: Sequence[str], previous: Turn, reports: Sequence[Report]) -> str | None:
    """The question before, asked of the town that 大塘镇呢？ names; None where the follow-up asks for itself."""
    own = re.sub(
        "|".join(re.escape(name) for town in towns for name in (fold(town), fold(short_name(town)))), "", folded
    )
    asks_nothing = folded.rstrip("？? ").endswith("呢") and not content_bigrams(own)
    before = find_towns(fold(previous.content), reports)
    if not asks_nothing or len(towns) != 1 or len(before) != 1:
        return None
    return re.sub(f"{re.escape(before[0])}|{re.escape(short_name(before[0]))}", towns[0], fold(previous.content))


def _query(text: str, towns: Sequence[str], previous: Turn | None) -> str:
    if previous is None:
        return text
    return f"{previous.content} {text}" if is_elliptical(text) else f"{'、'.join(towns)} {text}".strip()


def language_of(text: str) -> Language:
    """English where there is no Han character, traditional script where simplifying changes one."""
    if not _HAN.search(text):
        return "en"
    han = "".join(_HAN.findall(text))
    return "zh-Hant" if fold(han) != han else "zh-Hans"


def find_towns(folded: str, reports: Iterable[Report]) -> tuple[str, ...]:
    """Towns of the library that a folded text names, in the order of the text; by full or short name, or in pinyin."""
    found: dict[str, int] = {}
    latin = re.sub(r"[^a-z]", "", folded)
    for name in _towns(reports):
        short = short_name(name)
        position = folded.find(fold(short))
        if position < 0 and latin:
            position = latin.find(pinyin_of(short))
        if position >= 0:
            found[name] = position
    return tuple(sorted(found, key=lambda name: (found[name], -len(name))))


def _towns(reports: Iterable[Report]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(report.metadata.town for report in reports if report.metadata.town))


def short_name(town: str) -> str:
    """石矶镇 to 石矶; a name of two characters with its suffix stays whole."""
    for suffix in ("街道办事处", "街道", "镇", "乡"):
        if town.endswith(suffix) and len(town) - len(suffix) >= 2:
            return town.removesuffix(suffix)
    return town


def _years(folded: str) -> tuple[int, ...]:
    """Years named: 2020年, or in 2020; not the 2000 of 2000多万元."""
    found = [
        int(f.value)
        for f in read_figures(folded)
        if f.kind == "year" or (f.kind == "quantity" and not f.measure and not f.approximation and f.text.isdigit())
    ]
    return tuple(dict.fromkeys(year for year in found if 1990 <= year <= 2100))


def _unknown_towns(folded: str) -> tuple[str, ...]:
    return tuple(name for name in _PLACE.findall(folded) if not _NO_PLACE_NAME.search(name))


def _counties(folded: str, reports: Iterable[Report]) -> tuple[str, ...]:
    counties = dict.fromkeys(r.metadata.county for r in reports if r.metadata.county)
    return tuple(county for county in counties if fold(county) in folded)


def _is_only_planned_for(years: Sequence[int], towns: Sequence[str], reports: Iterable[Report]) -> bool:
    """Whether the towns' reports plan for the years asked about, and none reports on one of them."""
    mine = [report.metadata for report in reports if Scope(towns=tuple(towns)).admits(report)]
    planned, reported = {m.plan_year for m in mine}, {m.year for m in mine}
    return bool(years) and set(years) <= planned and not set(years) & reported


def _inherited_years(folded: str, asked_before: str) -> tuple[int, ...]:
    """Years of the conversation, moved by 明年 or 去年."""
    years = _years(asked_before)[-1:]
    shift = 1 if _MOVED_YEARS["next"].search(folded) else -1 if _MOVED_YEARS["last"].search(folded) else 0
    return tuple(year + shift for year in years)
