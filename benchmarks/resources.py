"""What a benchmark takes: disk and memory (Linux), in megabytes."""

import os
import resource
from pathlib import Path


def disk_mb(folder: Path) -> int:
    """Megabytes of the files below a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) // 1_000_000


def resident_mb() -> int:
    """Megabytes of this process (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000


def peak_mb() -> int:
    """Megabytes of this process at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
