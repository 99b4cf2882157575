"""An ideal system over an eval set, and systems that are broken in one way each, for testing the evaluation itself."""

import random
import re
from collections.abc import Callable, Mapping

from eval.golden import EvalSet
from eval.items import GoldenItem, Passage
from eval.scoring.replies import GivenAnswer, GivenCitation, GivenClaim, GivenEvidence

Break = Callable[[GoldenItem, GivenAnswer], GivenAnswer]
_DISTRACTORS = 20
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


def ideal_answers(eval_set: EvalSet) -> dict[str, GivenAnswer]:
    """The reference answer of every item, with its evidence quoted and found first."""
    return {item.id: _ideal(item, eval_set.texts) for item in eval_set.items}


def _ideal(item: GoldenItem, texts: Mapping[str, str]) -> GivenAnswer:
    citations = tuple(_citation(item, passage, texts) for passage in item.evidence)
    hits = [GivenEvidence(file=c.file, start=c.start, end=c.end) for c in citations]
    elsewhere = texts[item.documents[0]] if item.documents[0] in texts else next(iter(texts.values()))
    hits += [
        GivenEvidence(file=item.documents[0], start=n, end=n + 3)
        for n in range(0, min(len(elsewhere), 3 * _DISTRACTORS), 3)
    ]
    if item.refuse:
        return GivenAnswer(id=item.id, outcome="refused", reason="not_in_reports", answer=item.answer)
    claim = GivenClaim(text=item.answer, supported=True, citations=citations)
    return GivenAnswer(id=item.id, outcome="answered", answer=item.answer, claims=(claim,), hits=tuple(hits))


def _citation(item: GoldenItem, passage: Passage, texts: Mapping[str, str]) -> GivenCitation:
    start = texts[passage.doc].index(passage.quote)
    return GivenCitation(
        file=passage.doc,
        town=item.town,
        year=item.year,
        quote=passage.quote,
        start=start,
        end=start + len(passage.quote),
    )


def _said(answer: GivenAnswer, text: str) -> GivenAnswer:
    claims = tuple(claim.model_copy(update={"text": text}) for claim in answer.claims)
    return answer.model_copy(update={"answer": text, "claims": claims})


def _cited(answer: GivenAnswer, change: Callable[[GivenCitation], dict[str, object]]) -> GivenAnswer:
    claims = tuple(
        claim.model_copy(update={"citations": tuple(c.model_copy(update=change(c)) for c in claim.citations)})
        for claim in answer.claims
    )
    return answer.model_copy(update={"claims": claims})


def shuffled_retrieval(item: GoldenItem, answer: GivenAnswer) -> GivenAnswer:
    """Hits in random order."""
    hits = list(answer.hits)
    random.Random(item.id).shuffle(hits)
    return answer.model_copy(update={"hits": tuple(hits)})


def one_digit_changed(item: GoldenItem, answer: GivenAnswer) -> GivenAnswer:
    """The last digit of the first figure is another."""
    match = _FIGURE.search(answer.answer)
    if not match or answer.outcome != "answered":
        return answer
    place = match.end() - 1
    other = str((int(answer.answer[place]) + 3) % 10)
    return _said(answer, answer.answer[:place] + other + answer.answer[place + 1 :])


def figures_swapped(item: GoldenItem, answer: GivenAnswer) -> GivenAnswer:
    """The first two figures of an answer in each other's place."""
    figures = list(_FIGURE.finditer(answer.answer))
    if len(figures) < 2:
        return answer
    a, b = figures[0], figures[1]
    text = answer.answer
    return _said(answer, text[: a.start()] + b[0] + text[a.end() : b.start()] + a[0] + text[b.end() :])


def everything_refused(item: GoldenItem, answer: GivenAnswer) -> GivenAnswer:
    """No answer to anything."""
    return answer.model_copy(update={"outcome": "refused", "reason": "not_in_reports", "claims": ()})


def refusals_answered(item: GoldenItem, answer: GivenAnswer) -> GivenAnswer:
    """An answer where the reports do not say."""
    return answer.model_copy(
        update={"outcome": "answered", "reason": None, "answer": "共12个。"} if item.refuse else {}
    )


def citations_shifted(item: GoldenItem, answer: GivenAnswer) -> GivenAnswer:
    """Every citation one character on."""
    return _cited(answer, lambda c: {"start": c.start + 1, "end": c.end + 1})


def quotations_altered(item: GoldenItem, answer: GivenAnswer) -> GivenAnswer:
    """The last character of every quotation is another."""
    return _cited(answer, lambda c: {"quote": c.quote[:-1] + "某"})


def units_dropped(item: GoldenItem, answer: GivenAnswer) -> GivenAnswer:
    """万 left out."""
    return _said(answer, re.sub("[万萬]", "", answer.answer)) if answer.outcome == "answered" else answer


def plans_as_results(item: GoldenItem, answer: GivenAnswer) -> GivenAnswer:
    """What is planned told as done."""
    if item.kind not in ("plan", "temporal_trap"):
        return answer
    return _said(answer, "是的，已完成：" + re.sub("计划|打算|拟|将|争取|预计|没有|不是|未", "", answer.answer))


def evidence_as_answer(eval_set: EvalSet) -> Break:
    """The twelve sentences around the evidence instead of an answer."""

    def broken(item: GoldenItem, answer: GivenAnswer) -> GivenAnswer:
        if not item.evidence:
            return answer
        text = eval_set.texts[item.evidence[0].doc]
        start = max(0, text.index(item.evidence[0].quote) - 20)
        sentences = re.findall(r"[^。；\n]+[。；\n]", text[start:])[:12]
        return _said(answer, "".join(sentences))

    return broken


def unverified(item: GoldenItem, answer: GivenAnswer) -> GivenAnswer:
    """Verification switched off: a false claim is passed as supported, beside the right answer."""
    if answer.outcome != "answered":
        return answer
    false = answer.claims[0].model_copy(update={"text": "另有7919户受益。"})
    return answer.model_copy(update={"claims": (*answer.claims, false)})
