"""Text files in whatever encoding, line ends as they are."""

from rag.errors import UnreadableFile
from rag.formats.encodings import Decoded, decode, is_cut_character, undecodable_line
from rag.formats.extract import Extract

LARGEST = 20_000_000  # bytes, pictures inside a web page included; a report has some ten thousand characters
_SAVE_AGAIN = "请用编辑器打开，检查后另存为 UTF-8"


def read_plain(content: bytes) -> Extract:
    """The decoded text without its byte-order mark. Raises UnreadableFile."""
    decoded = decode_text(content)
    return Extract(decoded.text, decoded.encoding)


def decode_text(content: bytes) -> Decoded:
    """The text of bytes that are said to be text; raises UnreadableFile with the likely reason where they are not."""
    if len(content) > LARGEST:
        raise UnreadableFile(f"有 {len(content) / 1e6:.0f} MB，不像一份报告；请拆分。(too long for one report)")
    decoded = decode(content)
    if decoded is not None:
        return decoded
    if _is_binary(content):
        raise UnreadableFile("看起来是二进制文件，不是文本。(looks binary, not text)")
    if is_cut_character(content):
        raise UnreadableFile(f"末尾只有半个汉字，文件不完整；{_SAVE_AGAIN}。(ends in half a character: cut short)")
    line = undecodable_line(content)
    if line is not None:
        raise UnreadableFile(f"第 {line} 行起编码与前文不同；{_SAVE_AGAIN}。(the encoding changes at line {line})")
    raise UnreadableFile(f"无法识别文字编码；{_SAVE_AGAIN}。(unknown encoding; save it as UTF-8)")


def _is_binary(content: bytes) -> bool:
    head = content[:65536]
    controls = sum(byte < 32 and byte not in b"\t\n\x0b\x0c\r\x1a\x1b" for byte in head)
    return b"\x00" in head or controls > len(head) * 0.01 + 1
