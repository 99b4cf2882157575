"""Answers in the report's own words."""

from rag.questions import understand
from rag.quoting import best_quote
from rag.types import Evidence, Metadata, Report, SectionKind, Sentence

REPORTS = [Report("r1", Metadata(town="石矶镇", year=2020, plan_year=2021), "", (), (), ())]


def quoted(question: str, text: str, kind: SectionKind = "result") -> str | None:
    item = Evidence(
        1, "r1", Sentence(0, len(text), "", kind, "body"), text, "石矶镇", None, 2020, 2021 if kind == "plan" else 2020
    )
    quote = best_quote(understand(question, REPORTS), [item])
    return quote.text if quote else None


LINE = "受理信访件41件，全年无一起人员死亡安全事故，发放低保金20万元。"


def test_the_clause_that_answers_is_quoted_alone() -> None:
    assert quoted("石矶镇全年有人员死亡安全事故吗？", LINE) == "全年无一起人员死亡安全事故"


def test_a_question_for_a_figure_wants_one() -> None:
    assert quoted("石矶镇发放低保金多少？", LINE) == "发放低保金20万元"
    assert quoted("石矶镇发放低保金多少？", "发放低保金，修公路。") is None


def test_a_sentence_on_something_else_is_not_quoted() -> None:
    assert quoted("石矶镇的地区生产总值是多少？", LINE) is None


def test_a_plan_does_not_answer_what_was_done() -> None:
    assert quoted("石矶镇2020年粮食总产量是多少？", "粮食总产量达到1.4万吨。", "plan") is None
    assert quoted("石矶镇2021年粮食总产量要达到多少？", "粮食总产量达到1.4万吨。", "plan") == "粮食总产量达到1.4万吨"


def test_one_sentence_does_not_speak_for_all_towns() -> None:
    assert quoted("哪几个镇发放了低保金？", LINE) is None
