"""Addresses as messages show them."""

import pytest

from rag.models.access import Access, host_of, is_on_this_machine


def test_host_shows_no_password() -> None:
    assert host_of("https://user:secret@example.org:8443/v1") == "example.org:8443"


def test_the_key_is_not_shown() -> None:
    assert "sk-very-secret" not in repr(Access("http://127.0.0.1/v1", "sk-very-secret", "m"))


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "127.0.0.2", "[::1]:8080", "localhost:11434", "LOCALHOST"])
def test_addresses_of_this_machine(host: str) -> None:
    assert is_on_this_machine(f"http://{host}/v1")


@pytest.mark.parametrize("host", ["localhost.example", "127.0.0.1.example:80", "10.0.0.1", "[fe80::1]"])
def test_addresses_of_others(host: str) -> None:
    assert not is_on_this_machine(f"http://{host}/v1")
