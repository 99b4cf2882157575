"""Errors as the models and the library raise them, for doubles that fail."""

from rag.errors import BadReply, LibraryBusy, ModelMissing, ModelUnavailable


def offline() -> ModelUnavailable:
    return ModelUnavailable("cannot_connect", service="localhost", reason="Connection refused")


def no_model() -> ModelMissing:
    return ModelMissing("no_model_file")


def bad_reply() -> BadReply:
    return BadReply("reply_not_in_form", service="localhost", reason="no JSON object")


def busy() -> LibraryBusy:
    return LibraryBusy("written_by_process", pid="7", command="zhenbao ingest")
