"""Loading and checking an eval set."""

from pathlib import Path

import pytest

from eval.golden import InvalidSet, load_set
from rag.types import Notice
from tests.support.eval_cases import FILE, REPORT, made_item, write_lines, write_set
from tests.support.paths import SAMPLE


def _faults(folder: Path) -> list[tuple[str, str]]:
    """Place and code of each."""
    with pytest.raises(InvalidSet) as caught:
        load_set(folder)
    return [(fault.about, fault.code) for fault in caught.value.faults]


def test_a_sound_set_is_read_with_its_texts(tmp_path: Path) -> None:
    loaded = load_set(write_set(tmp_path / "three", [made_item()]))
    assert (loaded.name, loaded.texts[FILE], loaded.towns) == ("three", REPORT, ("青山镇",))


def test_the_shipped_sample_covers_all_kinds() -> None:
    loaded = load_set(SAMPLE)
    assert len(loaded.items) >= 80
    assert len({item.kind for item in loaded.items}) == 16
    assert loaded.summaries
    assert loaded.indicators


def test_a_report_in_gb18030_is_decoded(tmp_path: Path) -> None:
    folder = write_set(tmp_path, [made_item()])
    (folder / "reports" / FILE).write_bytes(REPORT.encode("gb18030"))
    assert load_set(folder).texts[FILE] == REPORT


def test_evidence_by_offsets_becomes_a_quotation(tmp_path: Path) -> None:
    start = REPORT.index("新修水渠")
    item = made_item(evidence=[{"doc": FILE, "start": start, "end": start + 8}])
    assert load_set(write_set(tmp_path, [item])).items[0].evidence[0].quote == "新修水渠12公里"


def test_a_repeated_id_names_both_lines(tmp_path: Path) -> None:
    with pytest.raises(InvalidSet) as caught:
        load_set(write_set(tmp_path, [made_item(), made_item(id="q2"), made_item()]))
    assert caught.value.faults == (Notice("already_on_line", about="golden.jsonl:3 q1", line=1),)


def test_evidence_must_be_verbatim(tmp_path: Path) -> None:
    faults = _faults(write_set(tmp_path, [made_item(evidence=[{"doc": FILE, "quote": "新修水渠13公里"}])]))
    assert ("golden.jsonl:1 q1", "quotation_not_in_report") in faults


def test_a_demand_needs_ground_in_the_evidence(tmp_path: Path) -> None:
    faults = _faults(write_set(tmp_path, [made_item(must=["13公里"])]))
    assert faults == [("golden.jsonl:1 q1", "demand_without_ground")]


def test_a_demand_may_spell_the_figure_otherwise(tmp_path: Path) -> None:
    assert load_set(write_set(tmp_path, [made_item(must=[["十二千米", "12000米"]])])).items


def test_a_demand_may_be_derived(tmp_path: Path) -> None:
    item = made_item(must=["352"], derived=[{"value": "352", "expr": "12+340"}])
    assert load_set(write_set(tmp_path, [item])).items


def test_words_of_judgement_need_no_ground(tmp_path: Path) -> None:
    assert load_set(write_set(tmp_path, [made_item(kind="conflict", must=["不一致"])])).items


NO_QUOTATION = "evidence_without_quotation"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        pytest.param(
            {"facts": [{"anchor": ["水渠"], "value": "若干", "unit": "公里"}]}, "value_is_no_figure", id="fact"
        ),
        pytest.param({"evidence": [{"doc": FILE, "quote": ""}], "kind": "yesno"}, NO_QUOTATION, id="quote"),
        pytest.param(
            {"evidence": [{"doc": FILE, "start": 8, "end": 8}], "kind": "yesno"},
            NO_QUOTATION,
            id="offsets",
        ),
        pytest.param({"doc": "multi", "towns": ["青山镇"]}, "multi_needs_docs", id="multi"),
        pytest.param({"must": [], "must_not": ["13公里"]}, "nothing_is_demanded", id="nothing"),
    ],
)
def test_an_item_that_checks_nothing_or_cannot_be_scored_names_its_line(
    tmp_path: Path, changes: dict[str, object], fault: str
) -> None:
    assert ("golden.jsonl:2 q2", fault) in _faults(write_set(tmp_path, [made_item(), made_item(id="q2", **changes)]))


@pytest.mark.parametrize(
    "changes",
    [{"facts": [{"value": "12", "unit": "公里"}]}, {"polarity": "yes"}, {"winner": ["青山"]}, {"refuse": True}],
)
def test_one_demand_of_any_sort_is_enough(tmp_path: Path, changes: dict[str, object]) -> None:
    assert load_set(write_set(tmp_path, [made_item(must=[], **changes)])).items


def test_an_unknown_field_is_named(tmp_path: Path) -> None:
    folder = write_set(tmp_path, [])
    row = made_item().model_dump(mode="json", exclude_defaults=True)
    write_lines(folder / "golden.jsonl", [row | {"must_nott": ["13公里"]}])
    with pytest.raises(InvalidSet) as caught:
        load_set(folder)
    assert [(fault.about, fault.values["field"]) for fault in caught.value.faults] == [("golden.jsonl:1", "must_nott")]


def test_a_line_that_is_not_json_is_named(tmp_path: Path) -> None:
    folder = write_set(tmp_path, [made_item()])
    (folder / "golden.jsonl").write_text("{\n", encoding="utf-8")
    assert _faults(folder) == [("golden.jsonl:1", "not_json")]


def test_an_unknown_report_is_named(tmp_path: Path) -> None:
    assert ("golden.jsonl:1 q1", "no_such_report_in_set") in _faults(write_set(tmp_path, [made_item(doc="别处.txt")]))


def test_a_folder_without_golden_file_is_refused(tmp_path: Path) -> None:
    assert _faults(tmp_path) == [(str(tmp_path), "set_incomplete")]


def test_an_indicator_must_be_verbatim(tmp_path: Path) -> None:
    folder = write_set(tmp_path, [made_item()])
    write_lines(
        folder / "indicators.jsonl", [{"id": "i1", "doc": FILE, "subject": "水渠", "value": "13", "quote": "13公里"}]
    )
    assert _faults(folder) == [("indicators.jsonl:1 i1", "quotation_not_in_report")]


def test_a_summary_must_be_verbatim(tmp_path: Path) -> None:
    folder = write_set(tmp_path, [made_item()])
    flaw = {"type": "footer", "substring": "没有这一句"}
    write_lines(folder / "summaries.jsonl", [{"doc": FILE, "town": "青山镇", "data_quality": [flaw]}])
    assert _faults(folder) == [(f"summaries.jsonl:1 {FILE}", "quotation_not_in_report")]
