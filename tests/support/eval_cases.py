"""Golden items, answers and a small eval set made by hand, for the tests of the evaluation."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.items import GoldenItem
from eval.scoring.replies import GivenAnswer

REPORT = "青山镇2022年工作总结\n全年新修水渠12公里，受益农户340户。发放补贴2000多万元。\n明年计划新建敬老院1座。\n"
FILE = "青山.txt"


def made_item(**changes: object) -> GoldenItem:
    """A question about the length of canals, unless changed."""
    row: dict[str, object] = {
        "id": "q1",
        "doc": FILE,
        "town": "青山镇",
        "year": 2022,
        "kind": "number",
        "question": "青山镇2022年新修水渠多少公里？",
        "answer": "12公里。",
        "must": ["12公里"],
        "evidence": [{"doc": FILE, "quote": "新修水渠12公里"}],
    }
    return GoldenItem.model_validate(row | changes)


def made_citation(quote: str = "全年新修水渠12公里，受益农户340户。", **changes: object) -> dict[str, object]:
    """A verbatim quotation of REPORT."""
    start = REPORT.find(quote)
    row: dict[str, object] = {"file": FILE, "town": "青山镇", "year": 2022, "quote": quote}
    return row | {"start": start, "end": start + len(quote)} | changes


def made_claim(text: str, *quotes: str, **changes: object) -> dict[str, object]:
    """A supported claim with quotations of REPORT."""
    citations = [made_citation(quote) for quote in quotes] or [made_citation()]
    return {"text": text, "supported": True, "citations": citations} | changes


def made_answer(text: str = "青山镇新修水渠12公里。", **changes: object) -> GivenAnswer:
    """An answer of one supported claim that says the same."""
    row: dict[str, object] = {"id": "q1", "outcome": "answered", "answer": text, "claims": [made_claim(text)]}
    return GivenAnswer.model_validate(row | changes)


def write_set(folder: Path, items: Sequence[GoldenItem], reports: Mapping[str, str] | None = None) -> Path:
    """An eval set on disk."""
    (folder / "reports").mkdir(parents=True, exist_ok=True)
    for name, text in (reports or {FILE: REPORT}).items():
        (folder / "reports" / name).write_text(text, encoding="utf-8", newline="")
    write_lines(folder / "golden.jsonl", [item.model_dump(mode="json", exclude_defaults=True) for item in items])
    return folder


def write_lines(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    """JSON lines."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path
