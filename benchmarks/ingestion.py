"""Ingestion, measured: speed beside the bare embedder, memory, a second run, and what ten kills leave behind.

    python -m benchmarks.ingestion            # speed and memory
    python -m benchmarks.ingestion --kills    # then kills an ingestion ten times on its way and lets it finish
    python -m benchmarks.ingestion --free     # with an embedder that costs nothing: what ingestion itself costs

The bare embedder gets the very passages that the ingestion embedded, in the same process. On a machine that does
other things too, the seconds of the processor tell more than those on the wall.
"""

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from rag.library.health import check
from rag.library.indexing import passage_texts
from rag.library.library import Library
from rag.library.results import IngestResult
from rag.models.embedding import CachedEmbedder, Embedder, LocalEmbedder, Vectors
from rag.settings import Settings
from rag.workspace import Workspace

_FREE = "ZHENBAO_BENCHMARK_FREE"
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


class FreeEmbedder:
    """Vectors by chance, the same for the same text."""

    name = "free-384"
    dimension = 384

    def passages(self, texts: Sequence[str]) -> Vectors:
        return np.array([self.query(text) for text in texts], np.float32).reshape(len(texts), self.dimension)

    def query(self, text: str) -> Vectors:
        row = np.random.default_rng(zlib.crc32(text.encode())).standard_normal(self.dimension).astype(np.float32)
        vector: Vectors = row / np.linalg.norm(row)
        return vector


class MeasuredWorkspace(Workspace):
    """A data folder with the embedder that is measured."""

    @property
    def embedder(self) -> Embedder:
        return CachedEmbedder(self.bare, self.cache)

    @property
    def bare(self) -> Embedder:
        """Without the cache."""
        return FreeEmbedder() if os.environ.get(_FREE) else LocalEmbedder()


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--kills", action="store_true", help="also kill ingestions")
    parser.add_argument("--measure", nargs=2, type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--kill-me", nargs=2, type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--free", action="store_true", help="with an embedder that costs nothing")
    options = parser.parse_args()
    if options.free:
        os.environ[_FREE] = "1"  # also for the processes that are started
    if options.measure:
        print(json.dumps(measure(*options.measure)))
    elif options.kill_me:
        _tell_results(*options.kill_me)
    else:
        with tempfile.TemporaryDirectory() as place:
            _run(Path(place) / "home", Path(place) / "reports", options)


def _run(home: Path, folder: Path, options: argparse.Namespace) -> None:
    print(f"{options.reports} reports, {write_unique_reports(folder, options.reports)} characters", flush=True)
    with _start("--measure", home, folder) as process:
        said, _ = process.communicate()
    print_speed(json.loads(said))
    if options.kills:  # with the embeddings of the first run: so the kills meet the storing
        killed = home.with_name("killed")
        killed.mkdir()
        shutil.copy(Settings(home=home).cache_path, Settings(home=killed).cache_path)
        print_kills(killed, folder, options.reports)


def write_unique_reports(folder: Path, count: int) -> int:
    """Reports of invented towns, no two sentences alike; gives the number of characters."""
    chance = random.Random(20)
    folder.mkdir(parents=True)
    characters = 0
    for number in range(count):
        town = f"{_TOWNS[number % len(_TOWNS)]}{_ENDS[number // len(_TOWNS) % len(_ENDS)]}镇"
        text = "\n".join(_report_lines(town, 2015 + number % 9, chance)) + "\n"
        (folder / f"{number:03}{town}.txt").write_text(text, encoding="utf-8")
        characters += len(text)
    return characters


def _report_lines(town: str, year: int, chance: random.Random) -> Iterator[str]:
    yield f"{town}{year}年工作总结及{year + 1}年工作计划"
    written = 0
    for number, (section, things) in enumerate(_SECTIONS.items()):
        yield f"{'一二三四五六'[number]}、{section}"
        while written < CHARACTERS * (number + 1) / len(_SECTIONS):
            line = "".join(_sentence(town, things, chance) for _ in range(4))
            written += len(line)
            yield line


def _sentence(town: str, things: list[str], chance: random.Random) -> str:
    where = f"{chance.choice(_TOWNS)}{chance.choice(_ENDS)}{chance.choice(_WHERE)}"
    done = f"{chance.choice(_VERBS)}{chance.choice(things)}{chance.randint(3, 9000)}{chance.choice(_UNITS)}"
    share = f"{chance.randint(2, 98)}.{chance.randint(1, 9)}%"
    return f"根据{chance.choice(_WHY)}，在{where}{done}，完成年度任务的{share}，惠及{chance.randint(20, 4000)}人；"


def measure(home: Path, folder: Path) -> dict[str, float]:
    """Ingests twice and embeds the same passages bare, in this process."""
    workspace = MeasuredWorkspace(Settings(home=home))
    with workspace:
        first = _clocked(lambda: _ingest(workspace, folder))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        second = _clocked(lambda: _ingest(workspace, folder))
        texts = [text for report in workspace.library.every_report() for text in passage_texts(report)]
        health = check(workspace.stores)
        bare = _clocked(lambda: workspace.bare.passages(texts))
    return {
        "reports": health.reports, "passages": health.passages, "healthy": health.is_healthy, "peak_mb": peak,
        "first": first[0], "first_cpu": first[1], "second": second[0], "second_cpu": second[1],
        "bare": bare[0], "bare_cpu": bare[1],
    }  # fmt: skip


def _clocked(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the wall, and of the processor."""
    wall, cpu = perf_counter(), process_time()
    work()
    return perf_counter() - wall, process_time() - cpu


def _ingest(workspace: Workspace, folder: Path) -> None:
    results: list[IngestResult] = []
    workspace.ingest([folder], on_result=results.append)
    assert all(result.status in ("added", "unchanged") for result in results), results


def print_speed(figures: dict[str, float]) -> None:
    """The figures for people."""
    print(f"{figures['reports']} reports, {figures['passages']} passages, healthy: {figures['healthy']}")
    for clock, name in (("", "wall"), ("_cpu", "processor")):
        bare, first = figures[f"bare{clock}"], figures[f"first{clock}"]
        print(f"{name}: ingestion {first:.1f} s, bare embedder {bare:.1f} s: {bare / first:.3f} of its speed")
        print(f"{name}: second ingestion {figures[f'second{clock}']:.2f} s")
    print(f"peak memory {figures['peak_mb']:.0f} MB")


def print_kills(home: Path, folder: Path, count: int) -> None:
    """Kills an ingestion ten times, each time a few files further, lets it finish, and counts what is there."""
    chance = random.Random(7)
    for number in range(1, KILLS + 1):
        with _start("--kill-me", home, folder) as process:
            assert process.stdout is not None
            for _ in range(number * count // (KILLS + 2)):
                process.stdout.readline()
            with suppress(subprocess.TimeoutExpired):
                process.wait(chance.uniform(0.0, 0.1))
            process.kill()
        library = Library.open(Settings(home=home).library_path)
        stored = [len(library.sources(report.id)) for report in library.every_report()]
        library.close()
        print(f"kill {number}: {len(stored)} whole reports, {sum(stored)} files")
    with _start("--kill-me", home, folder) as process:
        process.communicate()
    with MeasuredWorkspace(Settings(home=home)) as workspace:
        health = check(workspace.stores)
        files = sum(len(workspace.library.sources(report.id)) for report in workspace.library.every_report())
    print(f"after {KILLS} kills: {health.reports} of {count} reports, {files} files, healthy: {health.is_healthy}")


def _start(what: str, home: Path, folder: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "benchmarks.ingestion", what, str(home), str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _tell_results(home: Path, folder: Path) -> None:
    with MeasuredWorkspace(Settings(home=home)) as workspace:
        workspace.ingest([folder], on_result=lambda result: print(result.status, result.path, flush=True))


if __name__ == "__main__":
    main()
