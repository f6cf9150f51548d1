"""What build and check do where it is not known already; loading it takes half of a short run."""

from __future__ import annotations

import argparse
from pathlib import Path

from patientpages.build import build as build_site
from patientpages.build import check as check_all
from patientpages.folders import Project
from patientpages.foreign import check_folder
from patientpages.model import Outcome
from patientpages.project import load_inputs
from patientpages.unchanged import Run
from patientpages.verbs.common import progress, today_of


def build(args: argparse.Namespace, project: Project, out: Path, run: Run) -> Outcome:
    """Build into `out`, and let the run keep what was found."""
    inputs = load_inputs(project)
    outcome = build_site(inputs, out, today_of(args), progress, preview=not args.as_if_published)
    if inputs.mkdocs.repeatable:
        run.keep(outcome)
    return outcome


def check(args: argparse.Namespace, project: Project, site: Path | None, run: Run) -> Outcome:
    """Check everything, or a folder that was built, and let the run keep what was found."""
    inputs, today = load_inputs(project), today_of(args)
    outcome = (check_folder(inputs, site, today, progress) if site else check_all(inputs, today, progress))[0]
    if inputs.mkdocs.repeatable:
        run.keep(outcome)
    return outcome
