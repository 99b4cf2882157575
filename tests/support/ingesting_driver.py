"""Ingests a folder in a process that a test may kill: `python -m tests.support.ingesting_driver HOME FOLDER [URL]`.

One JSON line a file on standard output, as soon as its result is known, and one before each step that stores
something, so that a test can choose between which steps it kills.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rag.library import reparsing as renewing
from rag.library.indexing import Stores
from rag.library.ingest import ingest
from rag.library.lexical import LexicalIndex
from rag.library.library import Library
from rag.library.results import IngestResult
from rag.library.sentence_index import SentenceIndex
from rag.library.subject_index import SubjectIndex
from rag.library.vectors import VectorIndex
from rag.settings import Settings
from tests.support.generated_reports import CharacterEmbedder, parse_lines

STEPS = (
    (Library, "put"),
    (VectorIndex, "upsert_many"),
    (LexicalIndex, "upsert_many"),
    (SentenceIndex, "upsert_many"),
    (Library, "settle"),
)


def _say(**line: str) -> None:
    print(json.dumps(line), flush=True)  # noqa: T201


def _tell(result: IngestResult) -> None:
    _say(path=result.path, status=result.status)


def _announced(owner: type, name: str) -> Callable[..., Any]:
    step: Callable[..., Any] = getattr(owner, name)

    def announced(*arguments: Any, **options: Any) -> Any:
        _say(step=f"{owner.__name__}.{name}")
        return step(*arguments, **options)

    return announced


def main() -> None:
    """Takes in every file of the folder."""
    home, folder = Path(sys.argv[1]), Path(sys.argv[2])
    setattr(renewing, "parse", parse_lines)  # noqa: B010 - the checker knows it as a name of another module
    for owner, name in STEPS:
        setattr(owner, name, _announced(owner, name))
    settings = Settings(home=home, chroma_url=sys.argv[3] if len(sys.argv) > 3 else None)
    embedder = CharacterEmbedder()
    library = Library.open(settings.library_path)
    vectors = VectorIndex.of(settings, embedder.name, library.identity() if settings.chroma_url else None)
    lexical, sentences = LexicalIndex(settings.lexical_path), SentenceIndex(settings.sentences_path)
    subjects = SubjectIndex.of(settings, embedder.name, library.identity())
    stores = Stores(library, embedder, vectors, lexical, sentences, subjects)
    ingest([folder], settings=settings, stores=stores, on_result=_tell, processes=0)
    vectors.close()
    subjects.close()


if __name__ == "__main__":
    main()
