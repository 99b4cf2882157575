"""What counts as a figure, and what it says."""

from decimal import Decimal

import pytest

from rag.text.figures import read_figures, same_amount, same_figure, years_in


def read(text: str) -> list[tuple[str, str, str]]:
    """Kind, plain value and measure of every figure."""
    return [(f.kind, format(f.value, "f"), f.measure) for f in read_figures(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("总投资2.2亿元", ("quantity", "220000000", "元")),
        ("２２０００万元", ("quantity", "220000000", "元")),
        ("完成3000多畝種植", ("quantity", "3000", "亩")),
        ("面积20公顷", ("quantity", "300", "亩")),
        ("硬化6公里", ("quantity", "6000", "米")),
        ("收购2担", ("quantity", "100", "公斤")),
        ("拆除65802㎡", ("quantity", "65802", "平方米")),
        ("覆盖率达97%以上", ("quantity", "97", "%")),
        ("下降百分之十五", ("quantity", "15", "%")),
        ("提高8.6个百分点", ("quantity", "8.6", "百分点")),
        ("无一例感染", ("quantity", "1", "例")),
        ("名列全县第四名", ("rank", "4", "")),
        ("列第36位", ("rank", "36", "")),
        ("2021年", ("year", "2021", "")),
        ("截至12月31日", ("date", "1231", "")),
        ("2023年12月12日", ("date", "20231212", "")),
        ("發布時間：2024-01-29", ("date", "20240129", "")),
        ("in 2020", ("year", "2020", "")),
        ("2023年11月份", ("date", "20231100", "")),
        ("二〇二三年", ("year", "2023", "")),
        ("二〇二三年三月五日", ("date", "20230305", "")),
        ("23.31 million yuan", ("quantity", "23310000", "元")),
        ("G240国道", ("code", "240", "")),
    ],
)
def test_one_figure(text: str, expected: tuple[str, str, str]) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    ["一是抓好党建，二是", "四区一花园", "“三会一课”", "一批项目", "一、工作回顾", "(二)民生", "两手抓", "一个村"],
)
def test_numbering_slogans_and_generic_ones_are_no_figures(text: str) -> None:
    assert read(text) == []


def test_coordinated_figures_keep_their_own_units() -> None:
    assert read("599户1822人，拆除93处9312平方米") == [
        ("quantity", "599", "户"),
        ("quantity", "1822", "人"),
        ("quantity", "93", "处"),
        ("quantity", "9312", "平方米"),
    ]


def test_a_decimal_behind_a_year_is_no_date() -> None:
    assert read("2021年3.6万亩竹林") == [("year", "2021", ""), ("quantity", "36000", "亩")]


def test_years_of_dates_are_years() -> None:
    assert years_in("2020年，截至2021年3月，5月1日，2000人") == {2020, 2021}


def test_a_date_may_leave_out_its_year() -> None:
    assert same_amount(read_figures("2023年11月")[0], read_figures("11月份")[0])
    assert not same_amount(read_figures("2023年11月")[0], read_figures("2022年11月")[0])


def test_offsets_count_in_the_text_as_given() -> None:
    text = "全鎮４萬3千餘人，另有５０戶"
    assert [text[f.start : f.end] for f in read_figures(text)] == ["４萬3千餘人", "５０戶"]


@pytest.mark.parametrize(
    ("text", "approximation"),
    [
        ("10余台", "over"),
        ("2000多万元", "over"),
        ("97%以上", "over"),
        ("超3000人", "over"),
        ("近3000人", "near"),
        ("约700人", "near"),
        ("5万元左右", "near"),
        ("不足100户", "under"),
        ("100户", ""),
        ("已签约298户", ""),
        ("最近300人", ""),
        ("more than 5,000 mu", "over"),
        ("the fields cover 900 mu", ""),
    ],
)
def test_approximation(text: str, approximation: str) -> None:
    assert [f.approximation for f in read_figures(text)] == [approximation]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2.2亿元", "22000万元", True),
        ("3000余亩", "超3000亩", True),
        ("6公里", "6000米", True),
        ("15个", "15家", True),
        ("2000多万元", "2000万元", False),
        ("15个", "115个", False),
        ("12319担", "12319吨", False),
        ("34户", "34人", False),
        ("第4名", "4名", False),
        ("近3000人", "3000余人", False),
    ],
)
def test_same_figure(one: str, other: str, same: bool) -> None:
    assert same_figure(read_figures(one)[0], read_figures(other)[0]) is same


@pytest.mark.parametrize(
    ("text", "number", "scale", "unit", "about", "stands"),
    [
        ("近3000多万元", 3000, "万", "元", "近", "before"),
        ("2000多万元", 2000, "万", "元", "多", "within"),
        ("4万3千余人", 43_000, "", "人", "余", "within"),
        ("3.2万吨以上", Decimal("3.2"), "万", "吨", "以上", "behind"),
        ("2.67万亿元", Decimal("2.67"), "万亿", "元", "", ""),
        ("百分之十五", 15, "", "%", "", ""),
        ("3万千米", 3, "万", "千米", "", ""),
        ("4万3千米", 43_000, "", "米", "", ""),
    ],
)
def test_a_figure_knows_how_it_is_written(
    text: str, number: Decimal, scale: str, unit: str, about: str, stands: str
) -> None:
    written = read_figures(text)[0].written
    assert (written.number, written.scale, written.unit) == (number, scale, unit)
    assert (written.about, written.stands) == (about, stands)


def test_a_fraction_knows_its_part_and_its_whole() -> None:
    written = read_figures("四分之三")[0].written
    assert [written.number, written.whole] == [Decimal(3), Decimal(4)]


def test_same_amount_passes_over_the_approximation() -> None:
    assert same_amount(read_figures("2000万元")[0], read_figures("2000多万元")[0])


def test_a_fraction_is_a_value() -> None:
    assert read_figures("占四分之一")[0].value == Decimal("0.25")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("洪山 2020 合作组织数为15个", "year"),
        ("2020 粮食产量", "year"),
        ("投资 2020 元", "quantity"),
        ("2020.5", "quantity"),
    ],
)
def test_a_year_may_stand_alone_between_blanks(text: str, kind: str) -> None:
    assert read_figures(text)[0].kind == kind
