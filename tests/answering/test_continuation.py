"""继续 goes on with the list of the question before."""

import pytest

from rag.answering.continuation import continued
from rag.models.conversation import Turn

WHICH = Turn("user", "哪些镇提到了油茶？")
LIST = Turn("assistant", "写到“油茶”的有：30个乡镇，先列第1至20个")


@pytest.mark.parametrize("text", ["继续", "继续。", "下一页", "下一頁", "看后面的吧", "more", "Next page."])
def test_the_next_part_of_the_list_is_asked_for(text: str) -> None:
    assert continued(text, [WHICH, LIST]) == (WHICH.content, [], 1)


def test_each_asking_goes_one_part_on() -> None:
    history = [Turn("user", "石矶镇有多少人？"), LIST, WHICH, LIST, Turn("user", "继续"), LIST]
    assert continued("下一页", history) == (WHICH.content, history[:2], 2)


def test_without_a_question_before_it_is_a_question_itself() -> None:
    assert continued("继续", []) == ("继续", [], 0)
    assert continued("继续", [Turn("user", "继续")]) == ("继续", [Turn("user", "继续")], 0)


def test_other_questions_are_left_as_they_are() -> None:
    assert continued("继续推进的项目有哪些？", [WHICH, LIST]) == ("继续推进的项目有哪些？", [WHICH, LIST], 0)
