"""Who may sign in."""

from pathlib import Path

import pytest

from rag.errors import InputError, SettingError
from ui.users import Users, read_users, write_users

PASSWORD = "a long password"


def test_only_the_own_password_is_admitted() -> None:
    users = Users({}).with_user("李", PASSWORD)
    assert users.admits("李", PASSWORD)
    assert not users.admits("李", PASSWORD + "x")
    assert not users.admits("王", PASSWORD)


def test_users_come_back_from_their_file_without_their_passwords(tmp_path: Path) -> None:
    path = tmp_path / "users"
    write_users(path, Users({}).with_user("li", PASSWORD))
    assert read_users(path).admits("li", PASSWORD)
    assert PASSWORD not in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o077 == 0


def test_the_same_password_has_another_hash_for_each() -> None:
    users = Users({}).with_user("a", PASSWORD).with_user("b", PASSWORD)
    assert users.known["a"] != users.known["b"]


def test_a_removed_user_is_not_admitted() -> None:
    users = Users({}).with_user("li", PASSWORD).without("li")
    assert not users.admits("li", PASSWORD)
    with pytest.raises(InputError):
        users.without("li")


@pytest.mark.parametrize(("name", "password"), [("a:b", PASSWORD), ("", PASSWORD), ("a\nb", PASSWORD), ("a", "short")])
def test_what_cannot_be_stored_is_turned_down(name: str, password: str) -> None:
    with pytest.raises(InputError):
        Users({}).with_user(name, password)


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "users").write_text("li:plain-password\n", encoding="utf-8")
    with pytest.raises(SettingError, match=r"not_a_users_line.*line=1"):
        read_users(tmp_path / "users")


def test_no_file_means_no_users(tmp_path: Path) -> None:
    assert read_users(tmp_path / "users") == Users({})
