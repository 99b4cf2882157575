"""A model's file written anew with eight bits a weight."""

from pathlib import Path

import numpy as np
import pytest
from gguf import GGMLQuantizationType, GGUFReader, GGUFWriter, dequantize, quantize

from rag.models.eight_bits import write_in_eight_bits

Kind = GGMLQuantizationType
WEIGHTS = np.linspace(-1, 1, 8 * 64, dtype=np.float32).reshape(8, 64)
SCALE = np.arange(64, dtype=np.float32)


@pytest.fixture
def four_bits(tmp_path: Path) -> Path:
    """A file of an invented architecture: weights of four bits, a scale, and the metadata of a tokenizer."""
    path = tmp_path / "small.gguf"
    writer = GGUFWriter(path, "invented")
    writer.add_uint32("invented.block_count", 2)
    writer.add_float32("invented.rope.freq_base", 10000.5)
    writer.add_array("tokenizer.ggml.tokens", ["粮", "食", "<end>"])
    writer.add_array("tokenizer.ggml.token_type", [1, 1, 3])
    writer.add_string("tokenizer.chat_template", "{{ messages }}")
    writer.add_tensor("blk.0.ffn.weight", quantize(WEIGHTS, Kind.Q4_0), raw_dtype=Kind.Q4_0)
    writer.add_tensor("blk.0.norm.weight", SCALE)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def written(source: Path) -> GGUFReader:
    target = source.with_name("eight.gguf")
    write_in_eight_bits(source, target)
    return GGUFReader(target)


def test_weights_are_those_of_the_file_within_half_a_step_of_eight_bits(four_bits: Path) -> None:
    before, after = GGUFReader(four_bits).tensors, written(four_bits).tensors
    assert [tensor.name for tensor in after] == [tensor.name for tensor in before]
    assert [tensor.shape.tolist() for tensor in after] == [tensor.shape.tolist() for tensor in before]
    assert [tensor.tensor_type for tensor in after] == [Kind.Q8_0, Kind.F32]
    as_read = dequantize(before[0].data, Kind.Q4_0)
    step = np.abs(as_read).max() / 127
    assert np.abs(dequantize(after[0].data, Kind.Q8_0) - as_read).max() <= step * 0.51
    assert (after[1].data == SCALE).all()


def test_what_is_told_beside_the_weights_stays(four_bits: Path) -> None:
    after = written(four_bits)
    told = {name: after.fields[name].contents() for name in after.fields if not name.startswith("GGUF.")}
    assert told == {
        "general.architecture": "invented",
        "invented.block_count": 2,
        "invented.rope.freq_base": 10000.5,
        "tokenizer.ggml.tokens": ["粮", "食", "<end>"],
        "tokenizer.ggml.token_type": [1, 1, 3],
        "tokenizer.chat_template": "{{ messages }}",
        "general.file_type": 7,
        "general.quantization_version": 2,
    }


def test_eight_bits_already_are_copied_as_they_are(four_bits: Path) -> None:
    once = written(four_bits)
    again = four_bits.with_name("again.gguf")
    write_in_eight_bits(four_bits.with_name("eight.gguf"), again)
    assert (GGUFReader(again).tensors[0].data == once.tensors[0].data).all()


@pytest.mark.parametrize(
    "content", [b"", b"no model at all, but long enough to be read as one", b"GGUF" + b"\xff" * 60]
)
def test_another_file_is_turned_down(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "other.gguf"
    path.write_bytes(content)
    with pytest.raises((OSError, ValueError)):
        write_in_eight_bits(path, tmp_path / "eight.gguf")
