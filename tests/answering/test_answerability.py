"""Which figures of a sentence could be what a question asks for."""

import pytest

from rag.answering.answerability import figures_for


@pytest.mark.parametrize(
    ("question", "text", "wanted"),
    [
        ("石矶镇建了多少座桥？", "建桥3座，培训120人", ["3座"]),
        ("石矶镇建了多少座桥？", "建桥3处，培训120人", ["3处"]),
        ("石矶镇培训了多少人？", "建桥3座，慰问56户", []),
        ("石矶镇封了多少口机井？", "封填机井12眼", ["12"]),
        ("石矶镇花了多少钱？", "建桥3座", []),
        ("石矶镇清走多少占着路的摊点？", "清理摊点40个，占比5%", ["40个"]),
        ("石矶镇党员占多大比例？", "党员占5%", ["5%"]),
    ],
)
def test_what_is_counted_may_be_counted_by_other_words(question: str, text: str, wanted: list[str]) -> None:
    assert [figure.text for figure in figures_for(question, text)] == wanted
