"""One build of the project in this folder, with timers around its stages; bench/profile_build.py runs it.

What the program loads is loaded here at the top, and counts as its start.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from jinja2 import Template
from mkdocs.structure.pages import Page
from stages import Stages

from patientpages import (
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
)
from patientpages.checks import runner
from patientpages.cli import main as command
from patientpages.outputs import go, search

_STARTED = "Python starts, and imports the program"
# The families of checks, by the first letter of their codes.
_FAMILIES = {
    "A": "access", "C": "claims", "E": "messages", "F": "front matter", "I": "ids", "L": "links", "M": "theme",
    "N": "figures and inserts", "R": "plain language", "T": "topics and statements", "U": "trust and urgent help",
}  # fmt: skip


def _watch(stages: Stages) -> None:
    """Put timers around the stages of a build; what lies inside another stage is counted apart."""
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


def main() -> None:
    """Build the project in this folder with timers, and print what they say as JSON."""
    stages = Stages()
    stages.seconds[_STARTED] = time.process_time()
    _watch(stages)
    with stages.stage("all the rest"):
        sys.argv[1:] = ["build", "--today", "2026-11-26"]  # as typed: the end of a command belongs to what is measured
        code = command()
    if code:
        sys.exit(f"the build ended with {code}")
    print("\n" + json.dumps(stages.seconds))


if __name__ == "__main__":
    main()
