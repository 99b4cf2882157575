"""The subjects of all figures by their words and by their meaning, in step with the library."""

import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from rag.library.reader import Lookup
from rag.library.subject_vectors import SubjectVectors
from rag.library.subject_words import SubjectWords, last_subject, subject_texts
from rag.models.embedding import Embedder
from rag.settings import Settings

_log = logging.getLogger(__name__)
MOST_VECTORS = 100_000  # subjects; of more no vectors are kept, see docs/architecture.md
_AT_ONCE = 500  # subjects that are embedded between two writes


@dataclass(frozen=True, slots=True)
class SubjectIndex:
    """Both ways to find a subject; each can be made again at any time."""

    words: SubjectWords
    vectors: SubjectVectors

    @classmethod
    def of(cls, settings: Settings, embedder_name: str, library: str) -> "SubjectIndex":
        """That of the settings."""
        words = SubjectWords(settings.subjects_path.with_suffix(".sqlite3"))
        return cls(words, SubjectVectors.of(settings, embedder_name, library))

    def refresh(self, generation: int) -> None:
        """Opens the vectors afresh where the library's generation is another than at the last look."""
        self.vectors.refresh(generation)

    def wrote(self, generation: int) -> None:
        """Tells that this very object made the vectors follow to the generation."""
        self.vectors.wrote(generation)

    def has_all_vectors(self, library: Lookup) -> bool:
        """Whether every subject has a vector."""
        return int(library.rows("SELECT count(*) FROM subjects")[0][0]) <= self.vectors.count()

    def reset(self) -> None:
        """Begins anew."""
        self.words.reset()
        self.vectors.reset()

    def close(self) -> None:
        """Lets go of both."""
        self.words.close()
        self.vectors.close()


class Followed(Protocol):
    """What it takes to bring the index in step."""

    @property
    def library(self) -> Lookup: ...

    @property
    def embedder(self) -> Embedder: ...

    @property
    def subjects(self) -> SubjectIndex: ...


def follow_subjects(stores: Followed, report_ids: Iterable[str]) -> None:
    """Takes in the subjects of reports that are not there yet; for the holder of the write lock.

    Those of removed reports stay: no figure leads to them. Raises ModelError where they cannot be embedded: then they
    are found by words alone.
    """
    sql = """SELECT DISTINCT figures.subject FROM json_each(?) AS wanted JOIN reports ON reports.id = wanted.value
        JOIN figures ON figures.report = reports.position"""
    _follow(stores, [row[0] for row in stores.library.rows(sql, json.dumps(list(report_ids)))])


def follow_all_subjects(stores: Followed) -> None:
    """The same for the subjects of all figures."""
    _follow(stores, [row[0] for row in stores.library.rows("SELECT id FROM subjects ORDER BY id")])


def _follow(stores: Followed, subjects: list[int]) -> None:
    index = stores.subjects
    index.words.follow(stores.library)
    if last_subject(stores.library) > MOST_VECTORS:
        return
    lacking = index.vectors.lacking(sorted(subjects))
    for some in _batches(lacking):
        texts = subject_texts(stores.library, some, only_used=False)
        index.vectors.upsert(list(texts), stores.embedder.passages(list(texts.values())))
    if lacking:
        _log.debug("%d subjects embedded", len(lacking))


def _batches(subjects: list[int]) -> Iterator[list[int]]:
    return (subjects[first : first + _AT_ONCE] for first in range(0, len(subjects), _AT_ONCE))
