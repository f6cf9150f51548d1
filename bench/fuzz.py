"""Spoil every file that a person edits, and read it: it loads, or each mistake is told with a place in a file.

    python bench/fuzz.py                            100,000 inputs on all cores: inputs a file, and what was found
    python bench/fuzz.py --count 2000 --from 50000      inputs 50,000 to 51,999: goes on where a run was stopped
    python bench/fuzz.py --only 51234                   one input again, with its traceback

A finding is an exception other than InputError, a mistake without a place, or an input that takes longer than 20 s.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.fuzzing import Fuzzed

_SECONDS = 20
_CHUNK = 250


def _late(*_: object) -> None:
    raise TimeoutError(f"still at it after {_SECONDS} s")


@cache
def _fuzzed() -> Fuzzed:
    signal.signal(signal.SIGALRM, _late)
    return Fuzzed(Path(mkdtemp(prefix="fuzz-")) / "clone")


def _chunk(first: int, count: int) -> tuple[Counter[str], Counter[str], list[tuple[int, str]]]:
    """Return inputs a file, those of them that were told a mistake, and what went wrong, as (seed, why)."""
    tried: Counter[str] = Counter()
    told: Counter[str] = Counter()
    wrong: list[tuple[int, str]] = []
    fuzzed = _fuzzed()
    for seed in range(first, first + count):
        signal.alarm(_SECONDS)
        try:
            name, mistakes = fuzzed.try_one(seed)
            tried[name] += 1
            told[name] += mistakes > 0
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            wrong.append(
                (seed, f"{type(error).__name__}: {str(error)[:160]} ({Path(last.filename).name}:{last.lineno})")
            )
        finally:
            signal.alarm(0)
    return tried, told, wrong


def main() -> int:
    """Run the inputs, and print what came of them."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--count", type=int, default=100_000)
    asked.add_argument("--from", type=int, default=0, dest="first")
    asked.add_argument("--only", type=int)
    asked.add_argument("--jobs", type=int, default=os.cpu_count())
    args = asked.parse_args()
    if args.only is not None:
        print(*_fuzzed().try_one(args.only))
        return 0
    tried: Counter[str] = Counter()
    told: Counter[str] = Counter()
    wrong: list[tuple[int, str]] = []
    started = time.monotonic()
    with ProcessPoolExecutor(args.jobs) as pool:
        firsts = range(args.first, args.first + args.count, _CHUNK)
        counts = [min(_CHUNK, args.first + args.count - first) for first in firsts]
        for first, done in zip(firsts, pool.map(_chunk, firsts, counts), strict=True):
            tried += done[0]
            told += done[1]
            wrong += done[2]
            for seed, why in done[2]:
                print(f"input {seed}: {why}", flush=True)
            if first // _CHUNK % 20 == 19:
                print(f"{first + _CHUNK:,} ({time.monotonic() - started:.0f} s)", file=sys.stderr, flush=True)
    for name, count in sorted(tried.items()):
        print(f"{count:7,}  {told[name]:7,} told  {name}")
    print(
        f"{sum(tried.values()) + len(wrong):,} inputs, {sum(told.values()):,} with a mistake told, {len(wrong)} findings"
    )
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
