"""The brake on guessing passwords."""

import logging

import pytest

from ui.sign_in import FAILURES, REMEMBERED, WINDOW, SignIn
from ui.users import Users

PASSWORD = "石矶镇的水渠三公里"


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def users() -> Users:
    return Users({}).with_user("李", PASSWORD).with_user("王", PASSWORD)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sign_in(users: Users, clock: Clock) -> SignIn:
    return SignIn(users, clock)


def fail(sign_in: SignIn, name: str = "李", times: int = FAILURES) -> None:
    for _ in range(times):
        assert not sign_in.admits(name, "猜的猜的猜的猜的")


def test_after_many_failures_even_the_right_password_waits(sign_in: SignIn, clock: Clock) -> None:
    fail(sign_in)
    assert not sign_in.admits("李", PASSWORD)
    clock.now += WINDOW - 1
    assert not sign_in.admits("李", PASSWORD)
    clock.now += 1
    assert sign_in.admits("李", PASSWORD)


def test_others_sign_in_meanwhile(sign_in: SignIn) -> None:
    fail(sign_in)
    assert sign_in.admits("王", PASSWORD)


def test_signing_in_forgets_the_failures_before(sign_in: SignIn) -> None:
    for _ in range(3):
        fail(sign_in, times=FAILURES - 1)
        assert sign_in.admits("李", PASSWORD)


def test_a_try_while_braked_costs_no_hash_and_does_not_lengthen_the_wait(
    sign_in: SignIn, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(sign_in)
    clock.now += WINDOW - 1
    with monkeypatch.context() as braked:
        braked.setattr(Users, "admits", lambda self, name, password: pytest.fail("hashed"))
        fail(sign_in, times=50)
    clock.now += 1
    assert sign_in.admits("李", PASSWORD)


def test_endless_names_do_not_fill_the_memory(sign_in: SignIn, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Users, "admits", lambda self, name, password: False)
    fail(sign_in)
    for number in range(REMEMBERED):
        sign_in.admits(f"name{number}", "guessed")
    assert len(sign_in._failed) == REMEMBERED
    assert "李" not in sign_in._failed


def test_the_log_tells_of_a_brake_and_of_no_name(sign_in: SignIn, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        fail(sign_in, times=FAILURES)
    (record,) = caplog.records
    assert "braked" in record.getMessage() and "李" not in record.getMessage()
