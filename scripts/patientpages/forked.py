"""Do one thing with each of many values, on all processors where that pays: the same answers in the same order."""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
_MANY = 200  # pages
_PR_SET_PDEATHSIG = 1
_FEW = 32  # values a processor: to divide the process takes as long as these


def processors() -> int:
    """Return how many processors this process may use; 1 where a process cannot be divided safely."""
    # A copy of a process may hang where a lock is held: by another thread of it, or by what other systems load.
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))


def each(values: Sequence[T], work: Callable[[T], R], few: int = _FEW) -> list[R]:
    """Return what `work` makes of each value; no processor is asked for fewer than `few` of them.

    What it makes must be picklable. It may raise nothing, and change nothing: it runs in a copy of this process.
    """
    number = min(processors(), len(values) // few)
    if number < 2:
        return [work(value) for value in values]
    sys.stdout.flush()
    sys.stderr.flush()
    gc.freeze()  # so that the copies share what is there; and none of them looks for circles in it
    gc.disable()
    others: list[tuple[int, int]] = []
    try:
        with suppress(OSError):  # no more processes: what they would have done is done here
            others += (_started(values[share::number], work) for share in range(1, number))
        shares: list[list[R] | None] = [[work(value) for value in values[::number]]]
        shares += [_ended(*other) for other in others]
    except BaseException:
        for process, _ in others:
            _stop(process)
        raise
    finally:
        gc.enable()
        gc.unfreeze()
    shares += [None] * (number - len(shares))
    # What a process could not do is done here, where it can be seen why.
    whole = [
        [work(value) for value in values[at::number]] if share is None else share for at, share in enumerate(shares)
    ]
    return [whole[at % number][at // number] for at in range(len(values))]


@contextmanager
def aside(work: Callable[[], None], pages: int) -> Iterator[None]:
    """Do some work in a copy of this process while this one goes on; at the end it is done, or what failed is raised.

    For a site of a few pages it is done first, in this process.
    """

    def done(_: int) -> Exception | None:
        try:
            work()
        except Exception as error:  # whatever it is, it is raised below
            return error
        return None

    if processors() < 2 or pages < _MANY:
        work()
        yield
        return
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        process, reader = _started([0], done)
    except OSError:
        work()
        yield
        return
    try:
        yield
    except BaseException:
        _stop(process)
        raise
    answers: list[Exception | None] | None = _ended(process, reader)
    if answers is None:  # it was stopped from outside
        work()
    elif answers[0] is not None:
        raise answers[0]


def _started(values: Sequence[T], work: Callable[[T], R]) -> tuple[int, int]:
    """Start a copy of this process that works on some values; return it, and where its answers are read.

    Raises OSError where there may be no more processes.
    """
    reader, writer = os.pipe()
    first = os.getpid()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # Ctrl+C ends the first process, and that its copies
    try:
        process = os.fork()
    except OSError:
        os.close(reader)
        os.close(writer)
        raise
    finally:
        if os.getpid() == first:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    if process:
        os.close(writer)
        return process, reader
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _die_with(first)
        os.close(reader)
        gc.disable()
        with os.fdopen(writer, "wb") as pipe:
            pickle.dump([work(value) for value in values], pipe, pickle.HIGHEST_PROTOCOL)
        code = 0
    finally:
        os._exit(code)


def _die_with(parent: int) -> None:
    """Have this process be stopped when its parent is: nobody else waits for what it does (Linux's prctl)."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _ended(process: int, reader: int) -> list[R] | None:
    with os.fdopen(reader, "rb") as pipe:
        content = pipe.read()
    _, status = os.waitpid(process, 0)
    return None if status else pickle.loads(content)


def _stop(process: int) -> None:
    with suppress(OSError):  # it has ended by itself
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
