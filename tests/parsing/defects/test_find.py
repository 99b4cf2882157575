"""What is wrong with a file, found and quoted at its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.parsing.parse import parse
from rag.parsing.report import Defect, Statement
from rag.types import SourceFile
from tests.parsing.test_cleaning import PIECES

TITLE = "石矶镇2022年工作总结及2023年工作计划\n"


def defects(text: str, kind: str) -> list[Defect]:
    return [defect for defect in parse(SourceFile("报告.txt", "", "utf-8", text)).defects if defect.kind == kind]


def quotes(text: str, kind: str) -> list[str]:
    return [defect.quote for defect in defects(text, kind)]


@pytest.mark.parametrize("mark", ["关键词2", "關鍵詞2", "××", "XX", "ＸＸ", "____", "[待补]", "（待核实）", "{{金额}}"])
def test_placeholders(mark: str) -> None:
    assert quotes(f"{TITLE}全年投入资金{mark}万元。", "placeholder") == [mark]


@pytest.mark.parametrize(
    ("text", "mark"), [("x镇修路", "x"), ("投入×万元", "×"), ("×月×日完工", "×"), ("*村种粮", "*")]
)
def test_placeholders_of_one_character(text: str, mark: str) -> None:
    assert mark in quotes(f"{TITLE}全年{text}。", "placeholder")


@pytest.mark.parametrize(
    "text", ["5×3米", "3x年", "X光机1台", "GALAXXY", "二〇〇〇年", "关键词", "（待业人员）", "A_B"]
)
def test_what_is_no_placeholder(text: str) -> None:
    assert quotes(f"{TITLE}全镇{text}。", "placeholder") == []


def test_years_that_contradict_the_title() -> None:
    opening = "现将石矶镇2021年工作总结和2022工作计划报告如下：\n"
    text = f"{TITLE}{opening}一、2021年工作开展情况\n修路。\n二、2023年工作计划\n修桥。"
    assert quotes(text, "year_conflict") == ["2021年工作总结", "2022工作计划", "2021年工作开展情况"]


def test_a_defect_stands_at_its_place_in_the_file() -> None:
    text = f"首页 > 石矶镇\r\n\r\n{TITLE}\r\n　　一、2021年工作开展情况\r\n　　修路。"
    (defect,) = defects(text, "year_conflict")
    assert text[defect.start : defect.end] == defect.quote == "2021年工作开展情况"


def test_a_year_in_running_text_contradicts_nothing() -> None:
    text = f"{TITLE}一、2022年工作回顾\n比2021年工作总结时增加3户。\n二、2023年工作计划\n修桥。"
    assert quotes(text, "year_conflict") == []


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        (["一、", "二、", "三、"], []),
        (["一、", "二、", "四、"], ["四、"]),
        (["一、", "二、", "二、"], ["二、"]),
        (["一、", "1.", "2.", "二、", "1.", "2.", "4."], ["4."]),
        (["一、", "一、", "二、", "三、", "二、", "三、"], []),
        (["二、", "三、"], ["二、"]),
    ],
)
def test_numbering_gaps(numbers: list[str], found: list[str]) -> None:
    lines = [f"{number}抓好第{position}项工作。全年投资3万元。" for position, number in enumerate(numbers)]
    assert quotes(TITLE + "\n".join(lines), "numbering_gap") == found


def test_an_item_that_breaks_off() -> None:
    text = f"{TITLE}四、发展农业。加固堤防，进一步加大力度，扎实做好秋季秸秆禁\n\n五、继续做好防控。开展监测。"
    assert quotes(text, "truncated_item") == ["加固堤防，进一步加大力度，扎实做好秋季秸秆禁"]


@pytest.mark.parametrize(
    "line",
    [
        "（联系人：石矶镇党政办公室，电话：0734-1234567，传真同号）",
        "附件：石矶镇2022年重点项目表，石矶镇2022年民生实事表，共两份",
        "公路\t12公里，水渠3公里，桥梁2座，涵洞5个，路灯9盏",
        "修路，修渠",
        "他说，“全镇上下要一鼓作气把路修好通车。”",
    ],
)
def test_lines_that_do_not_break_off(line: str) -> None:
    assert quotes(f"{TITLE}全年修路。\n{line}", "truncated_item") == []


def test_a_file_without_full_stops_is_not_cut_off() -> None:
    lines = [f"{number}.硬化石矶村至云陂村公路{number}公里，总投资{number}00万元，惠及群众" for number in range(1, 6)]
    assert quotes(TITLE + "\n".join(lines), "truncated_item") == []


PAGE = (
    "首页 > 石矶镇\r\n\r\n石矶镇2022年工作总结及2023年工作计划\r\n"
    "发布时间：2022-12-20 15:08 来源：石矶镇 浏览次数：12\r\n"
    "　　2022年，全镇总人口3.26万人，岀动干部20人，接待群众近70余人次。总动力达到6975台。\r\n"
    "　　一、2022年工作情况\r\n"
    "　　一是收集意见102条，解决119例。三是全镇31870人中，参保3万人。截至12月31日修路12公里�。\r\n"
    "　　石矶镇人民政府\r\n　　2022年12月12日"
)


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("boilerplate", ["首页 > 石矶镇", "发布时间：2022-12-20 15:08 来源：石矶镇 浏览次数：12"]),
        ("wrong_character", ["岀"]),
        ("loose_figure", ["近70余"]),
        ("unit_misfit", ["总动力达到6975台"]),
        ("sum_mismatch", ["102条，解决119例"]),
        ("figure_conflict", ["全镇总人口3.26万人", "三是全镇31870人"]),
        ("late_date", ["12月31日", "2022年12月12日"]),
        ("numbering_gap", ["三是"]),
        ("encoding_damage", ["里�。"]),
    ],
)
def test_every_kind_at_its_place_in_the_file(kind: str, found: list[str]) -> None:
    assert quotes(PAGE, kind) == found
    assert all(PAGE[each.start : each.end] == each.quote for each in defects(PAGE, kind))


def test_a_placeholder_is_not_called_a_wrong_conversion_as_well() -> None:
    text = "鶴鳴鄉2022年工作總結\n鶴鳴鄉黨委、政府團結帶領幹部羣衆，关键词2為鄉村發展貢獻力量。"
    assert quotes(text, "placeholder") == ["关键词2"]
    assert quotes(text, "wrong_conversion") == []


def test_a_publication_line_of_the_report_itself_is_no_page_furniture() -> None:
    assert quotes(f"{TITLE}来源：石矶镇党政办\n修路。", "boilerplate") == []


def test_a_report_signed_before_its_year_gives_no_late_dates() -> None:
    assert quotes(f"{TITLE}截至12月31日，修路12公里。\n石矶镇人民政府\n2021年12月12日", "late_date") == []


FLAWS = st.sampled_from(
    [
        *PIECES,
        *(
            "其中",
            "12家、",
            "300户1200人",
            "整改率98%",
            "12月31日",
            "2023年1月5日",
            "近70余人次",
            "3、5千瓦",
            "贷款84万，",
            "面积30台",
        ),
        *(
            "麵",
            "製",
            "岀",
            "㭜",
            "\ue123",
            "\ufffd",
            "一是",
            "三是",
            "全镇9个村均",
            "下辖8个村",
            "总人口3万人",
            "总人口4万人",
        ),
    ]
)


@given(st.lists(FLAWS | st.characters(exclude_categories=["Cs"]), max_size=40).map("".join))
@settings(deadline=None, derandomize=True)
def test_defects_and_statements_of_any_text_quote_their_places(text: str) -> None:
    parsed = parse(SourceFile("报告.txt", "", "utf-8", text))
    quoted: tuple[Defect | Statement, ...] = (*parsed.defects, *parsed.statements)
    for each in quoted:
        assert text[each.start : each.end] == each.quote != ""


def placed(text: str, kind: str) -> list[tuple[str, list[str]]]:
    """Each defect's quotation with the words of the places that it does not fit with."""
    return [(each.quote, [text[other.start : other.end] for other in each.others]) for each in defects(text, kind)]


def test_a_figure_told_otherwise_names_both_places() -> None:
    text = f"{TITLE}全镇总人口3.26万人。\n种稻900亩。\n全镇31870人中，参保2万人。"
    (first, [other]), (second, [back]) = placed(text, "figure_conflict")
    assert (first, second) == (back, other)


def test_a_heading_of_another_year_names_the_title() -> None:
    text = f"{TITLE}一、2021年工作开展情况\n修路。\n二、2023年工作计划\n修桥。"
    ((heading, titles),) = placed(text, "year_conflict")
    assert "2021" in heading and titles and "2022" in titles[0]


def test_a_late_date_names_the_signature_and_the_signature_the_dates() -> None:
    text = f"{TITLE}截至12月31日，新增就业276人。\n石矶镇人民政府\n2022年12月10日"
    late = dict(placed(text, "late_date"))
    assert late == {"12月31日": ["2022年12月10日"], "2022年12月10日": ["12月31日"]}
