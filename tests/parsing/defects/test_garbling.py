"""Text that a wrong decoding has damaged."""

import re
from pathlib import Path

import pytest

from rag.formats.read import read_file
from rag.parsing.defects.characters import garbled
from tests.support.paths import SAMPLES

SENTENCE = "中国共产党石矶镇委员会工作总结"


def quotes(text: str) -> list[str]:
    return [text[each.start : each.end] for each in garbled(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全镇\ufffd\ufffd发展，修路。", ["镇\ufffd\ufffd发"]),
        ("全镇修路???公里。", ["???"]),
        ("全镇\ue123户。", ["\ue123"]),
        ("锟斤拷锟斤拷", ["锟斤拷", "锟斤拷"]),
        ("修路。烫烫烫烫", ["烫烫烫烫"]),
    ],
)
def test_lost_characters(text: str, found: list[str]) -> None:
    assert quotes(text) == found


def test_utf8_read_as_gb18030() -> None:
    broken = SENTENCE.encode().decode("gb18030", "ignore")
    assert len(quotes(f"全镇修路。{broken}。修桥。")) == 1


def test_utf8_read_as_latin() -> None:
    broken = SENTENCE.encode().decode("cp1252", "ignore")
    assert quotes(f"全镇修路 {broken} 修桥")


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_long_runs_of_ordinary_text_are_not_damaged(path: Path) -> None:
    assert quotes(re.sub(r"\W+", "", read_file(path).text)) == []


@pytest.mark.parametrize(
    "text",
    ["真的吗？？？没问题。", "全镇上下团结一心，粮食总产量稳步增长", "联通公司", "What??", "café naïve", "①②③㎡№℃"],
)
def test_what_is_not_damaged(text: str) -> None:
    assert quotes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "修建□□18公里。",
        "石〓村人口320人。",
        "税收\u202e021\u202c万元。",
        "???2021?????\n??????\n??????120????????5.2%?????",
        "5p2+5qGl6ZWHMjAyMeW5tOW3peS9nOaAu+e7k+WFqOW5tOenjeakjeawtOeouzg2MDDkuqnjgII=",
    ],
)
def test_lost_characters_and_text_in_no_language_are_told_of(text: str) -> None:
    assert list(garbled(text))


@pytest.mark.parametrize("text", ["是否达标：□是 □否", "What was done? Roads were built.", "2021", "办好十件实事？"])
def test_boxes_to_tick_and_questions_are_not(text: str) -> None:
    assert not list(garbled(text))
