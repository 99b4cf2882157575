"""Understanding a question by rules: towns, years, tense, shape, language; follow-ups joined to what they follow."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol

from rag.answering.places_asked import PlacesAsked, in_question, in_turn
from rag.library.held_places import HeldPlaces
from rag.library.named_place import NamedPlace
from rag.library.placed import Where, admitted_by
from rag.library.readable_reports import ReadableReports
from rag.library.results import Scope
from rag.models.conversation import Turn
from rag.text.bigrams import content_bigrams
from rag.text.figures import read_figures
from rag.text.glossary import chinese_for, in_official_words, official_for
from rag.text.lexicon import concept, table
from rag.text.normalization import HAN, fold
from rag.text.parsed_text import ParsedText
from rag.text.units import UNITS
from rag.types import Language
from rag.verification.towns import NO_TOWNS, TownNames
from rag.verification.verdicts import Asked


class Vocabulary(Protocol):
    """The words that reports use."""

    def used(self, words: Collection[str]) -> frozenset[str]:
        """Those of the words, pairs of characters, that reports use."""
        ...


class AnyWords:
    """For a question without a library: whatever is asked is a word of reports."""

    def used(self, words: Collection[str]) -> frozenset[str]:
        return frozenset(words)


WORDS_OF_A_WHOLE_QUESTION = 4  # bigrams of content


@dataclass(frozen=True)
class Question:
    """What is asked, as far as rules can tell."""

    text: str  # as typed
    query: str  # for retrieval: an elliptical follow-up stands behind what it follows, another behind its town
    language: Language
    towns: tuple[str, ...]  # named and in the library, by the library's own names
    unknown_towns: tuple[str, ...]  # named, and no report is of them or speaks of them
    counties: tuple[str, ...]
    years: tuple[int, ...]
    asks_plan: bool  # 打算, 计划, 明年
    asks_done: bool  # 完成了吗, 已经
    is_yes_no: bool
    previous: Turn | None = None  # the question a follow-up follows
    previous_answer: Turn | None = None
    held_towns: TownNames = NO_TOWNS  # of the library
    places: tuple[NamedPlace, ...] = ()  # all that are named, known or not
    asks_within: bool = False  # which of the places inside those named
    vocabulary: Vocabulary = field(default=AnyWords(), compare=False, repr=False)

    @cached_property
    def for_verification(self) -> Asked:
        """What of the question matters when a claim is verified."""
        is_open = self.is_yes_no and not self.text.rstrip("？?。").endswith("吧")  # 了吧 takes it for so
        return Asked(self.query, self.towns, is_open, self.asks_plan, self.held_towns)

    @cached_property
    def sought(self) -> str:
        """What to search for: the question with the words that reports use for its English or everyday ones."""
        words = chinese_for(self.text) if self.language == "en" else official_for(fold(self.query))
        return f"{self.query} {words}".rstrip()

    @cached_property
    def resolved(self) -> str:
        """What is asked for: an elliptical follow-up that asks for nothing by itself asks what the one before did."""
        return self.query if self.previous and not _ASKS.search(self.text) else self.text

    @cached_property
    def asks_state(self) -> bool:
        """Whether it is asked if something was begun, is under way or done: 建成了吗, 开工没有."""
        return self.asks_done or (self.is_yes_no and bool(concept("done", "begun").search(self.parsed.folded)))

    @property
    def matter(self) -> str:
        """What the question is about, in its own words; 明年呢？ is about the matter of the question before it."""
        return self.about.text

    @cached_property
    def about(self) -> ParsedText:
        """The same, read once."""
        own = ParsedText(self._bare(self.text))
        return ParsedText(self._bare(self.query)) if self.previous and not own.bigrams else own

    @cached_property
    def words_of_reports(self) -> frozenset[str]:
        """Those of the words of its matter that reports use; the others are everyday ones, or of what no report has."""
        return self.vocabulary.used(self.about.bigrams)

    def _bare(self, text: str) -> str:
        """A question in the words of reports, without its places, times, what is counted and words that say nothing."""
        places = {name for each in self.places for name in (each.name, each.misspelt, *each.within)}
        names = places | {*self.towns, *self.counties}
        folded = in_turn(fold(text), names, " ")
        return _FILLERS.sub(" ", _HOW_MANY.sub(" ", in_official_words(folded)))

    @cached_property
    def parsed(self) -> ParsedText:
        """The question as typed, read once."""
        return ParsedText(self.text)

    @property
    def scope(self) -> Scope:
        return Scope(towns=self.towns, county=self.counties[0] if len(self.counties) == 1 else None, years=self.years)


_ASKS_PLAN = re.compile(
    rf"{concept('asks_plan', 'next_period').any}|年要(?![求点闻])"
    rf"|(?<![主重必需只首摘概还不想])要(?![求点闻素紧件么不回多几花用])(?=[{HAN}]{{2}})"  # 税收要增长多少
)
_FINISHED = concept("asked_done")
_BROUGHT_TO_ITS_END = rf"(?:{_FINISHED.any}|[{HAN}][好完过](?=了))"  # 修好了没有
_SET = concept("plan_or_task")
_TASK_MET = re.compile(
    rf"{concept('reached').any}{concept('aspect').any}?(?:年度|全年|年初)?的?{_SET.any}|{_SET.any}{_FINISHED.any}"
)
_DONE = re.compile(
    rf"{_BROUGHT_TO_ITS_END}.{{0,12}}{concept('yes_no', 'closing_yes_no').any}"
    rf"|{concept('already').any}|{concept('yes_no').any}.{{0,10}}{_BROUGHT_TO_ITS_END}"
)
_YES_NO = re.compile(
    rf"{concept('closing_yes_no').any}[？?]?$|{concept('yes_no').any}|^(?:did|does|do|was|were|is|are|has|have)\b"
)
_ASKS = concept("question_words")
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)年度?")
_THE_REST = re.compile(rf"(?:那么?)?{concept('rest', 'back_reference').any}")  # of what was spoken of
_FILLERS = re.compile(rf"(?:19|20)\d\d年度?|{concept('question_fillers').any}")
_UNIT = "|".join(map(re.escape, sorted(UNITS, key=len, reverse=True)))
_COUNTED_BY = rf"(?!{concept('begins_like_a_unit').any})(?:{_UNIT})(?!口)"
_HOW_MANY = re.compile(rf"[共还]?有?{concept('how_many').any}个?(?:{_COUNTED_BY})?")
_HAN = re.compile(rf"[{HAN}]")
_MOVED_YEARS = table("moved_years")


def understand(text: str, held: HeldPlaces, history: Sequence[Turn] = ()) -> Question:
    """Reads a question against the library's own places and the conversation before it."""
    folded = fold(text)
    previous = next((turn for turn in reversed(history) if turn.role == "user"), None)
    answer = next((turn for turn in reversed(history) if turn.role == "assistant"), None)
    asked = in_question(text, held, history)
    moved = asked.moved(folded, previous, held) if previous is not None else None
    asked_before = fold("".join(turn.content for turn in history if turn.role == "user")) if asked.is_inherited else ""
    years = _years(folded) or (_inherited_years(folded, asked_before) if asked_before else ())
    return Question(
        text=text,
        query=moved or _query(text, asked, previous),
        language=language_of(text),
        towns=asked.towns,
        unknown_towns=asked.unknown,
        counties=asked.counties(folded, held) or (asked.counties(asked_before, held) if asked_before else ()),
        years=years,
        asks_plan=_asks_plan(folded) or _is_only_planned_for(years, asked.towns, held),
        asks_done=bool(_DONE.search(folded)),
        is_yes_no=bool(_YES_NO.search(folded.strip())),
        previous=previous if moved or (asked.is_inherited and is_elliptical(text)) else None,
        previous_answer=answer if asked.is_inherited and is_elliptical(text) else None,
        held_towns=held,
        places=asked.places,
        asks_within=asked.asks_within,
        vocabulary=held,
    )


def reworded(asked: Question, text: str) -> Question:
    """The same question in other words: what the wording tells is read anew, places and years stay.

    A year that nobody asked about is no part of it.
    """
    text = _YEAR.sub(lambda m: m[0] if int(m["year"]) in asked.years else "", text)
    folded = fold(text)
    return replace(
        asked,
        text=text,
        query=text,
        language=language_of(text),
        asks_plan=asked.asks_plan or _asks_plan(folded),
        asks_done=bool(_DONE.search(folded)),
        is_yes_no=bool(_YES_NO.search(folded.strip())),
        previous=None,
        previous_answer=None,
    )


def _asks_plan(folded: str) -> bool:
    return bool(_ASKS_PLAN.search(_TASK_MET.sub(" ", folded)))


def is_elliptical(text: str) -> bool:
    """Whether a follow-up says too little to be understood alone: 明年呢？ 那产值呢？ or 还有哪两处没修好？"""
    asks_nothing = text.rstrip("？? ").endswith("呢") and not _ASKS.search(text)
    return asks_nothing or bool(_THE_REST.match(text)) or len(content_bigrams(text)) < WORDS_OF_A_WHOLE_QUESTION


def _query(text: str, asked: PlacesAsked, previous: Turn | None) -> str:
    if previous is None or not asked.is_inherited:
        return text
    named = "、".join(each.label for each in asked.places)
    return f"{previous.content} {text}" if is_elliptical(text) else f"{named} {text}".strip()


def language_of(text: str) -> Language:
    """English where there is no Han character, traditional script where simplifying changes one."""
    if not _HAN.search(text):
        return "en"
    han = "".join(_HAN.findall(text))
    return "zh-Hant" if fold(han) != han else "zh-Hans"


def _years(folded: str) -> tuple[int, ...]:
    """Years named: 2020年, or in 2020; not the 2000 of 2000多万元."""
    found = [
        int(f.value)
        for f in read_figures(folded)
        if f.kind == "year" or (f.kind == "quantity" and not f.measure and not f.approximation and f.text.isdigit())
    ]
    return tuple(dict.fromkeys(year for year in found if 1990 <= year <= 2100))


def _is_only_planned_for(years: Sequence[int], towns: tuple[str, ...], held: HeldPlaces) -> bool:
    """Whether the towns' reports plan for the years asked about, and none reports on one of them."""
    mine = ReadableReports(held.library, admitted_by(Scope(towns=towns)))
    return bool(years) and all(
        mine.has(Where("plan_year = ?", (year,))) and not mine.has(Where("year = ?", (year,))) for year in years
    )


def _inherited_years(folded: str, asked_before: str) -> tuple[int, ...]:
    """Years of the conversation, moved by 明年 or 去年."""
    years = _years(asked_before)[-1:]
    shift = 1 if _MOVED_YEARS["next"].search(folded) else -1 if _MOVED_YEARS["last"].search(folded) else 0
    return tuple(year + shift for year in years)
