"""An answer in the report's own words: the clauses, of one sentence or a few that follow each other, that speak of what
is asked.

Where the model's draft does not pass verification, or says only yes, a quotation is still a supported answer.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answering.answer_types import figures_asked
from rag.answering.answerability import count_asked_for, needs_figures
from rag.answering.clause_runs import Quote, carried, quotations
from rag.answering.questions import Question
from rag.text.clauses import CLAUSE_END, CLAUSE_MARKS, is_adverbial
from rag.text.figures import read_figures
from rag.text.lexicon import concept
from rag.text.normalization import HAN
from rag.verification.claims import Evidence

SPEAKS = 0.7  # of the question's characters that a quotation must carry before its words count as an answer
SPEAKS_YES_NO = 0.6  # a yes-or-no question says more words of its own
COMPLETE = 0.4  # worth of having all figures asked for, against the share of the question carried
NOT_ASKED = 0.1  # cost of each figure beyond those asked for
_RANKED = concept("superlative")
_ITEM_END = re.compile("(?<=、)")
_COUNTED = re.compile(rf"[{HAN}]{{2,}}[\d.]")  # what is counted stands before its figure
_ASKS_TOWNS = concept("all_reports", "how_many_towns")  # one sentence cannot speak for all towns


def best_quote(question: Question, evidence: Sequence[Evidence]) -> Quote | None:
    """The shortest run of clauses that carries most of the question; None where none carries SPEAKS of it.

    A question for figures wants a run that has them.
    """
    least = SPEAKS_YES_NO if question.is_yes_no else SPEAKS
    if _ASKS_TOWNS.search(question.text):
        return None
    wanted = max(1, figures_asked(question.resolved))
    ranked = _RANKED.all_in(question.text)
    quotes = [
        quote
        for quote in quotations(question, evidence)
        if quote.carried >= least and all(word in quote.text for word in ranked) and not is_adverbial(quote.text)
    ]
    best = max(quotes, key=lambda q: (_worth(q, wanted), -len(q.text), -q.items[0].number), default=None)
    return _without_asides(question, best, wanted) if best and needs_figures(question) else best


def _without_asides(question: Question, quote: Quote, wanted: int) -> Quote:
    """A quotation without clauses whose figures nobody asked for and whose words it can do without.

    Example: 斗争开展以来，摸排线索4条，刑拘35人 -> 斗争开展以来……刑拘35人
    """
    clauses = [part for clause in CLAUSE_END.split(quote.text) for part in _counted_items(clause)]
    for aside in [clause for clause in clauses if read_figures(clause)]:
        if len(read_figures("".join(clauses))) <= wanted:
            break
        rest = [clause for clause in clauses if clause != aside]
        text = "".join(rest)
        has_all = count_asked_for(question.resolved, text) >= min(wanted, quote.figures)
        if has_all and carried(question, quote.items, text) >= quote.carried:
            clauses = rest
    kept = _with_gaps(quote.text, clauses)
    return replace(quote, text=kept, figures=count_asked_for(question.resolved, kept))


def _counted_items(clause: str) -> list[str]:
    """The items of a list in which each names what it counts; any other clause whole.

    Example: 微耕机28台、旋耕机17台 -> 微耕机28台、 and 旋耕机17台
    """
    items = _ITEM_END.split(clause) if all(map(_COUNTED.search, _ITEM_END.split(clause))) else [clause]
    return [item for item in items if item.strip()]


def _with_gaps(text: str, clauses: Sequence[str]) -> str:
    """Clauses of a text, with …… where others between them are left out."""
    parts: list[str] = []
    end = None
    for clause in clauses:
        start = text.index(clause, end or 0)
        if end is not None and start > end:
            parts[-1] = parts[-1].rstrip(f"{CLAUSE_MARKS}、") + "……"
        parts.append(clause)
        end = start + len(clause)
    return "".join(parts).rstrip(f"{CLAUSE_MARKS}、")


def _worth(quote: Quote, wanted: int) -> float:
    beyond = max(0, sum(figure.kind != "year" for figure in read_figures(quote.text)) - wanted)
    return round(quote.carried + COMPLETE * min(1.0, quote.figures / wanted) - NOT_ASKED * beyond, 6)
