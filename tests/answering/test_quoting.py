"""The town and the time that code puts before the report's own words."""

from pathlib import Path

import pytest

from rag.answering.quoting import Quoting
from rag.verification.citations import as_evidence
from rag.verification.excerpts import Excerpt, whole_sentence
from tests.support.told_reports import library_of, parsed

REPORT = parsed(
    "云陂县石矶镇2020年工作总结和2021年工作计划",
    "一、2020年工作总结",
    "五年来，道路通到每个村。新增就业1200人。2020年修路3公里。全年种树800亩。2020年，改造危房20户，新建水渠4公里。",
    "改厕430座。",
    "二、2021年工作计划",
    "建桥2座。",
)


@pytest.mark.parametrize(
    ("begins", "shown"),
    [
        ("新增就业", "石矶镇五年来（至2020年）：新增就业1200人"),
        ("2020年修路", "石矶镇：2020年修路3公里"),
        ("全年种树", "石矶镇2020年：全年种树800亩"),
        ("改厕", "石矶镇2020年：改厕430座"),
        ("建桥", "石矶镇2021年计划：建桥2座"),
    ],
)
def test_the_time_is_the_one_that_the_sentence_is_told_for(tmp_path: Path, begins: str, shown: str) -> None:
    quoting = Quoting(library_of(tmp_path, REPORT))
    sentence = next(s for s in REPORT.sentences if REPORT.text.startswith(begins, s.start))
    assert quoting.text([whole_sentence(as_evidence(1, REPORT, sentence))]) == shown


def test_a_time_in_front_of_what_is_shown_is_its_time(tmp_path: Path) -> None:
    quoting = Quoting(library_of(tmp_path, REPORT))
    sentence = next(s for s in REPORT.sentences if REPORT.text.startswith("2020年，改造", s.start))
    item = as_evidence(1, REPORT, sentence)
    assert quoting.text([Excerpt(item, (len(item.clauses) - 1,))]) == "石矶镇2020年：新建水渠4公里"
