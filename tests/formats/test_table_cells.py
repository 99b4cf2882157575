"""Cells as people write them: signs by bracket, arrow and word, blanks that the cell above or beside fills."""

import pytest

from rag.formats.tables import TableWriter


def told(text: str) -> list[str]:
    """The lines of a grid whose cells stand between bars."""
    return TableWriter().lines([[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()])


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        (["▲5.6", "▼3.2", "4"], ["5.6%", "-3.2%", "4%"]),
        (["↑2.0", "↓1.5"], ["2.0%", "-1.5%"]),
        (["2.0↑", "1.5↓"], ["2.0%", "-1.5%"]),
        (["(4.1)", "3"], ["-4.1%", "3%"]),
        (["（4.1）", "3"], ["-4.1%", "3%"]),
        (["下降4.1", "增长3", "2"], ["-4.1%", "3%", "2%"]),
        (["'4.1", "3"], ["4.1%", "3%"]),
    ],
)
def test_the_sign_of_a_figure_in_its_cell(cells: list[str], shown: list[str]) -> None:
    grid = "指标|2021年|同比（%）\n" + "\n".join(f"第{index}项税|86万元|{cell}" for index, cell in enumerate(cells))
    assert [line.rpartition("：")[2].rstrip("。") for line in told(grid)] == shown


def test_a_triangle_that_may_say_both_stays_as_it_stands() -> None:
    assert told("指标|数|同比（%）\n税收|86万元|▲5.6\n产值|60万元|▲3.2")[0].endswith("同比（%）：▲5.6。")


def test_brackets_in_a_column_without_other_figures_are_no_sign() -> None:
    assert told("项目|条款\n修路|（1）\n建桥|（2）")[1:] == ["修路：（1）。", "建桥：（2）。"]


@pytest.mark.parametrize(
    ("grid", "lines"),
    [
        pytest.param(
            "指标|单位|2021年||2022年|\n||目标|完成|目标|完成\n粮食产量|吨|1|2|3|4",
            [
                "指标：粮食产量。2021年粮食产量目标：1吨。2021年粮食产量完成：2吨。"
                "2022年粮食产量目标：3吨。2022年粮食产量完成：4吨。"
            ],
            id="a year over two columns without a merged cell",
        ),
        pytest.param(
            "村名|人口||备注\n|男（人）|女（人）|\n柳溪村|600|580|含外出",
            ["村名：柳溪村，柳溪村人口男：600人，柳溪村人口女：580人，备注：含外出。"],
            id="a head over two columns ends where a head of its own begins",
        ),
        pytest.param(
            "类别|指标|单位|数值\n农业|面积|亩|12\n|产量|吨|34\n工业|企业|家|9\n|产量|吨|8",
            [
                "类别：农业，指标：面积，农业面积数值：12亩。",
                "类别：农业，指标：产量，农业产量数值：34吨。",
                "类别：工业，指标：企业，工业企业数值：9家。",
                "类别：工业，指标：产量，工业产量数值：8吨。",
            ],
            id="a group named in its first row",
        ),
        pytest.param(
            "序号|村名|收入（万元）\n1|柳溪村|56\n合计||99",
            ["村名：柳溪村，柳溪村收入：56万元。", "村名：合计，合计收入：99万元。"],
            id="the sum stands among the serial numbers",
        ),
        pytest.param(
            "类别|指标|2021年（吨）\n农业|粮食|12\n农业|小计|12\n林业|油茶|3",
            [
                "类别：农业，指标：粮食，2021年粮食：12吨。",
                "类别：农业，指标：小计，2021年农业小计：12吨。",
                "类别：林业，指标：油茶，2021年油茶：3吨。",
            ],
            id="a sum is of its group",
        ),
        pytest.param(
            "总人口|1200人|户数|345户\n村数|12个|书记|张三\n耕地|860亩|水库|3处",
            ["总人口：1200人。", "村数：12个。", "耕地：860亩。", "户数：345户。", "书记：张三。", "水库：3处。"],
            id="pairs side by side, words among them",
        ),
    ],
)
def test_labels_of_blank_cells(grid: str, lines: list[str]) -> None:
    assert told(grid) == lines


@pytest.mark.parametrize(
    ("grid", "line"),
    [
        ("单位：万元、%\n指标|2021年|增长\n税收|86|5", "2021年税收：86万元。税收增长：5%。"),
        ("2021年收支表（万元）\n项目|预算数\n税收|86", "项目：税收，税收预算数：86万元。"),
        ("填报单位：石矶镇||单位：万元\n项目|2021年|2022年\n税收|86|90", "2021年税收：86万元。2022年税收：90万元。"),
        ("税收|万元|86\n粮食|吨|12", "税收：86万元。"),
        ("指标|单位|完成|全县排名\n税收|万元|86|3", "指标：税收，税收完成：86万元，税收全县排名：3。"),
        ("指标|2021年（吨）|±%\n粮食|12|-1.4", "2021年粮食：12吨。粮食增减：-1.4%。"),
        ("村名|其中：女（人）\n柳溪村|12", "村名：柳溪村，柳溪村其中女：12人。"),
        ("指标|2021年（户）\n户数|3100左右", "指标：户数，2021年户数：3100户左右。"),
    ],
)
def test_units(grid: str, line: str) -> None:
    lines = told(grid)
    assert any(each.endswith(line) for each in lines), lines
