"""Summarizes all reports of a home in a process of its own that a test may kill: `… HOME FOLDER`.

One line a request of the scripted model on standard output.
"""

import sys
from pathlib import Path
from typing import TypeVar, cast

from pydantic import BaseModel

from rag.cli.main import run
from rag.models.conversation import ChatModel, ChatRequest, Reply
from rag.settings import Settings
from rag.workspace import Workspace
from tests.support.scripted_model import SpeakingModel

T = TypeVar("T", bound=BaseModel)


class _Telling(SpeakingModel):
    """Says on standard output that it was asked."""

    def complete(self, request: ChatRequest[T]) -> Reply[T]:
        print(request.turns[-1].content, flush=True)  # noqa: T201
        return super().complete(request)


class _Scripted(Workspace):
    @property
    def model(self) -> ChatModel:
        return cast(ChatModel, self._part("model", lambda: _Telling({})))


def main() -> None:
    """Summarizes every report into the folder."""
    home, folder = Path(sys.argv[1]), sys.argv[2]
    sys.exit(
        run(
            ["summarize", "--all", "--out", folder],
            lambda: _Scripted(Settings(home=home, endpoint="openai", base_url="http://127.0.0.1:9/v1")),
        )
    )


if __name__ == "__main__":
    main()
