"""A data folder with everything in it, and an embedder without a model."""

from dataclasses import dataclass, field
from pathlib import Path

from rag.library.health import check
from rag.library.indexing import Stores
from rag.library.ingest import ingest
from rag.library.lexical import LexicalIndex
from rag.library.library import Library
from rag.library.maintenance import edit_report, rebuild
from rag.library.results import IngestResult
from rag.library.sentence_index import SentenceIndex
from rag.library.subject_index import SubjectIndex
from rag.library.vectors import VectorIndex
from rag.parsing.report import Report
from rag.settings import Settings
from tests.support.generated_reports import CharacterEmbedder


@dataclass
class House:
    """A data folder with everything in it."""

    settings: Settings
    folder: Path  # where the files to take in are written
    embedder: CharacterEmbedder = field(default_factory=CharacterEmbedder)

    def __post_init__(self) -> None:
        self.library = Library.open(self.settings.library_path)
        self.vectors = VectorIndex.of(self.settings, self.embedder.name)
        self.lexical = LexicalIndex(self.settings.lexical_path)
        self.sentences = SentenceIndex(self.settings.sentences_path)
        self.subjects = SubjectIndex.of(self.settings, self.embedder.name, self.library.identity())

    @property
    def stores(self) -> Stores:
        return Stores(self.library, self.embedder, self.vectors, self.lexical, self.sentences, self.subjects)

    def write(self, text: str, name: str = "报告.txt") -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def ingest(self, *paths: Path, is_sample: bool = False) -> list[IngestResult]:
        results: list[IngestResult] = []
        ingest(
            paths,
            settings=self.settings,
            stores=self.stores,
            on_result=results.append,
            is_sample=is_sample,
            processes=0,
        )
        return results

    def edit(self, report_id: str | None, **changes: str | None) -> Report:
        return edit_report(str(report_id), changes, settings=self.settings, stores=self.stores)

    def rebuild(self) -> None:
        rebuild(settings=self.settings, stores=self.stores)

    @property
    def is_healthy(self) -> bool:
        return check(self.stores).is_healthy

    def close(self) -> None:
        self.vectors.close()
        self.lexical.close()
        self.sentences.close()
        self.library.close()
