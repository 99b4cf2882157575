"""Title blocks as people set them, with the place, its level and the years that each says."""

import pytest

from rag.parsing.cleaning import clean
from rag.parsing.metadata import read_metadata

BODY = "\n现将有关情况报告如下。\n一年来，干部群众修路12公里，群众出行和灌溉条件明显改善，满意度达到九成以上。\n"

# Lines of a title are parted by "/", the text and what stands below it by "…". Then: place, level, county, city, years.
BLOCKS = """\
沙 洲 镇 / 二 〇 二 三 年 工 作 总 结 | 沙洲镇 township - - 2023 -
丹 桥 县 人 民 政 府 工 作 报 告 / ——2023年1月6日在丹桥县第十六届人民代表大会第二次会议上 | 丹桥县 county - - 2022 2023
丹桥县沙洲镇人民政府 / 2022年度工作总结 | 沙洲镇 township 丹桥县 - 2022 -
沙洲镇 / 2022年度 / 工作总结 | 沙洲镇 township - - 2022 -
沙洲镇党委、政府 / 2022年工作总结及2023年工作计划 | 沙洲镇 township - - 2022 2023
政府工作报告 / （2023年1月6日在丹桥县第十六届人民代表大会上） / 丹桥县县长 李某 | 丹桥县 county - - 2022 2023
政府工作报告 / ——2023年1月6日在丹桥县第十六届 / 人民代表大会第二次会议上 / 代县长 李某某 | 丹桥县 county - - 2022 2023
在丹桥县第十六届人民代表大会第二次会议上的 / 政府工作报告 / （2023年1月6日） | 丹桥县 county - - 2022 2023
丹桥县石板苗族侗族乡2022年工作总结 | 石板苗族侗族乡 township 丹桥县 - 2022 -
石板苗族侗族乡人民政府2022年工作总结 | 石板苗族侗族乡 township - - 2022 -
青岩土家族自治县2022年国民经济和社会发展情况报告 | 青岩土家族自治县 county - - 2022 -
丹桥县东门街道办事处2022年工作总结 | 东门街道 township 丹桥县 - 2022 -
东门街道党工委、办事处关于2022年工作情况的报告 | 东门街道 township - - 2022 -
丹桥县水利局2022年工作总结 | 丹桥县水利局 bureau 丹桥县 - 2022 -
丹桥县卫生健康委员会二○二三年工作总结 | 丹桥县卫生健康委员会 bureau 丹桥县 - 2023 -
衡州市中级人民法院2022年工作报告 | 衡州市中级人民法院 bureau - 衡州市 2022 -
丹桥经济技术开发区管理委员会2022年工作总结 | 丹桥经济技术开发区 county - - 2022 -
丹桥县国营红旗农场2022年工作总结 | 国营红旗农场 township 丹桥县 - 2022 -
第八师一四二团2022年工作总结 | 一四二团 township - 第八师 2022 -
乌兰旗巴音苏木2022年工作总结 | 巴音苏木 township 乌兰旗 - 2022 -
乌兰旗巴音苏木查干嘎查2022年工作总结 | 查干嘎查 village 乌兰旗 - 2022 -
丹桥县东河区公所1995年工作总结 | 东河区 township 丹桥县 - 1995 -
江南省人民政府2022年工作报告 | 江南省 province - - 2022 -
2026年宁夏回族自治区政府工作报告 | 宁夏回族自治区 province - - 2025 2026
清苑县2005年政府工作报告 | 清苑县 county - - 2004 2005
景德镇市2022年政府工作报告 | 景德镇市 city - - 2021 2022
恩施市2022年政府工作报告 | 恩施市 county - - 2021 2022
丹桥县2018—2022年工作总结 | 丹桥县 county - - 2022 -
过去五年工作总结（2018—2022） / 丹桥县沙洲镇 | 沙洲镇 township 丹桥县 - 2022 -
本届政府工作报告 / ——2021年11月8日在沙洲镇第十九届人民代表大会第一次会议上 | 沙洲镇 township - - 2021 -
奋力谱写田园之乡新篇章 / ——沙洲镇2022年工作总结 | 沙洲镇 township - - 2022 -
打造鱼米之乡 建设经济强镇 / 丹桥县沙洲镇2022年工作总结 | 沙洲镇 township 丹桥县 - 2022 -
关于印发《丹桥县沙洲镇2022年工作总结》的通知 | 沙洲镇 township 丹桥县 - 2022 -
中共丹桥县沙洲镇委员会 / 关于2022年工作情况的报告 | 沙洲镇 township 丹桥县 - 2022 -
丹桥县委办公室2022年工作总结 | 丹桥县委办公室 bureau 丹桥县 - 2022 -
丹桥县沙洲镇幸福村2022年工作总结 | 幸福村 village 丹桥县 - 2022 -
幸福社区居民委员会2022年工作总结 | 幸福社区 village - - 2022 -
丹桥县人大常委会工作报告 / ——2023年1月7日在丹桥县第十六届人民代表大会第二次会议上 | 丹桥县 county - - 2022 2023
丹桥县教育局 / 2022年工作总结和2023年工作计划 | 丹桥县教育局 bureau 丹桥县 - 2022 2023
县水利局2022年工作总结 … 丹桥县水利局 / 2022年12月20日 | 丹桥县水利局 bureau 丹桥县 - 2022 -
2022年工作总结 … 丹桥县沙洲镇人民政府 / 二〇二二年十二月二十日 | 沙洲镇 township 丹桥县 - 2022 -
工作总结 … 沙洲镇人民政府 / 2023年1月5日 | 沙洲镇 township - - 2022 -
沙洲镇2023年度推进中心镇建设工作情况汇报 | 沙洲镇 township - - 2023 -
丹桥县城关镇2022年工作总结 | 城关镇 township 丹桥县 - 2022 -
济宁市市中区2022年政府工作报告 | 市中区 county - 济宁市 2021 2022
南阳市镇平县2022年政府工作报告 | 镇平县 county - 南阳市 2021 2022
沙洲镇2022年党建工作总结 | 沙洲镇 township - - 2022 -
丹桥县乡村振兴局2022年工作总结 | 丹桥县乡村振兴局 bureau 丹桥县 - 2022 -
㙍堃镇2022年工作总结 | 㙍堃镇 township - - 2022 -
丹桥县人民政府办公室2022年工作总结 | 丹桥县人民政府办公室 bureau 丹桥县 - 2022 -
香港特别行政区2022年施政报告 | 香港特别行政区 province - - 2022 -
衡州地区行政公署1998年工作报告 | 衡州地区 city - - 1998 -
锡林郭勒盟2022年工作报告 | 锡林郭勒盟 city - - 2022 -
新城子街道2022年工作总结 | 新城子街道 township - - 2022 -
丹桥县财政局二O二二年工作总结 | 丹桥县财政局 bureau 丹桥县 - 2022 -
丹桥县沙洲镇2022年度工作总结暨二〇二三年工作计划 | 沙洲镇 township 丹桥县 - 2022 2023
"""


@pytest.mark.parametrize("block", BLOCKS.splitlines(), ids=lambda block: block.partition(" | ")[0])
def test_title_blocks(block: str) -> None:
    written, _, expected = block.partition(" | ")
    head, _, below = written.replace(" / ", "\n").partition(" … ")
    text = f"{head}{BODY}{below}"
    found = read_metadata(clean(text), text).metadata
    values = (found.town, found.level, found.county, found.city, found.year, found.plan_year)
    assert " ".join(str(value or "-") for value in values) == expected
