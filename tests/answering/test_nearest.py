"""What comes nearest to a question that nothing answers: shown apart, and told in what it differs."""

from pathlib import Path

import pytest

from rag.answering.answers import Answer, Differs, NearMiss
from rag.answering.markdown import answer_markdown
from rag.answering.nearest import nearby
from rag.answering.rendering import answer_json, answer_text
from rag.answering.settling import Settling
from tests.support.asked_library import answerer_over, of_place
from tests.support.generated_reports import CharacterEmbedder
from tests.support.held import understand
from tests.support.made_parts import made_citation
from tests.support.told_reports import JudgingModel, shown, told

REPORTS = (told("石矶镇", "新增就业276人。"),)


@pytest.mark.parametrize(
    ("question", "told_as", "differs"),
    [
        ("石矶镇油茶总面积是多少亩？", "新造油茶600亩。", "kind"),
        ("石矶镇2019年新增就业多少人？", "新增就业276人。", "when"),
        ("石矶镇农民人均收入多少元？", "城镇居民人均收入276元。", "kind"),
        ("石矶镇双桥村新增就业多少人？", "全镇新增就业276人。", "whose"),
        ("石矶镇为什么新增就业多？", "新增就业276人。", "part"),
    ],
)
def test_it_is_told_in_what_it_differs(question: str, told_as: str, differs: Differs) -> None:
    asked = understand(question, REPORTS)
    found = nearby(Settling(asked, shown(told_as), CharacterEmbedder()))
    assert found is not None and found.differs == differs


def test_what_has_few_of_the_questions_words_is_not_near() -> None:
    asked = understand("石矶镇有几所大学的分校？", REPORTS)
    assert nearby(Settling(asked, shown("新增就业276人。"), CharacterEmbedder())) is None


def test_a_refusal_has_it_with_its_place_in_the_file(tmp_path: Path) -> None:
    report = of_place("石矶镇", "全镇新增就业276人。")
    answer = answerer_over(tmp_path, [report], JudgingModel(likely={})).ask("石矶镇双桥村新增就业多少人？")
    assert (answer.outcome, answer.reason, answer.answer) == (
        "refused",
        "not_in_reports",
        "报告里没有写明这一点，无法回答。",
    )
    row = answer_json(answer)["nearest"]
    assert isinstance(row, list)
    assert [(each["quote"], each["differs"]) for each in row] == [("全镇新增就业276人", "whose")]
    assert report.text[row[0]["start"] : row[0]["end"]] == "全镇新增就业276人"


def test_an_answer_has_none(tmp_path: Path) -> None:
    model = JudgingModel(likely={"全镇新增就业276人": 0.99})
    answer = answerer_over(tmp_path, [of_place("石矶镇", "全镇新增就业276人。")], model).ask("石矶镇新增就业多少人？")
    assert (answer.outcome, answer.nearest) == ("answered", ())


REFUSED = Answer(
    "石矶镇2018年种了多少水稻？",
    "refused",
    "not_in_reports",
    "zh-Hans",
    "没有写明。",
    nearest=(NearMiss(made_citation(), "when"),),
)


def test_people_see_it_apart_from_an_answer() -> None:
    assert answer_text(REFUSED).splitlines()[2:4] == [
        "最接近的是（这不是答案：时间不同）：",
        "[1] 石矶镇 2020 · 石矶2020.txt · 一、农业",
    ]
    assert "最接近的是（这不是答案：时间不同）：\n\n> “种植水稻1200亩。”" in answer_markdown(REFUSED)
