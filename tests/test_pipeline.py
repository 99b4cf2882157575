"""The fingerprint of what turns a text into a report."""

from collections.abc import Callable, Iterator

import pytest

from rag import pipeline
from rag.pipeline import pipeline_modules, pipeline_version


@pytest.fixture
def fingerprint_after(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], str]]:
    """The fingerprint if the code of one module were another."""
    code = pipeline._code

    def changed(module: str) -> str:
        monkeypatch.setattr(pipeline, "_code", lambda name: code(name) + "\n" * (name == module))
        pipeline_version.cache_clear()
        return pipeline_version()

    yield changed
    pipeline_version.cache_clear()


def test_it_covers_what_parsing_imports_directly_or_not() -> None:
    assert {"parsing", "cleaning", "boilerplate", "folding", "metadata", "chunking"} <= pipeline_modules()


def test_it_does_not_cover_answering() -> None:
    assert pipeline_modules().isdisjoint({"answering", "verification", "library"})


@pytest.mark.parametrize("module", ["cleaning", "folding", "lexical", "embedding"])
def test_another_code_of_one_step_is_another_fingerprint(fingerprint_after: Callable[[str], str], module: str) -> None:
    assert fingerprint_after(module) != fingerprint_after("none")


def test_another_code_elsewhere_is_not(fingerprint_after: Callable[[str], str]) -> None:
    assert fingerprint_after("answering") == fingerprint_after("none")
