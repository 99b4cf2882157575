"""Points under their topics."""

import pytest

from rag.parsing.figures.topics import topic_of


@pytest.mark.parametrize(
    ("text", "section", "topic"),
    [
        ("全年发展党员12人", "(一)党的建设", "党建与作风"),
        ("种植油菜6150亩", "", "农业农村"),
        ("安置下岗失业人员113人，办理低保", "民生", "民生保障"),
        ("全年无一起安全事故", "", "安全与稳定"),
        ("一二三四", "", "其他"),
    ],
)
def test_topic(text: str, section: str, topic: str) -> None:
    assert topic_of(text, section) == topic
