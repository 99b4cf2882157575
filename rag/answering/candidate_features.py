"""What is seen of a candidate when it is asked whether it answers: cover in words, nearness in meaning, figures, state.

Each feature is a plain number; together they are weighed by `candidate_scores`.
"""

import math
import re
from collections.abc import Iterable, Sequence

from rag.answering.answer_types import asks_list, measures_named, things_asked
from rag.answering.answerability import FiguresWanted, needs_figures
from rag.answering.candidates import Candidate
from rag.answering.near_misses import is_near_miss
from rag.answering.nearness import NearnessTo
from rag.answering.questions import Question
from rag.parsing.heads.clause import Clause
from rag.text.figures import same_figure
from rag.text.item_numbers import label_length
from rag.text.lexicon import concept
from rag.text.normalization import HAN, fold
from rag.text.units import same_measure
from rag.verification.claims import Evidence
from rag.verification.denial import is_denial
from rag.verification.excerpts import GAP, Excerpt
from rag.verification.tense import is_under_way, speaks_of_plans

_DEPENDENT = ("anaphor", "figure", "measure")
_LIST_BEGINS = re.compile(concept("announces_list").any)
_NEGATED = re.compile(rf"非([{HAN}]{{2}})")
MOST = 3  # figures beyond, missing or unasked that make a difference
MOST_LISTED = 5  # things of a list that make a difference
HEADING = 16  # characters
_OF_A_LIST = {
    "idle_clauses": 0.0,
    "listed": float(MOST_LISTED),
    "things_missing": 0.0,
    "cut_before_list": 0.0,
    "bare_label": 0.0,
    "heading": 0.0,
}
"""What is seen of any list that a report announces and tells to its end."""
LONG = 40  # characters, beyond which length is counted again


class Features:
    """Sees the candidates of one question."""

    def __init__(self, question: Question, nearness: NearnessTo) -> None:
        self._question = question
        self._nearness = nearness
        self._wanted = FiguresWanted.by(question.resolved)
        self._most = max(1, self._wanted.count)
        self._needs = needs_figures(question)
        self._is_list = asks_list(question.resolved)
        self._own_figures = [figure for figure in question.parsed.quantities if figure.measure]
        self._asks_rank = bool(concept("superlative").search(question.parsed.folded))
        self._asks_new = bool(concept("newly").search(question.parsed.folded))
        self._measures = measures_named(question.resolved)
        self._things = things_asked(question.resolved)

    def of(self, candidate: Candidate) -> dict[str, float]:
        """The features by name; those of a list spelled out are its announcement's, but for what lists bring along."""
        if candidate.is_spelled_out:
            announcement = Candidate(candidate.excerpts[:1])
            near_miss = float(is_near_miss(self._question, candidate.excerpts))
            return self.of(announcement) | self._words(candidate) | _OF_A_LIST | {"near_miss": near_miss}
        folded = fold(candidate.text)
        return {
            **self._words(candidate),
            **self._meaning(candidate),
            **self._figures(candidate, folded),
            **self._kind(candidate, folded),
            **self._form(candidate, folded),
        }

    def _words(self, candidate: Candidate) -> dict[str, float]:
        """How much of the question's words its clauses carry, and its sentences besides."""
        about, items = self._question.about, candidate.items
        place, section = items[0].place_words, items[0].section.bigrams
        cover = about.covered(place, candidate.bigrams | section)
        whole = frozenset[str]().union(section, *(item.parsed.bigrams for item in items))
        return {
            "cover": cover,
            "cover_left": about.covered(place, whole) - cover,
            "own_words": about.covered(place, candidate.bigrams),
            "idle_clauses": float(self._idle(candidate)),
        }

    def _meaning(self, candidate: Candidate) -> dict[str, float]:
        near = [self._nearness(each.item.clause(n).text) for each in candidate.excerpts for n in each.clauses]
        return {
            "nearest_clause": max(near),
            "mean_clause": sum(near) / len(near),
            "nearest_sentence": max(self._nearness(item.text.strip()) for item in candidate.items),
        }

    def _figures(self, candidate: Candidate, folded: str) -> dict[str, float]:
        found = self._wanted.counted(candidate.figures)
        quantities = sum(figure.kind != "year" for figure in candidate.figures)
        measures = {figure.measure for figure in candidate.figures}
        is_ranked = concept("superlative", "first_rank").search(folded)
        same = [same_figure(own, other) for own in self._own_figures for other in candidate.figures]
        return {
            "needs_figure": float(self._needs),
            "complete": min(1.0, found / self._most) if self._needs else 0.0,
            "figures_missing": float(min(MOST, max(0, self._most - found))) if self._needs else 0.0,
            "measures_missing": float(sum(not _has(measures, measure) for measure in self._measures)),
            "none_wanted": float(self._needs and not found),
            "figures_beyond": float(min(MOST, max(0, quantities - self._most))) if self._needs else 0.0,
            "figures_unasked": 0.0 if self._needs else float(min(MOST, quantities)),
            "same_figure": float(any(same)),
            "rank_missing": float(self._asks_rank and not is_ranked),
        }

    def _kind(self, candidate: Candidate, folded: str) -> dict[str, float]:
        """Whether it is of the kind asked for: planned, done, added, not denied."""
        question = self._question
        is_unfinished = speaks_of_plans(folded) or is_under_way(folded)
        is_new = bool(concept("newly").search(folded))
        return {
            "plan": float(candidate.is_plan and not question.asks_plan),
            "plan_asked": float(candidate.is_plan and question.asks_plan),
            "unfinished_for_done": float(question.asks_done and is_unfinished),
            "state_missing": float(question.asks_state and not _tells_state(folded)),
            "done_for_done": float(question.asks_done and not is_unfinished),
            "new_unasked": float(is_new and not self._asks_new),
            "new_missing": float(self._asks_new and not is_new),
            "negated": float(self._is_negated(folded)),
            "near_miss": float(is_near_miss(question, candidate.excerpts)),
            "yes_no": float(question.is_yes_no),
        }

    def _form(self, candidate: Candidate, folded: str) -> dict[str, float]:
        clauses = sum(len(each.clauses) for each in candidate.excerpts)
        beyond = max(0, len(candidate.text) - LONG) / LONG
        opening = _opening(candidate.excerpts[0])
        return {
            "clauses": float(clauses),
            "length": math.log(1 + len(candidate.text)),
            "too_long": beyond,
            "wants_list": float(self._is_list),
            "too_long_in_list": beyond if self._is_list else 0.0,
            "listed": float(min(MOST_LISTED, folded.count("、") + clauses - 1)) if self._is_list else 0.0,
            "things_missing": float(max(0, min(MOST, self._things - folded.count("、") - clauses))),
            "gap": float(any(GAP in each.text for each in candidate.excerpts)),
            "sentences": float(len(candidate.items) - 1),
            "opens_dependent": float(opening in _DEPENDENT),
            "opens_with_verb": float(opening == "verb"),
            "cut_before_list": float(_is_cut_before_list(candidate)),
            "bare_label": float(_is_bare_label(candidate)),
            "heading": float(candidate.items[0].sentence.role != "body"),
        }

    def _idle(self, candidate: Candidate) -> int:
        """Clauses with neither words of the question nor figures asked for."""
        words = self._question.about.bigrams | self._question.parsed.bigrams
        return sum(
            not (each.item.clause(n).bigrams & words or self._wanted.among(each.item.clause(n).figures))
            for each in candidate.excerpts
            for n in each.clauses
        )

    def _is_negated(self, folded: str) -> bool:
        """Whether a word asked about stands there only as its opposite: 经营性 in 非经营性."""
        return any(
            word in self._question.parsed.bigrams and not re.search(rf"(?<![非不未无]){re.escape(word)}", folded)
            for word in _NEGATED.findall(folded)
            if f"非{word}" not in self._question.parsed.folded
        )


def _has(measures: Iterable[str], asked: str) -> bool:
    return any(same_measure(measure, asked) for measure in measures if measure)


def _tells_state(folded: str) -> bool:
    """Whether it says that something is done, begun, under way, to come or not so."""
    is_told = concept("done", "already", "begun", "partly", "aspect").search(folded)
    return bool(is_told) or speaks_of_plans(folded) or is_under_way(folded) or is_denial(folded)


def _opening(excerpt: Excerpt) -> str:
    item, span = excerpt.item, excerpt.item.clauses[excerpt.clauses[0]]
    return Clause(item.sentence.start, item.parsed.folded, span, item.parsed.figures).opening


def _is_cut_before_list(candidate: Candidate) -> bool:
    """Whether what announces a list is shown without the list."""
    last = candidate.excerpts[-1]
    number = last.clauses[-1]
    behind = last.item.parsed.folded[last.item.clauses[number].end :].lstrip(" ，,")
    return behind.startswith(("：", ":")) or bool(_LIST_BEGINS.match(behind))


def _is_bare_label(candidate: Candidate) -> bool:
    """Whether it is a numbered heading that stands in the text as a sentence: (二)培育两大产业."""
    text = candidate.text.strip()
    return len(text) <= HEADING and not candidate.figures and label_length(text) > 0


def clause_texts(evidence: Sequence[Evidence]) -> list[str]:
    """All texts whose nearness is looked at: the clauses and the sentences."""
    clauses = [item.clause(n).text for item in evidence for n in range(len(item.clauses))]
    return [*clauses, *(item.text.strip() for item in evidence)]
