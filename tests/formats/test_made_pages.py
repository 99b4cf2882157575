"""Every kind of page, from columns to scans with a stamp: what is right to read from each stands with the file."""

import pytest

from benchmarks.pdf_readers import READERS, faults
from tests.support.made_pages import MadePages, made


@pytest.mark.parametrize("page", [pytest.param(each, id=each.name) for each in made()])
def test_a_page_is_read_as_people_see_it(page: MadePages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.formats.pdf.is_available", lambda: False)
    monkeypatch.setattr("rag.formats.ocr.is_available", lambda: False)
    assert faults(READERS["zhenbao"](page.content), page) == []
