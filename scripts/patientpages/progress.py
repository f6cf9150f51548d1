"""What a command is doing, on one line of the terminal that is written over; nothing where nobody looks on."""

from __future__ import annotations

import shutil
import sys


class _Line:
    """The one line of the terminal that is written over."""

    wide = 0  # how much of it is written on


def doing(what: str, done: int | None = None, total: int | None = None) -> None:
    """Say what is being done, and how far it is where that is known; "" takes the line away."""
    if not sys.stderr.isatty():
        return
    count = "" if done is None else f" {done:,}" if total is None else f" {done:,} of {total:,}"
    text = f"  {what}{count} ..."[: shutil.get_terminal_size().columns - 1] if what else ""
    # Blanks and not a terminal's own codes: an old Windows console shows those as they are.
    print(f"\r{text:{_Line.wide}}" + ("" if text else "\r"), end="", file=sys.stderr, flush=True)
    _Line.wide = len(text)


def over() -> None:
    """Take the line away: what is printed next begins on a clean one."""
    if _Line.wide:
        doing("")
