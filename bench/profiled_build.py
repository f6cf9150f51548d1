"""One build of the project in this folder, with timers around its stages; bench/profile_build.py runs it.

What the program loads is loaded here at the top, and counts as its start. All is done in this one process, also where
a build shares its pages among processors: no timer here sees what a copy of the process does.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

os.environ |= {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}  # read while the theme is loaded

from jinja2 import Environment, Template
from stages import Stages

from patientpages import (
    build,
    configured,
    exchange,
    folders,
    forked,
    grounds,
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
    signing,
    standard,
)
from patientpages.builder import Builder
from patientpages.checks import runner
from patientpages.cli import main as command
from patientpages.kept import Kept
from patientpages.kept_pages import Shelf
from patientpages.outputs import go, search
from patientpages.outputs.moved import Moved
from patientpages.rendered import Rendering
from patientpages.rendering import Renderer
from patientpages.stamping import Stamping
from patientpages.told import Telling, check_kept
from patientpages.unchanged import Run
from patientpages.verbs import at_work

_STARTED = "Python starts, and imports the program"
# The families of checks, by the first letter of their codes.
_FAMILIES = {
    "A": "access", "C": "claims", "E": "messages", "F": "front matter", "I": "ids", "L": "links", "M": "theme",
    "N": "figures and inserts", "R": "plain language", "T": "topics and statements", "U": "trust and urgent help",
}  # fmt: skip
_FUNCTIONS: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("inputs: the program's files hashed", grounds.program),
    ("inputs: data files hashed", folders.data_of),
    ("inputs: pages' sources", read.read_sources),
    ("inputs: phrases (compiled, or read)", said.load_judge),
    ("inputs: standard", standard.load_standard),
    ("inputs: the rest", project.load_inputs),
    ("configuration written", configured.write_config),
    ("what every page sees: hashed", configured.shape_of),
    ("what every check sees: hashed", configured.ground_of),
    ("MkDocs: configuration read", lean._config),
    ("pages read", read.read_page),
    ("pages: what a signature is over", signing.words_signed),
    ("promises held", promises.promises),
    ("stamps: put in", signing.stamped),
    ("stamps: pages read again", read.restamped),
    ("paper addresses, white space", outputs.finish_page),
    ("files finished", outputs.finished),
    ("files collected", outputs.collect),
    ("search: parts of pages", outputs.page_search),
    ("search: script", search.joined_script),
    ("/go/ pages", go.short_addresses),
    ("page for staff", outputs.staff_pages),
    ("messages of staff", messages.sent_from),
    ("made beside the pages: the rest", making.made_beside),
    ("what the checks may look at", outcome.site_of),
    ("checks: site", runner.check_site),
    ("checks: files", runner.check_files),
    ("checks: files, rows", check_kept),
    ("planted faults", guard.guard),
    ("findings counted", outcome.outcome_of),
    ("report: parts of pages", outputs.page_coverage),
    ("report: sheets of pages", outputs.page_sheet),
    ("report: coverage", outputs.coverage_report),
    ("report: sheet of every page", outputs.dossier_report),
    ("report: test with readers", outputs.reader_test),
    ("report: the rest", build.report_on),
    ("site written", build.prepare),
    ("site exchanged", exchange.replace_folder),
    ("rest of making", making.make),
    ("the command", at_work.build),
)
_METHODS: tuple[tuple[str, type, str], ...] = (
    ("MkDocs: files, menu, what is no page", Builder, "__init__"),
    ("MkDocs: Markdown", Renderer, "render"),
    ("MkDocs: the rest of a page", Builder, "page"),
    ("templates compiled", Environment, "compile"),
    ("templates filled", Template, "render"),
    ("pages: keys and rows", Rendering, "pages"),
    ("stamps: keys", Stamping, "__init__"),
    ("stamps: rows", Stamping, "pages"),
    ("stamps: marks of old addresses", Moved, "left_in"),
    ("checks: keys", Telling, "__init__"),
    ("checks: rows", Telling, "findings"),
    ("sections judged", Telling, "_alone"),
    ("report: rows", Telling, "reported"),
    ("kept: read", Kept, "many"),
    ("kept: written", Kept, "put"),
    ("kept: forgotten", Shelf, "write"),
    ("is anything changed?", Run, "known"),
    ("what was left: hashed", Run, "keep"),
)


def _watch(stages: Stages) -> None:
    """Put timers around the stages of a build; what lies inside another stage is counted apart."""
    for name, function in _FUNCTIONS:
        stages.watch(name, function)
    for name, owner, method in _METHODS:
        setattr(owner, method, stages.timed(name, getattr(owner, method)))
    vars(shutil)["rmtree"] = stages.timed("folders removed", shutil.rmtree)
    runner.CHECKS = tuple(
        replace(check, run=stages.timed(f"checks: {_FAMILIES.get(check.code[0], check.code[0])}", check.run))
        if check.about != "file"
        else check
        for check in runner.CHECKS
    )


def main() -> None:
    """Build the project in this folder with timers, and print what they say as JSON."""
    stages = Stages()
    stages.seconds[_STARTED] = time.process_time()
    _watch(stages)
    vars(forked)["processors"] = lambda: 1
    with stages.stage("all the rest"):
        code = command(["build", "--today", "2026-11-26"])
    if code:
        sys.exit(f"the build ended with {code}")
    print("\n" + json.dumps(stages.seconds), flush=True)
    os._exit(0)  # as a command that was typed ends: no memory is given back piece by piece


if __name__ == "__main__":
    main()
