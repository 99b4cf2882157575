"""The embedded model run by OpenVINO GenAI.

Copying out of the prompt is nearly free: where the last words stood in the prompt, what followed them there is guessed
and checked at once (prompt lookup decoding, Saxena 2023).
"""

import math
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from rag.models.converted_model import converted_model
from rag.models.grammar import grammar_of_words

_GUESSED, _ALIKE = 5, 3  # tokens guessed where so many stood together before
_HALF, _LEAST = math.log(0.5), 1e-9
_CACHE_GIGABYTES = 1  # for the beginnings of earlier prompts

Hear = Callable[[str], bool]
"""Is given each piece of a reply; False stops the model."""


class TooLong(ValueError):
    """The prompt leaves no room for a reply."""


class Model:
    """A model in memory."""

    def __init__(self, path: Path, *, threads: int | None, context: int) -> None:
        """Loads it, which takes seconds; `context` is the most tokens of prompt and reply together."""
        self._genai = _openvino_genai()
        self._context = context
        self._lock = threading.Lock()
        scheduler = self._genai.SchedulerConfig()
        scheduler.enable_prefix_caching = True
        scheduler.cache_size = _CACHE_GIGABYTES
        options: dict[str, Any] = {
            "INFERENCE_PRECISION_HINT": "f32",  # the same on processors with shorter numbers and without
            "prompt_lookup": True,
            "scheduler_config": scheduler,
        }
        if threads:
            options["INFERENCE_NUM_THREADS"] = threads
        self._pipeline = self._genai.LLMPipeline(str(converted_model(path, self._convert)), "CPU", **options)
        self._tokenizer = self._pipeline.get_tokenizer()

    def prompt_of(self, request: Mapping[str, Any]) -> str:
        """The messages of a request as the model reads them. Raises TooLong."""
        prompt: str = self._tokenizer.apply_chat_template(request["messages"], add_generation_prompt=True)
        if self._tokens(prompt) >= self._context:
            raise TooLong(f"the prompt is longer than the context of {self._context} tokens")
        return prompt

    def reply(self, prompt: str, request: Mapping[str, Any], hear: Hear) -> dict[str, Any]:
        """The reply to a request, both in OpenAI's protocol; `grammar` and `words` stand beside its own fields."""
        with self._lock:
            if words := request.get("words"):
                return self._choice(prompt, words)
            config = self._config(
                min(request["max_tokens"], self._context - self._tokens(prompt)), request.get("grammar")
            )
            on, off = self._genai.StreamingStatus.RUNNING, self._genai.StreamingStatus.CANCEL
            result = self._pipeline.generate([prompt], config, lambda piece: on if hear(piece) else off)
        is_cut = result.finish_reasons[0] == self._genai.GenerationFinishReason.LENGTH
        return _completion(result, {"finish_reason": "length" if is_cut else "stop"})

    def _convert(self, path: Path, folder: Path) -> None:
        """See `rag.models.converted_model.Convert`."""
        from rag.models.eight_bits import write_in_eight_bits

        file = folder / "model.gguf"
        write_in_eight_bits(path, file)
        self._genai.LLMPipeline(str(file), "CPU", enable_save_ov_model=True)
        file.unlink()

    def _tokens(self, text: str) -> int:
        count: int = self._tokenizer.encode(text).input_ids.shape[1]
        return count

    def _choice(self, prompt: str, words: list[str]) -> dict[str, Any]:
        """One token: the likeliest of the words, with the likelihood of each word's first token.

        Of two words the other has at most what the likelier leaves; where that is less than half, that is what it gets.
        """
        result = self._said(prompt, words)
        best, likelihood = result.texts[0], float(result.scores[0])
        best = next(word for word in words if word.startswith(best))
        others = [word for word in words if word != best]
        likelihoods = {best: likelihood}
        if len(others) == 1 and likelihood > _HALF:
            likelihoods[others[0]] = math.log(max(1 - math.exp(likelihood), _LEAST))
        else:
            likelihoods |= {word: float(self._said(prompt, [word]).scores[0]) for word in others}
        ranked = [{"token": word, "logprob": value, "bytes": None} for word, value in likelihoods.items()]
        first = {"token": best, "logprob": likelihoods[best], "bytes": None, "top_logprobs": ranked}
        return _completion(result, {"finish_reason": "length", "logprobs": {"content": [first]}}, best)

    def _said(self, prompt: str, words: list[str]) -> Any:
        """The likeliest first token of some words, with the logarithm of its likelihood among all tokens."""
        config = self._config(1, grammar_of_words(words))
        config.logprobs = 1
        return self._pipeline.generate([prompt], config)

    def _config(self, tokens: int, grammar: str | None) -> Any:
        config = self._genai.GenerationConfig()
        config.apply_chat_template = False
        config.max_new_tokens = tokens
        config.num_assistant_tokens, config.max_ngram_size = _GUESSED, _ALIKE
        if grammar:
            config.structured_output_config = self._genai.StructuredOutputConfig(grammar=grammar)
        return config


def _completion(result: Any, choice: dict[str, Any], text: str | None = None) -> dict[str, Any]:
    metrics = result.perf_metrics
    read, written = metrics.get_num_input_tokens(), metrics.get_num_generated_tokens()
    message = {"role": "assistant", "content": result.texts[0] if text is None else text}
    return {
        "choices": [{"index": 0, "message": message, **choice}],
        "usage": {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written},
        "timings": {
            "prompt_n": read,
            "prompt_ms": metrics.get_ttft().mean,
            "predicted_n": written,
            "predicted_ms": max(0.0, metrics.get_generate_duration().mean - metrics.get_ttft().mean),
        },
    }


def _openvino_genai() -> Any:
    """The package, without the part that can tell its makers of its use."""
    sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]  # not found, from here on
    import openvino_genai

    return openvino_genai
