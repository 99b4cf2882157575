from collections import Counter

import pytest

from rag.library.tokens import document_tokens, occurrences
from rag.text.normalization import fold

TEXTS = (
    "新增油茶基地115亩，油茶油茶共1150亩、15.5万亩和5.5万亩；2020年",
    "哈哈哈哈，5G网络覆盖3%，达5g，covid19与covid；12.5.3版",
    "增长3%％达98.7%，人均１２３４元，ＡＢ类12ab，12abc 12.5亩亩产",
)


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_are_counted_as_often_as_they_are_made(text: str) -> None:
    folded = fold(text)
    counts = Counter(document_tokens(text))
    others = [token for other in TEXTS for token in document_tokens(other)]
    for token in {*counts, *others}:
        assert occurrences(token, folded) == counts[token], token
