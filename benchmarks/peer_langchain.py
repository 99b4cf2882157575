"""LangChain's textbook set-up: chunks of 500 characters in Chroma, the best five stuffed into its own prompt."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import chromadb
from langchain_chroma import Chroma
from langchain_classic.chains import RetrievalQA
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_text_splitters import RecursiveCharacterTextSplitter
from pydantic import PrivateAttr

from benchmarks.contestants import Chat, Told, told, whole_question
from eval.items import GoldenItem
from rag.models.conversation import Turn
from rag.models.embedding import Embedder

CHARACTERS = 500
OVERLAP = 50
PASSAGES = 5
_ROLES: Mapping[str, Literal["system", "user", "assistant"]] = {"system": "system", "human": "user", "ai": "assistant"}


class LangChain:
    """The reports in a Chroma collection in memory, behind a `RetrievalQA` chain of type `stuff`."""

    name = "LangChain, Chroma, top 5"
    says_refusals = False

    def __init__(self, texts: Mapping[str, str], embedder: Embedder, chat: Chat) -> None:
        splitter = RecursiveCharacterTextSplitter(chunk_size=CHARACTERS, chunk_overlap=OVERLAP)
        store = Chroma.from_texts(
            [chunk for text in texts.values() for chunk in splitter.split_text(text)],
            _Embedding(embedder),
            client=chromadb.EphemeralClient(chromadb.config.Settings(anonymized_telemetry=False)),
        )
        self._chat = chat
        self._chain = RetrievalQA.from_chain_type(
            _Model(chat),
            chain_type="stuff",
            retriever=store.as_retriever(search_kwargs={"k": PASSAGES}),
            return_source_documents=True,
        )

    def ask(self, item: GoldenItem) -> Told:
        """See Contestant."""
        response = self._chain.invoke({"query": whole_question(item)})
        passages = [document.page_content for document in response["source_documents"]]
        return told(item, response["result"], passages, self._chat)


class _Embedding(Embeddings):
    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(value) for value in row] for row in self._embedder.passages(texts)]

    def embed_query(self, text: str) -> list[float]:
        return [float(value) for value in self._embedder.query(text)]


class _Model(BaseChatModel):
    _chat: Chat = PrivateAttr()

    def __init__(self, chat: Chat) -> None:
        super().__init__()
        self._chat = chat

    @property
    def _llm_type(self) -> str:
        return "zhenbao-benchmark"

    def _generate(
        self,
        messages: Sequence[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        turns = [Turn(_ROLES[message.type], str(message.content)) for message in messages]
        return ChatResult(generations=[ChatGeneration(message=AIMessage(content=self._chat.say(turns)))])
