"""The tab for asking: a conversation, its filters, and what can be done with an answer."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import gradio as gr

from rag.answering.answers import Answer
from rag.answering.markdown import conversation_markdown
from rag.library.results import Scope
from rag.library.typed import years
from rag.types import Span
from ui.chat_view import conversation_html
from ui.conversation import Exchange, ask, stopped
from ui.feedback import Verdict, candidate, keep
from ui.library_view import chosen_scope, years_of
from ui.markup import Markup
from ui.picker import Picker, TownChoices
from ui.shell import ACTS, PRIVATE, Download, Shell
from ui.suggestions import example_questions, further_questions
from ui.watching import watch
from ui.words import Words

_SCROLL = """
watch("value", () => {
  const talk = element.querySelector(".conversation");
  const last = talk?.querySelector(".exchange:last-of-type");
  if (last) talk.scrollTop = last.offsetTop - talk.offsetTop;
});
"""
LONGEST_QUESTION = 1000  # characters


class AskTab:
    """Asking within a page."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._service = shell.service

    def build(self) -> None:
        """The components, wired."""
        exchanges = gr.State([])
        self._towns = Picker(self._shell, TownChoices(self._shell.library))
        self._conversation = gr.HTML(conversation_html([], Words()), elem_id="conversation", js_on_load=ACTS + _SCROLL)
        question, send, stop = self._question_row()
        place, year, new, export = self._filter_row()
        shell = self._shell
        shown = [self._conversation, shell.reader, exchanges, question]
        context = [place, year, exchanges, shell.language]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": PRIVATE}
        asking: list[Any] = [
            gr.on([send.click, question.submit], self._asked, [question, *context], shown, **quiet),
            self._conversation.suggested(self._suggested, context, shown, **quiet),
            self._conversation.retried(self._retried, context, shown, **quiet),
            self._conversation.chosen(self._chosen, context[1:], [*shown, place], **quiet),
        ]
        talk = [exchanges, shell.language]
        kept = [self._conversation, exchanges]
        stop.click(self._stopped, talk, kept, cancels=asking, **quiet)
        new.click(self._begun_anew, shell.language, kept, cancels=asking, **quiet)
        self._conversation.rated(self._rated, talk, kept, **quiet)
        shell.opens_sources(self._conversation)
        shell.downloads(export, self._export, talk)
        shell.follows(self._years, [year, shell.language], [year])
        shell.follows(self._shown, talk, [self._conversation])

    def _question_row(self) -> tuple[gr.Textbox, gr.Button, gr.Button]:
        worded = self._shell.worded
        with gr.Row(elem_id="question-row"):
            question = worded(
                gr.Textbox(
                    lines=1,
                    max_lines=4,
                    max_length=LONGEST_QUESTION,
                    autofocus=True,
                    container=False,
                    scale=5,
                    elem_id="question",
                ),
                label="question",
                placeholder="question_hint",
            )
            send = worded(gr.Button(variant="primary", scale=1, min_width=88, elem_id="send"), value="send")
            stop = worded(gr.Button(variant="stop", scale=1, min_width=88, elem_id="stop"), value="stop")
        return question, send, stop

    def _filter_row(self) -> tuple[gr.Dropdown, gr.Dropdown, gr.Button, gr.Button]:
        worded = self._shell.worded
        with gr.Row(elem_id="filter-row"):
            place = self._towns.build("town", container=False, min_width=120, elem_id="town")
            year = worded(
                gr.Dropdown([("全部年度", 0)], value=0, container=False, min_width=120, elem_id="year"), label="year"
            )
            new = worded(gr.Button(scale=1, min_width=88, elem_id="new"), value="new")
            export = worded(gr.Button(scale=1, min_width=88, elem_id="export"), value="export")
        return place, year, new, export

    # asking

    async def _asked(
        self, question: str, place: str, year: int, exchanges: list[Exchange], language: str
    ) -> AsyncIterator[tuple[Any, ...]]:
        async for shown in self._answered(question, self._scope(place, year), exchanges, language):
            yield shown

    async def _suggested(
        self, event: gr.EventData, place: str, year: int, exchanges: list[Exchange], language: str
    ) -> AsyncIterator[tuple[Any, ...]]:
        question = str(event._data.get("text", ""))
        async for shown in self._answered(question, self._scope(place, year), exchanges, language):
            yield shown

    async def _retried(
        self, place: str, year: int, exchanges: list[Exchange], language: str
    ) -> AsyncIterator[tuple[Any, ...]]:
        if exchanges:
            again = exchanges[-1]
            async for shown in self._answered(again.answer.question, again.scope, exchanges[:-1], language):
                yield shown

    async def _chosen(
        self, event: gr.EventData, year: int, exchanges: list[Exchange], language: str
    ) -> AsyncIterator[tuple[Any, ...]]:
        """What takes the place of the last question; the filter is left at what was chosen."""
        number, choices = str(event._data.get("number", "")), exchanges[-1].answer.choices if exchanges else ()
        if number.isdecimal() and int(number) < len(choices):
            choice = choices[int(number)]
            kept = gr.skip() if choice.scope.towns or choice.scope.county else gr.update(value="")
            async for shown in self._answered(choice.question, choice.scope, exchanges[:-1], language):
                yield *shown, kept

    def _scope(self, place: str, year: int) -> Scope:
        return chosen_scope(self._towns.meant(place), year)

    async def _answered(
        self, question: str, scope: Scope, earlier: Sequence[Exchange], language: str
    ) -> AsyncIterator[tuple[Any, ...]]:
        """Conversation, reader, exchanges and the emptied box, as the answer grows."""
        asked = " ".join(question.split())[:LONGEST_QUESTION]
        if not asked:
            yield gr.skip(), gr.skip(), gr.skip(), ""
            return

        def work(tell: Callable[[Exchange], None]) -> None:
            for exchange in ask(self._service, asked, scope, earlier):
                tell(exchange)

        async for exchange in watch(work):
            now = [*stopped(earlier), exchange]
            source = self._first_source(exchange.answer, language) if exchange.state == "final" else gr.skip()
            yield self._shown(now, language), source, now, ""

    def _shown(self, exchanges: Sequence[Exchange], language: str) -> Markup:
        library = self._shell.library
        is_over = bool(exchanges) and exchanges[-1].state != "pending"
        return conversation_html(
            exchanges,
            Words.of(language),
            examples=[] if exchanges else example_questions(library),
            follow_ups=further_questions(exchanges[-1].answer, library) if is_over else (),
        )

    def _first_source(self, answer: Answer, language: str) -> Any:
        """The reader at the first quotation of an answer; as it was where there is none."""
        cited = [c for claim in answer.claims if claim.is_shown for c in claim.citations]
        if not cited or answer.outcome != "answered":
            return gr.skip()
        first = cited[0]
        return self._shell.source_html(first.report, first.file, language, Span(first.start, first.end))

    # afterwards

    def _stopped(self, exchanges: list[Exchange], language: str) -> tuple[Markup, list[Exchange]]:
        now = stopped(exchanges)
        return self._shown(now, language), now

    def _begun_anew(self, language: str) -> tuple[Markup, list[Exchange]]:
        return self._shown([], language), []

    def _rated(self, event: gr.EventData, exchanges: list[Exchange], language: str) -> tuple[Any, list[Exchange]]:
        number, verdict = str(event._data.get("number", "")), event._data.get("verdict")
        if not number.isdecimal() or int(number) >= len(exchanges) or verdict not in ("up", "down"):
            return gr.skip(), exchanges
        chosen: Verdict = "up" if verdict == "up" else "down"
        rated = exchanges[int(number)]
        row = candidate(rated.answer, chosen, datetime.now(UTC))
        keep(self._service.workspace.settings.candidates_path, row)
        now = [replace(each, verdict=chosen) if each is rated else each for each in exchanges]
        return self._shown(now, language), now

    def _export(self, exchanges: list[Exchange], language: str) -> Download | None:
        answers = [each.answer for each in exchanges if each.answer.outcome != "error"]
        if not answers:
            gr.Info(Words.of(language)["nothing_to_export"])
            return None
        return Download("zhenbao.md", "text/markdown", conversation_markdown(answers).encode())

    def _years(self, chosen: int | None, language: str) -> Any:
        offered = years_of(years(self._shell.library), Words.of(language))
        return gr.update(choices=offered, value=chosen if chosen in dict(offered).values() else 0)
