"""Judged answers as candidates for golden questions."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from rag.verification.claims import Claim
from tests.support.made_parts import made_answer, made_citation
from ui.feedback import candidate, keep

NOON = datetime(2026, 3, 1, 12, 0, 0, 5, tzinfo=UTC)


def test_a_candidate_holds_what_the_supported_claims_quote() -> None:
    doubtful = Claim("假。", "stated", None, "unsupported", "words_not_in_evidence", (made_citation("别的", start=90),))
    true = Claim("真。", "stated", None, "quoted", None, (made_citation(), made_citation()))
    row = candidate(made_answer("问", true, doubtful), "up", NOON)
    assert [(p.doc, p.start, p.end) for p in row.evidence] == [("石矶2020.txt", 30, 40)]
    assert (row.verdict, row.judged) == ("up", "2026-03-01T12:00:00+00:00")


def test_without_claims_it_holds_what_was_found() -> None:
    row = candidate(replace(made_answer(), claims=(), outcome="refused"), "down", NOON)
    assert [passage.quote for passage in row.evidence] == ["种植水稻1200亩。"]


def test_rows_are_added_one_a_line(tmp_path: Path) -> None:
    path = tmp_path / "new" / "candidates.jsonl"
    for verdict in ("up", "down"):
        keep(path, candidate(made_answer(), verdict, NOON))
    assert [json.loads(line)["verdict"] for line in path.read_text("utf-8").splitlines()] == ["up", "down"]
