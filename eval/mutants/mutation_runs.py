"""The verifier on trial: true claims of an eval set, their mutants and the reference answers put before it.

The verifier is handed in, so that nothing here depends on how it reads a text.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from eval.golden import load_set
from eval.items import JUDGED_KINDS, GoldenItem, Kind
from eval.mutants.mutations import mutants_of
from eval.mutants.parsed_set import ParsedSet, parse_set
from eval.mutants.shown_evidence import numbered, shown_for
from eval.mutants.spellings import respellings
from eval.mutants.statements import Mutant, Shown, Statement, full_text, statement_text, told
from eval.scoring.wording import bigrams, clauses, tight
from rag.answering.questions import Question, understand
from rag.models.conversation import Turn
from rag.verification.citations import as_evidence
from rag.verification.claims import Evidence

IN_OTHER_WORDS: frozenset[Kind] = (JUDGED_KINDS - {"yesno"}) | {"english", "unanswerable"}
"""Kinds whose reference answers judge, compare or translate."""

_SENTENCE_END = re.compile(r"(?<=[。;；!！?？])")


class Checked(Protocol):
    """What a verifier says of a claim: the text it would show, and whether it holds."""

    @property
    def text(self) -> str: ...
    @property
    def supported(self) -> bool: ...


Verify = Callable[[str, Sequence[Evidence], Question, Sequence[str]], Checked]
"""Claim, evidence shown, question, all towns of the library."""


@dataclass(frozen=True, slots=True)
class Original:
    """A true statement of one report with the question and the evidence that it is verified against."""

    item: GoldenItem
    statement: Statement
    question: Question
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """A claim that was put before the verifier; `mutant` is None where it is true."""

    item: str
    text: str
    flagged: bool
    shown: tuple[str, ...]
    mutant: Mutant | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """Everything that was tried on one set."""

    unchanged: tuple[Tried, ...]
    respelled: tuple[Tried, ...]  # true claims with one figure in another right spelling
    answers: tuple[Tried, ...]  # one for each item: flagged where one of its sentences is
    mutants: tuple[Tried, ...]

    @property
    def survivors(self) -> tuple[Tried, ...]:
        """Mutants that the verifier let through."""
        return tuple(tried for tried in self.mutants if not tried.flagged)


def try_verifier(folder: Path, verify: Verify) -> Trial:
    """The trial on the eval set of a folder. Raises InputError where the set is not valid."""
    eval_set = load_set(folder)
    library = parse_set(eval_set)
    originals = [o for item in eval_set.items if _is_usable(item) for o in _originals(item, library)]
    originals = list({(o.statement.text, o.item.doc): o for o in originals}.values())
    unchanged, respelled, mutants = [], [], []
    for original in originals:
        true = {_true(text, original, verify, library.towns) for text in _ways(original.statement)}
        unchanged += sorted(true, key=lambda tried: tried.text)
        respelled += [_true(text, original, verify, library.towns) for text, _ in respellings(told(original.statement))]
        mutants += [_false(mutant, original, verify, library.towns) for mutant in mutants_of(original.statement)]
    answers = [_answer(item, verify, library) for item in eval_set.items if _is_answer(item)]
    return Trial(tuple(unchanged), tuple(respelled), tuple(answers), tuple(mutants))


def _is_usable(item: GoldenItem) -> bool:
    return bool(item.evidence) and item.kind != "english"


def _is_answer(item: GoldenItem) -> bool:
    return bool(item.evidence) and not item.refuse and item.kind not in IN_OTHER_WORDS


def _ways(statement: Statement) -> tuple[str, ...]:
    return tuple(dict.fromkeys((told(statement), full_text(statement))))


def _true(text: str, original: Original, verify: Verify, towns: Sequence[str]) -> Tried:
    checked = verify(text, original.evidence, original.question, towns)
    return Tried(original.item.id, text, not checked.supported, tuple(e.text for e in original.evidence))


def _false(mutant: Mutant, original: Original, verify: Verify, towns: Sequence[str]) -> Tried:
    """A mutant is noticed where it is not supported, or where its figure was put right before it would be shown."""
    checked = verify(mutant.text, original.evidence, original.question, towns)
    flagged = not checked.supported or _is_put_right(mutant, checked.text)
    return Tried(original.item.id, mutant.text, flagged, tuple(e.text for e in original.evidence), mutant)


def _is_put_right(mutant: Mutant, text: str) -> bool:
    return text != mutant.text and tight(text) == tight(mutant.original)


def _answer(item: GoldenItem, verify: Verify, library: ParsedSet) -> Tried:
    """The reference answer, sentence by sentence, against its evidence alone."""
    question = _question(item, library)
    evidence = numbered(
        [as_evidence(0, library.parsed[p.doc].report, s) for p in item.evidence for s in library.sentences(p)]
    )
    said = [part for part in _SENTENCE_END.split(item.answer) if part.strip()]
    flagged = not all(verify(part, evidence, question, library.towns).supported for part in said)
    return Tried(item.id, item.answer, flagged, tuple(e.text for e in evidence))


def _originals(item: GoldenItem, library: ParsedSet) -> Iterator[Original]:
    question = _question(item, library)
    evidence = shown_for(item, question, library)
    shown = tuple(Shown(e.text, e.town or "", e.year or 0) for e in evidence)
    for passage in item.evidence:
        report = library.parsed[passage.doc].report
        for sentence in library.sentences(passage):
            own = as_evidence(0, report, sentence)
            text = statement_text(own.text, passage.quote)
            is_statement = sentence.role != "heading" and len(bigrams(text)) > 1
            if not is_statement or own.town is None or own.year is None:
                continue
            statement = Statement(
                text=text,
                town=own.town,
                year=own.year,
                is_plan=sentence.kind == "plan",
                names=_names(item),
                shown=shown,
                other_towns=tuple(town for town in library.towns if town != own.town),
                other_names=_other_names(item, library),
            )
            yield Original(item, statement, question, tuple(evidence))


def _question(item: GoldenItem, library: ParsedSet) -> Question:
    history = [Turn(message.role, message.content) for message in item.history]
    return understand(item.question, library.places, history)


def _names(item: GoldenItem) -> tuple[str, ...]:
    """Words that a right answer must have and that hold no figure."""
    found = [clauses(a) for alternatives in item.must for a in alternatives]
    return tuple(dict.fromkeys(name for name in found if re.fullmatch(r"[\u4e00-\u9fff]{2,12}", name)))


def _other_names(item: GoldenItem, library: ParsedSet) -> tuple[str, ...]:
    others = [other for other in library.items if other.kind in ("entity", "list") and other.doc != item.doc]
    return tuple(dict.fromkeys(name for other in others for name in _names(other)))
