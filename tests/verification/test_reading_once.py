"""A claim is read once, however many towns the library knows."""

from benchmarks.reading_once import TOWNS, one_claim

MOST_CONVERSIONS = 40
MOST_SCANS = 12


def test_what_verifying_a_claim_reads_does_not_depend_on_the_library() -> None:
    small, *larger = (one_claim(towns) for towns in TOWNS)
    assert all(counts == small for counts in larger)
    assert 0 < small["conversions"] <= MOST_CONVERSIONS
    assert 0 < small["scans"] <= MOST_SCANS
