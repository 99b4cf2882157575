"""Web pages: what a browser shows, without menus."""

from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from rag.errors import UnreadableFile
from rag.formats.markdown import read_markdown
from rag.formats.mhtml import read_mhtml
from rag.formats.webpage import page_lines, read_webpage
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
        pytest.param("<p><ruby>沱<rp>（<rt>tuó<rp>）</ruby>湾</p>", ["沱湾"], id="readings"),
        pytest.param("<p><ruby><rb>沱<rtc><rt>tuó</rtc></ruby>湾</p>", ["沱湾"], id="readings apart"),
        pytest.param("<p>投资<s>730</s>845万元</p>", ["投资845万元"], id="struck out"),
        pytest.param("<p>投资<del>730</del><ins>845</ins>万元</p>", ["投资845万元"], id="corrected"),
        pytest.param("<p>投资<strike>730</strike>845万元</p>", ["投资845万元"], id="struck out the old way"),
        pytest.param(
            "<p>投资<span style='text-decoration: line-through'>7</span>9</p>", ["投资9"], id="struck by style"
        ),
        pytest.param("<p>投资<s style='text-decoration:none'>7</s></p>", ["投资7"], id="a strike undone"),
        pytest.param("<p hidden=until-found>乙</p><p>甲</p>", ["甲"], id="hidden until found"),
        pytest.param("<p style='display:inline'>甲</p>", ["甲"], id="another display"),
        pytest.param("<p>税收1260<sup>[1]</sup>万元</p>", ["税收1260万元"], id="mark of a note"),
        pytest.param("<p>税收1260<sup><a href=#n>①</a></sup>万元</p>", ["税收1260万元"], id="linked mark of a note"),
        pytest.param("<p>面积3km<sup>2</sup>，10<sup>4</sup>棵</p>", ["面积3km²，1万棵"], id="exponents"),
        pytest.param("<p>CO<sub>2</sub>和PM<sub>2.5</sub></p>", ["CO2和PM2.5"], id="indexes"),
        pytest.param(
            "<p>税收<input value=1260>万元</p><input value=请输入关键字>", ["税收1260万元"], id="a filled-in figure"
        ),
        pytest.param(
            "<noscript>请启用脚本</noscript><template>样</template><p>甲</p>", ["甲"], id="for other browsers"
        ),
        pytest.param("<pre>一、甲\n乙</pre>", ["一、甲", "乙"], id="preformatted"),
        pytest.param(
            "<div style='white-space:pre-line'>甲\n<b>乙\n丙</b>\n</div>丁\n戊", ["甲", "乙", "丙", "丁戊"], id="lines"
        ),
        pytest.param("<div><template shadowrootmode=open><p>甲</p></template></div>", ["甲"], id="a part of its own"),
        pytest.param("<p>甲<wbr>乙&shy;丙</p>", ["甲乙\xad丙"], id="places to break"),
    ],
)
def test_what_is_shown(page: str, shown: list[str]) -> None:
    assert page_lines(page) == shown


SHEET = (
    "<style>/* 注 */ .old, p.gone { text-decoration: line-through } .Hide{display:none} #x .y > b{display:none}"
    " @media print { .shown { display: none } } @media screen { .screen { display: none } } .later:hover{display:none}"
    " .both { display: none } div.both { display: block } ol.han { list-style-type: cjk-ideographic }</style>"
)


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        pytest.param("<p>投资<span class=old>730</span>845</p>", ["投资845"], id="struck out"),
        pytest.param("<p class='a gone'>730</p><p>845</p>", ["845"], id="by kind and class"),
        pytest.param("<p class=Hide>乙</p><p class=hide>甲</p>", ["甲"], id="hidden"),
        pytest.param("<div id=x><p class=y><b>乙</b>甲</p></div><b>丙</b>", ["甲", "丙"], id="by what stands around"),
        pytest.param("<p class=shown>甲</p>", ["甲"], id="hidden on paper"),
        pytest.param("<p class=screen>乙</p><p>甲</p>", ["甲"], id="hidden on screens"),
        pytest.param("<p class=later>甲</p>", ["甲"], id="hidden at times"),
        pytest.param("<div class=both>甲</div><p class=both>乙</p>", ["甲"], id="the weightier rule"),
        pytest.param("<p class=Hide style='display:block'>甲</p>", ["甲"], id="undone at the element"),
        pytest.param("<ol class=han><li>甲<li>乙</ol>", ["一、甲", "二、乙"], id="numbers of a list"),
    ],
)
def test_style_sheets(page: str, shown: list[str]) -> None:
    assert page_lines(SHEET + page) == shown


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        pytest.param(
            "<ol><li><p>甲</p><p>丙</p></li><li><div>乙</div></ol>", ["1. 甲", "丙", "2. 乙"], id="paragraphs"
        ),
        pytest.param("<ol type=a start=3><li>甲<li>乙</ol>", ["c. 甲", "d. 乙"], id="letters"),
        pytest.param("<ol type=I><li>甲<li type=1>乙</ol>", ["I. 甲", "2. 乙"], id="Roman"),
        pytest.param("<ol reversed><li>甲<li>乙</ol>", ["2. 甲", "1. 乙"], id="backwards"),
        pytest.param("<ol><li value=7>甲<li>乙</ol>", ["7. 甲", "8. 乙"], id="own numbers"),
        pytest.param("<ol><li>甲<ul><li>丙</ul><li>乙</ol>", ["1. 甲", "丙", "2. 乙"], id="one in another"),
        pytest.param("<ol><li>甲<ol><li>丙</ol><li>乙</ol>", ["1. 甲", "1. 丙", "2. 乙"], id="both numbered"),
        pytest.param("<ol style='list-style: none inside'><li>（一）甲</ol>", ["（一）甲"], id="none"),
        pytest.param("<ol><li style='display:none'>丙<li>甲</ol>", ["1. 甲"], id="hidden items do not count"),
        pytest.param("<ul><li>甲<li>乙</ul>", ["甲", "乙"], id="bullets"),
    ],
)
def test_lists(page: str, shown: list[str]) -> None:
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


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("<tr style='display:none'><td>乙村<td>9", id="hidden row"),
        pytest.param("<tr><td><s>乙村</s><td style='text-decoration:line-through'>9", id="struck cells"),
        pytest.param("<tr style='text-decoration:line-through'><td>乙村<td>9", id="struck row"),
        pytest.param("<tr hidden><td>乙村<td>9", id="marked as hidden"),
    ],
)
def test_rows_that_are_not_shown(row: str) -> None:
    table = f"<table><tr><th>村名<th>人口{row}<tr><td>柳溪村<td>1200<td hidden>9</table>"
    assert page_lines(table) == ["村名：柳溪村，柳溪村人口：1200。"]


def test_a_cell_down_to_the_end_of_its_table_and_the_unit_above_it() -> None:
    rows = "<tr><th>镇<th>村名<th>投资<tr><td rowspan=0>石矶镇<td>柳溪村<td>10<tr><td>上塘村<td>12"
    assert page_lines(f"<table><caption>单位：万元</caption>{rows}</table>") == [
        "单位：万元",
        "镇：石矶镇，村名：柳溪村，石矶镇柳溪村投资：10万元。",
        "镇：石矶镇，村名：上塘村，石矶镇上塘村投资：12万元。",
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


TEXT = "全年新修水渠14公里，加固河堤3处，受益农田2600亩；新建文化广场2个。" * 5
EMPTY = "<title>石矶镇2021年工作总结</title><h1>石矶镇2021年工作总结</h1>"


@pytest.mark.parametrize(
    ("page", "code"),
    [
        pytest.param('<div id="root"></div><script src="/static/app.js"></script>', "page_made_by_script", id="app"),
        pytest.param("<script>document.write(unescape('%u7532'))</script>", "page_made_by_script", id="written"),
        pytest.param("<div id=a></div><script>load('/api/12')</script>", "page_made_by_script", id="a place kept free"),
        pytest.param(
            "<script>$.get('/a')</script><div>版权所有：衡州县人民政府，网站标识码4301210001</div>",
            "page_made_by_script",
            id="nothing but its foot",
        ),
        pytest.param(
            "<p>发布时间：2022-01-05 来源：县政府办</p><script src=a.js></script>",
            "page_made_by_script",
            id="and its date",
        ),
        pytest.param(
            "<script type=module>import x from './a.js'; x()</script>", "page_made_by_script", id="a title alone"
        ),
        pytest.param('<iframe src="content.html"></iframe>', "page_text_in_frames", id="frame"),
        pytest.param('<object data="a.pdf"></object>', "page_text_in_frames", id="object"),
        pytest.param('<embed src="a.pdf">', "page_text_in_frames", id="embedded"),
    ],
)
def test_a_page_without_its_text_is_refused(page: str, code: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_webpage(f"{EMPTY}{page}".encode())
    assert caught.value.notice.code == code


def test_a_page_of_frames_alone_is_refused() -> None:
    frames = "<html><title>甲</title><frameset><frame src=a.htm><noframes>不支持框架</noframes></frameset></html>"
    with pytest.raises(UnreadableFile) as caught:
        read_webpage(frames.encode())
    assert caught.value.notice.code == "page_text_in_frames"


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f"<p>{TEXT}</p><script>document.write('x')</script><iframe src=a.html></iframe>", id="long"),
        pytest.param("<p>修路12公里。</p><iframe src=a.html width=0></iframe>", id="a counter of visits"),
        pytest.param("<p>修路12公里。</p><iframe src=about:blank></iframe>", id="an empty frame"),
    ],
)
def test_other_pages_are_read_without_a_word(page: str) -> None:
    assert read_webpage(page.encode()).notes == ()


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f"<p>{TEXT[:80]}</p><iframe src=content.html></iframe>", id="frame"),
        pytest.param("<p>正在加载，请稍候</p><script>render(data)</script>", id="still loading"),
        pytest.param("<h1>工作总结</h1><img src=1.png><img src=2.png>", id="pictures"),
    ],
)
def test_a_short_text_beside_something_else_is_told(page: str) -> None:
    assert [notice.code for notice in read_webpage(page.encode()).notes] == ["little_of_page_read"]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f"<div id=a></div><noscript><p>{TEXT}</p></noscript><script src=a.js></script>", id="noscript"),
        pytest.param(f"<template><p>{TEXT}</p></template><script src=a.js></script>", id="template"),
        pytest.param(
            f"<style>body{{display:none}}</style><p>{TEXT}</p><script src=a.js></script>", id="hidden till then"
        ),
    ],
)
def test_a_text_that_scripts_would_bring_forth_is_read(page: str) -> None:
    extract = read_webpage(f"<html>{EMPTY}{page}".encode())
    assert (TEXT in extract.text, extract.notes) == (True, ())


def test_a_frame_that_stands_in_the_page() -> None:
    inner = "<p>修渠14公里。</p><iframe srcdoc='<p>架桥2座。</p>'></iframe>".replace("'", "&quot;")
    assert page_lines(f"<p>前</p><iframe srcdoc='{inner}'></iframe><p>后</p>") == [
        "前",
        "修渠14公里。",
        "架桥2座。",
        "后",
    ]


def saved(*pages: tuple[str, dict[str, str]], start: str = "") -> bytes:
    """A web archive of pages with their headers."""
    archive = MIMEMultipart("related")
    if start:
        archive.set_param("start", start)
    for page, headers in pages:
        part = MIMEText(page, "html", "gb18030")
        for name, value in headers.items():
            part[name] = value
        archive.attach(part)
    return archive.as_bytes()


@pytest.mark.parametrize(
    ("source", "headers"),
    [
        ("cid:frame-1@mhtml.blink", {"Content-ID": "<frame-1@mhtml.blink>"}),
        ("text/1.htm#top", {"Content-Location": "http://a.gov.cn/x/text/1.htm"}),
        ("http://a.gov.cn/1.htm", {"Content-Location": "http://a.gov.cn/1.htm"}),
    ],
)
def test_frames_of_a_saved_page_are_read_in_their_place(source: str, headers: dict[str, str]) -> None:
    main = f"<p>前</p><iframe src='{source}'></iframe><iframe src='{source}'></iframe><p>后</p>"
    archive = saved((main, {"Content-Location": "http://a.gov.cn/x/index.htm"}), (f"<p>{TEXT}</p>", headers))
    extract = read_mhtml(archive)
    assert (extract.text.splitlines(), extract.notes) == (["前", TEXT, "后"], ())


def test_several_frames_of_a_saved_page() -> None:
    main = "<frameset><frame src=cid:a><frame src=cid:b></frameset>"
    frames = [(f"<p>{text}</p>", {"Content-ID": f"<{name}>"}) for name, text in (("b", TEXT), ("a", "目录1，目录2"))]
    assert read_mhtml(saved((main, {}), *frames)).text.splitlines() == ["目录1，目录2", TEXT]


def test_the_archive_says_which_page_is_the_one() -> None:
    pages = (("<p>广告1。</p>", {"Content-ID": "<ad>"}), ("<p>修路12公里。</p>", {"Content-ID": "<main>"}))
    assert read_mhtml(saved(*pages, start="<main>")).text == "修路12公里。\n"


def test_a_frame_that_holds_itself() -> None:
    main = "<p>修路12公里，修渠14公里，架桥2座，植树3200株，新建文化广场2个。</p><iframe src=cid:a></iframe>"
    inner = ("<p>甲</p><iframe src=cid:a></iframe>", {"Content-ID": "<a>"})
    assert read_mhtml(saved((main, {}), inner)).text.splitlines()[1:] == ["甲"]


@pytest.mark.parametrize(("said", "encoding"), [("gb2312", "utf-8"), ("utf-8", "gb18030"), ("gbk", "big5")])
def test_the_bytes_decide_whatever_the_page_says_of_them(said: str, encoding: str) -> None:
    page = f"<meta charset={said}><p>石磯鎮全年修建公路12公里，新增就業163人。</p>"
    assert "石磯鎮全年修建公路12公里" in read_webpage(page.encode(encoding)).text


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
        pytest.param("投资~~730~~845万元", ["投资845万元"], id="struck out"),
        pytest.param("投资<del>730</del>845万元<br>乙", ["投资845万元", "乙"], id="marks of a page"),
        pytest.param("<ruby>沱<rt>tuó</rt></ruby>湾**村**", ["沱湾村"], id="readings"),
        pytest.param("税收1260[^1]万元。\n\n[^1]: 含林场。", ["税收1260万元。", "含林场。"], id="notes"),
    ],
)
def test_markdown(marked: str, shown: list[str]) -> None:
    assert read_markdown(marked.encode()).text.splitlines() == shown


@pytest.mark.parametrize(
    "hidden",
    [
        pytest.param("<div style='display:none'><p>农业：全年产茶920吨。</p></div>", id="by style"),
        pytest.param("<div hidden>农业：全年产茶920吨。</div>", id="as hidden"),
        pytest.param("<style>.pane{display:none}</style><div class=pane>农业：全年产茶920吨。</div>", id="by a sheet"),
    ],
)
def test_statements_in_tabs_that_are_not_open_are_told_of(hidden: str) -> None:
    extract = read_webpage(f"<title>石矶镇</title><p>{TEXT}</p>{hidden}".encode())
    assert "茶" not in extract.text
    assert [notice.code for notice in extract.notes] == ["hidden_text_not_read"]


def test_hidden_words_without_a_figure_are_no_loss() -> None:
    page = f"<title>石矶镇</title><p>{TEXT}</p><div hidden>请先登录，再发表评论。</div>"
    assert read_webpage(page.encode()).notes == ()


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>税收<span data-count=1260>0</span>万元</p>", ["税收1260万元"]),
        ("<p>税收<b data-to='12.6'></b>万元</p>", ["税收12.6万元"]),
        ("<p>税收<b data-to='12.6'>9</b>万元</p>", ["税收9万元"]),
        ("<p>税收<b data-tooltip='12.6'>0</b>万元</p>", ["税收0万元"]),
        ("<p><select><option>2020<option selected>2021</select>年税收</p>", ["2021年税收"]),
        ("<p><select><option>全部栏目</select>税收</p>", ["税收"]),
        ("<textarea>税收1260万元。</textarea><textarea>请输入评论</textarea>", ["税收1260万元。"]),
    ],
)
def test_figures_that_a_page_counts_up_to_or_has_chosen(page: str, shown: list[str]) -> None:
    assert page_lines(page) == shown


@pytest.mark.parametrize("name", ["a.docx", "a.PDF?id=3", "/f/a.wps"])
def test_a_page_whose_report_is_attached_is_told_of(name: str) -> None:
    page = f"<title>石矶镇2021年工作总结</title><p>附件：<a href='{name}'>下载</a></p>"
    assert [notice.code for notice in read_webpage(page.encode()).notes] == ["little_of_page_read"]
