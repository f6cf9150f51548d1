"""What a command costs: seconds on the clock, CPU seconds, and memory, as the operating system counts them."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


class CommandError(Exception):
    """A command that was to be measured has failed."""


@dataclass(frozen=True)
class Cost:
    """Of one command with its children: seconds on the clock, CPU seconds, MiB of the largest process; its output."""

    wall: float
    cpu: float
    memory: float
    said: str = ""


def as_usual() -> dict[str, str]:
    """Return the environment for a command as it is on most machines: Python keeps its modules compiled."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


def cost_of(command: Sequence[str], folder: Path, fine: Iterable[int] = (0,)) -> Cost:
    """Run a command in a folder, and return what it cost. Raises CommandError if it ends with another code."""
    environment = as_usual()
    with tempfile.TemporaryFile() as out:
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read().decode(errors="replace")
    if process.returncode not in fine:
        raise CommandError(f"{' '.join(command)[:200]} ended with {process.returncode}: {said[-1500:]}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said)


def middle(costs: Sequence[Cost]) -> Cost:
    """Return the median of each figure, with what the last run said."""
    return Cost(
        statistics.median(cost.wall for cost in costs),
        statistics.median(cost.cpu for cost in costs),
        statistics.median(cost.memory for cost in costs),
        costs[-1].said,
    )
