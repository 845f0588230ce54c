"""The queue in front of SQLite's writer, and what keeps a thread from waiting for itself."""

import signal
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from functools import partial

import pytest

from storage.db import FairLock, OncePerThread


def _in_thread(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def _wait_until_queued(lock: FairLock, threads: int) -> None:
    """The first in the queue is the one that is inside."""
    while len(lock._waiting) != threads + 1:
        threading.Event().wait(0.001)


def test_the_lock_is_handed_over_in_order_of_arrival() -> None:
    lock, served = FairLock(), list[int]()

    def take(number: int) -> None:
        with lock:
            served.append(number)

    threads = []
    with lock:
        for number in range(20):
            threads.append(_in_thread(partial(take, number)))
            _wait_until_queued(lock, number + 1)
        assert served == []
    for thread in threads:
        thread.join()
    assert served == list(range(20))


def test_only_one_thread_is_inside() -> None:
    lock, inside, most = FairLock(), [0], [0]

    def enter_often() -> None:
        for _ in range(200):
            with lock:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                inside[0] -= 1

    threads = [_in_thread(enter_often) for _ in range(8)]
    for thread in threads:
        thread.join()
    assert (inside, most) == ([0], [1])


def test_an_exception_inside_hands_the_lock_over() -> None:
    lock, served = FairLock(), list[str]()

    def take() -> None:
        with lock:
            served.append("next")

    with suppress(KeyError), lock:
        thread = _in_thread(take)
        _wait_until_queued(lock, 1)
        raise KeyError
    thread.join()
    assert served == ["next"]


def test_who_is_interrupted_while_waiting_gives_up_the_place() -> None:
    lock, entered, may_leave = FairLock(), threading.Event(), threading.Event()
    test_thread = threading.get_ident()

    def hold_and_interrupt() -> None:
        with lock:
            entered.set()
            _wait_until_queued(lock, 1)
            signal.pthread_kill(test_thread, signal.SIGINT)
            may_leave.wait()

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    thread = _in_thread(hold_and_interrupt)
    entered.wait()
    with pytest.raises(KeyboardInterrupt):
        lock.__enter__()
    signal.signal(signal.SIGINT, before)
    may_leave.set()
    thread.join()
    with lock:
        assert len(lock._waiting) == 1


@pytest.mark.parametrize("lock", [FairLock(), OncePerThread()])
def test_a_thread_that_is_inside_is_refused_a_second_time(lock: AbstractContextManager[None]) -> None:
    with lock, pytest.raises(RuntimeError, match="inside another one"), lock:
        pass
    with lock:
        pass
