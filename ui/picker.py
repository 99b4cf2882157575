"""A dropdown that finds what a person types among any number of places or reports: the library is asked, not listed."""

from collections.abc import Sequence
from typing import Any, Protocol

import gradio as gr

from rag.library.listing import Choice, listed
from rag.library.reader import Lookup
from rag.library.results import Scope
from rag.library.typed import Place, first_places, has_place, places_called, reports_called
from ui.shell import PRIVATE, Shell
from ui.words import Words

WHOLE = 60  # so many are listed whole; of more
MOST = 30  # these, until something is typed
_LONGEST = 60  # characters of what is typed
_ROWS = WHOLE + 3
"""Of an open list, hidden empty ones included: Gradio draws rows that are gone by now, and fails, where one shrinks."""
_CHANGING = frozenset({"Backspace", "Delete", "Process", "Unidentified"})  # the last two from input methods
_TYPED = """async (value, language) => {
  await new Promise((done) => setTimeout(done, 80));
  return [value, language, document.activeElement.value ?? null];
}"""
"""What stands in the box a moment after a key: of keys that follow at once all ask for the same, whichever answer comes
last, and for keys that waited Gradio would tell the text of the first."""

Labelled = list[tuple[str, str]]
"""What is offered: label and value."""


class Choices(Protocol):
    """What a picker offers."""

    everything: str | None
    """The word for choosing nothing in particular, whose value is the empty string; None where one has to be chosen."""

    def first(self, limit: int) -> Labelled: ...

    def called(self, typed: str, limit: int) -> Labelled: ...

    def label(self, value: str) -> str | None:
        """What a value is called; None where there is no such thing."""


class TownChoices:
    """The towns of a library, namesakes of different counties apart."""

    everything: str | None = "all_towns"

    def __init__(self, library: Lookup) -> None:
        self._library = library

    def first(self, limit: int) -> Labelled:
        return [_labelled(place) for place in first_places(self._library, limit)]

    def called(self, typed: str, limit: int) -> Labelled:
        return [_labelled(place) for place in places_called(self._library, typed, limit)]

    def label(self, value: str) -> str | None:
        county, _, town = value.partition("\t")
        place = Place(county or None, town)
        return place.label if has_place(self._library, place) else None


class ReportChoices:
    """The reports of a library by their labels, the newest first."""

    everything: str | None = None

    def __init__(self, library: Lookup) -> None:
        self._library = library

    def first(self, limit: int) -> Labelled:
        return [(report.label, report.id) for report in listed(self._library, order="year", limit=limit)]

    def called(self, typed: str, limit: int) -> Labelled:
        return [(report.label, report.id) for report in reports_called(self._library, typed, limit)]

    def label(self, value: str) -> str | None:
        found = listed(self._library, Choice(Scope(report_ids=frozenset({value}))))
        return found[0].label if found else None


class Picker:
    """A dropdown over choices, wired to the library."""

    def __init__(self, shell: Shell, choices: Choices) -> None:
        self._shell = shell
        self._choices = choices

    def build(self, key: str, **look: Any) -> gr.Dropdown:
        """The dropdown, labelled by a key of the page's words."""
        shell = self._shell
        dropdown = gr.Dropdown(
            self.offered("", "", "zh"), value=None, allow_custom_value=True, elem_classes="picker", **look
        )
        picked = [shell.worded(dropdown, label=key), shell.language]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": PRIVATE}
        typed = gr.Textbox(visible="hidden", max_length=_LONGEST)
        dropdown.key_up(self._typed, [*picked, typed], dropdown, js=_TYPED, trigger_mode="always_last", **quiet)
        before = gr.State("")
        settled = [dropdown, before]
        dropdown.input(self._settled, [*picked, before], settled, trigger_mode="always_last", **quiet)
        shell.follows(self._settled, [*picked, before], settled)
        return dropdown

    def meant(self, value: object, before: str = "") -> str:
        """The value of what was picked, or typed in full; where it is nothing known what was picked before, else
        everything, or the first where there is no such choice."""
        given = value[:_LONGEST] if isinstance(value, str) else ""
        if given and self._choices.label(given) is not None:
            return given
        found = self._choices.called(given, 2) if given else []
        if len(found) == 1:
            return found[0][1]
        if given and before and self._choices.label(before) is not None:
            return before
        first = [] if self._choices.everything else self._choices.first(1)
        return first[0][1] if first else ""

    def offered(self, typed: str, value: str, language: object) -> Labelled:
        """What can be picked: first and always what has been picked already, then what fits the typed text.

        The place of what is picked stays, since the browser marks it by its place while somebody types. What is found
        by another name carries the typed text behind its label, since the browser filters labels by it too.
        """
        words = Words.of(language)
        found = self._choices.called(typed, MOST + 1) if typed else self._choices.first(WHOLE + 1)
        is_cut = len(found) > (MOST if typed else WHOLE)
        offered = [(words[self._choices.everything], "")] if self._choices.everything else []
        if value and (label := self._choices.label(value)) is not None:
            offered.append((label, value))
        offered += [each for each in _with_text(found[:MOST] if is_cut else found, typed) if each[1] != value]
        if is_cut or (typed and not found):  # at the end and with the same value: to pick it changes nothing
            offered.append((words.say("type_on", MOST) if is_cut else words["no_match"], value))
        return offered

    def _typed(self, value: object, language: str, typed: str | None, event: gr.KeyUpData) -> Any:
        if typed is None or (len(event.key) > 1 and event.key not in _CHANGING):  # such as ArrowDown
            return gr.skip()
        picked, typed = value if isinstance(value, str) else "", typed[:_LONGEST].strip()
        shown = (self._choices.label(picked) if picked else None) or Words.of(language)["all_towns"]
        offered = self.offered("" if typed == shown else typed, picked, language)
        return gr.update(choices=[*offered, *[("", picked)] * (_ROWS - len(offered))])

    def _settled(self, value: object, language: str, before: str) -> tuple[Any, str]:
        meant = self.meant(value, before)
        return gr.update(choices=self.offered("", meant, language), value=meant), meant


def _labelled(place: Place) -> tuple[str, str]:
    return place.label, f"{place.county or ''}\t{place.town}"


def _with_text(found: Sequence[tuple[str, str]], typed: str) -> Labelled:
    return [(label if typed.lower() in label.lower() else f"{label} · {typed}", value) for label, value in found]
