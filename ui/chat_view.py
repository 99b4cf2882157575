"""The conversation as HTML."""

from collections.abc import Sequence
from dataclasses import replace

from rag.answering.answers import Answer, Choice
from rag.answering.markdown import answer_markdown
from rag.answering.rendering import lead, shown_claims
from rag.verification.claims import Claim
from rag.verification.quotations import number_quotations, place, unsupported
from ui.conversation import Exchange
from ui.marks import mark
from ui.markup import Markup, element, failure
from ui.words import Words


def conversation_html(
    exchanges: Sequence[Exchange], words: Words, *, examples: Sequence[str] = (), follow_ups: Sequence[str] = ()
) -> Markup:
    """All exchanges, oldest first; what can be asked stands in an empty conversation and below the last answer."""
    if not exchanges:
        hint = element("p", words["ask_hint"], class_="hint")
        return element("div", hint, _chips(words["try_asking"], examples), class_="conversation empty")
    last = len(exchanges) - 1
    turns = [_exchange_html(number, each, words, is_last=number == last) for number, each in enumerate(exchanges)]
    chips = _chips(words["follow_ups"], follow_ups if exchanges[-1].state != "pending" else ())
    return element("div", *turns, chips, class_="conversation")


def _chips(label: str, questions: Sequence[str]) -> Markup:
    if not questions:
        return Markup()
    chips = [
        element("button", text, type="button", class_="chip", data_act="suggested", data_text=text)
        for text in questions
    ]
    return element("div", element("span", label, class_="chips-label"), *chips, class_="chips")


def _exchange_html(number: int, exchange: Exchange, words: Words, *, is_last: bool) -> Markup:
    answer = exchange.answer
    is_bare = answer.outcome == "evidence_only" and exchange.state == "final"
    evidence = [_evidence_html(answer, words, is_open=is_bare)] if answer.evidence_citations else []
    parts = [element("h2", answer.question, class_="question")]
    if exchange.problem and exchange.state == "final":
        parts += [*evidence, failure(words.told(exchange.problem))]
    elif exchange.state == "final":
        choices = _choices(answer, words) if is_last else []
        parts += [*_answer_parts(answer, words), *choices, *evidence]
    else:
        said = words["answering" if exchange.state == "pending" else "stopped"]
        parts += _claims(replace(answer, outcome="answered"), words)
        parts += [element("p", said, class_="pending", role="status"), *evidence]
    if exchange.state != "pending":
        parts.append(_actions(number, exchange, words, is_last=is_last))
    look = answer.outcome if exchange.state == "final" else exchange.state
    return element("section", *parts, class_=f"exchange {look}", aria_label=answer.question)


def _evidence_html(answer: Answer, words: Words, *, is_open: bool) -> Markup:
    labels = words.labels(answer.language)
    rows = [
        element(
            "li",
            element("q", citation.quote),
            mark(number, citation, words),
            element("small", place(citation, labels)),
        )
        for number, citation in enumerate(answer.evidence_citations, start=1)
    ]
    summary = element("summary", words.say("evidence", len(rows)))
    return element("details", summary, element("ol", *rows), open=is_open, class_="evidence")


def _answer_parts(answer: Answer, words: Words) -> list[Markup]:
    said = lead(answer)
    return [
        _badge(answer, words),
        *([element("p", said, class_="lead")] if said else []),
        *_claims(answer, words),
        *_nearest(answer, words),
        *(element("p", words.told(notice), class_="notice") for notice in answer.notices),
    ]


def _claims(answer: Answer, words: Words) -> list[Markup]:
    shown = shown_claims(answer)
    numbering = number_quotations(shown)
    return [
        _claim_html(claim, [mark(number, numbering.citations[number - 1], words) for number in numbers], answer, words)
        for claim, numbers in zip(shown, numbering.marks, strict=True)
    ]


def _badge(answer: Answer, words: Words) -> Markup:
    """What kind of answer this is, and why."""
    keys = {
        "answered": "verified",
        "refused": "refused",
        "redirected": "redirected",
        "evidence_only": "sources_only",
    }
    key, look = keys[answer.outcome], "badge"
    if answer.outcome == "answered" and not all(claim.supported for claim in answer.claims):
        key, look = "partly" if not all(claim.is_shown for claim in answer.claims) else "worded", "badge doubtful"
    reason = words.labels(answer.language).reason(answer.reason)
    return element("p", " · ".join(part for part in (words[key], reason) if part), class_=look, role="status")


def _nearest(answer: Answer, words: Words) -> list[Markup]:
    """What comes nearest to a question that is not answered, set apart from answers."""
    if not answer.nearest:
        return []
    said = words.labels(answer.language).not_an_answer(answer.nearest[0].differs)
    quoted = [
        element("p", element("q", " ".join(each.citation.quote.split())), mark(number, each.citation, words))
        for number, each in enumerate(answer.nearest, start=1)
    ]
    return [element("div", element("p", said, class_="hint"), *quoted, class_="nearest")]


def _choices(answer: Answer, words: Words) -> list[Markup]:
    """What may be asked in place of a question that contradicts its filter."""
    buttons = [
        element(
            "button", choice_label(choice, words), type="button", class_="chip", data_act="chosen", data_number=str(n)
        )
        for n, choice in enumerate(answer.choices)
    ]
    return [element("div", *buttons, class_="chips")] if buttons else []


def choice_label(choice: Choice, words: Words) -> str:
    """What a choice does, in short."""
    place = "、".join(choice.scope.towns) or choice.scope.county
    return words.say("ask_of", choice.question) if place else words.say("ask_without_filter", choice.question)


def _claim_html(claim: Claim, marks: Sequence[Markup], answer: Answer, words: Words) -> Markup:
    expression = [element("span", f" = {claim.expression}", class_="expression")] if claim.expression else []
    carried = element("span", words.labels(answer.language).support[claim.support], class_=f"support {claim.support}")
    if claim.is_shown:
        said = element(
            "p",
            claim.text,
            *expression,
            *marks,
            " ",
            carried,
            class_=f"claim {'supported' if claim.supported else claim.support}",
        )
        return element("div", said, *_in_sight(claim)) if claim.support == "paraphrase" else said
    why = element("span", unsupported(claim, words.labels(answer.language)), class_="why")
    return element("p", element("s", claim.text), *marks, " ", why, class_="claim unsupported")


def _in_sight(claim: Claim) -> list[Markup]:
    """What a model's wording rests on, in the report's words."""
    quoted = (citation.quote for citation in claim.citations if citation.role == "evidence")
    return [element("blockquote", " ".join(quote.split()), class_="run") for quote in quoted]


def _actions(number: int, exchange: Exchange, words: Words, *, is_last: bool) -> Markup:
    """Copy, thumbs, retry; an answer that failed cannot be judged."""
    buttons: list[Markup] = []
    if exchange.answer.outcome != "error":
        text = answer_markdown(exchange.answer)
        buttons.append(_button(words["copy"], "copied", number, data_text=text, data_done=words["copied"]))
        for verdict, key in (("up", "good_answer"), ("down", "bad_answer")):
            pressed = "true" if exchange.verdict == verdict else "false"
            buttons.append(_button(words[key], "rated", number, data_verdict=verdict, aria_pressed=pressed))
    if is_last:
        buttons.append(_button(words["retry"], "retried", number))
    kept = [element("small", words["judged"], role="status")] if exchange.verdict else []
    return element("div", *buttons, *kept, class_="actions")


def _button(name: str, act: str, number: int, **data: str) -> Markup:
    return element("button", name, type="button", data_act=act, data_number=str(number), **data)
