"""Reading: from a file to its text, whatever Chinese encoding it is in."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from rag.encodings import decode
from rag.errors import UnreadableFile
from rag.types import SourceFile

LARGEST_FILE = 50_000_000  # bytes
_EXTENSIONS = ("", ".txt", ".text")
_NO_TEXT = "\ufeff\u200b\u200c\u200d\u2060"  # invisible characters that strip() leaves

_SIGNATURES: Sequence[tuple[bytes, str]] = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "docx / xlsx / zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc / xls"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!\x1a", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
)


def read_file(path: Path) -> SourceFile:
    """Reads and decodes one report; line ends stay as they are.

    Raises UnreadableFile, with one line that says why, and nothing else.
    """
    if path.suffix.lower() not in _EXTENSIONS:
        raise UnreadableFile(
            f"{path.name}：暂不支持 {path.suffix} 文件，请另存为 .txt。(only .txt files can be read so far)"
        )
    content = _read_bytes(path)
    for signature, name in _SIGNATURES:
        if content.startswith(signature):
            raise UnreadableFile(f"{path.name}：内容是 {name}，不是文本文件。(holds {name}, not text)")
    decoded = decode(content)
    if decoded is None and _is_binary(content):
        raise UnreadableFile(f"{path.name}：看起来是二进制文件，不是文本。(looks binary, not text)")
    if decoded is None:
        raise UnreadableFile(f"{path.name}：无法识别文字编码，请另存为 UTF-8。(unknown encoding; save it as UTF-8)")
    if not any(not character.isspace() and character not in _NO_TEXT for character in decoded.text):
        raise UnreadableFile(f"{path.name}：文件里没有文字。(the file is empty)")
    return SourceFile(path.name, hashlib.sha256(content).hexdigest(), decoded.encoding, decoded.text)


def report_files(path: Path) -> list[Path]:
    """The file itself, or the text files in a folder and below it, sorted; hidden ones are skipped.

    Raises UnreadableFile where there is nothing at the path.
    """
    try:
        if not path.is_dir():
            if not path.exists():
                raise UnreadableFile(f"{path}：没有这个文件或文件夹。(no such file or folder)")
            return [path]
        found = [file for file in path.rglob("*") if file.suffix.lower() in (".txt", ".text") and file.is_file()]
    except OSError as error:
        raise UnreadableFile(f"{path}：无法读取，{error.strerror}。(cannot be read)") from error
    return sorted(file for file in found if not _is_hidden(file.relative_to(path)))


def _is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableFile(f"{path.name}：这是文件夹，不是文件。(a folder, not a file)")
        if not path.exists():
            raise UnreadableFile(f"{path}：没有这个文件。(no such file)")
        if not path.is_file():
            raise UnreadableFile(f"{path.name}：不是普通文件。(not a regular file)")
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise UnreadableFile(f"{path.name}：有 {size / 1e6:.0f} MB，超过 50 MB 的上限。(larger than 50 MB)")
        return path.read_bytes()
    except PermissionError as error:
        raise UnreadableFile(f"{path.name}：没有读取权限。(permission denied)") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise UnreadableFile(f"{path.name}：无法读取，{error}。(cannot be read)") from error


def _is_binary(content: bytes) -> bool:
    head = content[:65536]
    controls = sum(byte < 32 and byte not in b"\t\n\x0b\x0c\r" for byte in head)
    return b"\x00" in head or controls > len(head) * 0.01 + 1
