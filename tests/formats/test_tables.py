"""Tables become sentences in which a figure keeps the words of its row and its column."""

import pytest

from rag.formats.tables import Grid, TableWriter, written


def test_a_figure_has_its_row_and_its_column() -> None:
    rows = [["村名", "人口（人）", "负责人"], ["柳溪村", "1200", "张三"], ["枫垭村", "860", "李四"]]
    assert TableWriter().lines(rows) == [
        "村名：柳溪村，柳溪村人口：1200人，负责人：张三。",
        "村名：枫垭村，枫垭村人口：860人，负责人：李四。",
    ]


def test_figures_of_several_years_are_sentences_of_their_own() -> None:
    rows = [["指标", "2020年", "2021年", "单位"], ["粮食总产量", "1.34", "1.39", "万吨"]]
    assert TableWriter().lines(rows) == ["指标：粮食总产量。2020年粮食总产量：1.34万吨。2021年粮食总产量：1.39万吨。"]


def test_a_bare_year_heads_a_column() -> None:
    assert TableWriter().lines([["指标", "2020", "2021"], ["农户", "12", "13"]]) == [
        "指标：农户。2020年农户：12。2021年农户：13。"
    ]


def test_a_head_of_two_rows_with_merged_cells() -> None:
    rows = [["村名", "投资", "投资"], ["村名", "计划", "完成"], ["柳溪村", "10", "12"]]
    assert TableWriter().lines(rows) == ["村名：柳溪村，柳溪村投资计划：10，柳溪村投资完成：12。"]


def test_the_line_above_a_table_gives_the_unit() -> None:
    rows = [["2021年财政情况"] * 3, ["单位：万元"] * 3, ["项目", "计划", "完成"], ["收入", "1400", "1404"]]
    assert TableWriter().lines(rows) == [
        "2021年财政情况",
        "单位：万元",
        "项目：收入，收入计划：1400万元，收入完成：1404万元。",
    ]


def test_a_unit_is_not_given_twice() -> None:
    assert TableWriter().lines([["项目", "投资（万元）"], ["公路", "86万元"]]) == [
        "项目：公路，公路投资（万元）：86万元。"
    ]


def test_words_in_brackets_that_are_no_unit_stay() -> None:
    assert TableWriter().lines([["项目", "投资（预计）"], ["公路", "86"]]) == ["项目：公路，公路投资（预计）：86。"]


def test_serial_numbers_are_left_out() -> None:
    assert TableWriter().lines([["序号", "项目", "投资"], ["1", "公路", "86"]]) == ["项目：公路，公路投资：86。"]


def test_pairs_without_a_head() -> None:
    assert TableWriter().lines([["财政收入", "1404万元"], ["负责人", "张三"]]) == [
        "财政收入：1404万元。",
        "负责人：张三。",
    ]


def test_a_long_cell_is_a_paragraph() -> None:
    rows = [["项目", "投资", "进展"], ["公路", "86", "已经开工。\n年底完工。"]]
    assert TableWriter().lines(rows) == ["项目：公路，公路投资：86。", "进展：已经开工。", "年底完工。"]


def test_a_row_across_the_table_is_a_line() -> None:
    rows = [["项目", "投资"], ["公路", "86"], ["二、水利", "二、水利"], ["山塘", "12"]]
    assert TableWriter().lines(rows)[1:2] == ["二、水利"]


def test_a_frame_around_text_is_no_table() -> None:
    assert TableWriter().lines([["石矶镇2021年工作总结"], ["修路12公里。"]]) == ["石矶镇2021年工作总结", "修路12公里。"]


@pytest.mark.parametrize("rows", [[], [[]], [["", " "], [""]]])
def test_an_empty_table(rows: list[list[str]]) -> None:
    assert TableWriter().lines(rows) == []


def told(text: str) -> list[list[str]]:
    """A grid from lines whose cells stand between bars."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


@pytest.mark.parametrize(
    ("grid", "lines"),
    [
        pytest.param(
            "类别|指标|2020年|2021年\n农业|粮食产量（吨）|12000|12600\n农业|生猪出栏（头）|8000|8800",
            [
                "类别：农业。指标：粮食产量（吨）。2020年粮食产量：12000吨。2021年粮食产量：12600吨。",
                "类别：农业。指标：生猪出栏（头）。2020年生猪出栏：8000头。2021年生猪出栏：8800头。",
            ],
            id="two label columns: the indicator names the figures",
        ),
        pytest.param(
            "村名|指标|2021年\n柳溪村|人口（人）|1200\n柳溪村|户数（户）|300\n枫垭村|人口（人）|860",
            [
                "村名：柳溪村，指标：人口（人），2021年柳溪村人口：1200人。",
                "村名：柳溪村，指标：户数（户），2021年柳溪村户数：300户。",
                "村名：枫垭村，指标：人口（人），2021年枫垭村人口：860人。",
            ],
            id="two label columns: both name the figures where the indicators repeat",
        ),
        pytest.param(
            "村名|负责人|人口（人）\n柳溪村|张三|1200\n枫垭村|李四|860",
            [
                "村名：柳溪村，负责人：张三，柳溪村人口：1200人。",
                "村名：枫垭村，负责人：李四，枫垭村人口：860人。",
            ],
            id="a column of words that names nothing",
        ),
        pytest.param(
            "村名|小组|人口（人）\n柳溪村|东组|120\n柳溪村|西组|130",
            [
                "村名：柳溪村，小组：东组，柳溪村东组人口：120人。",
                "村名：柳溪村，小组：西组，柳溪村西组人口：130人。",
            ],
            id="a place within a place",
        ),
        pytest.param(
            "年份|财政收入（万元）|粮食产量（吨）\n2020|1080|11800\n2021|1190|12000",
            [
                "年份：2020年，2020年财政收入：1080万元，2020年粮食产量：11800吨。",
                "年份：2021年，2021年财政收入：1190万元，2021年粮食产量：12000吨。",
            ],
            id="years in rows",
        ),
        pytest.param(
            "项目|粮食产量（吨）|财政收入（万元）\n年度目标|12000|1200\n实际完成|12600|1260\n同比增长（%）|5.0|-3.2",
            [
                "项目：年度目标，粮食产量年度目标：12000吨，财政收入年度目标：1200万元。",
                "项目：实际完成，粮食产量实际完成：12600吨，财政收入实际完成：1260万元。",
                "项目：同比增长（%），粮食产量同比增长：5.0%，财政收入同比增长：-3.2%。",
            ],
            id="target, result and growth in rows",
        ),
        pytest.param(
            "指标|2020年|2020年|2021年|2021年\n指标|上半年|全年|上半年|全年\n财政收入（万元）|520|1190|560|1260",
            [
                "指标：财政收入（万元）。2020年上半年财政收入：520万元。2020年全年财政收入：1190万元。"
                "2021年上半年财政收入：560万元。2021年全年财政收入：1260万元。"
            ],
            id="half years below years",
        ),
        pytest.param(
            "指标|粮食产量|粮食产量|油料产量|油料产量\n村名|2020|2021|2020|2021\n柳溪村（吨）|120|126|31|34",
            [
                "指标村名：柳溪村（吨）。2020年柳溪村粮食产量：120吨。2021年柳溪村粮食产量：126吨。"
                "2020年柳溪村油料产量：31吨。2021年柳溪村油料产量：34吨。"
            ],
            id="years below indicators, in figures alone",
        ),
        pytest.param(
            "指标|计量单位|本年实际|上年实际|增长%\n粮食产量|吨|12600|12000|5.0",
            ["指标：粮食产量。本年粮食产量实际：12600吨。上年粮食产量实际：12000吨。粮食产量增长：5.0%。"],
            id="this year and last year, a unit without brackets",
        ),
        pytest.param(
            "主要指标（单位：万元）|||\n指标|2021年|增速|增减额\n财政收入|1260|5.9|70\n户数|6890|1.0|68",
            [
                "主要指标（单位：万元）",
                "指标：财政收入。2021年财政收入：1260万元。财政收入增速：5.9。财政收入增减额：70万元。",
                "指标：户数。2021年户数：6890。户数增速：1.0。户数增减额：68。",
            ],
            id="the table's unit is not that of a rate, nor of what has a unit of its own",
        ),
        pytest.param(
            "品种|产量/吨|面积：亩|单产（公斤/亩）\n水稻|12600|23000|548",
            ["品种：水稻，水稻产量：12600吨，水稻面积：23000亩，水稻单产：548公斤/亩。"],
            id="units behind a stroke and a colon, and of something per something",
        ),
        pytest.param(
            "村名|人口|耕地\n|人|亩\n柳溪村|1200|860",
            ["村名：柳溪村，柳溪村人口：1200人，柳溪村耕地：860亩。"],
            id="a row of units below the head",
        ),
        pytest.param(
            "单位|人数（人）\n财政所|12\n文化站|3",
            ["单位：财政所，财政所人数：12人。", "单位：文化站，文化站人数：3人。"],
            id="the word for units may mean offices",
        ),
        pytest.param(
            "农业指标|数值（吨）||工业指标|数值（万元）\n粮食|12600||产值|53600\n茶叶|345||税收|860",
            [
                "农业指标：粮食，粮食数值：12600吨。",
                "农业指标：茶叶，茶叶数值：345吨。",
                "工业指标：产值，产值数值：53600万元。",
                "工业指标：税收，税收数值：860万元。",
            ],
            id="side by side, an empty column between",
        ),
        pytest.param(
            "指标|数值|指标|数值\n粮食|12600吨|产值|53600万元",
            ["指标：粮食，粮食数值：12600吨。", "指标：产值，产值数值：53600万元。"],
            id="side by side, the same head again",
        ),
        pytest.param(
            "财政收入|1260万元|粮食产量|12600吨\n总人口|23100人|总户数|6890户",
            ["财政收入：1260万元。", "总人口：23100人。", "粮食产量：12600吨。", "总户数：6890户。"],
            id="side by side, no head",
        ),
        pytest.param(
            "指标||2020年|2021年\n粮食产量（吨）||12000|12600",
            ["指标：粮食产量（吨）。2020年粮食产量：12000吨。2021年粮食产量：12600吨。"],
            id="an empty column within a table",
        ),
        pytest.param(
            "指标|2020年|2021年\n粮食产量（吨）|12000|12600\n村名|人口（人）|户数（户）\n柳溪村|1200|300",
            [
                "指标：粮食产量（吨）。2020年粮食产量：12000吨。2021年粮食产量：12600吨。",
                "村名：柳溪村，柳溪村人口：1200人，柳溪村户数：300户。",
            ],
            id="a second head in the middle",
        ),
        pytest.param(
            "一、农业||\n指标|数量|单位\n粮食|12600|吨\n||\n二、工业||\n企业|产值（万元）|职工（人）\n砖厂|860|45",
            [
                "一、农业",
                "指标：粮食，粮食数量：12600吨。",
                "二、工业",
                "企业：砖厂，砖厂产值：860万元，砖厂职工：45人。",
            ],
            id="a second table below an empty row",
        ),
        pytest.param(
            "指标|2021年\n粮食（吨）|12600\n|\n油料（吨）|345",
            ["指标：粮食（吨），2021年粮食：12600吨。", "指标：油料（吨），2021年油料：345吨。"],
            id="an empty row within a table",
        ),
        pytest.param(
            "指标|单位|2021年\n粮食|吨|12600\n指标|单位|2021年\n产值|万元|53600",
            ["指标：粮食，2021年粮食：12600吨。", "指标：产值，2021年产值：53600万元。"],
            id="the head again on a new page",
        ),
        pytest.param(
            "指标|2020年|2021年\n粮食（吨）|—|12600\n油料（吨）|310|/",
            ["指标：粮食（吨），2021年粮食：12600吨。", "指标：油料（吨），2020年油料：310吨。"],
            id="nothing to tell",
        ),
        pytest.param(
            "指标|单位|2021年\n1.粮食产量|吨|12600\n其中：早稻，优质|吨|5600\n#晚稻|吨|7000",
            [
                "指标：1.粮食产量，2021年粮食产量：12600吨。",
                "指标：其中：早稻，优质，2021年其中早稻、优质：5600吨。",
                "指标：#晚稻，2021年晚稻：7000吨。",
            ],
            id="labels with numbers and marks",
        ),
        pytest.param(
            "指标|2021年\n粮食产量|12 600 吨\n财政收入|1,260万元\n减幅|－1.2%",
            [
                "指标：粮食产量，2021年粮食产量：12 600 吨。",
                "指标：财政收入，2021年财政收入：1,260万元。",
                "指标：减幅，2021年减幅：－1.2%。",
            ],
            id="figures that have their units with them",
        ),
        pytest.param(
            "指标|单位|2021年|同比\n粮食|吨|12600（预计）|增长5%\n人口|人|2.31万|下降1.2%\n农户|户|近1200|+8户\n果园|亩|800余|—",
            [
                "指标：粮食，2021年粮食：12600吨（预计），粮食同比：增长5%。",
                "指标：人口，2021年人口：2.31万人，人口同比：下降1.2%。",
                "指标：农户。2021年农户：近1200户。农户同比：+8户。",
                "指标：果园，2021年果园：800余亩。",
            ],
            id="figures that are not bare numbers",
        ),
        pytest.param(
            "一、农业情况|||二、工业情况|\n指标|数值（吨）||企业|产值（万元）\n粮食|12600||砖厂|860\n茶叶|345||纸厂|430",
            [
                "一、农业情况",
                "指标：粮食，粮食数值：12600吨。",
                "指标：茶叶，茶叶数值：345吨。",
                "二、工业情况",
                "企业：砖厂，砖厂产值：860万元。",
                "企业：纸厂，纸厂产值：430万元。",
            ],
            id="side by side, each below a title of its own",
        ),
        pytest.param(
            "|||单位：万元\n项目|2019-2020年|2021年|2021年占比%\n收入|2400|1260|52.5",
            [
                "单位：万元",
                "项目：收入。2019-2020年收入：2400万元。2021年收入：1260万元。2021年收入占比：52.5%。",
            ],
            id="the unit in a corner, a span of years in the head",
        ),
        pytest.param(
            "||2020年|2021年\n|粮食（吨）|1|2\n||3|4",
            ["2020年粮食：1吨。2021年粮食：2吨。", "2020年：3。2021年：4。"],
            id="a row that begins later",
        ),
    ],
)
def test_each_figure_keeps_what_it_is_of(grid: str, lines: list[str]) -> None:
    assert TableWriter().lines(told(grid)) == lines


def test_line_ends_within_narrow_cells() -> None:
    rows = [["指\n标", "2021\n年"], ["粮食\n产量（吨）", "12,\n600"], ["农民人均\n纯收入（元）", "16900"]]
    assert TableWriter().lines(rows) == [
        "指标：粮食产量（吨），2021年粮食产量：12,600吨。",
        "指标：农民人均纯收入（元），2021年农民人均纯收入：16900元。",
    ]


def test_the_line_above_a_table_may_stand_outside_it() -> None:
    grid = Grid([["指标", "2021年"], ["财政收入", "1260"]])
    assert list(written(["主要指标", "单位：万元", grid])) == [
        "主要指标",
        "单位：万元",
        "指标：财政收入，2021年财政收入：1260万元。",
    ]
    assert list(written(["单位：万元", "另起一段。", "又一段。", grid]))[-1] == "指标：财政收入，2021年财政收入：1260。"


HEADED = Grid([["指标", "单位", "2021年"], ["粮食", "吨", "12600"]])
HEADLESS = Grid([["产值", "万元", "53600"]])


def test_a_table_goes_on_where_nothing_stands_between() -> None:
    assert list(written([HEADED, HEADLESS, HEADLESS]))[1:] == ["指标：产值，2021年产值：53600万元。"] * 2


def test_a_table_does_not_go_on_behind_a_line_or_in_another_width() -> None:
    assert list(written([HEADED, "另表", HEADLESS]))[-1] != "指标：产值，2021年产值：53600万元。"
    assert list(written([HEADED, Grid([["产值", "53600万元"]])]))[-1] == "产值：53600万元。"


def test_a_table_with_a_head_of_its_own_does_not_go_on() -> None:
    other = Grid([["村名", "人口（人）", "户数（户）"], ["柳溪村", "1200", "300"]])
    assert list(written([HEADED, other]))[-1] == "村名：柳溪村，柳溪村人口：1200人，柳溪村户数：300户。"


def test_the_unit_above_the_first_page_holds_on_the_next() -> None:
    page = Grid([["指标", "2021年"], ["财政收入", "1260"]])
    lines = list(written(["单位：万元", page, page]))
    assert lines[1:] == ["指标：财政收入，2021年财政收入：1260万元。"] * 2


def test_a_table_goes_on_behind_the_word_for_it() -> None:
    first, second = Grid(told("指标|2021年|2022年\n粮食（吨）|1|2")), Grid(told("油料（吨）|3|4"))
    assert list(written([first, "续表", second]))[-1] == "指标：油料（吨）。2021年油料：3吨。2022年油料：4吨。"


def test_what_is_built_does_not_name_what_it_costs() -> None:
    rows = "项目名称|建设内容|总投资（万元）\n柳溪桥|桥长86米、宽7米|860\n敬老院|新增床位60张|120"
    assert TableWriter().lines(told(rows))[0].endswith("柳溪桥总投资：860万元。")


def test_a_cell_with_a_sentence_of_figures_is_no_head() -> None:
    rows = "指标|2022年\n产值|850万元\n税收|600万元，增长3%\n粮食|12吨"
    assert TableWriter().lines(told(rows))[1:] == [
        "指标：税收，2022年税收：600万元，增长3%。",
        "指标：粮食，2022年粮食：12吨。",
    ]
