"""The verifier on trial: true claims of an eval set, their variants and mutants, and the reference answers.

The verifier is handed in, so that nothing here depends on how it reads a text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.golden import load_set
from eval.items import JUDGED_KINDS, GoldenItem, Kind
from eval.mutants.body_statements import body_items
from eval.mutants.mutations import mutants_of
from eval.mutants.parsed_set import ParsedSet, parse_set
from eval.mutants.shown_evidence import numbered, shown_for
from eval.mutants.spellings import respellings
from eval.mutants.statements import Mutant, Place, Shown, Statement, full_text, statement_text, told
from eval.mutants.trials import Checked, CheckedWithSpans, Trial, Tried, Verify
from eval.mutants.true_variants import TrueVariant, true_variants
from eval.scoring.wording import bigrams, clauses, tight
from rag.answering.questions import Question, understand
from rag.models.conversation import Turn
from rag.parsing.report import Report, Sentence
from rag.verification.citations import as_evidence
from rag.verification.claims import Evidence

IN_OTHER_WORDS: frozenset[Kind] = (JUDGED_KINDS - {"yesno"}) | {"english", "unanswerable"}
"""Kinds whose reference answers judge, compare or translate."""

_SENTENCE_END = re.compile(r"(?<=[。;；!！?？])")


@dataclass(frozen=True, slots=True)
class Original:
    """A true statement of one report with the question and the evidence that it is verified against."""

    item: GoldenItem
    statement: Statement
    question: Question
    evidence: tuple[Evidence, ...]


def try_verifier(folder: Path, verify: Verify) -> Trial:
    """The trial on the eval set of a folder. Raises InputError where the set is not valid."""
    library = parse_set(load_set(folder))
    answers = tuple(_answer(item, verify, library) for item in library.items if _is_answer(item))
    return _try(filter(_is_usable, library.items), verify, library, answers)


def try_on_bodies(folder: Path, verify: Verify) -> Trial:
    """The same with what no question of the set asks for: other body sentences of its reports that have figures."""
    library = parse_set(load_set(folder))
    return _try(body_items(library), verify, library)


def _try(items: Iterable[GoldenItem], verify: Verify, library: ParsedSet, answers: tuple[Tried, ...] = ()) -> Trial:
    originals = [original for item in items for original in _originals(item, library)]
    unchanged, respelled, reworded, mutants = [], [], [], []
    for original in {(o.statement.text, o.item.doc): o for o in originals}.values():
        statement = original.statement
        true = {_true(text, original, verify, library.towns) for text in _ways(statement)}
        unchanged += sorted(true, key=lambda tried: tried.text)
        respelled += [_true(text, original, verify, library.towns) for text, _ in respellings(told(statement))]
        reworded += [_true(v.text, original, verify, library.towns, v) for v in true_variants(statement)]
        mutants += [_false(mutant, original, verify, library.towns) for mutant in mutants_of(statement)]
    return Trial(tuple(unchanged), tuple(respelled), tuple(reworded), answers, tuple(mutants))


def _is_usable(item: GoldenItem) -> bool:
    return bool(item.evidence) and item.kind != "english"


def _is_answer(item: GoldenItem) -> bool:
    return bool(item.evidence) and not item.refuse and item.kind not in IN_OTHER_WORDS


def _ways(statement: Statement) -> tuple[str, ...]:
    return tuple(dict.fromkeys((told(statement), full_text(statement))))


def _true(
    text: str, original: Original, verify: Verify, towns: Sequence[str], variant: TrueVariant | None = None
) -> Tried:
    checked = verify(text, original.evidence, original.question, towns)
    return _tried(text, original, checked, not checked.supported, variant=variant)


def _false(mutant: Mutant, original: Original, verify: Verify, towns: Sequence[str]) -> Tried:
    """A mutant is noticed where it is not supported, or where its figure was put right before it would be shown."""
    checked = verify(mutant.text, original.evidence, original.question, towns)
    flagged = not checked.supported or _is_put_right(mutant, checked.text)
    return _tried(mutant.text, original, checked, flagged, mutant=mutant)


def _tried(
    text: str,
    original: Original,
    checked: Checked,
    flagged: bool,
    *,
    mutant: Mutant | None = None,
    variant: TrueVariant | None = None,
) -> Tried:
    return Tried(
        item=original.item.id,
        text=text,
        flagged=flagged,
        shown=tuple(e.text for e in original.evidence),
        mutant=mutant,
        variant=variant,
        place=original.statement.place,
        shown_spans=checked.shown if isinstance(checked, CheckedWithSpans) else (),
        said=checked.text,
    )


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
                actors=library.actors[passage.doc],
                before=_before(sentence, report, evidence),
                place=Place(report.id, sentence.start, sentence.end),
            )
            yield Original(item, statement, question, tuple(evidence))


def _before(sentence: Sentence, report: Report, shown: Sequence[Evidence]) -> str:
    """The sentence before another one, as an answer would say it; empty where it is not shown."""
    last = max((s for s in report.sentences if s.end <= sentence.start), key=lambda s: s.start, default=None)
    if last is None or last.role != "body":
        return ""
    texts = [e.text for e in shown if e.report_id == report.id and e.sentence.start == last.start]
    return statement_text(texts[0], texts[0]) if texts else ""


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
