"""Requests sent to a server as it is and to one with other settings, in turn."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Any

from pydantic import BaseModel, ConfigDict

from benchmarks.requests_of import Request
from benchmarks.servers import TunedServer, Tuning
from rag.models.local_server import LocalServer


class Sent(BaseModel):
    """What the server says of one request."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    prompt: int
    evaluated: int
    """Prompt tokens that were not in the cache."""
    prompt_seconds: float
    written: int
    writing_seconds: float
    seconds: float


class Trial(BaseModel):
    """A changed setting against none: seconds with it, divided by seconds without it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tuning: dict[str, Any]
    requests: int
    prompt_ratio: float
    """Of the seconds for an evaluated prompt token."""
    writing_ratio: float
    """Of the seconds for a written token."""
    total_ratio: float
    same_replies: int


def send(server: LocalServer, request: Request) -> Sent:
    """The server's reply to a request and its own timings."""
    import httpx

    began = perf_counter()
    response = httpx.post(
        f"{server.base_url}/chat/completions",
        json=request.body,
        headers={"Authorization": f"Bearer {server.api_key}"},
        timeout=600,
        trust_env=False,
    ).raise_for_status()
    seconds = perf_counter() - began
    reply = response.json()
    timings = reply["timings"]
    return Sent(
        text=reply["choices"][0]["message"]["content"] or "",
        prompt=reply["usage"]["prompt_tokens"],
        evaluated=timings["prompt_n"],
        prompt_seconds=timings["prompt_ms"] / 1000,
        written=timings["predicted_n"],
        writing_seconds=timings["predicted_ms"] / 1000,
        seconds=seconds,
    )


def try_tuning(path: Path, tuning: Tuning, requests: Sequence[Request]) -> Trial:
    """Sends every request to both servers, the order changing with each."""
    with ExitStack() as stack:
        plain = stack.enter_context(TunedServer(path, Tuning()))
        tuned = stack.enter_context(TunedServer(path, tuning))
        pairs = []
        for number, request in enumerate(requests):
            if number % 2:
                pairs.append((send(plain, request), send(tuned, request)))
            else:
                second = send(tuned, request)
                pairs.append((send(plain, request), second))
    without, with_it = zip(*pairs, strict=True)
    return Trial(
        tuning={name: value for name, value in asdict(tuning).items() if value is not None},
        requests=len(pairs),
        prompt_ratio=round(_prompt_pace(with_it) / _prompt_pace(without), 3),
        writing_ratio=round(_writing_pace(with_it) / _writing_pace(without), 3),
        total_ratio=round(sum(one.seconds for one in with_it) / sum(one.seconds for one in without), 3),
        same_replies=sum(one.text == other.text for one, other in pairs),
    )


def _prompt_pace(sent: Sequence[Sent]) -> float:
    return sum(one.prompt_seconds for one in sent) / sum(one.evaluated for one in sent)


def _writing_pace(sent: Sequence[Sent]) -> float:
    long = [one for one in sent if one.written > 1]  # a judgement is one token
    return sum(one.writing_seconds for one in long) / sum(one.written for one in long)
