"""Where the time of a build goes, by stage: python bench/profile_build.py [--pages 20 --pages 1000] [--write]

Builds a project of bench/made_site.py cold (nothing kept in .build/) and again with one page changed, with timers around
the stages, and prints CPU seconds and shares. Both are built on one processor: a build of many pages shares them among
all, where no timer would see them. `--write` puts the table into bench/RESULTS.md.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from made_site import make_project
from scaling.cost import CommandError, cost_of
from scaling.rows import change_a_page
from sections import put_section, table

_HEADING = "Where the time of a build goes"
_ENDED = "Python begins and ends"
_REST = "all the rest"
_LEAST = 0.01  # of a build: what is less in each of them is counted with the rest


def profiled(folder: Path) -> dict[str, float]:
    """Return CPU seconds by stage of a build there, in a process of its own."""
    try:
        cost = cost_of([sys.executable, str(Path(__file__).with_name("profiled_build.py").resolve())], folder)
    except CommandError as error:
        sys.exit(str(error))
    found: dict[str, float] = json.loads(cost.said.splitlines()[-1])
    return found | {_ENDED: cost.cpu - sum(found.values())}


def measure(pages: int, work: Path) -> tuple[dict[str, float], dict[str, float]]:
    """Return CPU seconds by stage of a cold build of so many pages, and of the next one, for which one page was changed."""
    folder = work / f"pages-{pages}"
    make_project(folder, pages)
    cold = profiled(folder)
    change_a_page(folder / "docs/en")
    return cold, profiled(folder)


def _folded(found: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """Return the same with all stages in one that are of no weight in any build."""
    least = {build: _LEAST * sum(stages.values()) for build, stages in found.items()}
    small = {
        name
        for name in {name for stages in found.values() for name in stages} | {_REST}
        if all(stages.get(name, 0) < least[build] for build, stages in found.items())
    }
    return {
        build: {name: seconds for name, seconds in stages.items() if name not in small}
        | {_REST: sum(seconds for name, seconds in stages.items() if name in small | {_REST})}
        for build, stages in found.items()
    }


def report(found: dict[str, dict[str, float]]) -> str:
    """Return a table: a row for each stage, dearest first, and two columns for each build."""
    found = _folded(found)
    names = sorted({name for stages in found.values() for name in stages},
                   key=lambda name: -max(stages.get(name, 0) for stages in found.values()))  # fmt: skip
    totals = {build: sum(stages.values()) for build, stages in found.items()}
    rows = [["all of it", *(cell for total in totals.values() for cell in (f"{total:.2f}", "100%"))]]
    for name in names:
        cells = []
        for build, stages in found.items():
            seconds = stages.get(name, 0)
            cells += [f"{seconds:.2f}", f"{seconds / totals[build]:.0%}"]
        rows.append([name, *cells])
    return table(["stage, CPU s on one processor", *(cell for build in found for cell in (build, "share"))], rows)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--pages", type=int, action="append", help="how many (may be given again; default: 20 and 1000)"
    )
    parser.add_argument("--write", action="store_true", help="put the table into bench/RESULTS.md")
    args = parser.parse_args()
    found: dict[str, dict[str, float]] = {}
    numbers = args.pages or [20, 1000]
    with tempfile.TemporaryDirectory(prefix="profile-") as work:
        for pages in numbers:
            found[f"{pages:,} cold"], found[f"{pages:,}, one changed"] = measure(pages, Path(work))
    load = os.getloadavg()[0]
    asked = "".join(f" --pages {pages}" for pages in numbers)
    text = (
        f"`python bench/profile_build.py{asked}`, one run each, with timers (load of the machine at its end {load:.1f}). "
        "On one processor, with every timer in one process: a build of many pages shares them among all processors. Cold: "
        "nothing kept in `.build/`, phrases compiled; one changed: the next build, with one page changed. Where nothing at "
        "all has changed, nothing is built, and there is nothing to divide.\n\n" + report(found)
    )
    print(text)
    if args.write:
        put_section(_HEADING, text)


if __name__ == "__main__":
    main()
