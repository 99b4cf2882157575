"""Saved web pages (.mht, .mhtml): the page inside, read as a web page, with the frames that were saved beside it."""

from email import message_from_bytes, policy
from email.message import Message
from urllib.parse import urldefrag, urljoin

from rag.errors import UnreadableFile
from rag.formats.extract import Extract
from rag.formats.plain import decode_text
from rag.formats.webpage import read_webpage

_PAGES = ("text/html", "application/xhtml+xml")


def read_mhtml(content: bytes) -> Extract:
    """The lines of the page that the archive names, else of its first. Raises UnreadableFile."""
    archive = message_from_bytes(content, policy=policy.compat32)
    pages = [part for part in archive.walk() if part.get_content_type() in _PAGES]
    if not pages:
        raise UnreadableFile("no_page_in_web_archive")
    start = str(archive.get_param("start") or "")
    main = next((page for page in pages if start and page.get("Content-ID") == start), pages[0])
    base = main.get("Content-Location") or ""
    named = {name: page for page in pages if page is not main for name in _names(page)}

    def page_at(address: str) -> str | None:
        found = named.get(address) or named.get(urldefrag(urljoin(base, address)).url)
        return None if found is None else decode_text(_content(found)).text

    return read_webpage(_content(main), page_at)


def _names(page: Message) -> list[str]:
    """The addresses by which frames speak of a page."""
    identifier, location = page.get("Content-ID") or "", page.get("Content-Location") or ""
    return [*([f"cid:{identifier.strip('<> ')}"] if identifier else []), *([location] if location else [])]


def _content(page: Message) -> bytes:
    content = page.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
