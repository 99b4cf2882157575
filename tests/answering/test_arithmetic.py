"""Sums, differences and rankings over verified figures."""

from rag.answering.arithmetic import Computed, compute, operands_only
from rag.verification.verdicts import Verdict


def verdict(text: str, number: int) -> list[Verdict]:
    return [Verdict(text, (number,), None)]


ROADS = {"石矶镇": verdict("石矶镇硬化公路5795米", 1), "大塘镇": verdict("大塘镇硬化通组公路6公里", 2)}


def test_the_larger_one_after_conversion() -> None:
    computed = compute("石矶镇和大塘镇哪个镇硬化的公路长？", ROADS)
    assert computed == Computed("大塘镇更长：大塘镇6公里，石矶镇5795米", "6000>5795", (1, 2), "米")


def test_the_smaller_one() -> None:
    computed = compute("石矶镇和大塘镇谁硬化的公路少？", ROADS)
    assert computed is not None and computed.text.startswith("石矶镇更少")


def test_a_sum_in_the_common_unit_with_its_expression() -> None:
    houses = {"石矶镇": verdict("改造35户", 1), "大塘镇": verdict("改造58户", 2)}
    computed = compute("两镇的危房改造一共多少户？", houses)
    assert computed == Computed("石矶镇、大塘镇一共93户", "35+58=93", (1, 2), "户")


def test_a_sum_of_approximate_figures_says_so() -> None:
    waste = {"石矶镇": verdict("清理垃圾100余吨", 1), "大塘镇": verdict("清理垃圾230吨", 2)}
    computed = compute("两镇一共清理垃圾多少吨？", waste)
    assert computed is not None and "一共约330吨" in computed.text


def test_a_difference() -> None:
    computed = compute("石矶镇和大塘镇硬化的公路相差多少？", ROADS)
    assert computed is not None and computed.text == "大塘镇比石矶镇多205米"


def test_equal_figures_have_no_winner() -> None:
    same = {"石矶镇": verdict("硬化公路6000米", 1), "大塘镇": verdict("硬化公路6公里", 2)}
    computed = compute("石矶镇和大塘镇哪个镇硬化的公路长？", same)
    assert computed is not None and computed.text.startswith("两者相同")


def test_figures_of_different_measures_are_not_compared() -> None:
    assert compute("谁多？", {"石矶镇": verdict("脱贫34户", 1), "大塘镇": verdict("脱贫80人", 2)}) is None


def test_a_town_without_a_verified_figure_is_not_compared() -> None:
    assert compute("谁多？", {"石矶镇": verdict("脱贫34户", 1), "大塘镇": []}) is None


def test_a_question_that_asks_for_neither() -> None:
    assert compute("石矶镇和大塘镇各硬化公路多少？", ROADS) is None


def test_the_shorter_one_is_called_shorter() -> None:
    computed = compute("石矶镇和大塘镇谁硬化的公路短？", ROADS)
    assert computed == Computed("石矶镇更短：石矶镇5795米，大塘镇6公里", "5795<6000", (1, 2), "米")


def test_what_grew_from_year_to_year() -> None:
    years = {"石矶镇2020年": verdict("油茶4800亩", 1), "石矶镇2021年": verdict("油茶5700亩", 2)}
    computed = compute("石矶镇的油茶面积2021年比2020年增加了多少亩？", years)
    assert computed is not None and computed.text == "石矶镇2021年比石矶镇2020年多900亩"
    computed = compute("石矶镇2020年和2021年，哪一年的油茶多？", years)
    assert computed is not None and computed.text == "石矶镇2021年更多：石矶镇2021年为5700亩，石矶镇2020年为4800亩"


def test_claims_beside_a_computed_one_end_with_their_figure() -> None:
    claims = [*verdict("完成改造22户，其中C级15户", 1), Verdict("改造37户，其中D级9户", (2,), "figure_not_in_evidence")]
    assert [v.text for v in operands_only(claims, "户")] == ["完成改造22户", "改造37户，其中D级9户"]


def test_what_was_added_is_not_compared_with_what_there_is() -> None:
    years = {"石矶镇2020年": verdict("油茶当年新造600亩", 1), "石矶镇2021年": verdict("油茶面积5700亩", 2)}
    assert compute("石矶镇的油茶面积2021年比2020年增加了多少亩？", years) is None


def test_the_operand_beside_is_of_the_measure_computed_with() -> None:
    claims = verdict("硬化公路10条，共计5795米，养护20公里", 1)
    assert [v.text for v in operands_only(claims, "米")] == ["硬化公路10条，共计5795米"]


def test_a_mean_is_not_compared_with_a_total() -> None:
    income = {"石矶镇": verdict("农民人均收入1.2万元", 1), "大塘镇": verdict("发放补贴资金3200万元", 2)}
    assert compute("石矶镇和大塘镇哪个镇农民收入高？", income) is None
    income["大塘镇"] = verdict("农民人均收入1.5万元", 2)
    assert compute("石矶镇和大塘镇哪个镇农民收入高？", income) is not None
