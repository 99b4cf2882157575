"""Small reports made from numbers, and an embedder without a model, for tests of what stores and searches."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from rag.models.embedding import Vectors
from rag.parsing.parse import ParsedReport, marked
from rag.parsing.report import Chunk, Heading, Metadata, Report, ReportSource, Sentence
from rag.types import OffsetMap, Run, SectionKind, SourceFile

DIMENSION = 16


class CharacterEmbedder:
    """Texts that share characters have near vectors: each character adds one at a place of its own."""

    name = "characters-16"
    dimension = DIMENSION

    def __init__(self) -> None:
        self.asked: list[str] = []

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        rows = [self.query(text) for text in texts]
        return np.array(rows, np.float32).reshape(len(texts), DIMENSION)

    def query(self, text: str) -> Vectors:
        counts = np.full(DIMENSION, 0.01)
        for character in text:
            counts[ord(character) * 7919 % DIMENSION] += 1
        vector: Vectors = (counts / np.linalg.norm(counts)).astype(np.float32)
        return vector


def source_file(text: str, name: str = "报告.txt") -> SourceFile:
    return SourceFile(name, hashlib.sha256(text.encode()).hexdigest(), "utf-8", text)


def parse_lines(source: SourceFile, *, year: int | None = None) -> ParsedReport:
    """A report of the simplest form: the title "…镇…年…", then lines, each a passage; 计划 makes it a plan."""
    text = source.text.rstrip("\n")
    title, *_ = text.split("\n")
    if "坏" in title:
        raise ValueError("a parser that trips")
    found = re.match(r"(?:(\w+?县))?(\w+?镇)(\d{4})年", title)
    county, town, digits = found.groups() if found else (None, None, None)
    metadata = Metadata(title, town, county, int(digits) if digits else None, int(digits) + 1 if digits else None)
    sentences: list[Sentence] = []
    chunks: list[Chunk] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        kind: SectionKind = "plan" if "计划" in line else "result"
        sentences.append(Sentence(start, end, "", kind, "heading" if start == 0 else "body"))
        if start:
            chunks.append(Chunk(start, end, "", kind))
        start = end + 1
    heading = Heading(0, len(title), 1, title)
    identity = hashlib.sha256(text.encode()).hexdigest()[:12]
    report = Report(identity, metadata, text, (heading,), tuple(sentences), tuple(chunks))
    report = replace(report, sentences=marked(report))
    return ParsedReport(report, OffsetMap((Run(0, 0, len(text)),)), ())


def stored(text: str, name: str = "报告.txt") -> tuple[Report, ReportSource]:
    """A report and its source, as the library takes them."""
    file = source_file(text, name)
    parsed = parse_lines(file)
    return parsed.report, ReportSource(parsed.report.id, file, parsed.offsets, parsed.defects)


def write_reports(folder: Path, count: int) -> list[Path]:
    """Files of 12 lines each, all different."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(count):
        lines = [f"甲{number:02}镇2020年工作总结"]
        lines += [f"第{item}项工作完成投资{number * 100 + item}万元，惠及群众{item}户。" for item in range(10)]
        lines += [f"计划明年完成投资{number}亿元。"]
        paths.append(folder / f"{number:02}.txt")
        paths[-1].write_text("\n".join(lines) + "\n", encoding="utf-8")
    return paths
