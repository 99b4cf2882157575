"""The verifier on trial: true claims of an eval set, their mutants and the reference answers put before it.

The verifier is handed in, so that nothing here depends on how it reads a text.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Protocol

from eval.golden import EvalSet, load_set
from eval.items import JUDGED_KINDS, GoldenItem, Kind, Passage
from eval.mutants.mutations import Mutant, Shown, Statement, full_text, mutants_of, statement_text, told
from eval.scoring.wording import bigrams, clauses, tight
from rag.answering.evidence import Budget, choose_evidence
from rag.answering.questions import Question, understand
from rag.formats.read import read_file
from rag.library.results import Hit
from rag.models.conversation import Turn
from rag.parsing.parse import ParsedReport, parse
from rag.parsing.report import Report, Sentence
from rag.types import Span
from rag.verification.citations import as_evidence
from rag.verification.claims import Evidence

PASSAGES = 6
PASSAGES_PER_TOWN = 3
SENTENCES_PER_TOWN = Budget(sentences=6, characters=400)
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
    answers: tuple[Tried, ...]  # one for each item: flagged where one of its sentences is
    mutants: tuple[Tried, ...]

    @property
    def survivors(self) -> tuple[Tried, ...]:
        """Mutants that the verifier let through."""
        return tuple(tried for tried in self.mutants if not tried.flagged)


@dataclass(frozen=True)
class _Library:
    """The reports of a set, parsed."""

    items: tuple[GoldenItem, ...]
    texts: Mapping[str, str]  # by file name, like the next
    parsed: Mapping[str, ParsedReport]

    @cached_property
    def reports(self) -> dict[str, Report]:
        return {p.report.id: p.report for p in self.parsed.values()}

    @cached_property
    def towns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(r.metadata.town for r in self.reports.values() if r.metadata.town))


def try_verifier(folder: Path, verify: Verify) -> Trial:
    """The trial on the eval set of a folder. Raises InputError where the set is not valid."""
    eval_set = load_set(folder)
    library = _Library(eval_set.items, eval_set.texts, _parsed(eval_set))
    originals = [o for item in eval_set.items if _is_usable(item) for o in _originals(item, library)]
    originals = list({(o.statement.text, o.item.doc): o for o in originals}.values())
    unchanged, mutants = [], []
    for original in originals:
        true = {_true(text, original, verify, library.towns) for text in _ways(original.statement)}
        unchanged += sorted(true, key=lambda tried: tried.text)
        mutants += [_false(mutant, original, verify, library.towns) for mutant in mutants_of(original.statement)]
    answers = [_answer(item, verify, library) for item in eval_set.items if _is_answer(item)]
    return Trial(tuple(unchanged), tuple(answers), tuple(mutants))


def _parsed(eval_set: EvalSet) -> dict[str, ParsedReport]:
    return {name: parse(read_file(eval_set.folder / "reports" / name)) for name in sorted(eval_set.texts)}


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


def _answer(item: GoldenItem, verify: Verify, library: _Library) -> Tried:
    """The reference answer, sentence by sentence, against its evidence alone."""
    question = _question(item, library)
    evidence = _numbered(
        [as_evidence(0, library.parsed[p.doc].report, s) for p in item.evidence for s in _sentences(p, library)]
    )
    said = [part for part in _SENTENCE_END.split(item.answer) if part.strip()]
    flagged = not all(verify(part, evidence, question, library.towns).supported for part in said)
    return Tried(item.id, item.answer, flagged, tuple(e.text for e in evidence))


def _originals(item: GoldenItem, library: _Library) -> Iterator[Original]:
    question = _question(item, library)
    evidence = _shown(item, question, library)
    shown = tuple(Shown(e.text, e.town or "", e.year or 0) for e in evidence)
    for passage in item.evidence:
        report = library.parsed[passage.doc].report
        for sentence in _sentences(passage, library):
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


def _question(item: GoldenItem, library: _Library) -> Question:
    history = [Turn(message.role, message.content) for message in item.history]
    return understand(item.question, library.reports.values(), history)


def _names(item: GoldenItem) -> tuple[str, ...]:
    """Words that a right answer must have and that hold no figure."""
    found = [clauses(a) for alternatives in item.must for a in alternatives]
    return tuple(dict.fromkeys(name for name in found if re.fullmatch(r"[\u4e00-\u9fff]{2,12}", name)))


def _other_names(item: GoldenItem, library: _Library) -> tuple[str, ...]:
    others = [other for other in library.items if other.kind in ("entity", "list") and other.doc != item.doc]
    return tuple(dict.fromkeys(name for other in others for name in _names(other)))


# evidence


def _shown(item: GoldenItem, question: Question, library: _Library) -> list[Evidence]:
    """What would be shown for the question, town by town where there are several, with the item's evidence in it."""
    documents = [library.parsed[doc].report for doc in item.documents if doc in library.parsed]
    towns = list(dict.fromkeys(r.metadata.town for r in documents)) or [None]
    chosen: list[Evidence] = []
    for town in towns:
        mine = [report for report in documents if report.metadata.town == town]
        passages, budget = (PASSAGES_PER_TOWN, SENTENCES_PER_TOWN) if len(towns) > 1 else (PASSAGES, Budget())
        hits = _hits(question.query, mine, passages)
        if hits:
            chosen += choose_evidence(question.query, hits, library.reports, budget)
    chosen += [as_evidence(0, library.parsed[p.doc].report, s) for p in item.evidence for s in _sentences(p, library)]
    return _numbered(chosen)


def _numbered(evidence: Sequence[Evidence]) -> list[Evidence]:
    once = {(e.report_id, e.sentence.start): e for e in evidence}
    return [replace(once[key], number=number) for number, key in enumerate(sorted(once), start=1)]


def _hits(query: str, reports: Sequence[Report], count: int) -> list[Hit]:
    """The passages with most of the question's words; no index is needed for a handful of reports."""
    wanted = bigrams(query)
    hits = [
        Hit(report.id, chunk, text, len(wanted & bigrams(text)) / max(1, len(wanted)))
        for report in reports
        for chunk in report.chunks
        for text in [report.text[chunk.start : chunk.end]]
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.report_id, hit.chunk.start))[:count]


def _sentences(passage: Passage, library: _Library) -> list[Sentence]:
    """The sentences of a report that a quotation of its file lies in, where it stands first in a body sentence."""
    parsed = library.parsed[passage.doc]
    spans = [(parsed.offsets.to_source(Span(s.start, s.end)), s) for s in parsed.report.sentences if s.end > s.start]
    found: list[Sentence] = []
    for begin in _places(passage, library.texts[passage.doc]):
        end = begin + len(passage.quote)
        inside = [sentence for span, sentence in spans if span.start < end and begin < span.end]
        found = found or inside
        if any(sentence.role == "body" for sentence in inside):
            return inside
    return found


def _places(passage: Passage, text: str) -> list[int]:
    if passage.start is not None:
        return [passage.start]
    return [match.start() for match in re.finditer(re.escape(passage.quote), text)]
