"""Files of models from a disk: for machines without a network, where people carry them in."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from rag.errors import ModelUnavailable
from rag.models.model_file import ModelFile

_BLOCK = 1 << 24


@dataclass(frozen=True, slots=True)
class CopySource:
    """A file of this machine; its hash is checked like that of any source."""

    path: Path

    @property
    def name(self) -> str:
        return str(self.path)

    def fill(self, part: Path, size: int, on_growth: Callable[[int], None]) -> None:
        """See `Source`. Raises ModelUnavailable where there is no such file, or one of another size."""
        try:
            file = self.path.open("rb")
        except OSError as error:
            raise ModelUnavailable("model_file_not_readable", reason=error.strerror or str(error)) from error
        with file, part.open("ab") as grown:
            if self.path.stat().st_size != size:
                raise ModelUnavailable("another_file_came")
            _continue(file, grown, on_growth)


def copies(place: Path | None, model: ModelFile) -> tuple[CopySource, ...] | None:
    """A file, or the one of that name in a folder, as the only source; None without a place."""
    if place is None:
        return None
    return (CopySource(place / model.file if place.is_dir() else place),)


def _continue(file: BinaryIO, grown: BinaryIO, on_growth: Callable[[int], None]) -> None:
    file.seek(grown.tell())
    while block := file.read(_BLOCK):
        grown.write(block)
        on_growth(grown.tell())
