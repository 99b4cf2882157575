"""Signing in with a brake: whoever guesses passwords is made to wait."""

import logging
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock

from ui.users import Users

FAILURES = 10  # of one name within the window; then nobody signs in by that name until the oldest is past
WINDOW = 300.0  # seconds
REMEMBERED = 1000  # names with failures; the one that failed longest ago is forgotten first

_LOG = logging.getLogger(__name__)


class SignIn:
    """Admits users by name and password. May be shared by threads."""

    def __init__(self, users: Users, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` counts seconds."""
        self._users = users
        self._clock = clock
        self._lock = Lock()
        self._failed: OrderedDict[str, deque[float]] = OrderedDict()

    def admits(self, name: str, password: str) -> bool:
        """Whether the password is that of the name; also false, without a look at it, while the name is braked."""
        if self._is_braked(name):
            return False
        admitted = self._users.admits(name, password)
        with self._lock:
            if admitted:
                self._failed.pop(name, None)
            else:
                self._note_failure(name)
        return admitted

    def _is_braked(self, name: str) -> bool:
        with self._lock:
            failed = self._failed.get(name, deque())
            while failed and failed[0] <= self._clock() - WINDOW:
                failed.popleft()
            return len(failed) >= FAILURES

    def _note_failure(self, name: str) -> None:
        failed = self._failed.setdefault(name, deque())
        failed.append(self._clock())
        self._failed.move_to_end(name)
        if len(failed) == FAILURES:
            _LOG.warning("sign-in braked for %.0f s after %d failures by one name", WINDOW, FAILURES)
        while len(self._failed) > REMEMBERED:
            self._failed.popitem(last=False)
