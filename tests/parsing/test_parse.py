"""The steps together, on a small report and on published ones."""

import hashlib
import json
from pathlib import Path

import pytest

from rag.formats.read import read_file
from rag.parsing.cleaning import clean
from rag.parsing.parse import parse
from rag.types import SourceFile, Span
from tests.support.paths import EVALSET

PUBLISHED = sorted((EVALSET / "reports").glob("*.txt"))


def summaries() -> dict[str, dict[str, object]]:
    path = EVALSET / "summaries.jsonl"
    if not path.exists():
        return {}
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {row["doc"]: row for row in rows}


def test_the_id_is_taken_from_the_clean_text() -> None:
    plain = parse(SourceFile("a.txt", "", "utf-8", "石矶镇2020年工作总结\n修路12公里。"))
    wrapped = parse(
        SourceFile("b.txt", "", "utf-8", "首页 > 石矶镇\r\n石矶镇2020年工作总结\r\n\r\n　　修路12公里。\r\n")
    )
    expected = hashlib.sha256("石矶镇2020年工作总结\n修路12公里。".encode()).hexdigest()[:12]
    assert plain.report.id == wrapped.report.id == expected


def test_an_empty_text_makes_an_empty_report() -> None:
    report = parse(SourceFile("a.txt", "", "utf-8", "")).report
    assert (report.text, report.sentences, report.chunks) == ("", (), ())


def test_sentences_lead_back_into_the_file() -> None:
    source = "首页 > 石矶镇\n石矶镇2020年工作总结\n全年修路。二是修\n渠12公里。\n"
    parsed = parse(SourceFile("a.txt", "", "utf-8", source))
    last = parsed.report.sentences[-1]
    place = parsed.offsets.to_source(Span(last.start, last.end))
    assert parsed.report.text[last.start : last.end] == "二是修渠12公里。"
    assert source[place.start : place.end] == "二是修\n渠12公里。"


@pytest.mark.skipif(not PUBLISHED, reason="the published reports are not here")
@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_published_reports(path: Path) -> None:
    source = read_file(path)
    parsed = parse(source)
    assert clean(parsed.report.text).text == parsed.report.text
    assert all(source.text[each.start : each.end] == each.quote for each in parsed.defects)
    assert parsed.report.metadata.town and parsed.report.metadata.year and parsed.report.metadata.plan_year
    assert {sentence.kind for sentence in parsed.report.sentences} >= {"result", "plan", "other"}


@pytest.mark.skipif(not summaries(), reason="the published reports are not here")
@pytest.mark.parametrize("name", sorted(summaries()))
def test_published_metadata(name: str) -> None:
    metadata = parse(read_file(EVALSET / "reports" / name)).report.metadata
    expected = summaries()[name]
    assert (metadata.town, metadata.year, metadata.plan_year, metadata.issuer, metadata.publish_date) == tuple(
        expected[key] for key in ("town", "report_year", "plan_year", "issuer", "publish_date")
    )
    assert metadata.county == (expected["county"] if expected["county_stated"] else None)
