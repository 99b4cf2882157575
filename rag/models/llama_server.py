"""The process in which llama.cpp's own server runs the embedded model."""

import sys
from collections.abc import Mapping
from typing import Any

from rag.models.local_server import serve


def start(order: Mapping[str, Any]) -> tuple[str, object]:
    """See `rag.models.local_server.Start`."""
    if order["folder"]:
        sys.path.insert(0, order["folder"])
    return start_with(parameters_of(order))


def start_with(parameters: Any) -> tuple[str, object]:
    """Serves a model with llama.cpp's parameters; see `rag.models.local_server.Start`."""
    import xllamacpp

    server = xllamacpp.Server(parameters)
    return server.listening_address, server


def parameters_of(order: Mapping[str, Any]) -> Any:
    """llama.cpp's parameters: one slot, all of the context for it, prompt cache on, and not a word of log."""
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = order["path"]
    parameters.api_keys = [order["api_key"]]
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.n_ctx = order["context"]
    parameters.n_parallel = 1
    parameters.cache_ram_mib = 256  # beginnings of some ten earlier prompts
    parameters.verbosity = -1
    parameters.ui = False
    if order["threads"]:
        parameters.cpuparams.n_threads = order["threads"]
        parameters.cpuparams_batch.n_threads = order["threads"]
    return parameters


if __name__ == "__main__":
    serve(start)
