"""A model's file with its weights in eight bits, which OpenVINO reads as they are.

Weights of four to six bits it would round once more, to a grid of its own, and answers would be lost by that. In eight
bits (Q8_0: blocks of 32 with one scale) nothing is lost that shows.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

_OWN_KEYS = ("GGUF.", "general.architecture", "general.file_type", "general.quantization_version")  # the writer's part
_VERSION = 2  # of the format of the blocks


def write_in_eight_bits(source: Path, target: Path) -> None:
    """Writes a GGUF file's model anew; the file grows to about 1.7 times that of four bits.

    One tensor at a time is held in memory. Raises OSError, and ValueError where the file is no GGUF or has weights of
    a kind that cannot be read.
    """
    from gguf import GGUFWriter, LlamaFileType

    reader = _reader(source)
    writer = GGUFWriter(target, str(_value(reader, "general.architecture")))
    try:
        _copy_metadata(reader, writer)
        writer.add_file_type(LlamaFileType.MOSTLY_Q8_0)
        writer.add_quantization_version(_VERSION)
        for name, shape, kind, size in _plan(reader):
            writer.add_tensor_info(name, shape, kind[0], size, kind[1])
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_ti_data_to_file()
        for tensor in reader.tensors:
            writer.write_tensor_data(_in_eight_bits(tensor))
    finally:
        writer.close()


def _reader(source: Path) -> Any:
    from gguf import GGUFReader

    try:
        return GGUFReader(source)
    except (IndexError, KeyError) as error:
        raise ValueError(f"no GGUF file: {source.name}") from error


def _value(reader: Any, key: str) -> object:
    field = reader.get_field(key)
    if field is None:
        raise ValueError(f"no {key} in the file")
    return field.contents()


def _copy_metadata(reader: Any, writer: Any) -> None:
    for name, field in reader.fields.items():
        if not name.startswith(_OWN_KEYS):
            inner = field.types[1] if len(field.types) > 1 else None
            writer.add_key_value(name, field.contents(), field.types[0], sub_type=inner)


def _plan(reader: Any) -> Iterator[tuple[str, Any, tuple[Any, Any], int]]:
    """Name, shape, kinds (of the numbers and of the blocks) and bytes of every tensor as it will be written."""
    import numpy as np
    from gguf import GGML_QUANT_SIZES, GGMLQuantizationType

    for tensor in reader.tensors:
        if _stays(tensor):
            yield tensor.name, tensor.data.shape, (tensor.data.dtype, tensor.tensor_type), tensor.data.nbytes
            continue
        block, size = GGML_QUANT_SIZES[GGMLQuantizationType.Q8_0]
        rows = [int(length) for length in reversed(tensor.shape)]
        shape = [*rows[:-1], rows[-1] // block * size]
        yield tensor.name, shape, (np.dtype(np.uint8), GGMLQuantizationType.Q8_0), int(np.prod(shape))


def _in_eight_bits(tensor: Any) -> "np.ndarray[Any, Any]":
    from gguf import GGMLQuantizationType, dequantize, quantize

    if _stays(tensor):
        return tensor.data  # type: ignore[no-any-return]
    return quantize(dequantize(tensor.data, tensor.tensor_type), GGMLQuantizationType.Q8_0)


def _stays(tensor: Any) -> bool:
    """Whether a tensor has eight bits or more already, or rows that make no whole blocks."""
    from gguf import GGML_QUANT_SIZES, GGMLQuantizationType

    kinds = GGMLQuantizationType
    block, _ = GGML_QUANT_SIZES[kinds.Q8_0]
    return tensor.tensor_type in (kinds.F32, kinds.F16, kinds.BF16, kinds.Q8_0) or tensor.shape[0] % block != 0
