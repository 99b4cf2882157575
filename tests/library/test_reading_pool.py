"""Work in processes of their own, some of which die."""

import os
import signal
import subprocess
import sys
import time

import pytest

from rag.library.reading_pool import ProcessDied, ReadingPool
from tests.support.paths import ROOT


def double(number: int) -> int:
    return 2 * number


def process(number: int) -> int:
    return os.getpid()


def die(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def hang(number: int) -> int:
    while True:
        time.sleep(60)


def shout(number: int) -> int:
    os.write(1, b"in the way of results")
    return number


def test_little_work_is_done_here() -> None:
    with ReadingPool(2, fewest=4) as pool:
        begun = [pool.begin(process, number) for number in range(3)]
        assert {pool.result(work) for work in begun} == {os.getpid()}


def test_much_work_is_done_elsewhere_and_given_in_order() -> None:
    with ReadingPool(2, fewest=4) as pool:
        begun = [pool.begin(double, number) for number in range(9)]
        where = [pool.begin(process, number) for number in range(4)]
        assert [pool.result(work) for work in begun] == [2 * number for number in range(9)]
        assert os.getpid() not in {pool.result(work) for work in where}


def test_without_processes_all_is_done_here() -> None:
    with ReadingPool(0, fewest=1) as pool:
        assert pool.result(pool.begin(process, 1)) == os.getpid()


def test_a_process_that_dies_takes_no_other_work_along() -> None:
    with ReadingPool(2, fewest=1) as pool:
        begun = [pool.begin(die if number == 2 else double, number) for number in range(6)]
        assert [pool.result(work) for number, work in enumerate(begun) if number != 2] == [0, 2, 6, 8, 10]
        with pytest.raises(ProcessDied) as died:
            pool.result(begun[2])
        assert not died.value.is_late


def test_work_without_an_end_is_given_up() -> None:
    with ReadingPool(1, fewest=1, seconds=0.01) as pool:
        with pytest.raises(ProcessDied) as died:
            pool.result(pool.begin(hang, 1))
        assert died.value.is_late


def test_what_a_library_prints_is_no_result() -> None:
    with ReadingPool(1, fewest=1) as pool:
        assert pool.result(pool.begin(shout, 3)) == 3


def test_a_pool_closed_on_the_way_leaves_no_process() -> None:
    with ReadingPool(1, fewest=1) as pool:
        where = pool.result(pool.begin(process, 1))
        pool.begin(hang, 1)
    with pytest.raises(ProcessLookupError):
        os.kill(where, 0)


def test_the_processes_end_with_the_one_that_is_killed() -> None:
    program = (
        "import os, signal\n"
        "from rag.library.reading_pool import ReadingPool\n"
        "from tests.library.test_reading_pool import process\n"
        "pool = ReadingPool(1, fewest=1)\n"
        "pool.result(pool.begin(process, 1))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT) as parent:
        _, said = parent.communicate()  # until nobody, no process of the pool either, holds the other end
    assert (parent.returncode, said) == (-signal.SIGKILL, b"")
