"""Reading a draft while it is written."""

import pytest

from rag.answering.drafting import claims_so_far

WHOLE = '{"claims": [{"text": "种稻12亩。", "evidence": [1]}, {"text": "修路3公里。", "evidence": [2]}]}'


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", []),
        ('{"claims": [', []),
        ('{"claims": [{"text": "种稻12', []),
        ('{"claims": [{"text": "种稻12亩。", "evidence": [', ["种稻12亩。"]),
        ('{"claims": [{"text": "种稻12亩。", "evidence": [1]}, {"text": "修路', ["种稻12亩。"]),
        (WHOLE, ["种稻12亩。", "修路3公里。"]),
        ('<think>{"claims"', []),
        ('{"claims": [12, {"text": 3, "evidence": []}]}', []),
        ("[1, 2]", []),
    ],
)
def test_a_claim_counts_from_the_end_of_its_sentence(written: str, told: list[str]) -> None:
    assert [claim.text for claim in claims_so_far(written)] == told
