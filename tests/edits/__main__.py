"""Change a project in hundreds of random ways, and hold each build against one in a fresh folder, byte for byte.

    python -m tests.edits --edits 500 --seed 1       histories of 25 edits each, two at a time
    python -m tests.edits --seed 1 --from 7          goes on where a run was stopped, with history 7
    python -m tests.edits --seed 1 --only 7 --to 13  history 7 again, up to edit 13, each edit told
    python -m tests.edits --edits 50 --break clinic  with a builder whose key leaves out clinic.yml: must fail

In one folder .build/ is kept from build to build; the other has only the inputs. After each edit, site/, report/, the
inputs, what was printed and the exit code must be the same (where a build finds errors, site/ must be as it was). Most
histories are of a small project; every fifth is of the whole one. Repeating needs the same files, since edits are drawn
from what stands in them. A kill comes at a time that no seed can fix.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from tempfile import mkdtemp

from tests.edits.broken import LEFT_OUT
from tests.edits.clean import Clean
from tests.edits.doors import Launched
from tests.edits.history import DifferenceError, History, Step
from tests.edits.small import copy_parts, make_small, record

ROOT = Path(__file__).resolve().parents[2]
_WHOLE = 5  # every fifth history is of the whole project


@dataclass(frozen=True)
class Lived:
    """A history: its edits, what was wrong ("": nothing), and how many fresh folders it took."""

    number: int
    steps: tuple[Step, ...]
    wrong: str
    fresh: int


@cache
def _clean(folder: Path, worker: int) -> Clean:
    """Return the fresh folders of a process: an answer that one history needed, another need not work out again."""
    return Clean(folder / f"fresh-{worker}", Launched())


def _live(folder: Path, seed: int, length: int, left_out: str, aloud: bool, number: int) -> Lived:
    base = folder / ("whole" if number % _WHOLE == _WHOLE - 1 else "small")
    place = folder / f"history-{number}/project"
    shutil.rmtree(place.parent, ignore_errors=True)
    shutil.copytree(base, place)
    clean = _clean(folder, os.getpid())
    before = clean.runs
    program = (str(ROOT / "tests/edits/broken.py"), left_out) if left_out else Launched().program
    steps: list[Step] = []
    try:
        history = History(place, Launched(program), clean, f"{seed}/{number}")
        for at in range(1, length + 1):
            steps.append(history.step(at))
            if aloud:
                print(
                    f"  {at:3} {steps[-1].what}{', with errors' if steps[-1].errors else ''}",
                    flush=True,
                )
    except DifferenceError as error:
        told = f"history {number}, edit {len(steps) + 1}: {error}\n  again: python -m tests.edits --seed {seed} --only {number} --to {len(steps) + 1}"
        return Lived(number, tuple(steps), told, clean.runs - before)
    shutil.rmtree(place.parent)
    return Lived(number, tuple(steps), "", clean.runs - before)


def _all(args: argparse.Namespace, folder: Path) -> Iterator[Lived]:
    if args.only is not None:
        yield _live(folder, args.seed, args.to or args.length, args.left_out, True, args.only)
        return
    numbers = range(args.first, -(-args.edits // args.length))
    with ProcessPoolExecutor(args.workers) as pool:
        yield from pool.map(partial(_live, folder, args.seed, args.length, args.left_out, False), numbers)


def _tell(lived: list[Lived], seconds: float) -> None:
    steps = [step for one in lived for step in one.steps]
    kinds = Counter(kind for step in steps for kind in step.kinds)
    failed = Counter(kind for step in steps if step.errors for kind in step.kinds)
    for kind, count in sorted(kinds.items()):
        print(f"{count:5}  {failed[kind]:4} with errors  {kind}")
    ways = Counter(step.way for step in steps)
    print(", ".join(f"{count} {way}" for way, count in ways.items()))
    wrong = sum(1 for one in lived if one.wrong)
    print(f"{len(steps)} edits in {len(lived)} histories, {sum(step.errors for step in steps)} with errors, {sum(one.fresh for one in lived)} fresh folders, "
          f"{seconds:.0f} s: {wrong} difference{'' if wrong == 1 else 's'}")  # fmt: skip


def main() -> int:
    """Live through the histories; return 1 where an answer was not right."""
    asked = argparse.ArgumentParser(
        prog="python -m tests.edits", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--edits", type=int, default=500)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--length", type=int, default=25, help="edits in a history")
    asked.add_argument("--from", type=int, default=0, dest="first", help="the first history")
    asked.add_argument("--only", type=int, help="this history alone, aloud")
    asked.add_argument("--to", type=int, help="with --only: stop after this edit")
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument(
        "--break", choices=tuple(LEFT_OUT), default="", dest="left_out", help="what a wrong key leaves out"
    )
    asked.add_argument("--folder", type=Path, help="where to work; kept")
    args = asked.parse_args()
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    began = time.monotonic()
    folder = args.folder or Path(mkdtemp(prefix="random-edits-"))
    door = Launched()
    for name in ("small", "whole"):
        shutil.rmtree(folder / name, ignore_errors=True)
    make_small(folder / "small", door)
    copy_parts(folder / "whole")
    record(folder / "whole", door)
    lived = []
    for one in _all(args, folder):
        lived.append(one)
        done = sum(len(each.steps) for each in lived)
        print(
            f"history {one.number}: {len(one.steps)} edits; {done} of {args.edits}, {time.monotonic() - began:.0f} s",
            file=sys.stderr,
            flush=True,
        )
        if one.wrong:
            print(one.wrong, flush=True)
    _tell(lived, time.monotonic() - began)
    if args.folder is None and not any(one.wrong for one in lived):
        shutil.rmtree(folder)
    return int(any(one.wrong for one in lived))


if __name__ == "__main__":
    sys.exit(main())
