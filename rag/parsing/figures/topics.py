"""Sorting a point under one of the summary's fixed topics, by the words of its section and its own."""

from typing import Literal, get_args

from rag.text.normalization import fold

Topic = Literal[
    "党建与作风", "经济与财政", "农业农村", "工业与项目", "基础设施", "民生保障",
    "脱贫与乡村振兴", "生态环境", "安全与稳定", "文化教育卫生", "其他",
]  # fmt: skip

_WORDS: dict[Topic, str] = {
    "党建与作风": "党建|党员|党委|党支部|支部|作风|廉|纪检|党风|干部|意识形态|主题教育|机构改革|组织",
    "经济与财政": "财政|税|经济运行|经济|固定资产|固投|商贸|招商|营商|统计|消费|财源|收入",
    "农业农村": (
        "农业|农民|粮食|种粮|播种|种植|双季稻|再生稻|西瓜|烟叶|冰糖橙|油菜|油茶|烤烟|耕地|水稻|养殖|农机"
        "|机具|抛荒|茶叶|畜|果|合作社|产业|农产品"
    ),
    "工业与项目": "工业|项目|园区|企业|征地|拆迁|征拆|开发区|投资",
    "基础设施": "公路|道路|硬化|水利|水库|渠|路灯|电网|农网|桥|基础设施|管网|污水|饮水|城镇建设|危桥",
    "民生保障": "低保|养老|公益性岗位|岗位|安置|社保|医保|就业|救助|民政|残疾|危房|民生|保险|棚改|住房|惠农|物业",
    "脱贫与乡村振兴": "脱贫|扶贫|贫困|监测户|监测对象|返贫|乡村振兴|美丽乡村|帮扶|村集体|屋场",
    "生态环境": "环境|生态|污染|垃圾|河长|绿化|环保|秸秆|厕|河道|人居|造林|植树|卫生整治|河床|河堤|河道|违法用地|违建",
    "安全与稳定": (
        "安全|信访|稳定|维稳|扫黑|治安|消防|矛盾|纠纷|防火|禁毒|反诈|平安|应急|防汛|综治|交通安全|道路交通"
        "|交通事故|事故|隐患|上访|舆情"
    ),
    "文化教育卫生": (
        "文化|扫黄打非|志愿服务|教育|学校|学生|幼儿园|学位|卫生|医疗|疫情|疫苗|体育|文艺|移风易俗|文明|殡葬"
        "|非遗|宣传|健康"
    ),
    "其他": "",
}
TOPICS: tuple[Topic, ...] = get_args(Topic)
SECTION_WEIGHT = 0.5  # a word of the section's heading against one of the point itself


def topic_of(text: str, section: str) -> Topic:
    """The topic whose words a point carries most; its section's heading counts half.

    Example: topic_of("新增公益性岗位66个，帮扶就业困难人员", "(二)民生建设大幅改善") == "民生保障"
    """
    said, heading = fold(text), fold(section)

    def weight(topic: Topic) -> float:
        words = [word for word in _WORDS[topic].split("|") if word]
        return sum((word in said) + SECTION_WEIGHT * (word in heading) for word in words)

    best = max(TOPICS, key=lambda topic: (weight(topic), -TOPICS.index(topic)))
    return best if weight(best) > 0 else "其他"
