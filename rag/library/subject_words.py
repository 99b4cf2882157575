"""Subjects of figures by the pairs of characters they hold, in a file that can be made again at any time."""

import json
from pathlib import Path

from rag.errors import IndexDamaged
from rag.library.derived_file import DerivedFile
from rag.library.reader import Lookup
from rag.text.normalization import fold

_FORM = 1
_SCHEMA = (
    "CREATE TABLE followed (library TEXT NOT NULL, subject INTEGER NOT NULL)",
    """CREATE VIRTUAL TABLE words USING fts5(
        tokens, content = '', detail = none, tokenize = "unicode61 remove_diacritics 0")""",
)
_STEP = 5000  # subjects that are read at once


class SubjectWords:
    """Subjects by their words. May be shared by threads; raises IndexDamaged where the file fails.

    The library never forgets a subject nor changes one, so that whoever reads only has to add those that are new.
    """

    def __init__(self, path: Path) -> None:
        self._file = DerivedFile(path, _SCHEMA, _FORM)

    def follow(self, library: Lookup) -> None:
        """Takes in the subjects that came since; all of them where the file is another library's, or damaged."""
        try:
            self._follow(library)
        except IndexDamaged:
            self._file.reset()
            self._follow(library)

    def _follow(self, library: Lookup) -> None:
        identity, last = library.identity(), last_subject(library)
        with self._file.reading() as connection:
            followed = connection.execute("SELECT library, subject FROM followed").fetchone()
        if followed == (identity, last):
            return
        if followed is not None and (followed[0] != identity or followed[1] > last):
            self._file.reset()
        self._take_in(library, identity)

    def _take_in(self, library: Lookup, identity: str) -> None:
        with self._file.writing() as connection:
            done = connection.execute("SELECT coalesce(max(subject), 0) FROM followed").fetchone()[0]
            while rows := library.rows("SELECT id, text FROM subjects WHERE id > ? ORDER BY id LIMIT ?", done, _STEP):
                tokens = ((subject, " ".join(_tokens(text))) for subject, text in rows)
                connection.executemany("INSERT INTO words (rowid, tokens) VALUES (?, ?)", tokens)
                done = rows[-1][0]
            connection.execute("DELETE FROM followed")
            connection.execute("INSERT INTO followed VALUES (?, ?)", (identity, done))

    def find(self, words: str, *, most: int) -> list[int]:
        """The subjects that hold the first two characters of the words, those first that hold most of the rest."""
        folded = fold(words)
        if not folded[:2].isalnum():
            return []
        tokens = [f'"{token}"' for token in (_pairs(folded) if len(folded) > 1 else [folded])]
        query = f"{tokens[0]} AND ({' OR '.join(tokens)})"
        with self._file.reading() as connection:
            sql = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank, rowid LIMIT ?"
            return [row[0] for row in connection.execute(sql, (query, most))]

    def count(self) -> int:
        """How many subjects there are."""
        with self._file.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM words").fetchone()[0])

    def reset(self) -> None:
        """Begins with an empty file."""
        self._file.reset()

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close()


def last_subject(library: Lookup) -> int:
    """The highest number that a subject has; not every one below it is a subject."""
    return int(library.rows("SELECT coalesce(max(id), 0) FROM subjects")[0][0])


def subject_texts(library: Lookup, subjects: list[int], *, only_used: bool = True) -> dict[int, str]:
    """The texts of subjects; `only_used` leaves out those that no figure has any more. The commonest come first."""
    sql = """SELECT id, text FROM subjects WHERE id IN (SELECT value FROM json_each(?)) AND uses >= ?
        ORDER BY uses DESC, id"""
    return dict(library.rows(sql, json.dumps(subjects), int(only_used)))


def drawn_subjects(library: Lookup, most: int) -> list[str]:
    """About so many subjects, at even distances."""
    last = last_subject(library)
    starts = list(range(1, last + 1, max(1, last // most)))
    sql = """SELECT DISTINCT text FROM json_each(?) AS first
        JOIN subjects ON subjects.id = (SELECT min(subjects.id) FROM subjects WHERE subjects.id >= first.value)"""
    return [row[0] for row in library.rows(sql, json.dumps(starts))]


def _tokens(text: str) -> list[str]:
    folded = fold(text)
    return [*(character for character in folded if character.isalnum()), *_pairs(folded)]


def _pairs(folded: str) -> list[str]:
    """Pairs of neighbouring letters, characters and digits.

    Example: _pairs("油茶-面积") == ["油茶", "面积"]
    """
    return [folded[at : at + 2] for at in range(len(folded) - 1) if folded[at : at + 2].isalnum()]
