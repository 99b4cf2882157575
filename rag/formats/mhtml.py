"""Saved web pages (.mht, .mhtml): the page inside, read as a web page."""

from email import message_from_bytes, policy

from rag.errors import UnreadableFile
from rag.formats.extract import Extract
from rag.formats.webpage import read_webpage


def read_mhtml(content: bytes) -> Extract:
    """The lines of the first HTML part. Raises UnreadableFile."""
    for part in message_from_bytes(content, policy=policy.compat32).walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            return read_webpage(page if isinstance(page, bytes) else b"")
    raise UnreadableFile("no_page_in_web_archive")
