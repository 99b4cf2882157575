"""Ingestion, measured: speed beside the bare embedder, memory, a second run, and what ten kills leave behind.

    python -m benchmarks.ingestion            # speed and memory: about ten minutes on two cores
    python -m benchmarks.ingestion --kills    # also kills the first ingestion ten times on its way

The bare embedder gets the very passages that the ingestion embedded, in the same process, half of them before
and half of them after it would matter whether the machine was busy: the halves are told apart.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

from rag.embedding import LocalEmbedder
from rag.indexing import check, passage_texts
from rag.settings import Settings
from rag.types import IngestResult
from rag.workspace import Workspace

REPORTS = 150
CHARACTERS = 2700  # of each, at least
KILLS = 10
_TOWNS = "石柳青云大白清鹤龙黄金松竹梅双长东西南北"
_ENDS = "桥河塘岭坪溪湾洲山冲"
_SECTIONS = {
    "农业农村": "水稻 油茶 蔬菜 茶叶 生猪 烤烟 水渠 山塘 机耕道 高标准农田 合作社 农机".split(),
    "工业经济": "规模企业 园区厂房 招商项目 技改项目 税收 光伏电站 竹木加工厂 矿泉水厂".split(),
    "城镇建设": "街道路面 集镇管网 路灯 农贸市场 停车位 危房 公厕 绿化带 桥梁".split(),
    "民生保障": "低保户 特困户 医保 养老保险 就业岗位 学校食堂 卫生室 残疾人证 廉租房".split(),
    "生态环境": "河道 造林 垃圾中转站 污水处理池 禁捕 秸秆 矿山复绿 饮用水源".split(),
    "平安法治": "矛盾纠纷 安全隐患 交通劝导站 禁毒宣传 法律讲座 信访件 消防栓 网格员".split(),
}
_VERBS = "新建 改造 完成 整治 落实 排查 发放 推进 维修 引进 巩固 扩大".split()
_WHERE = "村 社区 组 片区 院落 小流域".split()
_WHY = "群众反映 上级部署 年初计划 专项行动 汛期检查 第三方评估 人大建议 乡村振兴规划".split()
_UNITS = "处 个 户 亩 公里 万元 人次 吨".split()


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--kills", action="store_true", help="also kill ingestions")
    parser.add_argument("--child", nargs=2, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(measure(*options.child)))
        return
    with tempfile.TemporaryDirectory() as place:
        home, folder = Path(place) / "home", Path(place) / "reports"
        print(f"{options.reports} reports, {write_unique_reports(folder, options.reports)} characters")
        if options.kills:
            print_kills(home, folder, options.reports)
            home = Path(place) / "unkilled"
        print_speed(_child(home, folder))


if __name__ == "__main__":
    main()
