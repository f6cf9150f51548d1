"""Where the time of a build goes, by stage: python bench/profile_build.py [--pages 20 --pages 1000] [--write]

Builds a project of bench/made_site.py cold (nothing kept in .build/) and again unchanged, with timers around the
stages, and prints CPU seconds and shares. `--write` puts the table into bench/RESULTS.md.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from scaling.cost import CommandError, cost_of
from sections import put_section, table
from stages import Stages

_HEADING = "Where the time of a build goes"
_STARTED, _ENDED = "Python starts, and imports the program", "Python ends: memory is given back"
# The families of checks, by the first letter of their codes.
_FAMILIES = {
    "A": "access", "C": "claims", "E": "messages", "F": "front matter", "I": "ids", "L": "links", "M": "theme",
    "N": "figures and inserts", "R": "plain language", "T": "topics and statements", "U": "trust and urgent help",
}  # fmt: skip


def _watch(stages: Stages) -> None:
    """Put timers around the stages of a build; what lies inside another stage is counted apart."""
    from jinja2 import Template  # noqa: PLC0415 (what is imported before the start is not counted as the program's)
    from mkdocs.structure.pages import Page  # noqa: PLC0415

    from patientpages import (  # noqa: PLC0415
        build,
        exchange,
        guard,
        lean,
        making,
        messages,
        outcome,
        outputs,
        project,
        promises,
        read,
        said,
        stamping,
        standard,
    )  # fmt: skip
    from patientpages.checks import runner  # noqa: PLC0415
    from patientpages.outputs import go, search  # noqa: PLC0415

    watched: list[tuple[str, Callable[..., Any]]] = [
        ("inputs: pages' sources", read.read_sources),
        ("inputs: phrases (compiled, or read)", said.load_judge),
        ("inputs: standard", standard.load_standard),
        ("inputs: the rest", project.load_inputs),
        ("configuration written", making.write_config),
        ("MkDocs: configuration read", lean._config),
        ("MkDocs: the rest (navigation, files)", lean.build),
        ("built pages read (parsed twice: before and after stamps)", read.read_pages),
        ("promises held", promises.promises),
        ("stamps put in", stamping.stamp),
        ("files collected", outputs.collect),
        ("paper addresses, white space", outputs.finished),
        ("search script", search.search_script),
        ("/go/ pages", go.short_addresses),
        ("page for staff", outputs.staff_pages),
        ("messages of staff", messages.sent_from),
        ("sections judged", outcome.site_of),
        ("checks: running them", runner.check_site),
        ("checks: files", runner.check_files),
        ("planted faults", guard.guard),
        ("findings counted", outcome.outcome_of),
        ("report: coverage", outputs.coverage),
        ("report: sheet of every page", outputs.dossier),
        ("report: test with readers", outputs.reader_test),
        ("site written and exchanged", build.put),
        ("folders removed", exchange.recover),
    ]
    for name, function in watched:
        stages.watch(name, function)
    runner.CHECKS = tuple(
        replace(check, run=stages.timed(f"checks: {_FAMILIES.get(check.code[0], check.code[0])}", check.run))
        for check in runner.CHECKS
        if check.about != "file"
    ) + tuple(check for check in runner.CHECKS if check.about == "file")
    for name, owner, method in (("MkDocs: Markdown", Page, "render"), ("MkDocs: front matter", Page, "read_source"),
                                ("templates filled", Template, "render")):  # fmt: skip
        setattr(owner, method, stages.timed(name, getattr(owner, method)))


def _one() -> None:
    """Build the project in this folder with timers, and print what they say as JSON."""
    from patientpages import lean  # noqa: F401, PLC0415 (as the command imports it, but before the timers)
    from patientpages.cli import main as command  # noqa: PLC0415

    stages = Stages()
    stages.seconds[_STARTED] = time.process_time()
    _watch(stages)
    with stages.stage("all the rest"):
        code = command(["build", "--today", "2026-11-26"])
    if code:
        sys.exit(f"the build ended with {code}")
    print("\n" + json.dumps(stages.seconds))


def profiled(folder: Path) -> dict[str, float]:
    """Return CPU seconds by stage of a build there, in a process of its own."""
    try:
        cost = cost_of([sys.executable, str(Path(__file__).resolve()), "--one"], folder)
    except CommandError as error:
        sys.exit(str(error))
    found: dict[str, float] = json.loads(cost.said.splitlines()[-1])
    return found | {_ENDED: cost.cpu - sum(found.values())}


def measure(pages: int, work: Path) -> tuple[dict[str, float], dict[str, float]]:
    """Return CPU seconds by stage of a cold build of so many pages, and of one with nothing changed."""
    from made_site import make_project  # noqa: PLC0415 (not in the process that is measured)

    folder = work / f"pages-{pages}"
    make_project(folder, pages)
    return profiled(folder), profiled(folder)


def report(found: dict[str, dict[str, float]]) -> str:
    """Return a table: a row for each stage, dearest first, and two columns for each build."""
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
    return table(["stage, CPU s", *(cell for build in found for cell in (build, "share"))], rows)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--pages", type=int, action="append", help="how many (may be given again; default: 20 and 1000)"
    )
    parser.add_argument("--write", action="store_true", help="put the table into bench/RESULTS.md")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        _one()
        return
    found: dict[str, dict[str, float]] = {}
    numbers = args.pages or [20, 1000]
    with tempfile.TemporaryDirectory(prefix="profile-") as work:
        for pages in numbers:
            found[f"{pages:,} cold"], found[f"{pages:,} again"] = measure(pages, Path(work))
    load = os.getloadavg()[0]
    asked = "".join(f" --pages {pages}" for pages in numbers)
    text = (
        f"`python bench/profile_build.py{asked}`, one run each, with timers (load of the machine at its end {load:.1f}). "
        "Cold: nothing kept in `.build/`; again: nothing changed since.\n\n" + report(found)
    )
    print(text)
    if args.write:
        put_section(_HEADING, text)


if __name__ == "__main__":
    main()
