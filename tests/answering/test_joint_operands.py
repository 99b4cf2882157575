"""Figures of several parts, chosen together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rag.answering.checked import Checked
from rag.answering.generation import Checker
from rag.verification.claims import Evidence
from tests.support.generated_reports import CharacterEmbedder
from tests.support.held import parts_of, understand
from tests.support.told_reports import JudgingModel, shown, told

REPORTS = tuple(told(town, "种植油茶4800亩。") for town in ("石矶镇", "大塘镇", "柳溪镇"))


def evidence(**lines: Sequence[str]) -> list[Evidence]:
    """Sentences of several towns, numbered through."""
    found = [item for town, texts in lines.items() for item in shown(*texts, town=town)]
    return [replace(item, number=number) for number, item in enumerate(found, start=1)]


def check(question: str, items: list[Evidence], likely: Mapping[str, float]) -> tuple[Checked, JudgingModel]:
    asked = understand(question, REPORTS)
    model = JudgingModel(*[{"claims": []}] * 9, likely=likely)
    parts = parts_of(asked, asked.scope, REPORTS)
    return Checker(model, CharacterEmbedder(), "report").check(asked, items, parts), model


def text_of(checked: Checked) -> str | None:
    return checked.computed.text if checked.computed else None


def test_the_figures_of_one_kind_are_taken_though_another_scores_higher() -> None:
    items = evidence(石矶镇=["农民人均收入9800元。"], 大塘镇=["发放农民补贴收入资金320万元。", "农民人均收入1.2万元。"])
    likely = {"农民人均收入9800元": 0.9, "农民人均收入1.2万元": 0.9, "发放农民补贴收入资金320万元": 0.9}
    checked, model = check("石矶镇和大塘镇农民收入哪边高？", items, likely)
    assert text_of(checked) == "大塘镇更高：大塘镇1.2万元，石矶镇9800元"
    assert set(model.judged) == {"农民人均收入9800元", "农民人均收入1.2万元"}


def test_every_operand_has_to_be_likely() -> None:
    items = evidence(石矶镇=["种植油茶4800亩。"], 大塘镇=["种植油茶300亩。"])
    checked, _ = check("石矶镇和大塘镇谁的油茶多？", items, {"种植油茶4800亩": 0.9})
    assert checked.computed is None


def test_a_part_is_not_compared_with_a_whole() -> None:
    items = evidence(石矶镇=["全镇安置群众599户，其中287户属贫困户。"], 大塘镇=["全镇有贫困户760户。"])
    likely = {"其中287户属贫困户": 0.9, "全镇有贫困户760户": 0.9}
    checked, _ = check("石矶镇和大塘镇哪个镇的贫困户更多？", items, likely)
    assert text_of(checked) is None


def test_a_rate_is_not_compared_with_a_level() -> None:
    items = evidence(石矶镇=["森林覆盖率增长3%。"], 大塘镇=["森林覆盖率提高到61%。"])
    likely = {"森林覆盖率增长3%": 0.9, "森林覆盖率提高到61%": 0.9}
    checked, _ = check("石矶镇的森林覆盖率比大塘镇高几个百分点？", items, likely)
    assert text_of(checked) is None


def test_a_difference_of_shares_is_in_percentage_points() -> None:
    items = evidence(石矶镇=["森林覆盖率提高到65.5%。"], 大塘镇=["森林覆盖率达到61%。"])
    likely = {"森林覆盖率提高到65.5%": 0.9, "森林覆盖率达到61%": 0.9}
    checked, _ = check("石矶镇的森林覆盖率比大塘镇高几个百分点？", items, likely)
    assert text_of(checked) == "石矶镇比大塘镇多4.5个百分点"


def test_of_three_the_first_is_said_and_each_is_quoted_in_the_order() -> None:
    items = evidence(石矶镇=["种植油茶480亩。"], 大塘镇=["种植油茶3000亩。"], 柳溪镇=["种植油茶950亩。"])
    likely = {f"种植油茶{count}亩": 0.9 for count in (480, 3000, 950)}
    checked, _ = check("石矶镇、大塘镇、柳溪镇这三个镇哪个镇的油茶最多？", items, likely)
    assert text_of(checked) == "大塘镇最多"
    assert [v.text for v in checked.verdicts] == ["大塘镇种植油茶3000亩", "柳溪镇种植油茶950亩", "石矶镇种植油茶480亩"]
    assert checked.computed is not None and checked.computed.expression == "3000>950>480"


def test_years_that_differ_are_said() -> None:
    items = evidence(石矶镇=["种植油茶480亩。"], 大塘镇=["种植油茶3000亩。"])
    items[1] = replace(items[1], report_year=2022, year=2022)
    checked, _ = check("石矶镇和大塘镇谁的油茶多？", items, {"种植油茶480亩": 0.9, "种植油茶3000亩": 0.9})
    assert text_of(checked) == "大塘镇更多：大塘镇2022年为3000亩，石矶镇2020年为480亩"


def test_no_ranking_where_a_place_has_no_sentence() -> None:
    items = evidence(石矶镇=["种植油茶480亩。"], 大塘镇=["种植油茶3000亩。"])
    checked, _ = check("石矶镇、大塘镇、柳溪镇哪个镇的油茶最多？", items, {"种植油茶480亩": 0.9, "种植油茶3000亩": 0.9})
    assert checked.computed is None
