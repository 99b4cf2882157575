"""LlamaIndex's `CitationQueryEngine` as its documentation sets it up: three passages, cut into 512-token sources."""

from collections.abc import Mapping, Sequence
from typing import Any

from llama_index.core import Document, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
)
from llama_index.core.llms import CustomLLM
from llama_index.core.query_engine import CitationQueryEngine
from pydantic import PrivateAttr

from benchmarks.contestants import ANSWER_TOKENS, Chat, Told, told, whole_question
from eval.items import GoldenItem
from rag.models.conversation import Turn
from rag.models.embedding import Embedder

PASSAGES = 3
SOURCE_TOKENS = 512


class LlamaIndex:
    """An index of the reports in memory, with the engine's own chunk sizes and prompts."""

    name = "LlamaIndex CitationQueryEngine"
    says_refusals = False

    def __init__(self, texts: Mapping[str, str], embedder: Embedder, chat: Chat, *, context: int) -> None:
        """`context` is how many tokens the server takes."""
        documents = [Document(text=text, metadata={"file_name": name}) for name, text in texts.items()]
        index = VectorStoreIndex.from_documents(documents, embed_model=_Embedding(embedder))
        self._chat = chat
        self._engine = CitationQueryEngine.from_args(
            index,
            llm=_Model(chat, context),
            similarity_top_k=PASSAGES,
            citation_chunk_size=SOURCE_TOKENS,
        )

    def ask(self, item: GoldenItem) -> Told:
        """See Contestant."""
        response = self._engine.query(whole_question(item))
        passages = [node.node.get_content() for node in response.source_nodes]
        return told(item, str(response), passages, self._chat)


class _Embedding(BaseEmbedding):
    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.name)
        self._embedder = embedder

    def _get_query_embedding(self, query: str) -> list[float]:
        return [float(value) for value in self._embedder.query(query)]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [[float(value) for value in row] for row in self._embedder.passages(texts)]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


class _Model(CustomLLM):
    _chat: Chat = PrivateAttr()
    _context: int = PrivateAttr()

    def __init__(self, chat: Chat, context: int) -> None:
        super().__init__()
        self._chat, self._context = chat, context

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(context_window=self._context, num_output=ANSWER_TOKENS, is_chat_model=True)

    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        turns = [Turn(message.role.value, message.content or "") for message in messages]
        return ChatResponse(message=ChatMessage(role="assistant", content=self._chat.say(turns)))

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        return CompletionResponse(text=self._chat.say([Turn("user", prompt)]))

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:
        yield self.complete(prompt, formatted)
