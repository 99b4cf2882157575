"""What Chroma keeps to itself and we rely on, held against the version that is installed."""

from pathlib import Path

import numpy as np
from chromadb import PersistentClient
from chromadb.api.shared_system_client import SharedSystemClient

from rag.library.chroma import ChromaCollection
from rag.library.chroma_views import forget_folder


def test_chroma_has_one_view_of_a_folder_until_it_is_forgotten(tmp_path: Path) -> None:
    def view() -> object:
        PersistentClient(path=str(tmp_path / "a"))
        return SharedSystemClient._identifier_to_system[str(tmp_path / "a")]

    first = view()
    assert view() is first
    forget_folder(tmp_path / "a")
    assert str(tmp_path / "a") not in SharedSystemClient._identifier_to_system
    assert str(tmp_path / "a") not in SharedSystemClient._identifier_to_refcount
    assert view() is not first
    forget_folder(tmp_path / "a")


def test_other_folders_keep_their_view(tmp_path: Path) -> None:
    kept = PersistentClient(path=str(tmp_path / "b")).create_collection("kept", embedding_function=None)
    PersistentClient(path=str(tmp_path / "a"))
    forget_folder(tmp_path / "a")
    kept.add(ids=["1"], embeddings=np.array([[1, 0]], np.float32))
    assert kept.count() == 1
    forget_folder(tmp_path / "b")


def test_a_folder_never_opened_is_forgotten_without_trouble(tmp_path: Path) -> None:
    forget_folder(tmp_path / "never")


def test_the_collection_is_opened_once_and_again_after_closing(tmp_path: Path) -> None:
    chroma = ChromaCollection(tmp_path / "chroma", "passages-test")
    with chroma.reading() as first, chroma.reading() as second:
        assert first is second
    chroma.close()
    with chroma.reading() as third:
        assert third is not first
    chroma.close()
