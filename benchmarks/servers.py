"""The embedded server with other settings than the program's own, for comparison; also the process that runs it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rag.models.llama_server import parameters_of, start_with
from rag.models.local_server import LocalServer, serve


@dataclass(frozen=True, slots=True)
class Tuning:
    """What differs from the program's own settings; None leaves a setting as it is."""

    threads: int | None = None
    batch: int | None = None
    """Tokens computed at once (llama.cpp's n_ubatch)."""
    cache_prompt: bool | None = None
    flash_attention: bool | None = None
    guessing: int | None = None
    """After this many tokens that stood together before, the twice as many that followed there are guessed and checked
    at once (llama.cpp's n-gram speculation)."""


class TunedServer(LocalServer):
    """A `LocalServer` with a tuning."""

    program = "benchmarks.servers"

    def __init__(self, path: Path, tuning: Tuning) -> None:
        super().__init__(path, threads=tuning.threads)
        self._tuning = tuning

    def _order(self) -> dict[str, object]:
        return {**super()._order(), "tuning": asdict(self._tuning)}


def tuned_parameters(order: Mapping[str, Any]) -> Any:
    """The program's parameters with an order's tuning."""
    import xllamacpp

    parameters, tuning = parameters_of(order), Tuning(**order["tuning"])
    if tuning.batch is not None:
        parameters.n_ubatch = tuning.batch
    if tuning.cache_prompt is not None:
        parameters.cache_prompt = tuning.cache_prompt
    if tuning.flash_attention is not None:
        kind = "ENABLED" if tuning.flash_attention else "DISABLED"
        parameters.flash_attn_type = getattr(xllamacpp.llama_flash_attn_type, f"LLAMA_FLASH_ATTN_TYPE_{kind}")
    if tuning.guessing is not None:
        parameters.speculative.types = [xllamacpp.common_speculative_type.COMMON_SPECULATIVE_TYPE_NGRAM_SIMPLE]
        parameters.speculative.ngram_simple.size_n = tuning.guessing
        parameters.speculative.ngram_simple.size_m = 2 * tuning.guessing
    return parameters


if __name__ == "__main__":
    serve(lambda order: start_with(tuned_parameters(order)))
