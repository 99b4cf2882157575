"""Sorting a point under one of the summary's fixed topics, by the words of its section and its own."""

from typing import Literal, get_args

from rag.text.lexicon import table
from rag.text.normalization import fold

Topic = Literal[
    "党建与作风", "经济与财政", "农业农村", "工业与项目", "基础设施", "民生保障",
    "脱贫与乡村振兴", "生态环境", "安全与稳定", "文化教育卫生", "其他",
]  # fmt: skip

TOPICS: tuple[Topic, ...] = get_args(Topic)
SECTION_WEIGHT = 0.5  # a word of the section's heading against one of the point itself


def topic_of(text: str, section: str) -> Topic:
    """The topic whose words a point carries most; its section's heading counts half.

    Example: topic_of("新增公益性岗位66个，帮扶就业困难人员", "(二)民生建设大幅改善") == "民生保障"
    """
    said, heading, words = fold(text), fold(section), table("topics")

    def weight(topic: Topic) -> float:
        return sum((word in said) + SECTION_WEIGHT * (word in heading) for word in words[topic])

    best = max(TOPICS, key=lambda topic: (weight(topic), -TOPICS.index(topic)))
    return best if weight(best) > 0 else "其他"
