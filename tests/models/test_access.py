"""Addresses as messages show them."""

from rag.models.access import Access, host_of


def test_host_shows_no_password() -> None:
    assert host_of("https://user:secret@example.org:8443/v1") == "example.org:8443"


def test_the_key_is_not_shown() -> None:
    assert "sk-very-secret" not in repr(Access("http://127.0.0.1/v1", "sk-very-secret", "m"))
