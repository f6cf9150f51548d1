"""How long after a save the live preview serves the new words, and what that costs the process that serves."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from scaling.cost import CommandError, Cost, as_usual

_LONGEST = 300  # seconds
_STEP = 0.02


def _fetched(address: str) -> tuple[str, str]:
    with suppress(OSError), urllib.request.urlopen(address, timeout=_LONGEST) as answer:
        return str(answer.read().decode()), answer.geturl()
    return "", ""


def _until(address: str, wanted: str) -> str:
    """Ask again and again until a page holds some words; return where it stands in the end."""
    end = time.monotonic() + _LONGEST
    while time.monotonic() < end:
        text, at = _fetched(address)
        if wanted in text:
            return at
        time.sleep(_STEP)
    raise CommandError(f"{address} never shows {wanted!r}")


def _used(process: int) -> tuple[float, float]:
    """Return CPU seconds, with those of its children that have ended, and the most MiB so far of a process (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK"), peak


def saved(tool: str, project: Path, page: str, edit: Callable[[], str]) -> Cost:
    """Serve a project, let `edit` save a page and say what is new on it, and wait until the page has it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    process = subprocess.Popen([tool, "serve", "--address", address], cwd=project, env=as_usual(),
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        served = _until(f"http://{address}/", "<h1")  # it leads to where the website's address has the pages
        time.sleep(1)  # what is served is watched a moment later
        cpu, _ = _used(process.pid)
        began = time.perf_counter()
        _until(f"{served}{page}/", edit())
        wall = time.perf_counter() - began
        after, memory = _used(process.pid)
        return Cost(wall, after - cpu, memory)
    finally:
        process.terminate()  # Ctrl+C is not heard by what a shell has started in the background
        process.wait(timeout=60)
