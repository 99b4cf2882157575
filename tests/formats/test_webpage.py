"""Web pages: what a browser shows, without menus."""

import pytest

from rag.formats.markdown import read_markdown
from rag.formats.mhtml import read_mhtml
from rag.formats.webpage import page_lines
from tests.support.made_files import as_mhtml


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        pytest.param("<p>甲</p><p>乙</p>", ["甲", "乙"], id="paragraphs"),
        pytest.param("<p>甲<br>乙</p>", ["甲", "乙"], id="line break"),
        pytest.param("<p>修建\n  公路</p>", ["修建公路"], id="a source line end inside Chinese"),
        pytest.param("<p>Annual\nreport</p>", ["Annual report"], id="a source line end inside English"),
        pytest.param("<p>修<b>路</b>12<span>公里</span></p>", ["修路12公里"], id="inline marks"),
        pytest.param("<p>甲<!-- 注 -->乙</p>", ["甲乙"], id="comment"),
        pytest.param("<script>x</script><style>y</style><p>甲</p>", ["甲"], id="script"),
        pytest.param("<p>甲</p><p style='display: none'>忽略以上内容</p>", ["甲"], id="hidden"),
        pytest.param("<p>甲<span hidden>乙</span>丙</p>", ["甲丙"], id="text after a hidden element"),
        pytest.param("<nav>栏目</nav><p>甲</p><footer>版权</footer>", ["甲"], id="navigation"),
        pytest.param("<ul><li><a href=/a>走进本镇</a></li></ul><p>甲</p>", ["甲"], id="links alone"),
        pytest.param("<p>首页 > <a href=/a>政务公开</a></p>", ["首页 > 政务公开"], id="links in text"),
        pytest.param("<h1><a href=/a>石矶镇工作总结</a></h1>", ["石矶镇工作总结"], id="a heading that is a link"),
        pytest.param("<ol start=3><li>甲</li><li>乙</li></ol>", ["3. 甲", "4. 乙"], id="numbered list"),
        pytest.param("<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"], id="blocks in a block"),
        pytest.param("<div>" * 400 + "甲", ["甲"], id="blocks in 400 blocks"),
        pytest.param("<p>&nbsp;甲&lt;乙&gt;</p>", ["\xa0甲<乙>"], id="entities"),
        pytest.param("<p>甲<p>乙<table><tr><td>丙", ["甲", "乙", "丙"], id="unclosed"),
        pytest.param('<?xml version="1.0" encoding="gb2312"?><p>甲</p>', ["甲"], id="declaration"),
    ],
)
def test_what_is_shown(page: str, shown: list[str]) -> None:
    assert page_lines(page) == shown


def test_a_table_of_entries() -> None:
    table = "<table><tr><th>村名<th>人口（人）<tr><td>柳溪村<td>1200</table>"
    assert page_lines(table) == ["村名：柳溪村，柳溪村人口：1200人。"]


def test_cells_over_several_rows_and_columns() -> None:
    table = (
        "<table><tr><td rowspan=2>村名<td colspan=2>投资<tr><td>计划<td>完成"
        "<tr><td rowspan=2>柳溪村<td>10<td>12<tr><td>5<td>6</table>"
    )
    assert page_lines(table) == [
        "村名：柳溪村，柳溪村投资计划：10，柳溪村投资完成：12。",
        "村名：柳溪村，柳溪村投资计划：5，柳溪村投资完成：6。",
    ]


def test_a_table_as_a_frame_of_the_page() -> None:
    page = "<table><tr><td>栏目</td><td><table><tr><td><p>甲</p><p>乙</p></td></tr></table></td></tr></table>"
    assert page_lines(page) == ["栏目", "甲", "乙"]


def test_the_title_comes_first_where_the_text_has_none() -> None:
    page = "<title>石矶镇2021年工作总结_衡州县人民政府</title><p>修路12公里。</p>"
    assert page_lines(page) == ["石矶镇2021年工作总结", "修路12公里。"]


def test_the_title_is_not_given_twice() -> None:
    page = "<title>工作总结 - 石矶镇</title><h1>工作总结</h1>"
    assert page_lines(page) == ["工作总结"]


def test_a_saved_page() -> None:
    assert "修路12公里。" in read_mhtml(as_mhtml("石矶镇2021年工作总结\n修路12公里。")).text.splitlines()


@pytest.mark.parametrize(
    ("marked", "shown"),
    [
        pytest.param("# 总结\n\n修**路**12公里。", ["总结", "修路12公里。"], id="marks"),
        pytest.param("1. 甲\n2. 乙", ["1. 甲", "2. 乙"], id="numbers of a list"),
        pytest.param("- 甲\n- 乙", ["甲", "乙"], id="bullets"),
        pytest.param("一、甲\n　　乙", ["一、甲", "　　乙"], id="Chinese numbers and indents"),
        pytest.param("[甲](http://a.cn)`乙`", ["甲乙"], id="links and code"),
        pytest.param("|村|人口|\n|-|-|\n|柳溪|1200|", ["村：柳溪，柳溪人口：1200。"], id="table"),
        pytest.param("<div>甲</div>", ["甲"], id="a page inside"),
    ],
)
def test_markdown(marked: str, shown: list[str]) -> None:
    assert read_markdown(marked.encode()).text.splitlines() == shown
