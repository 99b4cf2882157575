"""Chroma's own views of folders, which it keeps for the whole process."""

import sys
from contextlib import suppress
from pathlib import Path


def forget_folder(path: Path) -> None:
    """Stops Chroma's own process-wide view of a folder; without it a new client would be handed the old one.

    Chroma's own `clear_system_cache` would stop the views of all folders, also those in use.
    """
    if "chromadb" not in sys.modules:
        return
    from chromadb.api.shared_system_client import SharedSystemClient

    system = SharedSystemClient._identifier_to_system.pop(str(path), None)
    SharedSystemClient._identifier_to_refcount.pop(str(path), None)
    if system is not None:
        with suppress(AttributeError):  # one that failed to start has nothing to stop
            system.stop()
