"""Reads an eval set from its folder and checks it: ids unique, evidence verbatim, demands that can be met."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from eval.items import JUDGED_KINDS, GoldenIndicator, GoldenItem, GoldenSummary, Half, Passage, Row, Split
from eval.scoring.correctness import shortcomings
from eval.scoring.numbers import figures_of, whole_figure
from eval.scoring.wording import holds, unwrapped
from rag.errors import InputError
from rag.formats.read import read_file, report_files
from rag.types import Notice

R = TypeVar("R", bound=Row)


class InvalidSet(InputError):
    """An eval set that cannot be used; `faults` names file and line of each."""

    def __init__(self, faults: Sequence[Notice]) -> None:
        super().__init__("eval_set_not_valid", count=len(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class EvalSet:
    """A checked eval set; `texts` are the decoded reports by file name."""

    name: str
    folder: Path
    texts: Mapping[str, str]
    items: tuple[GoldenItem, ...]
    summaries: tuple[GoldenSummary, ...] = ()
    indicators: tuple[GoldenIndicator, ...] = ()
    split: Split | None = None

    @property
    def towns(self) -> tuple[str, ...]:
        """Every town the set names, in order of appearance."""
        named = [town for item in self.items for town in (*item.towns, *([] if item.towns else [item.town]))]
        return tuple(dict.fromkeys(town for town in named if town))

    def items_of(self, half: Half | None) -> tuple[GoldenItem, ...]:
        """The questions of one half, or all of them. Raises InputError where the set is not divided."""
        if half is None:
            return self.items
        if self.split is None:
            raise InputError("set_not_divided", folder=self.folder)
        ids = self.split.of(half)
        return tuple(item for item in self.items if item.id in ids)


def load_set(folder: Path) -> EvalSet:
    """The eval set of a folder with `reports/`, `golden.jsonl` and, where present, summaries, indicators and split.

    Raises InvalidSet, naming file and line of each fault.
    """
    reports = folder / "reports"
    if not reports.is_dir() or not (folder / "golden.jsonl").is_file():
        raise InvalidSet([Notice("set_incomplete", about=str(folder))])
    texts = {path.name: read_file(path).text for path in report_files(reports)}
    faults: list[Notice] = []
    items = [_filled(item, texts) for item in _checked(folder / "golden.jsonl", GoldenItem, texts, faults)]
    summaries = list(_checked(folder / "summaries.jsonl", GoldenSummary, texts, faults))
    indicators = list(_checked(folder / "indicators.jsonl", GoldenIndicator, texts, faults))
    split = None if faults else _split(folder / "split.json", items, faults)  # a faulty line is in no half
    if faults:
        raise InvalidSet(faults)
    return EvalSet(folder.resolve().name, folder, texts, tuple(items), tuple(summaries), tuple(indicators), split)


def reference_faults(eval_set: EvalSet, items: Sequence[GoldenItem]) -> tuple[str, ...]:
    """Where the reference answers of items fail their own demands, a line each; questions to be refused have none."""
    judged = [(item, shortcomings(item, item.answer, eval_set.towns)) for item in items if not item.refuse]
    return tuple(f"{item.id}: {item.answer}\n  {'; '.join(map(str, reasons))}" for item, reasons in judged if reasons)


def quotation(passage: Passage, texts: Mapping[str, str]) -> str:
    """The words of a passage, cut from the report where the set gives offsets instead of a quotation."""
    if passage.quote or passage.start is None or passage.end is None:
        return passage.quote
    return texts.get(passage.doc, "")[passage.start : passage.end]


def _filled(item: GoldenItem, texts: Mapping[str, str]) -> GoldenItem:
    evidence = tuple(p.model_copy(update={"quote": quotation(p, texts)}) for p in item.evidence)
    return item.model_copy(update={"evidence": evidence})


def _checked(path: Path, model: type[R], texts: Mapping[str, str], faults: list[Notice]) -> Iterator[R]:
    seen: dict[str, int] = {}
    for number, row in _rows(path, model, faults):
        identity = str(getattr(row, "id", None) or getattr(row, "doc", ""))
        wrong = [*_repeated(identity, number, seen), *_faults(row, texts)]
        faults.extend(fault.concerning(f"{path.name}:{number} {identity}") for fault in wrong)
        seen.setdefault(identity, number)
        if not wrong:
            yield row


def _rows(path: Path, model: type[R], faults: list[Notice]) -> Iterator[tuple[int, R]]:
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            yield number, model.model_validate(json.loads(line))
        except json.JSONDecodeError as error:
            faults.append(Notice("not_json", about=f"{path.name}:{number}", reason=error.msg))
        except ValidationError as error:
            faults.extend(_field_faults(f"{path.name}:{number}", error))


def _field_faults(place: str, error: ValidationError) -> Iterator[Notice]:
    for detail in error.errors(include_url=False):
        field = ".".join(map(str, detail["loc"]))
        yield Notice("field_not_valid", about=place, field=field, reason=detail["msg"])


def _split(path: Path, items: Sequence[GoldenItem], faults: list[Notice]) -> Split | None:
    """The halves of a set, None where it has none; a question must stand in exactly one."""
    if not path.is_file():
        return None
    try:
        split = Split.model_validate_json(path.read_text(encoding="utf-8-sig"))
    except ValidationError as error:
        faults.extend(_field_faults(path.name, error))
        return None
    named = Counter([*split.tune, *split.check])
    asked = {item.id for item in items}
    for wrong, what in (
        (sorted(name for name, times in named.items() if times > 1), Notice("more_than_once_in_split")),
        (sorted(named.keys() - asked), Notice("no_such_question")),
        (sorted(asked - named.keys()), Notice("in_neither_half")),
    ):
        faults.extend(what.concerning(f"{path.name} {identity}") for identity in wrong)
    return split


def _repeated(identity: str, number: int, seen: Mapping[str, int]) -> list[Notice]:
    return [Notice("already_on_line", line=seen[identity])] if identity in seen else []


def _faults(row: Row, texts: Mapping[str, str]) -> list[Notice]:
    if isinstance(row, GoldenItem):
        return [
            *_missing_documents(row, texts),
            *_loose_evidence(row, texts),
            *_unmeetable(row, texts),
            *_figureless(row),
            *_demanding_nothing(row),
        ]
    if isinstance(row, GoldenSummary):
        quotes = [q for point in row.key_points for q in (point.quote, *point.more_quotes)]
        quotes += [problem.quote for problem in row.problems] + [plan.quote for plan in row.plans]
        quotes += [flaw.substring for flaw in row.data_quality]
        return [fault for quote in quotes for fault in _not_verbatim(row.doc, quote, texts)]
    if isinstance(row, GoldenIndicator):
        return _not_verbatim(row.doc, row.quote, texts)
    return []


def _missing_documents(item: GoldenItem, texts: Mapping[str, str]) -> list[Notice]:
    if item.doc == "multi" and not item.docs:
        return [Notice("multi_needs_docs")]
    named = [doc for doc in item.documents if doc != "multi"]
    return [Notice("no_such_report_in_set", name=doc) for doc in named if doc not in texts]


def _loose_evidence(item: GoldenItem, texts: Mapping[str, str]) -> list[Notice]:
    empty = [p for p in item.evidence if p.doc in texts and not quotation(p, texts).strip()]
    loose = [fault for p in item.evidence for fault in _not_verbatim(p.doc, quotation(p, texts), texts)]
    return [Notice("evidence_without_quotation", name=p.doc) for p in empty] + loose


def _figureless(item: GoldenItem) -> list[Notice]:
    said = [(fact.value, f"{fact.value}{fact.unit}") for fact in item.facts]
    wrong = [whole for value, whole in said if not figures_of(value) and not figures_of(whole)]
    return [Notice("value_is_no_figure", value=whole) for whole in wrong]


def _demanding_nothing(item: GoldenItem) -> list[Notice]:
    """Any short answer would be right."""
    if item.refuse or item.must or item.facts or item.winner or item.expect_towns or item.polarity:
        return []
    return [Notice("nothing_is_demanded")]


def _not_verbatim(doc: str, quote: str, texts: Mapping[str, str]) -> list[Notice]:
    if quote in texts.get(doc, ""):
        return []
    return [Notice("quotation_not_in_report", name=doc, quote=quote[:40])]


def _unmeetable(item: GoldenItem, texts: Mapping[str, str]) -> list[Notice]:
    """Demands whose every alternative stands neither in the evidence nor in `derived`."""
    if item.refuse or item.kind in JUDGED_KINDS:
        return []
    ground = "\n".join([*(unwrapped(quotation(p, texts)) for p in item.evidence), *(d.value for d in item.derived)])
    wrong = [alternatives for alternatives in item.must if not any(_grounded(a, ground) for a in alternatives)]
    return [Notice("demand_without_ground", alternatives=tuple(a)) for a in wrong]


def _grounded(alternative: str, ground: str) -> bool:
    figure = whole_figure(alternative)
    if holds(ground, alternative):
        return True
    return figure is not None and any(figure.same_value(f) and figure.same_unit(f) for f in figures_of(ground))
