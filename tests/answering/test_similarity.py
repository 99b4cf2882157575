"""How much nearness in meaning adds."""

from collections.abc import Sequence

import numpy as np
import pytest

from rag.answering.similarity import closeness
from rag.models.embedding import LocalEmbedder, Vectors
from tests.support.made_errors import offline

QUESTION = "从河里捞上来多少脏东西？"


class Other:
    """An embedder with vectors of its own."""

    dimension = 2

    def __init__(self, name: str, *, fails: bool = False) -> None:
        self.name = name
        self._fails = fails

    def passages(self, texts: Sequence[str]) -> Vectors:
        if self._fails:
            raise offline()
        return np.array([[1.0, 0.0]] * len(texts), np.float32)

    def query(self, text: str) -> Vectors:
        return np.array([1.0, 0.0], np.float32)


def test_the_clause_that_says_it_in_other_words_is_closer_than_others_with_a_figure() -> None:
    embedder = LocalEmbedder()
    clauses = ["打捞河道漂浮物100余吨", "河堤绿化7公里", "投入挖机10余台", "参加培训800人次"]
    closest = max(clauses, key=lambda clause: closeness(embedder, QUESTION, clause))
    assert closest == "打捞河道漂浮物100余吨"
    assert closeness(embedder, QUESTION, closest) > 0 > closeness(embedder, QUESTION, "参加培训800人次")


@pytest.mark.parametrize("embedder", [Other("remote/some-model"), Other(LocalEmbedder.name, fails=True)])
def test_an_embedder_whose_cosines_are_not_known_or_that_fails_adds_nothing(embedder: Other) -> None:
    assert closeness(embedder, QUESTION, "河堤绿化7公里") == 0.0


def test_the_same_words_add_most() -> None:
    assert closeness(Other(LocalEmbedder.name), QUESTION, QUESTION) == pytest.approx(0.325)
