"""Text files in whatever encoding, line ends as they are."""

from rag.errors import UnreadableFile
from rag.formats.encodings import Decoded, decode, is_cut_character, undecodable_line
from rag.formats.extract import Extract

LARGEST = 20_000_000  # bytes, pictures inside a web page included; a report has some ten thousand characters


def read_plain(content: bytes) -> Extract:
    """The decoded text without its byte-order mark. Raises UnreadableFile."""
    decoded = decode_text(content)
    return Extract(decoded.text, decoded.encoding)


def decode_text(content: bytes) -> Decoded:
    """The text of bytes that are said to be text; raises UnreadableFile with the likely reason where they are not."""
    if len(content) > LARGEST:
        raise UnreadableFile("text_file_too_large", megabytes=len(content) / 1e6)
    decoded = decode(content)
    if decoded is not None:
        return decoded
    if _is_binary(content):
        raise UnreadableFile("binary_not_text")
    if is_cut_character(content):
        raise UnreadableFile("ends_in_half_a_character")
    line = undecodable_line(content)
    if line is not None:
        raise UnreadableFile("encoding_changes", line=line)
    raise UnreadableFile("unknown_encoding")


def _is_binary(content: bytes) -> bool:
    head = content[:65536]
    controls = sum(byte < 32 and byte not in b"\t\n\x0b\x0c\r\x1a\x1b" for byte in head)
    return b"\x00" in head or controls > len(head) * 0.01 + 1
