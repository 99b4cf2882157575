"""Sentences that cover the characters of words far enough: by pairs from the index, where these do not tell by text.

A pair in a sentence is one of its words unless grammar or a question word lies over it: 个体 is none in 几个体育馆.
Sentences where that may be are read, and so are those of an odd spelling.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np

from rag.library.sentence_places import Places
from rag.library.sentence_words import ODD, Wanted, concealed, either, holds, holds_unquoted, pairs_of, unquoted, wanted
from rag.text.bigrams import EVEN, bigrams_in, character_weights, weighed_coverage
from rag.text.normalization import fold

_DIGITS = 6  # of a share, so that 3 of 5 are 0.6
_STEP = 2000  # texts that are read at once


def carrying(
    connection: sqlite3.Connection, words: str, least: float, all_of: Sequence[str], weights: Mapping[str, int]
) -> Places:
    """The places of sentences that cover `least` of the words' weighed characters and hold all of `all_of`."""
    sought, required = wanted(words), [fold(each) for each in all_of]
    base = " AND ".join(query for each in required if (query := holds_unquoted(each)))
    parts = {pair: _places(connection, either(pair), base) for pair in _pairs(sought)}
    parts |= {word: _places(connection, holds_unquoted(word), base) for word in sought.latin}
    places = _enough(sought, parts, least, weights) if least > 0 and sought.size else _places(connection, "", base)
    doubtful = _doubtful(connection, parts, required, places)
    return np.setdiff1d(places, _refused(connection, doubtful, words, least, required, weights), assume_unique=True)


def frequency(connection: sqlite3.Connection, pair: str, most: int) -> int:
    """In how many sentences a pair stands; counted no further than `most`."""
    sql = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
    return int(connection.execute(sql, (either(pair), most)).fetchone()[0])


def fetched(connection: sqlite3.Connection, sql: str, values: Iterable[object] = ()) -> Places:
    """One column of numbers."""
    return np.fromiter((place for (place,) in connection.execute(sql, tuple(values))), np.int64)


def _pairs(sought: Wanted) -> list[str]:
    return list(dict.fromkeys(pair for run in sought.runs for pair in pairs_of(run)))


def _places(connection: sqlite3.Connection, query: str, base: str) -> Places:
    """Where both queries match; an empty one matches everywhere."""
    both = " AND ".join(part for part in (base, query) if part)
    if not both:
        return fetched(connection, "SELECT place FROM sentences")
    return fetched(connection, "SELECT rowid FROM words WHERE words MATCH ?", [both])


def _enough(sought: Wanted, parts: Mapping[str, Places], least: float, weights: Mapping[str, int]) -> Places:
    """The places of which pairs say that they cover enough; some of them may not."""
    places = np.unique(np.concatenate(list(parts.values())))
    has = {pair: np.isin(places, found, assume_unique=True) for pair, found in parts.items()}
    covered = np.zeros(len(places), np.int64)
    for word in sought.latin:
        covered += EVEN * has[word]
    for run in sought.runs:
        marks = [has[pair] for pair in pairs_of(run)]
        first, *between, last = character_weights(run, weights)
        covered += first * marks[0] + last * marks[-1]
        for weight, (before, behind) in zip(between, pairwise(marks), strict=True):
            covered += weight * (before | behind)
    size = EVEN * len(sought.latin) + sum(sum(character_weights(run, weights)) for run in sought.runs)
    return places[np.round(covered / size, _DIGITS) >= least]


def _doubtful(
    connection: sqlite3.Connection, parts: Mapping[str, Places], required: Sequence[str], places: Places
) -> Places:
    """Those of the places whose text has to be read."""
    if any(not holds(each)[1] for each in required) or any(part.isascii() for part in parts):
        return places
    hidden = [holds_unquoted(text) for pair in parts for text in concealed(pair)]
    queries = [f'"{ODD}"', *(f'"_{pair}"' for pair in parts), *hidden]
    found = [_places(connection, query, "") for query in dict.fromkeys(queries)]
    return np.intersect1d(places, np.unique(np.concatenate(found)), assume_unique=True)


def _refused(
    connection: sqlite3.Connection,
    doubtful: Places,
    words: str,
    least: float,
    required: Sequence[str],
    weights: Mapping[str, int],
) -> Places:
    """Those of the places whose text, when read, does not cover the words or lacks what is required."""
    refused: list[int] = []
    folded = fold(words)
    for first in range(0, len(doubtful), _STEP):
        some = json.dumps(doubtful[first : first + _STEP].tolist())
        sql = "SELECT place, coalesce(other, text) FROM json_each(?) JOIN sentences ON place = value"
        for place, text in connection.execute(sql, (some,)):
            bare = unquoted(text)
            has_all = all(each in bare for each in required)
            if not has_all or round(weighed_coverage(folded, bigrams_in(text), weights), _DIGITS) < least:
                refused.append(place)
    return np.array(refused, np.int64)
