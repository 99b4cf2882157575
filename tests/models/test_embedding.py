import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rag.errors import BadReply, ModelUnavailable
from rag.models.access import Access
from rag.models.cache import Cache
from rag.models.embedding import CachedEmbedder, LocalEmbedder, Vectors, make_embedder
from rag.models.remote_embedder import RemoteEmbedder
from rag.settings import Settings
from tests.support.generated_reports import CharacterEmbedder
from tests.support.made_errors import offline
from tests.support.stub_endpoint import Response, StubEndpoint, failure, web_page


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    cache = Cache(tmp_path / "cache.sqlite3")
    yield cache
    cache.close()


@pytest.fixture
def stub() -> Iterator[StubEndpoint]:
    with StubEndpoint() as stub:
        yield stub


@pytest.fixture
def remote(stub: StubEndpoint, cache: Cache) -> Iterator[RemoteEmbedder]:
    embedder = RemoteEmbedder(Access(stub.base_url, "key", "bge/m3 中文", timeout=5), cache)
    yield embedder
    embedder.close()


def reply(*vectors: Sequence[float | None], order: Sequence[int] | None = None) -> Response:
    places = order or range(len(vectors))
    data = [{"object": "embedding", "index": place, "embedding": vectors[place]} for place in places]
    body = {"object": "list", "model": "m", "data": data, "usage": {"prompt_tokens": 1, "total_tokens": 1}}
    return Response(json.dumps(body).encode())


def test_the_local_embedder_is_near_for_what_means_the_same() -> None:
    embedder = LocalEmbedder()
    passages = embedder.passages(["全年新修公路十二公里。", "组织党员学习二十场次。"])
    assert passages.shape == (2, embedder.dimension)
    assert passages.dtype == np.float32
    assert np.linalg.norm(passages, axis=1) == pytest.approx([1, 1], abs=1e-3)
    near, far = passages @ embedder.query("修了多少路")
    assert near > far


def test_the_local_embedder_takes_any_text() -> None:
    embedder = LocalEmbedder()
    rows = embedder.passages(["", "\0甲", "半个\ud83d字"])
    assert np.isfinite(rows).all()


def test_no_texts_give_no_vectors() -> None:
    assert LocalEmbedder().passages([]).shape == (0, 384)


def test_cached_texts_are_not_embedded_again(cache: Cache) -> None:
    inner = CharacterEmbedder()
    embedder = CachedEmbedder(inner, cache)
    first = embedder.passages(["甲", "乙", "甲"])
    assert inner.asked == ["甲", "乙"]
    second = embedder.passages(["乙", "丙", "甲"])
    assert inner.asked == ["甲", "乙", "丙"]
    assert second[0] == pytest.approx(first[1])
    assert second[2] == pytest.approx(first[0])


class _Counting(CharacterEmbedder):
    """Keeps the questions it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.questions: list[str] = []

    def query(self, text: str) -> Vectors:
        self.questions.append(text)
        return super().query(text)


def test_a_question_is_embedded_once_and_its_vector_is_the_callers_own(cache: Cache) -> None:
    inner = _Counting()
    embedder = CachedEmbedder(inner, cache)
    first = embedder.query("甲")
    kept = first.copy()
    first[:] = 0
    assert np.array_equal(embedder.query("甲"), kept)
    assert inner.questions == ["甲"]


def test_only_the_last_questions_are_remembered(cache: Cache) -> None:
    inner = _Counting()
    embedder = CachedEmbedder(inner, cache)
    for number in [*range(65), 64, 0]:
        embedder.query(str(number))
    assert inner.questions == [str(number) for number in [*range(65), 0]]


def test_a_question_that_could_not_be_embedded_is_tried_again(
    remote: RemoteEmbedder, stub: StubEndpoint, cache: Cache
) -> None:
    stub.enqueue_embeddings(failure(400), reply([0.0, 1.0]), reply([1.0, 0.0]))
    embedder = CachedEmbedder(remote, cache)
    with pytest.raises(ModelUnavailable):
        embedder.query("甲")
    assert embedder.query("甲").tolist() == [0.0, 1.0]


def test_the_cache_knows_embedders_apart(cache: Cache) -> None:
    inner, other = CharacterEmbedder(), CharacterEmbedder()
    other.name = "another-16"
    CachedEmbedder(inner, cache).passages(["甲"])
    CachedEmbedder(other, cache).passages(["甲"])
    assert other.asked == ["甲"]


def test_a_cached_value_of_another_length_is_made_anew(cache: Cache) -> None:
    inner = CharacterEmbedder()
    embedder = CachedEmbedder(inner, cache)
    cache.put_many("embedding", {embedder._key("甲"): b"short"})
    assert embedder.passages(["甲"]).shape == (1, 16)


def test_a_failure_keeps_what_was_embedded_before_it(cache: Cache) -> None:
    class Failing(CharacterEmbedder):
        def passages(self, texts: Sequence[str]) -> Vectors:
            if "坏" in texts:
                raise offline()
            return super().passages(texts)

    texts = [str(number) for number in range(64)]
    with pytest.raises(ModelUnavailable):
        CachedEmbedder(Failing(), cache).passages([*texts, "坏"])
    inner = CharacterEmbedder()
    CachedEmbedder(inner, cache).passages(texts)
    assert inner.asked == []


def test_remote_vectors_are_normalised_and_in_the_order_of_the_texts(
    remote: RemoteEmbedder, stub: StubEndpoint
) -> None:
    stub.enqueue_embeddings(reply([1.0, 0.0]), reply([3.0, 4.0], [0.0, 2.0], order=(1, 0)))
    assert remote.passages(["甲", "乙"]).tolist() == [pytest.approx([0.6, 0.8]), [0.0, 1.0]]


def test_remote_texts_go_in_batches_of_64(remote: RemoteEmbedder, stub: StubEndpoint) -> None:
    assert len(remote.passages([str(number) for number in range(130)])) == 130
    sizes = [len(request.body["input"]) for request in stub.requests if "input" in request.body]
    assert sizes == [1, 64, 64, 2]  # the first asks for the dimension


def test_the_remote_name_is_ascii_and_carries_the_dimension(remote: RemoteEmbedder, stub: StubEndpoint) -> None:
    stub.enqueue_embeddings(reply([1.0, 0.0, 0.0]))
    assert remote.name.isascii()
    assert remote.name.startswith("bge-m3-")
    assert remote.name.endswith("-3")


def test_the_dimension_is_asked_for_once(remote: RemoteEmbedder, stub: StubEndpoint, cache: Cache) -> None:
    assert remote.dimension == RemoteEmbedder(remote._access, cache).dimension
    assert len(stub.requests) == 1


def test_a_changed_dimension_is_a_bad_reply(remote: RemoteEmbedder, stub: StubEndpoint) -> None:
    stub.enqueue_embeddings(reply([1.0, 0.0]), reply([1.0, 0.0, 0.0]))
    with pytest.raises(BadReply, match=r"dimension_changed.*expected=3"):
        remote.query("甲")


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(reply([None, 1.0]), id="null in a vector"),
        pytest.param(reply([0.0, 0.0]), id="zero vector"),
        pytest.param(reply(), id="too few"),
        pytest.param(Response(b'{"data": [{"index": 0, "embedding": [NaN, 1.0]}]}'), id="not a number"),
        pytest.param(Response(b'{"data": null}'), id="no data"),
        pytest.param(Response(b"{}"), id="no field"),
        pytest.param(Response(b'{"data": [{"index": 0, "embedding": "@@"}]}'), id="broken base64"),
        pytest.param(Response(b'{"data": [{"index": 0, "embedding": [[1.0], [2.0]]}]}'), id="vectors of vectors"),
        pytest.param(Response(b'{"data": {"embedding": [1.0, 0.0]}}'), id="no list"),
        pytest.param(Response(b"{", content_type="application/json"), id="no JSON"),
    ],
)
def test_a_reply_that_cannot_be_used_is_a_bad_reply(
    remote: RemoteEmbedder, stub: StubEndpoint, broken: Response
) -> None:
    stub.enqueue_embeddings(reply([1.0, 0.0]), broken)
    with pytest.raises(BadReply):
        remote.passages(["甲"])


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        pytest.param(web_page(), "not_an_endpoint", id="a web page"),
        pytest.param(
            Response(b'{"error": {"message": "no quota", "param": null}}'), "reply_unusable", id="an error with 200"
        ),
    ],
)
def test_what_comes_instead_of_vectors_is_said(
    remote: RemoteEmbedder, stub: StubEndpoint, reply: Response, code: str
) -> None:
    stub.enqueue_embeddings(reply)
    with pytest.raises(ModelUnavailable, match=stub.host) as caught:
        remote.query("甲")
    assert caught.value.code == code


def test_vectors_in_base64_and_without_numbers_are_read(remote: RemoteEmbedder, stub: StubEndpoint) -> None:
    in_base64 = base64.b64encode(np.array([3.0, 4.0], dtype="<f4").tobytes()).decode()
    stub.enqueue_embeddings(reply([1.0, 0.0]), Response(f'{{"data": [{{"embedding": "{in_base64}"}}]}}'.encode()))
    assert remote.passages(["甲"]).tolist() == [pytest.approx([0.6, 0.8])]


def test_vectors_of_unequal_length_are_a_bad_reply(remote: RemoteEmbedder, stub: StubEndpoint) -> None:
    stub.enqueue_embeddings(reply([1.0, 0.0]), reply([1.0, 0.0], [1.0]))
    with pytest.raises(BadReply):
        remote.passages(["甲", "乙"])


def test_a_busy_endpoint_is_asked_again(remote: RemoteEmbedder, stub: StubEndpoint) -> None:
    busy = replace(failure(503), headers={"retry-after-ms": "1"})
    stub.enqueue_embeddings(busy, reply([1.0, 0.0]), busy, reply([0.0, 1.0]))
    assert remote.passages(["甲"]).tolist() == [[0.0, 1.0]]


@pytest.mark.parametrize("status", [400, 401, 404])
def test_a_refusing_endpoint_is_unavailable(remote: RemoteEmbedder, stub: StubEndpoint, status: int) -> None:
    stub.enqueue_embeddings(failure(status))
    with pytest.raises(ModelUnavailable, match=stub.host):
        remote.query("甲")


def test_an_endpoint_that_is_not_there_is_unavailable(
    remote: RemoteEmbedder, stub: StubEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.models.client._RETRIES", 0)
    stub.close()
    with pytest.raises(ModelUnavailable, match=stub.host):
        remote.query("甲")


def test_the_embedder_is_local_without_an_embedding_model(cache: Cache, tmp_path: Path) -> None:
    here = Settings(tmp_path, "openai", "http://127.0.0.1:9/v1", "key", chat_model="m")
    assert make_embedder(here, cache).name == LocalEmbedder.name


def test_the_embedder_is_local_where_the_endpoint_is(cache: Cache, tmp_path: Path) -> None:
    assert make_embedder(Settings(tmp_path, embedding_model="m"), cache).name == LocalEmbedder.name


def test_the_embedder_is_remote_where_both_are_named(cache: Cache, tmp_path: Path, stub: StubEndpoint) -> None:
    there = Settings(tmp_path, "openai", stub.base_url, "key", embedding_model="m")
    embedder = make_embedder(there, cache)
    assert embedder.name.startswith("m-")
    embedder.close()
