"""Lines of the web page and the printed page are dropped; lines of the report that resemble them stay."""

import pytest

from rag.parsing.boilerplate import find_boilerplate, is_breadcrumb, is_page_furniture
from rag.text.normalization import fold


@pytest.mark.parametrize(
    "line",
    [
        "当前页面:\xa0首页\xa0>\xa0政务公开\xa0>\xa0石矶镇",
        "當前頁麵: 首頁  > 政務公開 > 鶴鳴鄉",
        "首页 > 信息公开",
        "您现在的位置：首页",
        "扫一扫在手机打开当前页",
        "掃一掃在手機打開當前頁",
        "分享：",
        "【纠错】 【加入收藏】 【打印本页】 【关闭窗口】",
        "字体：[ 大 中 小 ]",
        "浏览次数： 213",
        "- 3 -",
        "第3页 共8页",
        "上一篇：关于召开会议的通知",
        "主办单位：衡州县人民政府",
        "首页 - 政务公开 - 石矶镇",
        "网站首页 | 政务公开 | 互动交流",
        "繁體版 | 简体版",
        "手机扫描二维码浏览本页",
        "回到顶部",
        "您是第12345位访客",
        "【大 中 小】",
        "视力保护色：",
    ],
)
def test_page_furniture(line: str) -> None:
    assert is_page_furniture(fold(line))


@pytest.mark.parametrize(
    "line",
    [
        "全镇关闭煤矿2家",
        "打印宣传单1500份",
        "大",
        "收藏古籍12册",
        "发布时间：2021-01-05 浏览次数：3",
        "3",
        "扫黑除恶",
        "政务公开",
        "二维码门牌",
        "首页建设",
    ],
)
def test_lines_of_the_report_are_no_furniture(line: str) -> None:
    assert not is_page_furniture(fold(line))


def test_a_breadcrumb_is_told_from_other_furniture() -> None:
    assert is_breadcrumb("当前位置: 首页 > 石矶镇")
    assert not is_breadcrumb("分享:")


def test_links_after_related_articles_are_dropped() -> None:
    assert find_boilerplate(["正文结束。", "相关稿件", "石矶镇召开会议", "通知 2021-01-05"]) == {1, 2, 3}


def test_text_after_related_articles_stays() -> None:
    assert find_boilerplate(["相关链接", "石矶镇2020年工作总结", "全镇完成投资3亿元。"]) == {0}


def test_channel_names_are_dropped_above_the_title_only() -> None:
    lines = ["政府信息公开", "石矶镇2020年工作总结", "政务公开", "公开信息120条。"]
    assert find_boilerplate(lines) == {0}


def test_running_heads_leave_their_first_copy() -> None:
    head = "石矶镇2020年工作总结"
    assert find_boilerplate([head, "甲。", head, "乙。", f"{head} 3", "丙。"]) == {2, 4}


def test_a_title_that_stands_twice_is_no_running_head() -> None:
    head = "石矶镇2020年工作总结"
    assert find_boilerplate([head, head, "甲。"]) == frozenset()


PARAGRAPH = "全镇修建公路12公里、水渠3公里，惠及群众300户1200人，群众出行和灌溉条件明显改善，满意度达到98%。" * 5


def test_lone_page_numbers_go_with_the_heads_beside_them() -> None:
    lines = ["石矶镇文件", PARAGRAPH, "1", "石矶镇文件", PARAGRAPH + "甲", "2", "石矶镇文件", PARAGRAPH + "乙", "3"]
    assert find_boilerplate(lines) == {2, 5, 6, 8}


def test_the_numbers_of_table_rows_are_no_page_numbers() -> None:
    assert find_boilerplate(["序号", "1", "修路", "12公里", "2", "修桥", "3座", "3", "修渠", "5公里"]) == frozenset()


def test_page_numbers_count_up() -> None:
    assert find_boilerplate([PARAGRAPH, "12", PARAGRAPH + "甲", "98", PARAGRAPH + "乙"]) == frozenset()
