"""The evaluation's own figure parser, each expectation worked by hand."""

from fractions import Fraction

import pytest

from eval.scoring.numbers import figures_of, whole_figure


@pytest.mark.parametrize(
    ("text", "value", "unit", "approximation"),
    [
        ("6公里", 6000, "米", "exact"),
        ("6000米", 6000, "米", "exact"),
        ("0.2亿元", 20_000_000, "元", "exact"),
        ("２２０００万元", 220_000_000, "元", "exact"),
        ("2000多万元", 20_000_000, "元", "over"),
        ("超过40万元", 400_000, "元", "over"),
        ("6+万亩", 60_000, "亩", "over"),
        ("97%以上", 97, "%", "over"),
        ("百分之九十七", 97, "%", "exact"),
        ("10余台", 10, "台", "over"),
        ("约700人", 700, "人", "about"),
        ("近70人次", 70, "人次", "about"),
        ("不足30户", 30, "户", "under"),
        ("四万三千余人", 43_000, "人", "over"),
        ("4万3千余人", 43_000, "人", "over"),
        ("三點五萬元", 35_000, "元", "exact"),
        ("二〇二二年", 2022, "年", "exact"),
        ("千亩", 1000, "亩", "exact"),
        ("1.6万平方", 16_000, "平方米", "exact"),
        ("第四名", 4, "位次", "exact"),
        ("第三", 3, "位次", "exact"),
        ("两成左右", 20, "%", "about"),
        ("3/4", Fraction(3, 4), "", "exact"),
        ("三分之一", Fraction(1, 3), "", "exact"),
        ("thirty-four households", 34, "户", "exact"),
        ("23.31 million yuan", 23_310_000, "元", "exact"),
        ("more than 5,000 mu", 5000, "亩", "over"),
    ],
)
def test_one_figure_is_read_whole(text: str, value: Fraction | int, unit: str, approximation: str) -> None:
    figure = whole_figure(text)
    assert figure is not None
    assert (figure.value, figure.unit, figure.approximation) == (value, unit, approximation)


def test_a_range_keeps_both_ends() -> None:
    figure = whole_figure("2至3人")
    assert figure is not None
    assert (figure.value, figure.high) == (Fraction(2), Fraction(3))


def test_a_full_date_stands_beside_its_parts() -> None:
    found = {(int(f.value), f.unit) for f in figures_of("2023年12月5日")}
    assert found == {(20231205, "日期"), (2023, "年"), (12, "月"), (5, "日")}


@pytest.mark.parametrize("text", ["千方百计", "百年大计", "七站八所", "万众一心", "统一部署", "六办三中心", "十分重视"])
def test_set_phrases_are_no_figures(text: str) -> None:
    assert figures_of(text) == ()


def test_circled_numbers_do_not_run_into_figures() -> None:
    assert [(int(f.value), f.unit) for f in figures_of("①3人②5户")] == [(3, "人"), (5, "户")]


@pytest.mark.parametrize("text", ["签约298户", "附近298户", "节约298户"])
def test_a_word_that_ends_like_an_approximator_is_none(text: str) -> None:
    assert figures_of(text)[0].approximation == "exact"


def test_a_plus_sign_of_a_sum_is_no_approximation() -> None:
    assert {f.approximation for f in figures_of("87+185公里")} == {"exact"}


def test_a_phrase_around_a_figure_is_not_one() -> None:
    assert whole_figure("40万元资金") is None
