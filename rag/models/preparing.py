"""The quickest engine made ready, where this machine can run it and it lacks nothing but its form of the model."""

from dataclasses import replace

from rag.models.converted_model import room_for_conversion
from rag.models.disk_room import Room, require_room
from rag.models.engine import engine_of, openvino_hindrance
from rag.models.local_server import LocalServer
from rag.models.model_file import CHAT_MODEL, model_path, require_model, target_path
from rag.settings import Settings


def room_for_preparing(settings: Settings) -> Room | None:
    """The room on the disk that `prepare_engine` needs; None where there is nothing for it to do.

    The model's file may still be missing.
    """
    if settings.endpoint != "local" or settings.engine in ("native", "wheel"):
        return None
    if openvino_hindrance(settings) != "not_prepared":
        return None
    path = model_path(settings)
    size = path.stat().st_size if path else CHAT_MODEL.size
    return room_for_conversion(path or target_path(settings), size)


def prepare_engine(settings: Settings) -> None:
    """Makes OpenVINO's form of the model, which takes a minute, and loads it once for a trial.

    Raises ModelUnavailable where the disk is full or the model cannot be loaded; the other engines go on working.
    """
    room = room_for_preparing(settings)
    if room is None:
        return
    require_room(room)
    engine = engine_of(replace(settings, engine="openvino"))
    server = LocalServer(require_model(settings), engine=engine, threads=settings.threads)
    server.start()  # which makes the form
    server.close()
