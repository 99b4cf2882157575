"""Pictures of text: what the models inside the wheel read, and what is said where they are not installed."""

import pytest

from rag.errors import UnreadableFile
from rag.formats import ocr
from rag.formats.ocr import read_image
from rag.formats.pdf import read_pdf
from tests.support.made_files import PICTURE, pdf, scan

pytest.importorskip("rapidocr", reason="the extra `ocr` is not installed")


def test_a_picture_is_read() -> None:
    assert read_image(PICTURE.read_bytes()).text.splitlines() == ["石矶镇2021年工作总结", "全年修建公路12公里。"]


def test_a_scanned_page_is_read_among_pages_with_text() -> None:
    extract = read_pdf(pdf([["衡州县文件"], scan()]))
    assert extract.text.splitlines() == ["衡州县文件", "石矶镇2021年工作总结", "全年修建公路12公里。"]
    assert extract.page_starts == (0, 6)
    assert extract.notes == ()


def test_without_the_extra_a_picture_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    with pytest.raises(UnreadableFile, match="picture_needs_recognition"):
        read_image(PICTURE.read_bytes())
