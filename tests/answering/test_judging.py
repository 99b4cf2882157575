"""What the model is asked when words of the report are judged."""

import pytest

from rag.answering.judging import Judge
from rag.answering.questions import Question
from rag.errors import ModelUnavailable
from rag.models.conversation import Choice, ChoiceRequest, Tokens, Turn
from tests.support.held import understand
from tests.support.made_errors import offline
from tests.support.told_reports import JudgingModel, told

REPORTS = (told("石矶镇", "新增就业276人。"),)
LAMPS = "石矶镇晚上照明的灯有多少盏？"


def asked(text: str, *history: Turn) -> Question:
    return understand(text, REPORTS, history)


def test_a_text_is_asked_once() -> None:
    model = JudgingModel(likely={"安装路灯60盏": 0.9})
    judge = Judge(model, asked(LAMPS))
    assert [judge.likelihood("安装路灯60盏") for _ in range(2)] == [0.9, 0.9]
    assert (model.judged, judge.cost.tokens) == (["安装路灯60盏"], Tokens(50, 1))


def test_a_follow_up_is_judged_with_what_it_follows() -> None:
    model = JudgingModel(likely={})
    question = asked("明年呢？", Turn("user", "石矶镇2020年装了多少路灯？"), Turn("assistant", "60盏。"))
    Judge(model, question).likelihood("安装路灯90盏")
    assert "问题：石矶镇2020年装了多少路灯？ 明年呢？" in model.asked[0][-1].content


def test_a_model_that_says_neither_tells_nothing() -> None:
    class Silent(JudgingModel):
        def choose(self, request: ChoiceRequest) -> Choice:
            return Choice((0.0, 0.0), Tokens(50, 1), 0.1)

    assert Judge(Silent(likely={}), asked(LAMPS)).likelihood("安装路灯60盏") is None


def test_a_model_that_cannot_be_asked_is_told() -> None:
    class Gone(JudgingModel):
        def choose(self, request: ChoiceRequest) -> Choice:
            raise offline()

    with pytest.raises(ModelUnavailable):
        Judge(Gone(likely={}), asked(LAMPS)).likelihood("路灯60盏")
