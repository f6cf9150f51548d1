"""How long a build and a check take as a site grows, ours and others side by side:

    python bench/scale.py                                  200, 1,000 and 5,000 pages, 3 runs of each row in turn
    python bench/scale.py --pages 20 --runs 5 --write      put the tables and the plot into bench/RESULTS.md
    python bench/scale.py --rows ours hugo --skip-peers    only rows whose names hold one of these words; only ours

The pages are those of bench/made_site.py; others get the same pages with our inserts replaced by their text. Medians;
seconds on the clock, CPU seconds of a command with its children, memory of its largest process. A peer that is not
here is named, with how to get it.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from scaling import peers
from scaling.apart import apart
from scaling.cost import CommandError, Cost, cost_of
from scaling.rows import Row, before, chosen
from scaling.telling import growth, of_pages, plot
from sections import RESULTS, put_section

_PLOT = RESULTS.with_name("scale.svg")
_NOTES = """Ours does all of it: every check, the report, the `/go/` pages, the search, the page for staff; MkDocs and Zensical build
pages and a search, with Material as it comes (the whole menu on every page); Hugo has a layout of a few lines and knows
no boxes. The checkers read the same pages as Markdown; ours reads the built pages.

What is kept in each row of ours: *nothing kept*: `.build/` is removed before (of a build, the site and the report too), so
the phrases are compiled and proven as well, which happens once; *one page changed*: all of the last build, and one
sentence is new; *nothing changed*: all, so files are compared and nothing is built; *check of built pages, phrases kept*:
the phrases alone (`.build/kept` is removed before), so every page is read and every check runs: this is the row to
hold beside other checkers; *check again*: all, so what was found is told again; *a save in the preview*: from the save
until the served page has the new words, in a process that has built before; *topics of one draft*: the phrases. Zensical
keeps `.cache`, which is removed for "nothing kept".

From 64 pages on, ours shares its pages among the processors: "wall" is what one waits for, "CPU" the work of all
processors together, and "MiB" the memory of the largest process."""


def say(text: str) -> None:
    """Tell how far it is, on one line."""
    print(f"\r\033[K{text}" if sys.stderr.isatty() else text, end="" if sys.stderr.isatty() else "\n", file=sys.stderr,
          flush=True)  # fmt: skip


def run_rows(
    work: Path, rows: Sequence[Row], pages: int, runs: int
) -> tuple[dict[tuple[str, int], list[Cost]], list[str]]:
    """Run every row in turn, so often; return what each run cost, and which rows failed, with why."""
    costs: dict[tuple[str, int], list[Cost]] = {}
    failed: dict[str, str] = {}
    here = [row for row in rows if pages <= row.most]
    rounds = [(0, row, False) for row in before(here)] + [(n, row, True) for n in range(runs) for row in here]
    for number, row, counted in rounds:
        if row.name in failed:
            continue
        say(f"{pages:,} pages, {f'run {number + 1} of {runs}' if counted else 'not measured'}: {row.name}")
        try:
            cost = row.run(work, number)
        except CommandError as error:
            failed[row.name] = f"- {row.name} with {pages:,} pages: failed; {' '.join(str(error).split())}"
            say(failed[row.name])
        else:
            if counted:
                costs.setdefault((row.name, pages), []).append(cost)
    return costs, list(failed.values())


def main() -> None:
    """Measure, and print tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="+", default=[200, 1000, 5000], help="how many pages")
    parser.add_argument("--runs", type=int, default=3, help="runs of each row (default: 3)")
    parser.add_argument(
        "--rows", nargs="+", default=[], metavar="WORD", help="rows whose names hold one of these words"
    )
    parser.add_argument("--skip-peers", action="store_true", help="ours only")
    parser.add_argument("--write", action="store_true", help="put tables and plot into bench/RESULTS.md")
    args = parser.parse_args()
    try:
        rows = chosen(args.rows, with_peers=not args.skip_peers)
    except LookupError as error:
        sys.exit(str(error.args[0]))
    lacking = {
        need: why for need in dict.fromkeys(row.needs for row in rows if row.needs) if (why := peers.missing(need))
    }
    notes = [f"- {row.name}: not measured; {lacking[row.needs]}" for row in rows if row.needs in lacking]
    rows = [row for row in rows if row.needs not in lacking]
    numbers = sorted(set(args.pages))
    notes += [f"- {row.name}: not above {row.most:,} pages ({row.why})" for row in rows if numbers[-1] > row.most]
    cost_of([peers.tool("patientpages"), "--version"], peers.ROOT)  # so that Python has compiled what is measured
    costs: dict[tuple[str, int], list[Cost]] = {}
    parts, loads = [], [os.getloadavg()[0]]
    for pages in numbers:
        with tempfile.TemporaryDirectory(prefix="scale-") as work:
            say(f"{pages:,} pages: making them")
            apart("scaling.pages", "prepare", Path(work), pages)
            more, failed = run_rows(Path(work), rows, pages, args.runs)
            costs |= more
            notes += failed
            loads.append(os.getloadavg()[0])
            built = (Path(work) / "ours/site").exists()
            parts += [
                f"### {pages:,} pages",
                *([apart("scaling.pages", "looked_at", Path(work) / "ours")] if built else []),
                of_pages(costs, rows, pages),
            ]
    say("")
    if len(numbers) > 1:
        parts += ["### Growth: exponents of CPU seconds, and memory", growth(costs, rows, numbers)]
    asked = f"--pages {' '.join(map(str, numbers))} --runs {args.runs}"
    asked += f" --rows {' '.join(map(repr, args.rows))}" if args.rows else ""
    asked += " --skip-peers" if args.skip_peers else ""
    head = (
        f"`python bench/scale.py {asked}`: {peers.threads()} processors, Python {platform.python_version()}, "
        f"{platform.system()} {platform.machine()}; load of the machine {min(loads):.1f} to {max(loads):.1f}."
    )
    text = "\n\n".join([head, _NOTES, *(["\n".join(notes)] if notes else []), *parts])
    print(text)
    if args.write:
        drawing = plot(costs, rows, numbers) if len(numbers) > 1 else ""
        if drawing:
            _PLOT.write_text(drawing, encoding="utf-8")
        heading = "Speed as a site grows" if len(numbers) > 1 else f"Speed with {numbers[0]:,} pages"
        put_section(heading, text + (f"\n\n![Seconds by pages]({_PLOT.name})" if drawing else ""))


if __name__ == "__main__":
    main()
