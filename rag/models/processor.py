"""What this machine can do, as far as it matters to an engine."""

import ctypes
import os
import platform
import sys
from contextlib import suppress
from pathlib import Path

_SETS = ("sse", "ssse", "avx", "amx", "fma", "f16c", "bmi", "gfni", "asimd", "sve", "sme", "i8mm", "bf16")
_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")  # of a container
_PF_AVX512F = 41  # Windows: IsProcessorFeaturePresent


def instruction_sets() -> list[str]:
    """What this processor can do, as far as the system tells.

    Example: ["avx", "avx2", "bmi1", "f16c", "fma", "sse4_2"]
    """
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for line in listed.read_text(encoding="ascii", errors="replace").splitlines():
            name, _, flags = line.partition(":")
            if name.strip() in ("flags", "Features"):
                return sorted(flag for flag in flags.split() if flag.startswith(_SETS))
    return [platform.machine(), platform.processor()]


def has_avx512() -> bool:
    """Whether this processor adds up 512 bits at a time; False where the system does not tell."""
    if sys.platform == "win32":
        return bool(ctypes.windll.kernel32.IsProcessorFeaturePresent(_PF_AVX512F))
    return "avx512f" in instruction_sets()


def memory() -> int:
    """Bytes of memory, those of the container where it has fewer; 0 where the system does not tell."""
    installed = _installed_memory()
    limits = [installed]
    for limit in map(Path, _LIMITS):
        with suppress(OSError, ValueError):  # no container, or "max"
            limits.append(int(limit.read_text(encoding="ascii")))
    return min(limits)


def _installed_memory() -> int:
    if sys.platform == "win32":
        kilobytes = ctypes.c_ulonglong(0)
        ctypes.windll.kernel32.GetPhysicallyInstalledSystemMemory(ctypes.byref(kilobytes))
        return kilobytes.value * 1024
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (OSError, ValueError):
        return 0
