"""verify: what is live, held against what was published."""

from __future__ import annotations

import argparse
from pathlib import Path

from patientpages.manifest import MANIFEST
from patientpages.model import InputError, Outcome
from patientpages.reporters import reported, terminal
from patientpages.verbs.common import Verbs, exit_code, progress, project_of
from patientpages.verify import verify


def add(verbs: Verbs) -> None:
    """Add the verb."""
    added = verbs.add(
        "verify",
        _verify,
        "compare what is live with what was published",
        "Asks the host for every file of public/manifest.json and every address on record, a few at once, as a reader\n"
        "would, and sends nothing. Names what is missing, changed, redirected or sent wrongly, and looks at headers,\n"
        "cookies, wrong and typed addresses. Nothing is changed, here or there.",
        report=True,
    )
    added.add_argument("url", metavar="URL", help="where the pages stand: https://www.example.org/patients/")
    added.add_argument("--manifest", type=Path, metavar="FILE",
                       help="what to compare with (default: public/manifest.json)")  # fmt: skip
    added.add_argument("--no-headers", action="store_true",
                       help="for a host that can set none (GitHub Pages): they are not looked at")  # fmt: skip


def _verify(args: argparse.Namespace) -> int:
    project = project_of(args)
    manifest = (args.manifest or project.root / "public" / MANIFEST).absolute()
    try:
        found, line = verify(args.url, manifest, project, progress, headers=not args.no_headers)
    except InputError as error:
        found, line = error.findings, "nothing was compared"
    outcome = Outcome(found, 0, 0, 0, 0, 0)
    if args.format == "terminal":
        print(*(f"{terminal.one(finding)}\n" for finding in found), line, sep="\n")
    else:
        print(reported(outcome, args.format))
    return exit_code(outcome)
