"""Asking the model which clause of the report answers a question that is put in other words.

The model never writes the answer: it says how far a quotation answers, and code quotes it. A small model is a poor
writer but a fair judge, and its probability tells how sure it is (Kadavath et al. 2022, "Language Models (Mostly) Know
What They Know").
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from rag.answering.answer_types import asks_figure, asks_rank, figures_asked
from rag.answering.answerability import figures_for, is_of_time
from rag.answering.clause_runs import Quote
from rag.answering.questions import Question
from rag.models.conversation import NOTHING_SPENT, ChatModel, ChoiceRequest, Cost, Turn
from rag.models.prompts import load_prompt
from rag.text.clauses import CLAUSE_END, bare, is_adverbial
from rag.text.figures import read_figures
from rag.text.normalization import fold_characters
from rag.verification.claims import Evidence

ANSWERS = 0.74  # likelihood from which a quotation counts as an answer
ANSWERS_FIGURE = 0.7  # for a question that wants a figure, which only clauses with such a figure can answer
SENTENCES = 2  # whose clauses are looked at one by one
CLAUSES = 12  # of them
LEAD = 40  # characters of the clauses before it that a clause is shown with, for its subject
LED = 3  # clauses tried with what leads up to them
AS_LIKELY = 0.97  # of the best likelihood that a quotation of better length must have
LIKELY = 0.6  # from which the model is asked to answer again where it declines
NEARLY_AS_LIKELY = 0.85  # of the best, for a sentence to be shown beside it
ALLOWED_BESIDE = 3  # figures in a quotation, where not more are asked for
GOOD_LENGTH = 30  # characters: enough to name its subject
TOO_LONG = 60  # characters, where the clause alone is likely enough
_YES, _NO = "能", "不能"

Closeness = Callable[[str, str], float]
"""What to add to the likelihood that a text answers for its nearness to the question in meaning."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The quotation that answers, None where none does, and what asking cost."""

    quote: Quote | None
    cost: Cost


def judge_quotations(
    model: ChatModel, question: Question, evidence: Sequence[Evidence], closeness: Closeness
) -> Judged:
    """The clause of the evidence most likely to answer by the model and by its closeness, if it is likely enough.

    First the model judges whole sentences, then the clauses of the best. Raises what the model raises.
    """
    judge = Judge(model, question)
    text = question.resolved

    @cache
    def worth(said: str) -> float:  # beyond 0 and 1 as well
        return judge.likelihood(said) + closeness(question.matter or question.text, said)

    wants_figure = asks_figure(text) or asks_rank(text)
    able = [
        item
        for item in evidence
        if item.sentence.role == "body" and is_of_time(question, item)
        if not wants_figure or figures_for(text, item.text)
    ]
    sentences = sorted(able, key=lambda item: (-judge.likelihood(item.text), item.number))[:SENTENCES]
    clauses = [
        (item, *clause)
        for item in sentences
        for clause in _clauses(item.text)
        if not is_adverbial(clause[0]) and (not wants_figure or figures_for(text, clause[0]))
    ]
    likeliest = sorted(clauses[:CLAUSES], key=lambda each: -worth(each[1]))[:LED]
    least = ANSWERS_FIGURE if wants_figure else ANSWERS
    quoted = [(item, said) for item, *texts in likeliest for said in texts]
    best = max((worth(said) for _, said in quoted), default=0.0)
    if best < least:
        return Judged(None, judge.cost)
    alone = {led: clause for _, clause, led in likeliest if worth(clause) >= least}
    good = [
        (item, alone.get(said, said) if len(said) > TOO_LONG else said)
        for item, said in quoted
        if worth(said) >= AS_LIKELY * best
    ]
    wanted = max(ALLOWED_BESIDE, figures_asked(text))
    beyond = {said: max(0, len(read_figures(said)) - wanted) for _, said in good}
    item, said = min(good, key=lambda each: (beyond[each[1]], abs(len(each[1]) - GOOD_LENGTH), each[0].number))
    return Judged(Quote((item,), said, 0.0, len(figures_for(text, said))), judge.cost)


@dataclass(frozen=True, slots=True)
class Likeliest:
    """The sentences most likely to hold an answer, in their order, the best likelihood, and what asking cost."""

    items: tuple[Evidence, ...]
    likelihood: float
    cost: Cost


def likeliest_sentences(model: ChatModel, question: Question, evidence: Sequence[Evidence]) -> Likeliest:
    """The sentences that the model holds likeliest to answer. Raises what the model raises."""
    judge = Judge(model, question)
    body = [item for item in evidence if item.sentence.role == "body"]
    best = max((judge.likelihood(item.text) for item in body), default=0.0)
    kept = tuple(item for item in body if judge.likelihood(item.text) >= NEARLY_AS_LIKELY * best)
    return Likeliest(kept, best, judge.cost)


class Judge:
    """Asks how likely a text answers one question; the same text is asked once."""

    def __init__(self, model: ChatModel, question: Question) -> None:
        self._model = model
        self._question = question
        self._known: dict[str, float] = {}
        self.cost = NOTHING_SPENT

    def likelihood(self, text: str) -> float:
        if text not in self._known:
            choice = self._model.choose(ChoiceRequest(_turns(self._question, text), (_YES, _NO)))
            self._known[text] = choice.shares[0]
            self.cost += choice.cost
        return self._known[text]


def _clauses(text: str) -> list[tuple[str, str]]:
    """Each clause of a sentence, alone and with at most LEAD characters of whole clauses before it."""
    parts = [part for part in CLAUSE_END.split(text) if part.strip()]
    pairs = []
    for position, part in enumerate(parts):
        led = part
        for before in reversed(parts[:position]):
            if len(before) + len(led) - len(part) > LEAD:
                break
            led = before + led
        pairs.append((bare(part), bare(led)))
    return pairs


def opening() -> tuple[Turn, ...]:
    """What every judging begins with."""
    instruction, *examples = load_prompt("judge", "zh").render().split("\n\n")
    turns = [Turn("system", instruction)]
    for example in examples:
        asked, word = example.rsplit("\n", 1)
        turns += [Turn("user", asked), Turn("assistant", word)]
    return tuple(turns)


def _turns(question: Question, quotation: str) -> list[Turn]:
    text = question.query if question.previous else question.text
    said = load_prompt("judged", "zh").render(question=text, quotation=fold_characters(quotation))
    return [*opening(), Turn("user", said)]
