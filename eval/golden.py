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

R = TypeVar("R", bound=Row)
_SHOWN = 20  # faults named in one message; a broken file has hundreds of the same


class InvalidSet(InputError):
    """An eval set that cannot be used; the message names file and line of each fault."""

    def __init__(self, faults: Sequence[str]) -> None:
        more = [f"… 另有 {len(faults) - _SHOWN} 处 (and more)"] if len(faults) > _SHOWN else []
        super().__init__("\n".join(["测评集有误 (the eval set is not valid):", *faults[:_SHOWN], *more]))
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
            raise InputError(f"{self.folder} 没有 split.json，不能用 --split (no split.json: the set is not divided)")
        ids = self.split.of(half)
        return tuple(item for item in self.items if item.id in ids)


def load_set(folder: Path) -> EvalSet:
    """The eval set of a folder with `reports/`, `golden.jsonl` and, where present, summaries, indicators and split.

    Raises InvalidSet, naming file and line of each fault.
    """
    reports = folder / "reports"
    if not reports.is_dir() or not (folder / "golden.jsonl").is_file():
        raise InvalidSet([f"{folder}: 缺少 reports/ 或 golden.jsonl (reports/ or golden.jsonl is missing)"])
    texts = {path.name: read_file(path).text for path in report_files(reports)}
    faults: list[str] = []
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


def _checked(path: Path, model: type[R], texts: Mapping[str, str], faults: list[str]) -> Iterator[R]:
    seen: dict[str, int] = {}
    for number, row in _rows(path, model, faults):
        identity = str(getattr(row, "id", None) or getattr(row, "doc", ""))
        wrong = [*_repeated(identity, number, seen), *_faults(row, texts)]
        faults.extend(f"{path.name}:{number}: {identity}: {fault}" for fault in wrong)
        seen.setdefault(identity, number)
        if not wrong:
            yield row


def _rows(path: Path, model: type[R], faults: list[str]) -> Iterator[tuple[int, R]]:
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            yield number, model.model_validate(json.loads(line))
        except json.JSONDecodeError as error:
            faults.append(f"{path.name}:{number}: 不是 JSON (not JSON): {error.msg}")
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                place = ".".join(map(str, detail["loc"]))
                faults.append(f"{path.name}:{number}: {place}: {detail['msg']}")


def _split(path: Path, items: Sequence[GoldenItem], faults: list[str]) -> Split | None:
    """The halves of a set, None where it has none; a question must stand in exactly one."""
    if not path.is_file():
        return None
    try:
        split = Split.model_validate_json(path.read_text(encoding="utf-8-sig"))
    except ValidationError as error:
        faults.extend(f"{path.name}: {'.'.join(map(str, d['loc']))}: {d['msg']}" for d in error.errors())
        return None
    named = Counter([*split.tune, *split.check])
    asked = {item.id for item in items}
    for wrong, what in (
        (sorted(name for name, times in named.items() if times > 1), "写了不止一次 (more than once)"),
        (sorted(named.keys() - asked), "golden.jsonl 中没有这一题 (no such question)"),
        (sorted(asked - named.keys()), "两半中都没有 (in neither half)"),
    ):
        faults.extend(f"{path.name}: {identity}: {what}" for identity in wrong)
    return split


def _repeated(identity: str, number: int, seen: Mapping[str, int]) -> list[str]:
    return [f"重复，先见于第 {seen[identity]} 行 (already on line {seen[identity]})"] if identity in seen else []


def _faults(row: Row, texts: Mapping[str, str]) -> list[str]:
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


def _missing_documents(item: GoldenItem, texts: Mapping[str, str]) -> list[str]:
    if item.doc == "multi" and not item.docs:
        return ["doc 为 multi 时须写 docs (multi needs docs)"]
    named = [doc for doc in item.documents if doc != "multi"]
    return [f"reports/ 中没有 {doc} (no such report)" for doc in named if doc not in texts]


def _loose_evidence(item: GoldenItem, texts: Mapping[str, str]) -> list[str]:
    empty = [p for p in item.evidence if p.doc in texts and not quotation(p, texts).strip()]
    loose = [fault for p in item.evidence for fault in _not_verbatim(p.doc, quotation(p, texts), texts)]
    return [f"{p.doc} 的证据没有引文 (evidence without a quotation)" for p in empty] + loose


def _figureless(item: GoldenItem) -> list[str]:
    said = [(fact.value, f"{fact.value}{fact.unit}") for fact in item.facts]
    wrong = [whole for value, whole in said if not figures_of(value) and not figures_of(whole)]
    return [f"facts 的 value 不是数字 (value is no figure): {whole}" for whole in wrong]


def _demanding_nothing(item: GoldenItem) -> list[str]:
    """Any short answer would be right."""
    if item.refuse or item.must or item.facts or item.winner or item.expect_towns or item.polarity:
        return []
    return ["没有要求：须有 must、facts、winner、expect_towns、polarity 之一或 refuse (nothing is demanded)"]


def _not_verbatim(doc: str, quote: str, texts: Mapping[str, str]) -> list[str]:
    if quote in texts.get(doc, ""):
        return []
    return [f"引文不在 {doc} 中 (the quotation is not in it): {quote[:40]}"]


def _unmeetable(item: GoldenItem, texts: Mapping[str, str]) -> list[str]:
    """Demands whose every alternative stands neither in the evidence nor in `derived`."""
    if item.refuse or item.kind in JUDGED_KINDS:
        return []
    ground = "\n".join([*(unwrapped(quotation(p, texts)) for p in item.evidence), *(d.value for d in item.derived)])
    wrong = [alternatives for alternatives in item.must if not any(_grounded(a, ground) for a in alternatives)]
    return [f"must 在证据中没有依据 (no alternative stands in the evidence): {'、'.join(a)[:60]}" for a in wrong]


def _grounded(alternative: str, ground: str) -> bool:
    figure = whole_figure(alternative)
    if holds(ground, alternative):
        return True
    return figure is not None and any(figure.same_value(f) and figure.same_unit(f) for f in figures_of(ground))
