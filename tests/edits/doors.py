"""The ways to run a command of the project: as a process of its own, forked from this one, or in this one."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Protocol

from patientpages.cli import main
from patientpages.said import cache as phrases

_LONGEST = 300  # seconds: what takes longer hangs
_BUILDING = ("patientpages.verbs.building", "patientpages.verbs.at_work", "patientpages.lean")


@dataclass(frozen=True)
class Done:
    """How a command ended (minus a signal's number where that ended it), and what it printed."""

    code: int
    out: str
    err: str


class Running(Protocol):
    """A command that is at work."""

    def end(self) -> Done:
        """Wait for its end."""
        ...

    def kill(self, after: float, *, alone: bool) -> None:
        """Kill it after so many seconds: it `alone`, or with the processes that it has started."""
        ...


class Door(Protocol):
    """A way to run commands."""

    def start(self, folder: Path, arguments: Sequence[str]) -> Running:
        """Start a command in a folder."""
        ...


def _kill(number: int, after: float, *, alone: bool) -> None:
    time.sleep(after)
    with contextlib.suppress(ProcessLookupError):
        (os.kill if alone else os.killpg)(number, signal.SIGKILL)


@dataclass
class _Process:
    process: subprocess.Popen[bytes]
    out: IO[bytes]
    err: IO[bytes]

    def end(self) -> Done:
        code = self.process.wait(_LONGEST)
        texts = []
        for file in (self.out, self.err):
            file.seek(0)
            texts.append(file.read().decode())
            file.close()
        return Done(code, *texts)

    def kill(self, after: float, *, alone: bool) -> None:
        _kill(self.process.pid, after, alone=alone)
        self.process.wait(_LONGEST)


@dataclass(frozen=True)
class Launched:
    """The command as a person runs it: a new process each time. `program` are arguments for Python."""

    program: tuple[str, ...] = ("-m", "patientpages")

    def start(self, folder: Path, arguments: Sequence[str]) -> Running:
        """Start it; what it prints goes to files, which a process that it leaves behind cannot keep open."""
        out, err = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115 (closed when it has been read)
        command = [sys.executable, *self.program, *arguments]
        return _Process(
            subprocess.Popen(
                command, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True
            ),
            out,
            err,
        )


def run_here(folder: Path, arguments: Sequence[str]) -> Done:
    """Run a command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(arguments)
        except SystemExit as end:  # argparse's way to end
            code = end.code if isinstance(end.code, int) else 1
    return Done(code, out.getvalue(), err.getvalue())


@dataclass(frozen=True)
class Ended:
    """A command that has ended already."""

    done: Done

    def end(self) -> Done:
        """Say how it ended."""
        return self.done

    def kill(self, after: float, *, alone: bool) -> None:
        """It has ended already."""


@cache
def _loaded() -> None:
    """Load what a build loads, once and not in each process that is forked; nothing is run."""
    os.environ |= {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}  # read while the theme is loaded
    for name in _BUILDING:
        import_module(name)


class _Fork:
    def __init__(self, folder: Path, arguments: Sequence[str]) -> None:
        _loaded()
        fork = get_context("fork")
        self._ours, theirs = fork.Pipe(duplex=False)
        self._process = fork.Process(target=self._run, args=(folder, arguments, theirs))
        self._process.start()
        theirs.close()

    @staticmethod
    def _run(folder: Path, arguments: Sequence[str], answer: Connection) -> None:
        os.setsid()
        phrases._last.clear()
        answer.send(run_here(folder, arguments))

    def end(self) -> Done:
        assert self._ours.poll(_LONGEST), "it does not end"
        try:
            done: Done = self._ours.recv()
        except EOFError:
            self._process.join()
            return Done(self._process.exitcode or 0, "", "it ended with an exception, or was killed")
        self._process.join()
        return done

    def kill(self, after: float, *, alone: bool) -> None:
        assert self._process.pid
        time.sleep(after)
        _kill(self._process.pid, 0, alone=alone)
        self._process.join(_LONGEST)


class Forked:
    """Forked from this process, which has run nothing itself: no second goes into starting Python."""

    def start(self, folder: Path, arguments: Sequence[str]) -> Running:
        """Start it."""
        return _Fork(folder, arguments)


class Resident:
    """One process, forked from this one, that runs one command after the other with all that its modules remember."""

    def __init__(self) -> None:
        _loaded()
        fork = get_context("fork")
        self._ours, theirs = fork.Pipe()
        self._process = fork.Process(target=self._live, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    @staticmethod
    def _live(commands: Connection) -> None:
        while True:
            commands.send(run_here(*commands.recv()))

    def start(self, folder: Path, arguments: Sequence[str]) -> Running:
        """Run it to its end."""
        self._ours.send((folder, arguments))
        assert self._ours.poll(_LONGEST), "it does not end"
        done: Done = self._ours.recv()
        return Ended(done)

    def close(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.join()
