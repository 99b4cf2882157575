"""What is known of the machine."""

import sys
from pathlib import Path

import pytest

from rag.models import processor
from rag.models.processor import has_avx512, instruction_sets, memory


def test_this_machine_is_described() -> None:
    assert instruction_sets()
    assert memory() > 500_000_000


@pytest.mark.parametrize(
    ("sets", "has"), [(["avx", "avx2"], False), (["avx2", "avx512f", "avx512vl"], True), ([], False)]
)
def test_wide_sums_are_seen_by_their_name(sets: list[str], has: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(processor, "instruction_sets", lambda: sets)
    assert has_avx512() == has


@pytest.mark.parametrize(
    ("limit", "least"), [("2000000000\n", 2_000_000_000), ("max\n", 8_000_000_000), ("", 8_000_000_000)]
)
def test_a_container_may_have_less(limit: str, least: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "memory.max"
    told.write_text(limit, encoding="ascii")
    monkeypatch.setattr(processor, "_installed_memory", lambda: 8_000_000_000)
    monkeypatch.setattr(processor, "_LIMITS", (str(told), str(tmp_path / "not there")))
    assert memory() == least
