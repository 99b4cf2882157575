"""One kind of work, done by forked processes that are killed on their way, and what is found after each kill."""

import multiprocessing
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.kill_checks import Left, follow, look, lost_or_doubled, unlike

_FORK = multiprocessing.get_context("fork")
_ENDS = 10.0  # seconds that the children of a killed process have to end by themselves


Work = Callable[[Path, Path, Connection], None]


@dataclass(slots=True)
class Tally:
    """What the kills came to."""

    kills: int = 0
    rounds: int = 0
    """Libraries that were finished and begun anew."""
    states: int = 0
    """Different numbers of reports that a kill left, which shows how far apart the moments are."""
    orphans: int = 0
    """Children that outlived a killed process."""
    faults: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Trial:
    """One kind of work, killed again and again on its way."""

    home: Path
    start: Path  # the data folder that it begins with
    folder: Path
    work: Work
    whole: Left  # what an undisturbed process makes
    moment: Callable[[random.Random], float]
    is_migration: bool = False

    def run(self, times: int, chance: random.Random) -> Tally:
        tally, left_behind, earlier = Tally(), set[int](), set[str]()
        self._begin()
        while tally.kills < times:
            moment = self.moment(chance)
            told, is_done = self._killed(moment, tally)
            faults, left = self._judged(earlier, told)
            earlier = {name for name, _ in left.reports}
            left_behind.add(len(earlier))
            tally.kills += not is_done
            tally.faults += [f"kill {tally.kills}: {fault}" for fault in faults[:5]]
            after = "done" if is_done else f"kill {tally.kills} after {moment:.2f} s"
            print(f"{after}: {len(earlier)} reports, {len(tally.faults)} faults", file=sys.stderr, flush=True)
            if is_done:
                tally.rounds += 1
                tally.faults += [] if left.reports == self.whole.reports else ["a finished library lacks reports"]
                self._begin()
                earlier = set()
        tally.states = len(left_behind)
        return tally

    def _begin(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(self.start, self.home)

    def _killed(self, moment: float, tally: Tally) -> tuple[set[str], bool]:
        """Names of files told as stored, and whether the process was done before it could be killed."""
        hear, say = _FORK.Pipe(duplex=False)
        process = _FORK.Process(target=_leading, args=(self.work, self.home, self.folder, say))
        process.start()
        say.close()
        began, told = time.monotonic(), set[str]()
        with suppress(EOFError):
            while (left := began + moment - time.monotonic()) > 0:
                if hear.poll(left):
                    status, name = hear.recv()
                    told |= {name} if status in ("added", "unchanged") else set()
        if process.is_alive() and time.monotonic() - began < moment:
            process.join(moment)
        is_done = process.exitcode is not None
        process.kill()
        process.join()
        with suppress(EOFError, OSError):
            while hear.poll():
                status, name = hear.recv()
                told |= {name} if status in ("added", "unchanged") else set()
        hear.close()
        tally.orphans += _end_group(process.pid or 0)
        if is_done and process.exitcode != 0:
            tally.faults.append(f"a process that nobody killed ended with {process.exitcode}")
        return told, is_done

    def _judged(self, earlier: set[str], told: set[str]) -> tuple[list[str], Left]:
        copied = self.home.with_name("copied")
        shutil.rmtree(copied, ignore_errors=True)
        shutil.copytree(self.home, copied)
        left: Left = in_process(look, copied)
        files = dict(self.whole.reports)
        ids = [report for _, report in left.reports]
        faults = [
            *left.faults,
            *lost_or_doubled(left, earlier or (set(files) if self.is_migration else ()), told, files),
        ]
        faults += unlike(left.rows, self.whole.rows, ids, may_lack=self.is_migration)
        faults += in_process(follow, copied)
        after: Left = in_process(look, copied)
        faults += [] if after.reports == left.reports else ["the next writer changed which reports there are"]
        return faults, left


def _leading(work: Work, home: Path, folder: Path, said: Connection) -> None:
    """The work in a process group of its own, so that what it starts can be found and ended."""
    os.setsid()
    work(home, folder, said)


def _end_group(group: int) -> int:
    """Waits for what a killed process started; ends what outlives it and counts it as one."""
    until = time.monotonic() + _ENDS
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except (ProcessLookupError, PermissionError):
            return 0
        time.sleep(0.02)
    os.killpg(group, signal.SIGKILL)
    return 1


def undisturbed(work: Work, home: Path, folder: Path) -> None:
    """The work in this process, nobody listening."""
    hear, say = _FORK.Pipe(duplex=False)
    _FORK.Process(target=_swallow, args=(hear,), daemon=True).start()
    work(home, folder, say)


def _swallow(hear: Connection) -> None:
    while True:
        hear.recv()


def in_process(function: Callable[..., Any], *arguments: Any) -> Any:
    """What a function gives in a process of its own; raises where that fails."""
    hear, say = _FORK.Pipe(duplex=False)
    process = _FORK.Process(target=lambda: say.send(function(*arguments)))
    process.start()
    say.close()
    try:
        return hear.recv()
    except EOFError:
        raise SystemExit(f"{function.__name__}{arguments} failed") from None
    finally:
        process.join()
