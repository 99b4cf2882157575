"""The parts of one library: its file and the indexes that follow it, each made on first use."""

import threading
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar, cast

from rag.settings import Settings

if TYPE_CHECKING:  # parts are imported on first use, so that listing reports does not wait for a vector index
    from rag.library.held_places import HeldPlaces
    from rag.library.indexing import Stores
    from rag.library.lexical import LexicalIndex
    from rag.library.library import Library
    from rag.library.search import Searcher
    from rag.library.sentence_index import SentenceIndex
    from rag.library.subject_index import SubjectIndex
    from rag.library.vectors import VectorIndex
    from rag.models.embedding import Embedder

T = TypeVar("T")


class LibraryParts:
    """The parts of a data folder, closed together. May be shared by threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._parts: dict[str, object] = {}
        self._closing = ExitStack()
        self._lock = threading.RLock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes what was opened, last first; parts are made anew when asked for again."""
        with self._lock:
            self._parts.clear()
            self._closing.close()

    def _part(self, name: str, make: Callable[[], T]) -> T:
        with self._lock:
            if name not in self._parts:
                part = make()
                close = getattr(part, "close", None)
                if close is not None:
                    self._closing.callback(close)
                self._parts[name] = part
            return cast(T, self._parts[name])

    @property
    def embedder(self) -> "Embedder":
        """Text to vectors."""
        raise NotImplementedError

    @property
    def library(self) -> "Library":
        """The reports."""
        from rag.library.library import Library

        return self._part("library", lambda: Library.open(self.settings.library_path))

    @property
    def vectors(self) -> "VectorIndex":
        """The dense index."""
        return self._part("vectors", self._make_vectors)

    def _make_vectors(self) -> "VectorIndex":
        from rag.library.vectors import VectorIndex

        library = self.library.identity() if self.settings.chroma_url else None
        return VectorIndex.of(self.settings, self.embedder.name, library)

    @property
    def lexical(self) -> "LexicalIndex":
        """The lexical index."""
        from rag.library.lexical import LexicalIndex

        return self._part("lexical", lambda: LexicalIndex(self.settings.lexical_path))

    @property
    def sentences(self) -> "SentenceIndex":
        """The sentence index."""
        from rag.library.sentence_index import SentenceIndex

        return self._part("sentences", lambda: SentenceIndex(self.settings.sentences_path))

    @property
    def places(self) -> "HeldPlaces":
        """The places of the library, for one question."""
        from rag.library.held_places import HeldPlaces

        return HeldPlaces(self.library, self.sentences)

    @property
    def subjects(self) -> "SubjectIndex":
        """The subjects of figures."""
        from rag.library.subject_index import SubjectIndex

        def make() -> SubjectIndex:
            return SubjectIndex.of(self.settings, self.embedder.name, self.library.identity())

        return self._part("subjects", make)

    @property
    def searcher(self) -> "Searcher":
        """Passages for a query."""
        from rag.library.search import Searcher

        return self._part("searcher", lambda: Searcher(self.library, self.embedder, self.vectors, self.lexical))

    @property
    def stores(self) -> "Stores":
        """The library with the indexes that follow it."""
        from rag.library.indexing import Stores

        return Stores(self.library, self.embedder, self.vectors, self.lexical, self.sentences, self.subjects)
