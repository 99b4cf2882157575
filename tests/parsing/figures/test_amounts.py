"""Amounts: value, unit and approximation as written, and which figures are none."""

from decimal import Decimal

import pytest

from rag.parsing.figures.amount import Amount
from rag.parsing.figures.amounts import read_amounts
from rag.text.parsed_text import ParsedText


def only(text: str) -> Amount:
    (amount,) = read_amounts(ParsedText(text))
    return amount


@pytest.mark.parametrize(
    ("text", "value", "approx", "unit", "base", "unit_base"),
    [
        ("投资2000多万元", "2000", "多", "万元", 20_000_000, "元"),
        ("总产3.2万吨以上", "3.2", "以上", "万吨", 32_000, "吨"),
        ("登记人口4万3千余人", "43000", "余", "人", 43_000, "人"),
        ("推广2千余亩", "2000", "余", "亩", 2000, "亩"),
        ("總數三萬餘人", "30000", "余", "人", 30_000, "人"),
        ("贷款84万", "84", None, "万元", 840_000, "元"),
        ("8.21万常住人口", "8.21", None, "万人", 82_100, "人"),
        ("分红450元/年/人", "450", None, "元/年/人", 450, "元/年/人"),
        ("检查企业215家次", "215", None, "家次", 215, "家次"),
        ("用电3160万千瓦时", "3160", None, "万千瓦时", 31_600_000, "千瓦时"),
        ("产值过5000万元", "5000", "过", "万元", 50_000_000, "元"),
        ("修路１５.６公里", "15.6", None, "公里", 15.6, "公里"),
        ("占税收近六成", "60", "近", "%", 60, "%"),
        ("观众近万人", "10000", "近", "人", 10_000, "人"),
        ("年终名列全县第四名", "4", None, "名(次)", 4, "名(次)"),
        ("长达6年", "6", None, "年", 6, "年"),
        ("每月至少召开一次会议", "1", "至少", "次/月", 1, "次/月"),
        ("总动力44836、4千瓦", "44836.4", None, "千瓦", 44_836.4, "千瓦"),
        ("总产值2.67万亿元", "2.67", None, "万亿元", 2_670_000_000_000, "元"),
        ("百分之十五", "15", None, "%", 15, "%"),
        ("开设课程3门以上", "3", "以上", "门", 3, "门"),
        ("深加工率不到两成", "20", "不到", "%", 20, "%"),
        ("机插率百分之六十八点五", "68.5", None, "%", 68.5, "%"),
        ("损失率控制在千分之三以内", "3", "以内", "‰", 3, "‰"),
        ("流转三百零七点二亩", "307.2", None, "亩", 307.2, "亩"),
        ("卅余名老人", "30", "余", "名", 30, "名"),
        ("投资壹仟贰佰叁拾万元整", "12300000", None, "元", 12_300_000, "元"),
        ("修渠六里半", "6.5", None, "里", 6.5, "里"),
        ("引资3个亿", "3", None, "亿元", 300_000_000, "元"),
        ("投入2个多亿元", "2", "多", "亿元", 200_000_000, "元"),
        ("建成3个亿元企业", "3", None, "个", 3, "个"),
        ("上千人参加", "1000", "上", "人", 1000, "人"),
        ("投入十多万元", "100000", "多", "元", 100_000, "元"),
        ("三成五的农户", "35", None, "%", 35, "%"),
        ("产值翻两番", "2", None, "番", 2, "番"),
        ("产值增长两倍", "2", None, "倍", 2, "倍"),
        ("税收同比增长－6.7%", "-6.7", None, "%", -6.7, "%"),
        ("结余-35万元", "-35", None, "万元", -350_000, "元"),
        ("自然增长率为-1.2‰", "-1.2", None, "‰", -1.2, "‰"),
        ("尿素3200元/吨", "3200", None, "元/吨", 3200, "元/吨"),
        ("每吨运费80元", "80", None, "元/吨", 80, "元/吨"),
        ("户均增收2300元", "2300", None, "元/户", 2300, "元/户"),
        ("水稻亩产1050斤", "1050", None, "斤/亩", 1050, "斤/亩"),
        ("日均处理垃圾15吨", "15", None, "吨/日", 15, "吨/日"),
        ("每人每年补助450元", "450", None, "元/人/年", 450, "元/人/年"),
        ("人均可支配收入21000元", "21000", None, "元", 21_000, "元"),
        ("协议外资120万美元", "120", None, "万美元", 1_200_000, "美元"),
        ("复垦20㏊", "20", None, "公顷", 20, "公顷"),
        ("粮食 1.26 万吨", "1.26", None, "万吨", 12_600, "吨"),
        ("税收1 234万元", "1234", None, "万元", 12_340_000, "元"),
        ("总人口2.35万", "2.35", None, "万人", 23_500, "人"),
        ("接待游客5.2万", "5.2", None, "万人", 52_000, "人"),
        ("务工收入5.2万", "5.2", None, "万元", 52_000, "元"),
        ("近三分之一的村", "1/3", "近", "", Decimal(1) / 3, ""),
    ],
)
def test_an_amount_keeps_value_unit_and_approximation_apart(
    text: str, value: str, approx: str | None, unit: str, base: float, unit_base: str
) -> None:
    amount = only(text)
    assert (amount.value, amount.approx, amount.unit, amount.unit_base) == (value, approx, unit, unit_base)
    assert amount.value_base == Decimal(str(base))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("创建2-3家合作社", "2-3", "家"),
        ("每月50元至100元", "50-100", "元/月"),
        ("接待来访三四百人次", "300-400", "人次"),
        ("到会一百二三十人", "120-130", "人"),
        ("种植2.5—3.2万亩", "2.5-3.2", "万亩"),
        ("补助5000元至1.2万元", "0.5-1.2", "万元"),
        ("走访几十户", "几十", "户"),
        ("走访好几十户", "好几十", "户"),
        ("投入数百万元", "数百万", "元"),
    ],
)
def test_a_range_has_no_single_number(text: str, value: str, unit: str) -> None:
    amount = only(text)
    assert (amount.value, amount.value_base, amount.unit) == (value, None, unit)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("全年无一起安全事故", "起"),
        ("没有发生一例返贫", "例"),
        ("实现零事故", "起"),
        ("取得零扣分的成绩", "分"),
        ("网上舆情为零", "起"),
        ("没有一家加工企业", "家"),
        ("全年森林火情为零", "起"),
    ],
)
def test_what_did_not_happen_is_nought(text: str, unit: str) -> None:
    amount = only(text)
    assert (amount.value, amount.unit, amount.value_base) == ("0", unit, Decimal(0))


@pytest.mark.parametrize(
    "text",
    [
        "2020年12月31日",
        "地处322国道要塞",
        "清理G240国道",
        "助推“四区一花园”建设",
        "《三年行动计划》实施",
        "推行“137工作法”",
        "第七次人口普查",
        "打造一支队伍",
        "形成一批优秀党员",
        "60岁以上老人",
        "35岁以下年轻干部",
        "税收过百万元的企业",
        "启动园区二期扩园",
        "贯彻十九届四中全会精神",
        "落实中央八项规定",
        "做到两个维护",
        "三类监测对象",
        "周家村5组",
        "9时30分开会",
        "于3天内完成",
        "0-3岁儿童",
        "关键词2也认识到不足",
        "拨打12345热线",
        "“三会一课”制度",
    ],
)
def test_what_states_no_quantity_is_no_amount(text: str) -> None:
    assert read_amounts(ParsedText(text)) == ()


def test_one_and_two_count_where_something_is_made_of_them() -> None:
    assert only("新建一座敬老院").value == "1"
    assert only("围绕两条主线").value == "2"


def test_offsets_count_in_the_text_itself() -> None:
    text = "糧食３.２萬噸，油茶600畝"
    assert [text[amount.start : amount.end] for amount in read_amounts(ParsedText(text))] == ["３.２萬噸", "600畝"]
